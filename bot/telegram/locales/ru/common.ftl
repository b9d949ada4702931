### Слова, которые нужны везде.

language-name = Русский

when-now = только что
when-minutes = { $n ->
    [one] { $n } минуту назад
    [few] { $n } минуты назад
   *[many] { $n } минут назад
}
when-hours = { $n ->
    [one] { $n } час назад
    [few] { $n } часа назад
   *[many] { $n } часов назад
}
when-yesterday = вчера в { $time }

moment-today = сегодня в { $time }
moment-tomorrow = завтра в { $time }
moment-date = { $date }, в { $time }

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
