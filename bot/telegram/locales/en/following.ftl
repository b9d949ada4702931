### What to follow and what to mute.

button-interests = 👁 Followed and muted
button-interests-all = 📋 The whole list
button-more-follow = ➕ Follow
button-more-mute = 🔇 Mute
button-at-once = 🔔 Tell me at once
button-follow-no = ↩️ Unfollow
button-mute-no = ↩️ Show it

interests-title = 👁 Followed and muted
interests-hint = 👁 followed, 👍 more of it, 👎 less of it, 🔇 never shown. Press to undo.
interests-none = Nothing yet. What shall I follow, what shall I mute? A person, a place, a source, a word: anything.

ask-follow = What shall I follow? Write a name, place, word or source, or several with commas. For example: { $example }
follow-done = Following: { $what }
follow-joined = It goes into your digest.
follow-first = Your digest is about everything, so such stories will come first in it.
follow-own = I made a digest for it, at 08:00. The time and the rest are in /settings
follow-known = I’m already following that.
follow-full = The digest can’t hold more: I’m already following fifty things. Remove some in the list.
follow-week = { $n ->
    [0] There was no such story this week.
    [one] There was { $n } such story this week.
   *[other] There were { $n } such stories this week.
}

ask-mute = What shall I not show? Write a name, place, word, topic or source. For example: { $example }
example-mute = horoscope
mute-done = No longer shown: { $what }
mute-only = { $what } is all that your digest “{ $digest }” is about: to mute it is to get nothing. To stop the digest: /unsubscribe
mute-wide = { $what } is nearly everywhere ({ $percent }% of this week’s stories): to mute it is to see next to nothing. Take a narrower word, or choose topics in /settings

unmute-done = Shown again: { $what }
unmute-none = Nothing is muted. To mute something: /mute
unmute-unknown = “{ $words }” is not among what is muted. For example: { $example }. Here is all there is:

interest-unknown = I didn’t understand { $words }. It should be a name, a place, a source, a topic or a word that means something. For example: { $example }
interest-gone = It is no longer in the list.
interest-last = This is the last thing that the digest follows. Add something else to it, or stop it: /unsubscribe
interest-dropped = Undone: { $what }

at-once-done = Done: you’ll know a minute after the first such story. Quiet hours are in /settings
at-once-known = I already tell you about that at once.
