### Што наперадзе: падзеі па днях і файл для календара.

ahead-title = Што наперадзе
ahead-none = Пакуль ніхто не піша, што будзе далей. Зазірніце заўтра, а свежае — тут: /latest
ahead-nothing-left = Тут больш няма падзей наперадзе.
ahead-file = { $n ->
    [one] { $n } падзея
    [few] { $n } падзеі
   *[many] { $n } падзей
} для календара: адкрыйце файл, і тэлефон прапануе дадаць.
button-calendar = 📅 У каляндар

days-today = сёння
days-tomorrow = заўтра
days-from = з { $day }
days-till = да { $day }
days-till-years-end = да канца года
days-season = { $season ->
    [winter] зіма
    [spring] вясна
    [summer] лета
   *[autumn] восень
} { $year }
days-quarter = { $number }-ы квартал { $year }
days-year = { $year } год
