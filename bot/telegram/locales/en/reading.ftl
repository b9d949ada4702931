### A story opened in place: what else there is to it; what was saved.

reading-besides = What else is known
reading-chapters = How it unfolded
reading-here = you are here
reading-sources = { $n ->
    [one] { $n } source
   *[other] { $n } sources
}
reading-more-accounts = { $n ->
    [one] and { $n } more article
   *[other] and { $n } more articles
}
reading-names = Who and where
reading-gone = I no longer have this story: it was removed from its sources or from the archive.
reading-digest-gone = This digest is too old to be put back in its place. For a fresh one: /digest

button-save = 🔖 Save
button-saved = ✅ Saved
button-to-digest = ← To the digest

saved-title = 🔖 Saved
saved-none = Nothing here yet. Open a story under a digest or in /latest and press “🔖 Save”.
saved-kept = Saved. All you saved: /saved
saved-dropped = Not saved any more.
saved-stranger = I save for each person separately, and we have not met yet. Open me and press “Start”, then save.
saved-private = What you saved is yours alone: open me and ask for /saved there
button-edit = ✏️ Remove some
