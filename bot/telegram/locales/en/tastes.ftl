### More and less like this; why a story is here.

button-why = 🤔 Why is it here?
button-more-like = 👍 More like this
button-less-like = 👎 Less like this
button-never = 🔇 Never show it
button-undo = ↩️ Undo
button-to-story = ← To the story

taste-which-more = What would you like more of?
taste-which-less = What would you like less of?
taste-more = Got it. You will see more of this: { $what }.
taste-less = Got it. You will see less of this: { $what }.
taste-mute = Got it. You will not see this again: { $what }.
taste-undo-hint = Changed your mind? Undo it here, or later in /settings
taste-undone = Undone: everything is as before.
taste-gone = The story no longer has that. Please choose again.

why-title = Why it is here
why-follows = you follow this: { $what }
why-topic-asked = you subscribed to { $what }
why-topic = it is about { $what }
why-words = — by the words { $words }
why-everything = you read all topics
why-more = you asked for more of this: { $what }
why-less = you asked for less of this ({ $what }), so digests put it below others
why-mute = you asked not to see this ({ $what }): digests leave it out
why-sources = { $n ->
    [one] { $n } source writes
   *[other] { $n } sources write
} about it: the more of them, the higher it stands
why-shared = (I know it by the names { $names })
why-chapter = it carries on a story; the beginning: { $since }
why-new = last updated: { $when }
