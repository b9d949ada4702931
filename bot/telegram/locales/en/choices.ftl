### How a digest comes: how much, how it looks, with a sound or not; pauses, quiet hours, one more digest.

at-once = as soon as it comes
minutes-to-read = { $n ->
    [one] a minute to read
   *[other] { $n } minutes to read
}
minutes = { $n } min
settings-minutes = Or how much time you have: with “three minutes” I pick what matters most and can be read in that time.
topics-beside = I also follow: { $names }
topics-widened = Now everything comes, and this first: { $names }

settings-layout = How shall it look?
layout-brief = Brief
layout-is-brief = Brief: headlines only.
layout-standard = Usual
layout-is-standard = Usual: headline, gist, sources; the rest unfolds.
layout-rich = Rich
layout-is-rich = Rich: with headings and parts that unfold. Older Telegram apps show such a message blank; then come back to the usual one.
button-layout = 🎨 Look
button-silent = 🔈 Without sound
button-sound = 🔔 With sound

button-pause = ⏸ Pause: a week
button-resume = ▶️ Resume
paused-until = ⏸ Paused. Back on { $date }, with what mattered meanwhile.
pause-done = ⏸ Silent now. Back on { $date }, with what mattered meanwhile.
pause-none = There is nothing to pause: you have no digests. To get one: /subscribe
pause-over = ▶️ On we go.
pause-unknown = I didn’t understand for how long: “{ $words }”. Try /pause for a week, /pause 3 for three days, /pause 2 weeks (a year at most).

button-quiet = 🌙 Quiet hours
settings-quiet-at = Quiet hours: { $start }–{ $end }
settings-quiet = When should alerts not disturb you? Whatever happens will come together when the quiet hours end. Digests on a schedule come as ever.
quiet-none = No quiet hours
quiet-other = Other hours…
ask-quiet = From when to when shall I be quiet? Write, for example: 22:30 7
ask-quiet-unknown = I didn’t understand the hours “{ $words }”. Write two times, for example: 22:30 7

button-more-digests = ➕ One more digest
new-how = What will the new digest be like?
new-daily = 🗞 Every day
new-weekly = 📅 Once a week
new-instant = 🔔 As soon as it comes
new-about = What about? More can be added later.
new-words = A name, place, word…
new-ask = What shall I follow? Write a name, place, word or source, for example: { $example }
new-known = There is such a digest already: here it is.
example-follow = BelAZ

subscribe-many = Too much at once: up to { $n } times of day, and ten names and words. For example: { $example }
subscribe-all-at-once = Everything at once would be messages without end. Name a topic, a name or a word, for example: { $example }
at-once-word = instantly
settings-one-wish = To tell you at once, I need at least one topic or name. To stop for good: /unsubscribe
