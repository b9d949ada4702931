"""What chats' interests say of stories: each interest is looked up once, for all who have it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from bot.jobs.bounded import Kept
from bot.news.digest import Leanings
from bot.news.interests import queries
from storage.models import Interest, InterestKind, Story, Taste, Verdict
from storage.ports import Stories

REMEMBERED = 2_000  # interests
LESS, MORE = 0.4, 2.0  # what a story weighs, of what it would
LEAST, MOST = 0.1, 4.0  # however many tastes have to say of it


class Leaning:
    """Knows the stories that interests match, among those that came since some time."""

    def __init__(self, stories: Stories) -> None:
        self._stories = stories
        self._matches: Kept[tuple[Interest, datetime], frozenset[int]] = Kept(REMEMBERED)

    async def followed(self, follows: Sequence[Interest], since: datetime) -> frozenset[int]:
        """The stories that any of them matches."""
        return frozenset().union(*[await self._matching(one, since) for one in follows])

    async def of(
        self,
        stories: Sequence[Story],
        tastes: Sequence[Taste],
        since: datetime,
        *,
        followed: frozenset[int] = frozenset(),
    ) -> Leanings:
        """A story that several sources tell is muted when all of them are."""
        if not (tastes and stories):
            return Leanings(followed=followed)
        factors: dict[int, float] = {}
        muted: set[int] = set()
        silenced: Counter[int] = Counter()  # how many of a story's sources are
        for taste in tastes:
            found = await self._among(stories, taste.interest, since)
            if taste.verdict is not Verdict.MUTE:
                by = LESS if taste.verdict is Verdict.LESS else MORE
                factors |= {id_: factors.get(id_, 1.0) * by for id_ in found}
            elif taste.interest.kind is InterestKind.SOURCE:
                silenced.update(found)
            else:
                muted |= found
        muted |= {one.id for one in stories if silenced[one.id] >= max(1, len(one.sources))}
        bounded = {id_: min(MOST, max(LEAST, by)) for id_, by in factors.items()}
        return Leanings(followed=followed, muted=frozenset(muted), factors=bounded)

    async def _among(
        self, stories: Sequence[Story], interest: Interest, since: datetime
    ) -> set[int]:
        if interest.kind is InterestKind.TOPIC:
            return {
                story.id
                for story in stories
                if any(topic.slug == interest.value for topic in story.topics)
            }
        found = await self._matching(interest, since)
        return {story.id for story in stories if story.id in found}

    async def _matching(self, interest: Interest, since: datetime) -> frozenset[int]:
        key = interest, since
        if key in self._matches:
            return self._matches[key]
        found = await self._stories.matching(queries(interest), since=since)
        return self._matches.keep(key, found)
