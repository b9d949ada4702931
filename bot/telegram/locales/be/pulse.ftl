### /pulse: тыдзень у малюнку і ў словах.

command-pulse = Тыдзень на адным малюнку

pulse-title = Пульс тыдня
pulse-today = сёння
pulse-stories = { $n ->
    [one] сюжэт
    [few] сюжэты
   *[many] сюжэтаў
}
pulse-more = на { $n } больш
pulse-less = на { $n } менш
pulse-foot = Стрэлкі параўноўваюць з тым жа часам тыднем раней.
pulse-foot-new = Параўнаць пакуль няма з чым: навінам няма двух тыдняў.
pulse-others = { $n ->
    [one] Яшчэ { $n } тэма.
    [few] Яшчэ { $n } тэмы.
   *[many] Яшчэ { $n } тэм.
}

pulse-count = { $total } { $n ->
    [one] сюжэт
    [few] сюжэты
   *[many] сюжэтаў
} за сем дзён
pulse-than-before = { $change }, чым тыднем раней
pulse-than-before-same = столькі ж, колькі тыднем раней
pulse-busiest = Самы насычаны дзень — { $date }: { $n }.
pulse-topics = Часцей за ўсё: { $list }.
pulse-risen = 📈 Прыбавілася: { $list }.
pulse-fallen = 📉 Паменшала: { $list }.
pulse-topic = { $topic } — { $n }
pulse-moved = { $topic } (было { $before }, стала { $n })

pulse-empty = За апошнія сем дзён навін не было, маляваць няма чаго. Зазірніце пазней або паглядзіце, што ёсць: /latest
button-dark = 🌙 Цёмная
button-light = ☀️ Светлая
