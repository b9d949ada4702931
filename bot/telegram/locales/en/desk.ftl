### The editors' desk: a story is set right, withdrawn, split and joined, all in the chat.

desk-button = ✏️ Correct
desk-title = Story no. { $number }
desk-now = Now
desk-messages = { $n ->
    [0] No message that was sent tells it.
    [one] { $n } message that was sent tells it.
   *[other] { $n } messages that were sent tell it.
}
desk-will-edit = { $n ->
    [0] No message that was sent tells it.
    [one] I will edit { $n } message that was sent, too.
   *[other] I will edit { $n } messages that were sent, too.
}
desk-editing = Editing what was sent: { $done } of { $total } done.
desk-edited = { $n ->
    [one] { $n } message was edited.
   *[other] { $n } messages were edited.
}
desk-kept = { $n ->
    [one] { $n } message stays as it was:
   *[other] { $n } messages stay as they were:
}
desk-refreshed = Refreshed.
desk-changed = The story has changed in the meantime. Please have another look.
desk-again = That did not work. Please try once more.

desk-button-headline = Another headline
desk-button-summary = Another summary
desk-button-sort = Not about this…
desk-button-join = Merge with…
desk-button-withdraw = 🚫 Withdraw
desk-button-return = ↩️ Bring it back
desk-button-restore = ↩️ Back to how it was
desk-button-refresh = 🔄 Refresh
desk-undo-merge = ↩️ Undo the merge
desk-undo-split = ↩️ Undo the split
desk-undid-merge = Taken apart: the other story’s articles are on their own again, under a new number.
desk-undid-split = The articles are back where they were.

desk-title-headline = Another headline
desk-ask-headline = Write the new headline: one line, at most { $most } characters.
desk-title-summary = Another summary
desk-ask-summary = Write the new summary: a few sentences, at most { $most } characters.
desk-no-words = There is not a single word in that. Please write it once more.
desk-long = That is { $n } characters, and readers will see only { $most }. Please make it shorter.
desk-long-sentence = This sentence is longer than { $most } characters: “{ $begins }”. Please break it up.

desk-title-reason = Why withdraw the story?
desk-choose-reason = Readers will be told this word for word.
desk-button-other-reason = Another reason…
desk-ask-reason = Write the reason as readers should see it, in at most { $most } characters.
desk-reason-unconfirmed = The report could not be confirmed.
desk-reason-mistake = There was a mistake in the story.
desk-reason-source = The source has withdrawn its report.

desk-sure-headline = Change the headline?
desk-then-headline = It will be
desk-no-headline = Leave it as it is
desk-yes-headline = Yes, change it
desk-did-headline = The headline is changed.
desk-sure-summary = Change the summary?
desk-then-summary = It will be
desk-no-summary = Leave it as it is
desk-yes-summary = Yes, change it
desk-did-summary = The summary is changed.
desk-sure-withdraw = Withdraw the story?
desk-then-withdraw = It will be in no digest, list or search any more. Readers will be told that the editors withdrew it, and why:
desk-no-withdraw = Keep it
desk-yes-withdraw = Yes, withdraw it
desk-did-withdraw = The story is withdrawn.
desk-sure-restore = Bring the story back as it was?
desk-then-restore = It will be in digests, lists and search again, in its sources’ words.
desk-no-restore = Leave it as it is
desk-yes-restore = Yes, bring it back
desk-did-restore = The story is back.

desk-sort-title = What does not belong here?
desk-sort-hint = Mark the articles about something else: they will be a story of their own.
desk-sort-chapters = Other chapters of the same thread
desk-sort-chapter-hint = There is only one article here. If another chapter does not belong, open it by its number.
desk-button-split = { $n ->
    [one] Move { $n } article out
   *[other] Move { $n } articles out
}
desk-did-split = { $n ->
    [1] The article is a story of its own now, no. { $number }.
   *[other] The articles are a story of their own now, no. { $number }.
}
desk-not-all = Not all of them can go: the story would be empty.

desk-join-title = Merge it with which story?
desk-join-hint = Choose by number. Or send a link to the story, its number, or words to find it by.
desk-join-nothing = Send a link to the story, its number, or words to find it by.
desk-join-unknown = I have no other story like that.
desk-pair-title = How do these two belong together?
desk-pair-hint = If it is one event, the second story’s articles move into the first. Whoever has had one of them will not be sent the other.
desk-pair-thread = If one goes on with the other, they become chapters of one thread.
desk-pair-apart = They are chapters of one thread now. If they are two matters, neither will mention the other.
desk-pair-no = Leave it as it is
desk-button-one = It is one event
desk-button-thread = Chapters of one thread
desk-button-apart = They are two matters
desk-did-one = Merged.
desk-did-thread = They are chapters of one thread now.
desk-did-apart = They are two matters now.

edits-title = Corrections in what was sent
edits-planned = { $n } waiting
edits-done = { $n } edited
edits-dead = { $n } left as they were
edits-to-plan = There is a new correction; I begin in a few seconds.
edits-why = Why some stay as they were
edits-cause-asleep = the bot was blocked or removed from the chat
edits-cause-moved = the group became a supergroup
edits-cause-unsent = the message never left
edits-cause-deleted = the message was deleted or can no longer be edited
edits-last = The latest corrections
edits-did-merge = merged
edits-did-split = split
edits-did-apart = taken out of a thread
edits-did-chapter = made a chapter of a thread
edits-did-reword = reworded
edits-did-withdraw = withdrawn
edits-did-restore = brought back
