### Что впереди: события по дням и файл для календаря.

ahead-title = Что впереди
ahead-none = Пока никто не пишет, что будет дальше. Загляните завтра, а свежее — здесь: /latest
ahead-nothing-left = Здесь больше нет событий впереди.
ahead-file = { $n ->
    [one] { $n } событие
    [few] { $n } события
   *[many] { $n } событий
} для календаря: откройте файл, и телефон предложит добавить.
button-calendar = 📅 В календарь

days-today = сегодня
days-tomorrow = завтра
days-from = с { $day }
days-till = до { $day }
days-till-years-end = до конца года
days-season = { $season ->
    [winter] зима
    [spring] весна
    [summer] лето
   *[autumn] осень
} { $year }
days-quarter = { $number }-й квартал { $year }
days-year = { $year } год
