"""Telling: a story that articles joined gets the headline and the summary that tell it best.

It follows the write that stored them, in one of its own: should it be lost, the story is told by
its first article, until another joins.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable

from bot.news.summaries.telling import tell
from storage.models import Article
from storage.ports import Stories

READ = 8  # articles of a story that are weighed: its lead and the earliest
ANY = 1 << 30  # as many came as there are: each of them may say something else now


async def retell(stories: Stories, changed: Iterable[Article], *, joined: bool = True) -> None:
    """Tell anew the stories of these articles, where there is more than one article to tell.

    `joined`: they came just now, so a story that had READ before them is told as it was.
    """
    came = Counter(one.story_id for one in changed)
    known = came if joined else dict.fromkeys(came, ANY)
    for story in await stories.accounts(known, limit=READ) if known else ():
        told = tell(story.articles, story.summary)
        if (told.lead_id, told.summary) != (story.articles[0].id, story.summary):
            await stories.tell(story.story_id, lead_id=told.lead_id, summary=told.summary)
        await asyncio.sleep(0)
