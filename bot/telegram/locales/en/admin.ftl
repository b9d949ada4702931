### The editors: texts, links and sources from admins.

admin-source = Editors
admin-taken = ✅ Taken in
admin-known = ☑️ I have this already
admin-feed = Here is the feed “{ $title }” with { $n ->
    [one] { $n } entry
   *[other] { $n } entries
}. Shall I follow it?
admin-reading = Reading, this may take a minute…
admin-added = Done! “{ $title }” is among the sources now: { $n ->
    [0] no new articles yet
    [one] { $n } new article
   *[other] { $n } new articles
}.
admin-added-later = “{ $title }” is among the sources now, but the first reading failed. I will try again.
admin-source-known = I follow this feed already: /sources

admin-bad-address = I do not go to { $site }: that is no ordinary site of the internet.
admin-bad-answer = { $site } answered with error { $status }.
admin-too-slow = { $site } takes too long to answer.
admin-too-big = The file at { $site } is too big.
admin-unreachable = { $site } cannot be reached.
admin-no-feed = There is no news feed at { $site }. Send the address of the feed itself, or a link to an article.
admin-no-text = There is no article on that page of { $site }.
admin-not-read = I could not read this text.

button-add-source = ➕ Follow it
