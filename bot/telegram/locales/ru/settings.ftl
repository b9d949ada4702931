### Настройки и подписки.

settings-title = ⚙️ Настройки
settings-language = Язык: { $language }
settings-zone = Город: { $zone }, сейчас { $time }
settings-subscriptions = Сводки:
settings-none = Сводок пока нет. Подписаться: /subscribe
settings-empty-on = Если новостей нет: скажу об этом
settings-empty-off = Если новостей нет: промолчу
settings-choose-language = На каком языке говорить?
settings-choose-zone = По какому городу считать время?
settings-topics = О чём рассказывать?
settings-times = Когда присылать? По времени города: { $zone }.
settings-days = По каким дням?
settings-count = Сколько новостей в одной сводке?
settings-one-time = Хотя бы одно время нужно. Отписаться совсем: /unsubscribe
settings-one-day = Хотя бы один день нужен. Отписаться совсем: /unsubscribe

button-language = 🌐 { $language }
button-zone = 🕰 { $zone }
button-times = ⏰ Время
button-days = 📅 Дни
button-count = 🔢 Сколько
button-topics = 🏷 Темы
button-unsubscribe = 🔕 Отписаться
button-every-day = Каждый день
button-workdays = Будни

days-every = каждый день
days-workdays = по будням
stories-up-to = { $n ->
    [one] до { $n } новости
    [few] до { $n } новостей
   *[many] до { $n } новостей
}

subscribe-done = Готово! Буду присылать: { $what }.
subscribe-next = Следующая сводка — { $moment }. Поправить можно кнопками.
subscribe-unknown = { $n ->
    [one] Не понял: { $words }.
   *[many] Не понял слова: { $words }.
} Напишите темы и время, например: { $example }
    Темы: /topics

unsubscribe-which = Какую сводку больше не присылать?
unsubscribe-all = Все сразу
unsubscribe-done = Больше не присылаю. Передумаете — /subscribe
unsubscribe-none = Вы ни на что не подписаны. Подписаться: /subscribe
subscription-gone = Этой сводки уже нет. Все ваши: /settings
