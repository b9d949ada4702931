### Digests: layouts, marks, the end.

digest-alert = { $n ->
    [one] ⚡️ Just in
   *[other] ⚡️ Just in: { $n }
}
digest-missed = 👋 While you were away
digest-missed-since = The most important since { $date }.
digest-length = ≈ { $n } min
digest-end = { $part ->
    [morning] That’s all for this morning.
    [day] That’s all for now.
    [evening] That’s all for this evening.
   *[night] That’s all for tonight.
}
digest-all-muted = { $n ->
    [one] There is one new story, but you asked not to see it.
   *[other] There are { $n } new stories, but you asked not to see any of them.
} What is hidden can be seen and brought back in the settings.

story-news = New:
more-joined = { $n ->
    [one] +{ $n } source
   *[other] +{ $n } sources
}
read-at-source = read in full

button-more = 📖 More
button-change = ⚙️ Change
button-stop = 🔕 Unsubscribe

stop-sure = Stop sending “{ $what }”?
stop-yes = Yes, unsubscribe
stop-change = Rather less often, or other news
stop-no = Leave it as it is
