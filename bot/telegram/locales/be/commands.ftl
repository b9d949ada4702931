### Подпісы каманд у меню.

command-start = Пачаць
command-latest = Свежыя навіны
command-topics = Навіны па тэмах
command-digest = Зводка проста цяпер
command-search = Знайсці па словах
command-subscribe = Падпісацца на зводку
command-unsubscribe = Адпісацца
command-settings = Мова, горад, тэмы, час
command-sources = Адкуль навіны
command-help = Што я ўмею
command-about = Пра мяне
command-forgetme = Сцерці ўсё пра мяне
