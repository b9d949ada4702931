"""What a chat follows, mutes, wants more or less of: words into interests, interests into rows."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.news.digests.interests import queries, read_interest
from bot.news.times.schedule import next_run
from bot.news.topics.scores import Topics
from bot.telegram.subscriptions.subscribing import begun
from storage.models import (
    Chat,
    Interest,
    InterestKind,
    Query,
    Schedule,
    Subscription,
    Taste,
    Verdict,
)
from storage.ports import Store

MOST_FOLLOWED = 50  # by one subscription
MOST_AT_ONCE = 10  # read from one text
A_WEEK = timedelta(days=7)
ENOUGH = 20  # stories of a week, to tell what is nearly everything
SUNDAYS_MIN = 10 * 60  # once a week it comes when there is time to read
WIDE = 50  # of a hundred of them: who mutes more mutes nearly everything
APART = re.compile(r"[,;\n]+")


class How(StrEnum):
    """What became of a wish to follow something."""

    JOINED = "joined"  # a digest that is about chosen things is about this, too
    FIRST = "first"  # a digest that is about everything tells it first
    OWN = "own"  # there was no digest: one was made
    KNOWN = "known"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that a chat said it wants or not; no verdict: a subscription follows it."""

    interest: Interest
    verdict: Verdict | None = None


async def read(store: Store, words: str, topics: Topics) -> tuple[list[Interest], list[str]]:
    """The interests that the words name, parted by commas, and the parts that name none."""
    sources = await store.sources.all()
    found: list[Interest] = []
    unknown: list[str] = []
    for part in list(filter(None, map(str.strip, APART.split(words))))[:MOST_AT_ONCE]:
        interest = read_interest(part, topics=topics, sources=sources)
        if interest is None:
            unknown.append(part)
        elif interest not in found:
            found.append(interest)
    return found, unknown


def entries(chat: Chat, subscriptions: Sequence[Subscription]) -> list[Entry]:
    """Each once, what is followed first, then the tastes."""
    followed = dict.fromkeys(one for s in begun(subscriptions) for one in s.follows)
    return [
        *(Entry(one) for one in followed),
        *(Entry(taste.interest, taste.verdict) for taste in chat.tastes),
    ]


def key(interest: Interest) -> str:
    """What a button says of it: names are too long."""
    said = f"{interest.kind} {interest.value}".encode("utf-8", "replace")
    return hashlib.sha256(said).hexdigest()[:10]


async def follow(
    store: Store,
    chat: Chat,
    interest: Interest,
    *,
    zone: str,
    now: datetime,
    thread_id: int | None = None,
) -> How:
    """Have it come; whatever was said of it before is taken back."""
    every = begun(await store.subscriptions.of_chat(chat.id))
    mine = [s for s in every if s.thread_id == thread_id and not s.instant]
    if any(interest in _wanted(s) for s in every):
        return How.KNOWN
    told = Taste(interest=interest, verdict=Verdict.MORE)
    for subscription in mine:
        if subscription.topics or subscription.follows:
            if len(_wanted(subscription)) >= MOST_FOLLOWED:
                return How.FULL
            await store.chats.untaste(chat.id, interest)
            await _join(store, subscription, interest)
            return How.JOINED
    if mine:
        await store.chats.taste(chat.id, told)
        return How.KNOWN if told in chat.tastes else How.FIRST
    await store.chats.untaste(chat.id, interest)
    await add(store, chat.id, [interest], Schedule(), zone=zone, now=now, thread_id=thread_id)
    return How.OWN


async def add(
    store: Store,
    chat_id: int,
    interests: Sequence[Interest],
    schedule: Schedule,
    *,
    zone: str,
    now: datetime,
    instant: bool = False,
    thread_id: int | None = None,
    max_stories: int = 10,
) -> Subscription:
    """A subscription to these."""
    topics, follows = parted(interests)
    return await store.subscriptions.add(
        chat_id=chat_id,
        topics=topics,
        follows=follows,
        schedule=schedule,
        next_run_at=None if instant else next_run(schedule, zone, after=now),
        now=now,
        thread_id=thread_id,
        instant=instant,
        max_stories=max_stories,
    )


