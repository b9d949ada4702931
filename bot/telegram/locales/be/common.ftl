### Словы, якія патрэбны ўсюды.

language-name = Беларуская

when-now = толькі што
when-minutes = { $n ->
    [1] хвіліну таму
    [one] { $n } хвіліну таму
    [few] { $n } хвіліны таму
   *[many] { $n } хвілін таму
}
when-hours = { $n ->
    [1] гадзіну таму
    [one] { $n } гадзіну таму
    [few] { $n } гадзіны таму
   *[many] { $n } гадзін таму
}
when-yesterday = учора ў { $time }

moment-today = сёння ў { $time }
moment-tomorrow = заўтра ў { $time }
moment-date = { $weekday ->
    [1] у панядзелак
    [2] у аўторак
    [3] у сераду
    [4] у чацвер
    [5] у пятніцу
    [6] у суботу
   *[7] у нядзелю
}, { $date }, у { $time }

sample = 🧪 прыклад
quoted = «{ $words }»
no-title = Без загалоўка
more-sources = і яшчэ { $n }
part = { $part } з { $parts }

button-back = ← Назад
button-page-back = ◀ Назад
button-page-on = Далей ▶
button-close = Закрыць
button-done = ✓ Гатова
button-latest = 📰 Свежае
button-digest = 🗞 Зводка
button-settings = ⚙️ Налады


all-topics = Усе тэмы
