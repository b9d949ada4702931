### Сводки.

digest-title = { $part ->
    [morning] Утренняя сводка
    [day] Дневная сводка
    [evening] Вечерняя сводка
   *[night] Ночная сводка
}
digest-late = 🕰 С опозданием: я был не на связи, но ничего не потерял.
digest-next = Следующая сводка — { $moment }.
digest-empty = Пока тихо: ничего нового по вашим темам.
digest-empty-channel = Новых публикаций пока нет.

story-withdrawn = Новость отозвана редакцией.
story-reworded = исправлено редакцией · { $when }
