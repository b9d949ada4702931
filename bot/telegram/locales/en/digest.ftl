### Digests.

digest-title = { $part ->
    [morning] Morning digest
    [day] Midday digest
    [evening] Evening digest
   *[night] Night digest
}
digest-late = 🕰 Late: I was offline for a while, but nothing is lost.
digest-next = The next digest comes { $moment }.
digest-empty = All quiet: nothing new on your topics.
digest-empty-channel = No new stories for now.

story-withdrawn = The editors have withdrawn this story.
story-reworded = corrected by the editors · { $when }
