### Sharing a story.

button-share = ↗️ Share
button-copy = 🔗 Copy link
button-begin = 🗞 Send me such digests
button-read-on = Read more
