"""Looking where the sources of stories disagree, before these are shown."""

import asyncio
from collections.abc import Sequence

from bot.news.stories.disagreement import Disagreement, disagreements
from storage.models import Story
from storage.ports import Store

READ = 20  # articles of a story: its lead and the earliest

Disputes = dict[int, tuple[Disagreement, ...]]  # by story; only those that have some


async def disputes(store: Store, stories: Sequence[Story], known: Disputes) -> Disputes:
    """Those of these stories; `known` remembers them, and that a story has none."""
    for story in stories:
        if story.id in known or len(story.sources) < 2:
            continue
        articles = await store.stories.articles(story.id, limit=READ)
        known[story.id] = disagreements(articles)
        await asyncio.sleep(0)
    return {story.id: found for story in stories if (found := known.get(story.id))}