async def same(
    store: Store,
    chat_id: int,
    interests: Sequence[Interest],
    schedule: Schedule,
    *,
    instant: bool = False,
    thread_id: int | None = None,
) -> Subscription | None:
    """The chat's subscription of that kind (alerts, weekly, other) to just these."""
    for one in begun(await store.subscriptions.of_chat(chat_id)):
        alike = one.instant == instant and one.thread_id == thread_id
        weekly = len(one.schedule.days) == 1, len(schedule.days) == 1
        if alike and set(_wanted(one)) == set(interests) and (instant or weekly[0] == weekly[1]):
            return one
    return None


async def at_once(
    store: Store, chat_id: int, interest: Interest, *, now: datetime, thread_id: int | None = None
) -> bool:
    """Have it told as soon as it comes; False if it is, or too much is."""
    known = await store.subscriptions.of_chat(chat_id)
    mine = [s for s in known if s.instant and s.thread_id == thread_id]
    if any(interest in _wanted(s) or not _wanted(s) for s in mine):
        return False
    if mine and len(_wanted(mine[0])) >= MOST_FOLLOWED:
        return False
    if mine:
        await _join(store, mine[0], interest)
    else:
        await add(
            store,
            chat_id,
            [interest],
            Schedule(),
            zone="UTC",
            now=now,
            instant=True,
            thread_id=thread_id,
        )
    return True


async def drop(store: Store, chat_id: int, interest: Interest) -> bool:
    """Nothing was said of it, and nothing follows it; False if that would leave a digest bare.

    A subscription without anything chosen is of everything, which nobody means who drops a thing.
    """
    known = await store.subscriptions.of_chat(chat_id)
    following = [s for s in known if interest in _wanted(s)]
    if any(len(_wanted(s)) == 1 for s in following):
        return False
    for subscription in following:
        topics, follows = parted([one for one in _wanted(subscription) if one != interest])
        await store.subscriptions.change(subscription.id, topics=topics, follows=follows)
    await store.chats.untaste(chat_id, interest)
    return True


async def mute(store: Store, chat: Chat, interest: Interest) -> None:
    """Never show it; nothing follows it, unless that would leave a digest bare."""
    await drop(store, chat.id, interest)
    await store.chats.taste(chat.id, Taste(interest=interest, verdict=Verdict.MUTE))


def all_that_is_wanted(
    interest: Interest, subscriptions: Sequence[Subscription]
) -> Subscription | None:
    """A subscription that wants nothing but this."""
    return next((s for s in begun(subscriptions) if _wanted(s) == [interest]), None)


async def find(store: Store, chat: Chat, wanted: str) -> Interest | None:
    """What a button with this key is about."""
    known = await store.subscriptions.of_chat(chat.id)
    topics = [one for s in known for one in _wanted(s)]
    told = [*(entry.interest for entry in entries(chat, known)), *topics]
    return next((one for one in told if key(one) == wanted), None)


async def in_a_week(store: Store, interest: Interest, *, now: datetime) -> int:
    """How many stories of the last week match it."""
    [matched] = await store.stories.matching([queries(interest)], since=now - A_WEEK)
    return len(matched)


async def share_of_week(store: Store, interest: Interest, topics: Topics, *, now: datetime) -> int:
    """How many of a hundred stories of the last week match it; 0 while there are too few to say."""
    everything = Query(raw="", topics=(*(t.slug for t in topics.all), topics.other.slug))
    wanted = [queries(interest), (everything,)]
    matched, whole = await store.stories.matching(wanted, since=now - A_WEEK)
    return 100 * len(matched) // len(whole) if len(whole) >= ENOUGH else 0


def parted(interests: Sequence[Interest]) -> tuple[list[str], list[Interest]]:
    """Topics by their slugs, and the others."""
    topics = [one.value for one in interests if one.kind is InterestKind.TOPIC]
    return topics, [one for one in interests if one.kind is not InterestKind.TOPIC]


def topic_interests(slugs: Sequence[str]) -> list[Interest]:
    return [Interest(kind=InterestKind.TOPIC, value=slug) for slug in slugs]


def _wanted(subscription: Subscription) -> list[Interest]:
    return [*topic_interests(subscription.topics), *subscription.follows]


async def _join(store: Store, subscription: Subscription, interest: Interest) -> None:
    topics, follows = parted([*_wanted(subscription), interest])
    await store.subscriptions.change(subscription.id, topics=topics, follows=follows)
