### Sources: what kinds there are, and how they are doing.

sources-title = Sources
sources-none = No sources yet.
sources-fresh = read { $when }
sources-waiting = not read yet
sources-trouble = not answering now
sources-off = switched off
sources-more = { $n ->
    [one] and { $n } more source
   *[other] and { $n } more sources
}
sources-trouble-times = has not answered { $n ->
    [one] once
   *[other] { $n } times in a row
}
sources-off-itself = stopped answering, so it is switched off
sources-month = { $n } in a month, the last { $when }
sources-trouble-title = Something is wrong with these
sources-rest-title = The others
sources-admin-hint = To add one, send a link, a @channel or an OPML file. For the details, on the command line: svodka sources check

kind-feed = a feed
kind-page = a news page
kind-sitemap = a sitemap
kind-channel = a Telegram channel
kind-folder = a folder
kind-posts = posts of a channel
kind-import = sent by hand
kind-sample = a sample

every-minutes = { $n ->
    [one] every minute
   *[other] every { $n } minutes
}
every-hours = { $n ->
    [one] every hour
   *[other] every { $n } hours
}
every-day = once a day

offer-kind = This is { $kind }. I’ll look in { $often }.
offer-fresh = The latest:
offer-empty = There is nothing in it yet.
offer-foreign = ⚠️ This seems to be neither Russian nor Belarusian nor English: I cannot tell topics and stories in such texts.
offer-known = I follow this already: “{ $title }”, { $state }.
offer-known-off = I have this one, but it is switched off: “{ $title }”.

button-follow = ➕ Follow
button-cancel = Cancel
button-switch-on = 🔌 Switch on
