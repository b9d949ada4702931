### Источники: какие бывают и что с ними сейчас.

sources-title = Источники
sources-none = Источников пока нет.
sources-fresh = обновлено { $when }
sources-waiting = ещё не читал
sources-trouble = сейчас не отвечает
sources-off = выключен
sources-more = { $n ->
    [one] и ещё { $n } источник
    [few] и ещё { $n } источника
   *[many] и ещё { $n } источников
}
sources-trouble-times = не отвечает уже { $n ->
    [one] { $n } раз
    [few] { $n } раза
   *[many] { $n } раз
} подряд
sources-off-itself = перестал отвечать и выключен
sources-month = { $n } за месяц, последняя — { $when }
sources-trouble-title = С ними что-то не так
sources-rest-title = Остальные
sources-admin-hint = Добавить: пришлите ссылку, @канал или файл OPML. Подробности — в командной строке: svodka sources check

kind-feed = лента
kind-page = страница новостей
kind-sitemap = карта сайта
kind-channel = телеграм-канал
kind-folder = папка
kind-posts = посты канала
kind-import = прислано вручную
kind-sample = пример

every-minutes = раз в { $n ->
    [one] { $n } минуту
    [few] { $n } минуты
   *[many] { $n } минут
}
every-hours = { $n ->
    [1] раз в час
    [one] раз в { $n } час
    [few] раз в { $n } часа
   *[many] раз в { $n } часов
}
every-day = раз в сутки

offer-kind = Это { $kind }. Буду заглядывать сюда { $often }.
offer-fresh = Последнее:
offer-empty = Пока здесь пусто.
offer-foreign = ⚠️ Похоже, это не по-русски, не по-белорусски и не по-английски: темы и сюжеты в таких текстах я не различаю.
offer-known = Это я уже читаю: «{ $title }», { $state }.
offer-known-off = Это у меня есть, но выключено: «{ $title }».

button-follow = ➕ Следить
button-cancel = Отмена
button-switch-on = 🔌 Включить
