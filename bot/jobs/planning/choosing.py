"""Choosing for many: what is new is looked up once, and chosen once for chats that had the same."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.jobs.planning.changing import Changing
from bot.jobs.planning.leaning import Leaning
from bot.jobs.work.bounded import Kept
from bot.news.digests.digest import HALF_LIFE, Leanings, choose, weigh
from bot.news.stories.changes import Change
from storage.models import Choice, Interest, InterestKind, Story, Subscription, Taste
from storage.ports import Store

# Stories that the last digest had no room for may still come in the next one: nothing is passed
# over for good because ten better ones came in the same hour.
LOOK_BACK = timedelta(hours=24)
LONGEST_LOOK_BACK = timedelta(days=8)  # a weekly digest, and a day for its being late
LONGEST_MISSED = timedelta(days=31)  # of a pause
ABOUT = timedelta(minutes=10)
LATE_ARTICLES = timedelta(hours=1)  # how long after we saw it an article may be understood
CANDIDATES = 500  # newest first, of days the most told; what a digest is chosen from
FAR_BACK = 10 * CANDIDATES  # where nearly all of those are muted
FEW_DAYS = timedelta(days=2)
REMEMBERED = 1_000  # answers of each sort: a bound on memory

NOBODY = 0  # stands for a chat that has had nothing

Tastes = tuple[Taste, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a digest gives."""

    stories: tuple[Story, ...]
    changes: Mapping[int, Change] = field(default_factory=dict)  # of those that were told before
    muted: int = 0  # how many more there would be but for what the chat muted

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(story.id for story in self.stories)

    @property
    def upto(self) -> int:
        """The highest id of an article that they are told by."""
        return max((story.newest for story in self.stories), default=0)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What may come: of these topics or among these stories, since then; see Stories.fresh."""

    topics: tuple[str, ...]
    among: frozenset[int] | None
    since: datetime


def looks_back_to(subscription: Subscription, now: datetime) -> datetime:
    """From when on stories may be given.

    The last slot, or a day ago if that is earlier; after a pause, as far as it went back. An alert
    tells what came since the last one, and nothing from before it was asked for.
    """
    if subscription.instant:
        last = subscription.slot - LATE_ARTICLES if subscription.slot else _began(subscription)
        return max(last, subscription.paused_until or last, now - LOOK_BACK)
    if missed := missed_since(subscription, now):
        return max(missed, now - LONGEST_MISSED)
    at = min(subscription.slot or now, now - LOOK_BACK)
    return max(at, now - LONGEST_LOOK_BACK)


def missed_since(subscription: Subscription, now: datetime) -> datetime | None:
    """Since when a chat missed its digests, if a pause is over and this is the first after it.

    One that was planned but could not leave is none: it is taken back, and its slot with it.
    """
    until, slot = subscription.paused_until, subscription.slot
    if until is None or until > now or subscription.instant or (slot and slot >= until):
        return None
    return slot or _began(subscription)


def _began(subscription: Subscription) -> datetime:
    """About when it was made, so that many have that in common; DueGroup rounds it as much."""
    made = subscription.created_at
    return made - timedelta(seconds=made.timestamp() % ABOUT.total_seconds())


class Choosing:
    """Chooses stories as of `now`; make another one for another instant."""

    def __init__(self, store: Store, *, now: datetime) -> None:
        self._store = store
        self._now = now
        self._leaning = Leaning(store.stories)
        self._changing = Changing(store.stories, now=now)
        self._fresh: Kept[_Wanted, list[Story]] = Kept(20)
        self._weights: Kept[_Wanted, dict[int, float]] = Kept(20)
        self._had: Kept[int, Choice] = Kept(REMEMBERED)
        self._chosen: Kept[tuple[object, ...], Chosen] = Kept(REMEMBERED)

    async def for_chat(
        self,
        chat_id: int,
        *,
        topics: tuple[str, ...],
        since: datetime,
        limit: int,
        follows: Sequence[Interest] = (),
        tastes: Tastes = (),
    ) -> Chosen:
        """What to give to this chat."""
        wanted, followed = await self._wanted(topics, follows, since)
        fresh = await self._load(chat_id, wanted)
        fresh, leanings = await self._not_muted(
            chat_id, wanted, fresh, followed, tastes, limit=limit, more=len(fresh) == CANDIDATES
        )
        stories = choose(fresh, topics=wanted.topics, now=self._now, limit=limit, leanings=leanings)
        return Chosen(stories=tuple(stories), muted=len(leanings.muted))

    async def for_subscription(
        self, subscription: Subscription, had: frozenset[int], tastes: Tastes = ()
    ) -> Chosen:
        """What to give to its chat, and to all others that want the same and had these choices."""
        after = looks_back_to(subscription, self._now)
        key = (
            subscription.topics,
            subscription.follows,
            subscription.max_stories,
            subscription.reading_s,
            subscription.layout,
            subscription.instant,
            after,
            had,
            tastes,
        )
        if key in self._chosen:
            return self._chosen[key]
        return self._chosen.keep(key, await self._choose(subscription, had, tastes, after))

    async def _choose(
        self, subscription: Subscription, had: frozenset[int], tastes: Tastes, after: datetime
    ) -> Chosen:
        limit = subscription.max_stories
        topics, follows = subscription.topics, subscription.follows
        wanted, followed = await self._wanted(topics, follows, after)
        fresh = await self._fresh_to_nobody(wanted)
        told = await self._told(had)
        left = [story for story in fresh if story.id not in told]
        if len(left) < limit and len(fresh) == CANDIDATES:  # there is more, further back
            left = await self._load(subscription.chat_id, wanted)
        grown = [] if subscription.instant else await self._changing.grown(told, after)
        grown = [story for story in grown if _is_wanted(story, wanted)]
        left, leanings = await self._not_muted(
            subscription.chat_id,
            wanted,
            left,
            followed,
            tastes,
            limit=limit,
            more=len(fresh) == CANDIDATES,
            grown=grown,
        )
        half_life = _half_life(self._now - after)
        grown = sorted(
            (story for story in grown if story.id not in leanings.muted),
            key=lambda story: (-len(story.sources), -story.newest),
        )
        changes = await self._changing.of(grown, told)
        stories = choose(
            [*left, *(story for story in grown if story.id in changes)],
            topics=wanted.topics,
            now=self._now,
            limit=limit,
            reading_s=subscription.reading_s,
            layout=subscription.layout,
            half_life=half_life,
            leanings=leanings,
            changes=changes,
            known=self._weighed(wanted, fresh, half_life),
        )
        given = {story.id: changes[story.id] for story in stories if story.id in changes}
        return Chosen(
            stories=tuple(stories),
            changes=given,
            muted=sum(story.id in leanings.muted for story in left),
        )

    async def _not_muted(
        self,
        chat_id: int,
        wanted: _Wanted,
        left: list[Story],
        followed: frozenset[int],
        tastes: Tastes,
        *,
        limit: int,
        more: bool,
        grown: Sequence[Story] = (),
    ) -> tuple[list[Story], Leanings]:
        """What is left, and what tastes say of it; from far back, where too much of it is muted.

        `more`: there is something further back. `grown` are only told of.
        """
        since = wanted.since
        leanings = await self._leaning.of([*left, *grown], tastes, since, followed=followed)
        shown = sum(story.id not in leanings.muted for story in left)
        if more and leanings.muted and shown < limit:
            left = await self._load(chat_id, wanted, FAR_BACK)
            leanings = await self._leaning.of([*left, *grown], tastes, since, followed=followed)
        return left, leanings

    async def _wanted(
        self, topics: Sequence[str], follows: Sequence[Interest], since: datetime
    ) -> tuple[_Wanted, frozenset[int]]:
        """What is wanted, and what of it by the follows."""
        topic = InterestKind.TOPIC
        slugs = [one.value for one in follows if one.kind is topic]
        others = [one for one in follows if one.kind is not topic]
        topics = tuple(dict.fromkeys((*topics, *slugs)))
        if not others:
            return _Wanted(topics, None, since), frozenset()
        followed = await self._leaning.followed(others, since)
        return _Wanted(topics, followed, since), followed

    async def _fresh_to_nobody(self, wanted: _Wanted) -> list[Story]:
        if wanted in self._fresh:
            return self._fresh[wanted]
        return self._fresh.keep(wanted, await self._load(NOBODY, wanted))

    def _weighed(
        self, wanted: _Wanted, fresh: Sequence[Story], half_life: timedelta
    ) -> Mapping[int, float]:
        """What these weigh, which is the same for all who want the same."""
        if wanted in self._weights:
            return self._weights[wanted]
        followed = wanted.among or frozenset()
        return self._weights.keep(
            wanted,
            weigh(
                fresh,
                topics=wanted.topics,
                now=self._now,
                half_life=half_life,
                followed=followed,
            ),
        )

    async def _load(self, chat_id: int, wanted: _Wanted, limit: int | None = None) -> list[Story]:
        return await self._store.stories.fresh(
            chat_id=chat_id,
            topics=wanted.topics,
            among=wanted.among,
            since=wanted.since,
            until=self._now,
            limit=limit or CANDIDATES,
            most_told=self._now - wanted.since > FEW_DAYS,
        )

    async def _told(self, had: Collection[int]) -> dict[int, int]:
        """The stories of these choices, each with the newest article that it was told by."""
        if unknown := [choice for choice in had if choice not in self._had]:
            if len(self._had) + len(unknown) > REMEMBERED:
                self._had.clear()
                unknown = [*had]
            self._had |= await self._store.stories.chosen(unknown)
        told: dict[int, int] = {}
        for choice in had:
            given = self._had[choice]
            told |= {id_: max(given.upto, told.get(id_, 0)) for id_ in given.stories}
        return told


def _is_wanted(story: Story, wanted: _Wanted) -> bool:
    if not wanted.topics and wanted.among is None:
        return True
    slugs = {topic.slug for topic in story.topics}
    return not slugs.isdisjoint(wanted.topics) or story.id in (wanted.among or ())


def _half_life(span: timedelta) -> timedelta:
    """Of many days, what came on the first counts half of what came on the last."""
    return HALF_LIFE if span <= FEW_DAYS else span
