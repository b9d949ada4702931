### Главное за неделю.

week-title = 🗓 Главное за неделю
week-none = За неделю новостей не было. Загляните позже или в /latest
week-not-understood = Не понял «{ $word }».
    Можно так: /week или /week { $topic }
    Все темы: /topics
week-by-weight = Главное
week-by-day = По дням
week-by-topic = По темам
