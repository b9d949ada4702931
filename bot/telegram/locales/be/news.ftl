### Стужка, тэмы, пошук і пытанні.

latest-title = Свежыя навіны
latest-empty = Навін пакуль няма. Якраз абыходжу крыніцы, зазірніце праз некалькі хвілін.
latest-empty-topic = Па тэме «{ $topic }» пакуль нічога няма. Паглядзіце іншыя: /topics
latest-end = Далей навін няма.
latest-not-understood = Не зразумеў «{ $word }».
    Можна так: /latest, /latest { $topic } або /latest { $topic } 5
    Усе тэмы: /topics

digest-not-understood = Не зразумеў «{ $word }».
    Можна так: /digest або /digest { $topic }
    Усе тэмы: /topics

topics-title = Тэмы
topics-hint = Націсніце каманду, і пакажу свежае па тэме.

search-ask = Што знайсці? Напішыце словы, тэму або пытанне.
    Напрыклад: «{ $example }»
search-without-spelling = Дакладнага супадзення няма. Магчыма, вы мелі на ўвазе вось гэта:
search-without-words = Усіх гэтых слоў разам няма нідзе, вось самае блізкае:
search-without-time = За гэты час нічога няма. Вось што было раней або пазней:
search-without-near = Адказу ў мяне няма. Вось што бліжэй за ўсё:
search-without-topic = Па гэтых словах нічога няма. Вось навіны тэмы:
search-nothing = Нічога не знайшлося.
search-try = Паспрабуйце інакш:
search-empty = Не зразумеў, што шукаць. Напішыце пару слоў, напрыклад: «{ $example }»
search-example = што з рэйсам у Мінск
search-long = Занадта доўгае пытанне: хопіць пары слоў. Напрыклад: «{ $example }»

talk-hello = Вітаю! Спытайце пра навіны, напрыклад: «{ $example }»
talk-thanks = Калі ласка! Будуць пытанні пра навіны — пішыце, напрыклад: «{ $example }»
