### Галоўнае за тыдзень.

week-title = 🗓 Галоўнае за тыдзень
week-none = За тыдзень навін не было. Зазірніце пазней або ў /latest
week-not-understood = Не зразумеў «{ $word }».
    Можна так: /week або /week { $topic }
    Усе тэмы: /topics
week-by-weight = Галоўнае
week-by-day = Па днях
week-by-topic = Па тэмах
