### /pulse: неделя в картинке и в словах.

command-pulse = Неделя в одной картинке

pulse-title = Пульс недели
pulse-today = сегодня
pulse-stories = { $n ->
    [one] сюжет
    [few] сюжета
   *[many] сюжетов
}
pulse-more = на { $n } больше
pulse-less = на { $n } меньше
pulse-foot = Стрелки сравнивают с тем же временем неделей раньше.
pulse-foot-new = Сравнить пока не с чем: новостям нет двух недель.
pulse-others = { $n ->
    [one] Ещё { $n } тема.
    [few] Ещё { $n } темы.
   *[many] Ещё { $n } тем.
}

pulse-count = { $total } { $n ->
    [one] сюжет
    [few] сюжета
   *[many] сюжетов
} за семь дней
pulse-than-before = { $change }, чем неделей раньше
pulse-than-before-same = столько же, сколько неделей раньше
pulse-busiest = Самый насыщенный день — { $date }: { $n }.
pulse-topics = Чаще всего: { $list }.
pulse-risen = 📈 Прибавилось: { $list }.
pulse-fallen = 📉 Поубавилось: { $list }.
pulse-topic = { $topic } — { $n }
pulse-moved = { $topic } (было { $before }, стало { $n })

pulse-empty = За последние семь дней новостей не было, рисовать нечего. Загляните позже или посмотрите, что есть: /latest
button-dark = 🌙 Тёмная
button-light = ☀️ Светлая
