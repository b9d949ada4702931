### The editors: texts, links, files and sources from admins.

admin-source = Editors
admin-taken = ✅ Taken in
admin-known = ☑️ I already have this
admin-reading = Reading, this may take a minute…
admin-added = Done! “{ $title }” is among the sources now, added: { $n ->
    [0] no articles yet
    [one] { $n } article
   *[other] { $n } articles
}.
admin-added-later = “{ $title }” is among the sources now, but the first reading failed. I’ll try again.
admin-same = This is the same feed as “{ $title }” under another address. I’ll keep just one.
admin-switched-on = Done! “{ $title }” is among the sources again; I’ll read it soon.

admin-file-reading = Reading the file…
admin-file-kind = I can’t read files like that. Send a text (.txt, .md, .docx), a page (.html), a feed (.xml, .json) or a list of feeds (.opml).
admin-file-big = The file is too big: I take up to { $n } MB.
admin-file-lost = Telegram did not hand over the file. Please send it once more.
admin-file-bad = There is neither an article nor a list of feeds in the file “{ $name }”.
admin-file-taken = ✅ Taken from the file “{ $name }”: { $n ->
    [one] { $n } article
   *[other] { $n } articles
}, { $new } of them new.
admin-list-taken = ✅ From the list “{ $name }” sources added: { $new }, known already: { $known }. I’m starting to read them; any that don’t answer will show in /sources

admin-private = I don’t go into private networks, and { $site } is in one. Send an address that opens from the internet.
admin-bad-address = { $site } is not a page address. Send it as a browser shows it, with http:// or https:// at the beginning.
admin-space = There is a space in the address: { $address }
    Please check it and send it again without spaces.
admin-missing = There is no such page at { $site }: error { $status }. Check the address and send it again.
admin-closed = { $site } won’t let me in: error { $status }. Try another source, such as the outlet’s Telegram channel.
admin-bad-answer = { $site } answered with error { $status }. Please send the link again later.
admin-too-slow = { $site } takes too long to answer. Please send the link again later.
admin-too-big = The file at { $site } is too big. Send a link to the news section, or to a shorter feed.
admin-robots = { $site } asks robots to stay away from here, and I will. Try another source, such as the outlet’s Telegram channel.
admin-wait = { $site } asks me to wait. Please send the link again later.
admin-unreachable = { $site } cannot be reached: there is no such site, or no connection. Check the address, or try again later.
admin-broken = The connection to { $site } broke off. Please try again.
admin-login = That page of { $site } opens only after logging in, so I cannot read it. Send one that is open to everybody.
admin-pdf = That link leads to a PDF, not to a page. It cannot be followed; send a link to the news section.
admin-other-file = That link leads to a file, not to a page with news. Send a link to the news section.
admin-no-preview = This channel does not show its posts on the web, or there is none of that name. If it is yours, make me an admin there: “Read it as a source” will appear in the channel’s settings.
admin-no-feed = There is nothing to follow at { $site }: no feed, no list of news. Send the address of its news section, or a link to an article.
admin-no-text = There is no article on that page of { $site }. Send a link to the article itself, or to the news section.
admin-not-read = I couldn’t read this text.
