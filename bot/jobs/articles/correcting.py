"""Correcting: what an editor sets right in a story, from the command line and in the chat alike.

A story is meant by any number it ever had: one that was merged into another is that one now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.models import Correction, CorrectionKind, EditState, Story, StoryEdits
from storage.ports import Store

REASONS = 20  # told, of why messages stay as they are
RECENT = 50  # corrections, among which the stories corrected last are looked for
TAKEN_BACK = (CorrectionKind.MERGE, CorrectionKind.SPLIT)


def in_words(said: str) -> str | None:
    """One line; None where nothing in it can be read."""
    line = " ".join(said.split())
    return line if any(sign.isalnum() for sign in line) else None


async def current(store: Store, story_id: int) -> Story | None:
    """The story as it is now, under whatever number."""
    return await store.stories.get(await store.corrections.now_called(story_id))


async def reword(
    store: Store, story_id: int, *, headline: str, summary: Sequence[str] | None, now: datetime
) -> int | None:
    """The number of the story, which says this now; None if it is not there."""
    id_ = await store.corrections.now_called(story_id)
    done = await store.corrections.reword(id_, headline=headline, summary=summary, now=now)
    return id_ if done else None


async def retitle(store: Store, story: Story, headline: str, *, now: datetime) -> int | None:
    """The same, of the headline alone: an editor's summary stays, its own goes on growing."""
    kept = story.summary if story.amendment and story.amendment.sums_up else None
    return await reword(store, story.id, headline=headline, summary=kept, now=now)


async def withdraw(store: Store, story_id: int, *, reason: str | None, now: datetime) -> int | None:
    """The number of the story, which is told no more; None if it is not there."""
    id_ = await store.corrections.now_called(story_id)
    return id_ if await store.corrections.withdraw(id_, reason=reason, now=now) else None


async def restore(store: Store, story_id: int, *, now: datetime) -> int | None:
    """The number of the story, told as before; None if it was neither reworded nor withdrawn."""
    id_ = await store.corrections.now_called(story_id)
    return id_ if await store.corrections.restore(id_, now=now) else None


async def merge(
    store: Store, story_id: int, other_id: int, *, now: datetime
) -> tuple[int, int] | None:
    """The story that has the articles now, and the other; None if they are not two."""
    into = await store.corrections.now_called(story_id)
    other = await store.corrections.now_called(other_id)
    return (into, other) if await store.corrections.merge(into, other, now=now) else None


async def last_taken_back(store: Store, story_id: int) -> Correction | None:
    """The newest correction of the story, if it moved articles and they can be moved back."""
    id_ = await store.corrections.now_called(story_id)
    newest = await store.corrections.newest(story_id=id_, limit=1)
    return newest[0] if newest and newest[0].kind in TAKEN_BACK else None


async def take_back(store: Store, made: Correction, *, now: datetime) -> bool:
    """Move the articles back; False, and nothing changed, if they are elsewhere by now.

    What comes back from a merge has a new number.
    """
    if made.kind is CorrectionKind.SPLIT:
        return await merge(store, made.other_id, made.story_id, now=now) is not None
    there = {one.story_id for one in await store.articles.many(made.articles)}
    if there != {await store.corrections.now_called(made.story_id)}:
        return False
    return await store.corrections.split(made.articles, now=now) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDesk:
    """A story in front of an editor: what it is, and what became of earlier corrections."""

    story: Story
    messages: int  # that left and tell it
    edits: StoryEdits
    chapters: tuple[Story, ...]  # of its thread, itself among them; () without one
    last: Correction | None  # what can be taken back


async def on_desk(store: Store, story_id: int) -> OnDesk | None:
    """None if the story is no more."""
    story = await current(store, story_id)
    if story is None:
        return None
    return OnDesk(
        story=story,
        messages=await store.edits.holding(story.id),
        edits=await store.edits.of_story(story.id),
        chapters=tuple(await store.corrections.chapters(story.id)),
        last=await last_taken_back(store, story.id),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Editions:
    """How far all messages are that tell what editors corrected."""

    counts: Mapping[EditState, int]
    reasons: Mapping[str, int]  # why messages stay as they are, the most frequent first
    to_plan: bool  # a correction is new: the bot plans its edits within seconds


async def editions(store: Store) -> Editions:
    return Editions(
        counts=await store.edits.counts(),
        reasons=await store.edits.reasons(limit=REASONS),
        to_plan=bool(await store.edits.outdated(limit=1)),
    )


async def corrected_last(store: Store, *, limit: int) -> list[tuple[Correction, Story]]:
    """The stories that were corrected last, each with its newest correction."""
    newest: dict[int, Correction] = {}
    for one in await store.corrections.newest(limit=RECENT):
        newest.setdefault(one.story_id, one)
    stories = await store.stories.many([*newest])
    return [(newest[story.id], story) for story in stories[:limit]]
