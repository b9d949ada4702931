### Sharing a story.

button-share = ↗️ Share
button-copy = 🔗 Copy link
button-read-on = Read more

share-gone = This story is gone. Here is what is new: /latest
