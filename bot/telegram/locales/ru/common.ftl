### Слова, которые нужны везде.

language-name = Русский

when-now = только что
when-minutes = { $n ->
    [1] минуту назад
    [one] { $n } минуту назад
    [few] { $n } минуты назад
   *[many] { $n } минут назад
}
when-hours = { $n ->
    [1] час назад
    [one] { $n } час назад
    [few] { $n } часа назад
   *[many] { $n } часов назад
}
when-yesterday = вчера в { $time }

moment-today = сегодня в { $time }
moment-tomorrow = завтра в { $time }
moment-date = { $weekday ->
    [1] в понедельник
    [2] во вторник
    [3] в среду
    [4] в четверг
    [5] в пятницу
    [6] в субботу
   *[7] в воскресенье
}, { $date }, в { $time }

sample = 🧪 пример
quoted = «{ $words }»
no-title = Без заголовка
more-sources = и ещё { $n }
part = { $part } из { $parts }

button-back = ← Назад
button-page-back = ◀ Назад
button-page-on = Дальше ▶
button-close = Закрыть
button-done = ✓ Готово
button-latest = 📰 Свежее
button-digest = 🗞 Сводка
button-settings = ⚙️ Настройки


all-topics = Все темы
