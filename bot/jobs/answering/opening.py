"""Opening: all there is to tell of one story, for somebody who wants to read on."""

import asyncio
from dataclasses import dataclass

from storage.models import Article, Story
from storage.ports import Store

ACCOUNTS = 20  # articles of a story that are read


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A story with what belongs to it."""

    story: Story
    articles: tuple[Article, ...]  # the lead first, then by time
    chapters: tuple[Story, ...]  # of its thread, itself among them, oldest first; () without one
    saved: bool  # by the person who opened it


async def open_story(store: Store, story_id: int, *, person: int) -> Opened | None:
    """The story, or what it was merged into; None if it is no more. `person`: who opens it."""
    story = await store.stories.get(story_id)
    if story is None:
        story = await store.stories.get(await store.corrections.now_called(story_id))
    if story is None:
        return None
    articles, chapters, saved = await asyncio.gather(
        store.stories.articles(story.id, limit=ACCOUNTS),
        store.corrections.chapters(story.id),
        store.saved.has(person, story.id),
    )
    return Opened(story=story, articles=tuple(articles), chapters=tuple(chapters), saved=saved)
