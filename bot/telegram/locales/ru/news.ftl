### Лента, темы, поиск и вопросы.

latest-title = Свежие новости
latest-empty = Новостей пока нет. Как раз обхожу источники, загляните через несколько минут.
latest-empty-topic = По теме «{ $topic }» пока ничего нет. Посмотрите другие: /topics
latest-end = Дальше новостей нет.
latest-not-understood = Не понял «{ $word }».
    Можно так: /latest, /latest { $topic } или /latest { $topic } 5
    Все темы: /topics

digest-not-understood = Не понял «{ $word }».
    Можно так: /digest или /digest { $topic }
    Все темы: /topics

topics-title = Темы
topics-hint = Нажмите команду, и покажу свежее по теме.

search-ask = Что найти? Напишите слова, тему или вопрос.
    Например: «{ $example }»
search-without-spelling = Точного совпадения нет. Возможно, вы имели в виду вот это:
search-without-words = Всех этих слов вместе нет нигде, вот самое близкое:
search-without-time = За это время ничего нет. Вот что было раньше или позже:
search-without-near = Ответа у меня нет. Вот что ближе всего:
search-without-topic = По этим словам ничего нет. Вот новости темы:
search-nothing = Ничего не нашлось.
search-try = Попробуйте иначе:
search-empty = Не понял, что искать. Напишите пару слов, например: «{ $example }»
search-example = что с рейсом в Минск
search-long = Слишком длинный вопрос: хватит пары слов. Например: «{ $example }»

talk-hello = Здравствуйте! Спросите о новостях, например: «{ $example }»
talk-thanks = Пожалуйста! Будут вопросы о новостях — пишите, например: «{ $example }»
