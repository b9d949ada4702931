### Налады і падпіскі.

settings-title = ⚙️ Налады
settings-language = Мова: { $language }
settings-zone = Горад: { $zone }, цяпер { $time }
settings-subscriptions = Зводкі:
settings-none = Зводак пакуль няма. Падпісацца: /subscribe
settings-empty-on = Калі навін няма: скажу пра гэта
settings-empty-off = Калі навін няма: прамаўчу
settings-choose-language = На якой мове размаўляць?
settings-choose-zone = Па якім горадзе лічыць час?
settings-topics = Пра што расказваць?
settings-times = Калі дасылаць? Па часе горада: { $zone }.
settings-days = Па якіх днях?
settings-count = Колькі навін у адной зводцы?
settings-one-time = Хаця б адзін час патрэбны. Адпісацца зусім: /unsubscribe
settings-one-day = Хаця б адзін дзень патрэбны. Адпісацца зусім: /unsubscribe

button-language = 🌐 { $language }
button-zone = 🕰 { $zone }
button-times = ⏰ Час
button-days = 📅 Дні
button-count = 🔢 Колькі
button-topics = 🏷 Тэмы
button-unsubscribe = 🔕 Адпісацца
button-every-day = Кожны дзень
button-workdays = Будні

days-every = кожны дзень
days-workdays = па буднях
stories-up-to = { $n ->
    [one] да { $n } навіны
    [few] да { $n } навін
   *[many] да { $n } навін
}

subscribe-done = Гатова! Буду дасылаць: { $what }.
subscribe-next = Наступная зводка — { $moment }. Паправіць можна кнопкамі.
subscribe-unknown = { $n ->
    [one] Не зразумеў: { $words }.
   *[many] Не зразумеў словы: { $words }.
} Напішыце тэмы і час, напрыклад: { $example }
    Тэмы: /topics

unsubscribe-which = Якую зводку больш не дасылаць?
unsubscribe-all = Усе адразу
unsubscribe-done = Больш не дасылаю. Перадумаеце — /subscribe
unsubscribe-none = Вы ні на што не падпісаны. Падпісацца: /subscribe
subscription-gone = Гэтай зводкі ўжо няма. Усе вашы: /settings
