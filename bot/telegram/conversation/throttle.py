"""How much one person, and one group, is heard: a burst at once, then a bit more than one a second.

Beyond that they are told so once, and nothing more is heard until they have calmed down.
"""

from collections import OrderedDict
from collections.abc import AsyncIterator, Hashable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from aiogram.types import CallbackQuery, InlineQuery, Message, Update, User
from aiogram.types.update import UpdateTypeLookupError

from bot.clock import Clock
from bot.news.topics.topicfile import COMMANDS
from bot.telegram.conversation.lately import MOST

Who = tuple[str, Hashable]


class Verdict(StrEnum):
    HEARD = "heard"
    TOLD = "told"  # one too many: they are told, and this one is not heard
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Pace:
    """So many at once, and so many a second for as long as one likes."""

    burst: int
    per_s: float


TALK = Pace(burst=6, per_s=1.25)  # answers leave one a second: who waits for six waits long enough
PRESSES = Pace(burst=12, per_s=1.5)
TYPED = Pace(burst=30, per_s=5)  # in inline mode every letter asks
GROUP = Pace(burst=30, per_s=1.25)  # all of its people together


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime
    silent: bool = False


class Throttle:
    """Counts whoever is heard, in memory alone; those not heard of for longest are forgotten."""

    def __init__(self, *, most: int = MOST) -> None:
        self._most = most
        self._buckets: OrderedDict[Who, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def hear(self, who: Who, pace: Pace, *, now: datetime) -> Verdict:
        bucket = self._bucket(who, pace, now)
        past_s = max(0.0, (now - bucket.at).total_seconds())
        bucket.left, bucket.at = min(pace.burst, bucket.left + past_s * pace.per_s), now
        if bucket.silent and bucket.left < pace.burst / 2:
            bucket.left = max(0.0, bucket.left - 1)
            return Verdict.IGNORED
        bucket.silent = bucket.left < 1
        bucket.left = max(0.0, bucket.left - 1)
        return Verdict.TOLD if bucket.silent else Verdict.HEARD

    def _bucket(self, who: Who, pace: Pace, now: datetime) -> _Bucket:
        bucket = self._buckets.setdefault(who, _Bucket(pace.burst, now))
        self._buckets.move_to_end(who)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return bucket


class Gate:
    """Judges each update as it comes in, before it queues behind others of its chat."""

    def __init__(
        self, clock: Clock, *, exempt: frozenset[int] = frozenset(), slugs: frozenset[str]
    ) -> None:
        """`exempt`: admins, who forward news by the dozen. `slugs`: the commands of topics."""
        self._clock = clock
        self._exempt = exempt
        self._commands = COMMANDS | slugs
        self._throttle = Throttle()
        self._judged: OrderedDict[int, Verdict] = OrderedDict()  # by update id

    async def admits(self, update: Update) -> bool:
        """Whether it is to be handled at all; what was judged here is not judged again."""
        verdict = await self._judge(update)
        if verdict is Verdict.IGNORED:
            return False
        self._judged[update.update_id] = verdict
        if len(self._judged) > MOST:
            self._judged.popitem(last=False)
        return True

    async def verdict(self, update: Update) -> Verdict:
        return self._judged.get(update.update_id) or await self._judge(update)

    async def _judge(self, update: Update) -> Verdict:
        now = self._clock()
        async for who, pace in self._counts(update):
            verdict = self._throttle.hear(who, pace, now=now)
            if verdict is not Verdict.HEARD:
                return verdict
        return Verdict.HEARD

    async def _counts(self, update: Update) -> AsyncIterator[tuple[Who, Pace]]:
        """Who is heard with it; nobody when people of a group talk to each other."""
        try:
            event = update.event
        except UpdateTypeLookupError:
            return
        match event:
            case InlineQuery(from_user=person):
                yield ("typed", person.id), TYPED
            case CallbackQuery(from_user=person) if person.id not in self._exempt:
                yield ("press", person.id), PRESSES
            case Message(from_user=User() as person) if person.id not in self._exempt:
                said_by = event.sender_chat or person
                if event.chat.type == "private":
                    yield ("talk", said_by.id), TALK
                elif event.chat.type != "channel" and await self._speaks_to_us(event):
                    yield ("talk", said_by.id), TALK
                    yield ("group", event.chat.id), GROUP

    async def _speaks_to_us(self, message: Message) -> bool:
        """Whether a message in a group is for the bot: its command, its @name, a reply to it."""
        if message.bot is None:
            return False
        said, me = (message.text or "").lower(), await message.bot.me()
        if said.startswith("/"):
            command, at, whose = said.split(maxsplit=1)[0][1:].partition("@")
            return whose == (me.username or "").lower() if at else command in self._commands
        reply = message.reply_to_message
        to_us = reply is not None and reply.from_user is not None and reply.from_user.id == me.id
        return to_us or f"@{me.username}".lower() in said
