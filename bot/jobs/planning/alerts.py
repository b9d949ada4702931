"""Alerts: news find the subscriptions that wait for them, and make them due.

What they tell is left to planning, a minute later, so that what comes together is told together;
in quiet hours it waits for their end. Each article is looked at once, and once more if its whole
text came later than its lead; each interest is asked for once, however many wait for it. How far
the articles are looked through is a note: after a kill the last of them are looked at again, and
make due what is due already.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice

from bot.jobs.planning.leaning import Leaning, is_about
from storage.models import Interest, InterestKind, Story
from storage.ports import Store

GATHERING = timedelta(minutes=1)
APART = timedelta(minutes=10)  # six alerts an hour of one subscription; the rest gathers
RECENT = timedelta(hours=1)  # a story that came before has been alerted of, or is none for it
ARTICLES = 1_000  # looked at in one go
INTERESTS = 500  # asked for in one go

UPTO = "alerts: looked through up to article"


async def watch(store: Store, *, now: datetime) -> int:
    """Look through the articles that came, and those that came whole; how many interests they met.

    Whoever waits for anything was told of a lead when it came.
    """
    interests, anything = await store.subscriptions.awaited()
    met = await _completed(store, interests, now=now)
    return met + await _arrived(store, interests, anything=anything, now=now)


async def _completed(store: Store, interests: Sequence[Interest], *, now: datetime) -> int:
    met = 0
    while True:
        stories, looked_at = await store.stories.completed(since=now - RECENT, limit=ARTICLES)
        if not looked_at:
            return met
        met += await _alert(store, stories, interests, anything=False, now=now)
        await store.stories.forget_completed(looked_at)


async def _arrived(
    store: Store, interests: Sequence[Interest], *, anything: bool, now: datetime
) -> int:
    upto = await store.notes.get(UPTO)
    if upto is None or not (interests or anything):
        newest = await store.articles.before(None, limit=1)
        last = str(newest[0].id) if newest else "0"
        if upto != last:
            await store.notes.set(UPTO, last)
        return 0
    met, after = 0, int(upto)
    while True:
        since = now - RECENT
        stories, end = await store.stories.arrived(after_id=after, since=since, limit=ARTICLES)
        if end == after:
            return met
        met += await _alert(store, stories, interests, anything=anything, now=now)
        await store.notes.set(UPTO, str(end))
        after = end


async def _alert(
    store: Store,
    stories: Sequence[Story],
    interests: Sequence[Interest],
    *,
    anything: bool,
    now: datetime,
) -> int:
    met: list[Interest | None] = [None] if anything and stories else []
    met += await _met(store, stories, interests, since=now - RECENT) if stories else []
    for interest in met:
        last: int | None = 0
        while last is not None:
            last = await store.subscriptions.alert(
                interest, at=now + GATHERING, now=now, apart=APART, after_id=last
            )
    return len(met)


async def _met(
    store: Store, stories: Sequence[Story], interests: Sequence[Interest], *, since: datetime
) -> list[Interest]:
    """The interests that one of the stories matches."""
    ids = {story.id for story in stories}
    topics = [one for one in interests if one.kind is InterestKind.TOPIC]
    others = iter([one for one in interests if one.kind is not InterestKind.TOPIC])
    met = [one for one in topics if any(is_about(story, one.value) for story in stories)]
    while some := list(islice(others, INTERESTS)):
        found = await Leaning(store.stories).matching(some, since)
        met += [
            one for one, matched in zip(some, found, strict=True) if not ids.isdisjoint(matched)
        ]
    return met
