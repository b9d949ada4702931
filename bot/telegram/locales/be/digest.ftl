### Зводкі.

digest-title = { $part ->
    [morning] Ранішняя зводка
    [day] Дзённая зводка
    [evening] Вячэрняя зводка
   *[night] Начная зводка
}
digest-late = 🕰 Са спазненнем: мяне не было на сувязі, але нічога не згубілася.
digest-next = Наступная зводка — { $moment }.
digest-empty = Пакуль ціха: нічога новага па вашых тэмах.
digest-empty-channel = Новых публікацый пакуль няма.

story-withdrawn = Навіна адклікана рэдакцыяй.
story-reworded = выпраўлена рэдакцыяй · { $when }
