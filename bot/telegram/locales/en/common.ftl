### Words that are needed everywhere.

language-name = English

when-now = just now
when-minutes = { $n ->
    [one] a minute ago
   *[other] { $n } minutes ago
}
when-hours = { $n ->
    [one] an hour ago
   *[other] { $n } hours ago
}
when-yesterday = yesterday at { $time }

moment-today = today at { $time }
moment-tomorrow = tomorrow at { $time }
moment-date = on { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}, { $date } at { $time }

sample = 🧪 sample
quoted = “{ $words }”
no-title = No headline
more-sources = and { $n } more
part = { $part } of { $parts }

button-back = ← Back
button-page-back = ◀ Back
button-page-on = Next ▶
button-close = Close
button-done = ✓ Done
button-latest = 📰 Latest
button-digest = 🗞 Digest
button-settings = ⚙️ Settings


all-topics = All topics
