"""Telling: a story that articles joined gets the headline and the summary that tell it best.

It follows the write that stored them, in one of its own: should it be lost, the story is told by
its first article, until another joins.
"""

import asyncio
from collections.abc import Iterable

from bot.news.telling import tell
from storage.models import Article
from storage.ports import Stories

READ = 8  # articles of a story that are weighed: its lead and the earliest


async def retell(stories: Stories, joined: Iterable[Article]) -> None:
    """Tell anew the stories of these articles, where there is more than one article to tell."""
    for story in await stories.many(list(dict.fromkeys(one.story_id for one in joined))):
        if story.articles < 2:
            continue
        articles = await stories.articles(story.id, limit=READ)
        if len(articles) < 2:
            continue
        told = tell(articles, story.summary)
        if (told.lead_id, told.summary) != (articles[0].id, story.summary):
            await stories.tell(story.id, lead_id=told.lead_id, summary=told.summary)
        await asyncio.sleep(0)
