"""What changed in stories since they were told: worked out once for all who were told as much."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.jobs.work.bounded import Kept
from bot.news.stories.changes import Change, change
from storage.models import Story
from storage.ports import Stories

REMEMBERED = 1_000  # changes
WEIGHED = 6  # stories that grew: the articles of no more are compared for one digest
WORTH_TELLING = 2  # sources that joined, where nobody says anything new


class Changing:
    """Knows which stories grew up to now, and what that brought."""

    def __init__(self, stories: Stories, *, now: datetime) -> None:
        self._stories = stories
        self._now = now
        self._grown: Kept[datetime, Mapping[int, int]] = Kept(20)
        self._changes: Kept[tuple[int, int, int], Change] = Kept(REMEMBERED)

    async def grown(self, told: Mapping[int, int], since: datetime) -> list[Story]:
        """Those of the stories told that grew since then; `told` says up to which article."""
        if since not in self._grown:
            found = await self._stories.grown(since=since, until=self._now)
            self._grown.keep(since, found)
        newest = self._grown[since]
        ids = [id_ for id_, upto in told.items() if newest.get(id_, 0) > upto]
        return await self._stories.many(ids) if ids else []

    async def of(self, stories: Sequence[Story], told: Mapping[int, int]) -> dict[int, Change]:
        """By story, what is worth telling again of the first of these."""
        found: dict[int, Change] = {}
        for story in stories[:WEIGHED]:
            made = await self._change(story, told[story.id])
            if made.sentences or made.sources >= WORTH_TELLING:
                found[story.id] = made
        return found

    async def _change(self, story: Story, upto: int) -> Change:
        key = story.id, story.newest, upto
        if key in self._changes:
            return self._changes[key]
        articles = await self._stories.articles(story.id)
        before = [one for one in articles if one.id <= upto]
        after = [one for one in articles if upto < one.id <= story.newest]
        return self._changes.keep(key, change(before, after))
