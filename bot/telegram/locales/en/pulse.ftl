### /pulse: the week in a picture and in words.

command-pulse = The week in one picture

pulse-title = Pulse of the week
pulse-today = today
pulse-stories = { $n ->
    [one] story
   *[other] stories
}
pulse-more = { $n } more
pulse-less = { $n } fewer
pulse-foot = Arrows compare with the same time a week earlier.
pulse-foot-new = Nothing to compare with yet: under two weeks of news.
pulse-others = { $n ->
    [one] One more topic.
   *[other] { $n } more topics.
}

pulse-count = { $total } { $n ->
    [one] story
   *[other] stories
} in seven days
pulse-than-before = { $change } than the week before
pulse-than-before-same = as many as the week before
pulse-busiest = The busiest day was { $date }: { $n }.
pulse-topics = Most often: { $list }.
pulse-risen = 📈 Rising: { $list }.
pulse-fallen = 📉 Falling: { $list }.
pulse-topic = { $topic } — { $n }
pulse-moved = { $topic } (from { $before } to { $n })

pulse-empty = There was no news in the last seven days, so there is nothing to draw. Come back later, or see what there is: /latest
button-dark = 🌙 Dark
button-light = ☀️ Light
