"""The sandbox: one bot, a small world around it, and everything the Bot API keeps about a bot.

State lives in memory and dies with the process. The Bot API reaches it through bot.sandbox.api,
the chat page through bot.sandbox.page_api, and tests directly: `sandbox.acts.send("/start")`.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.sandbox.acts import Acts
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.limits import Limits
from bot.sandbox.profile import Profile
from bot.sandbox.queries import Queries
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import CHANNEL_RIGHTS, Chat, Json, Member, Person, World

READER_ID = 5_000_001
CHANNEL_ID = -1_002_000_000_001
LOGGED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request of the bot's. `accepted` is False for what was refused or cut before it."""

    at: datetime
    at_s: float  # monotonic, for rates
    method: str
    params: Json
    accepted: bool
    status: int  # 0: the connection was cut
    message_id: int | None = None


class Sandbox:
    """All the state. The default world: a reader, their private chat, and a channel of theirs."""

    def __init__(
        self,
        clock: Clock,
        token: str = "1:sandbox",  # noqa: S107 - no secret: it opens nothing but this sandbox
        *,
        limits: bool = True,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        language_code: str = "ru",
    ) -> None:
        self.clock = clock
        self.token = token
        self.monotonic = monotonic
        self.sleep = sleep  # what a slow call does
        self.world = World(_bot_user(token))
        self.updates = UpdateQueue(clock)
        self.events = Events()
        self.faults = Faults()
        self.limits = Limits(monotonic, on=limits)
        self.profile = Profile()
        self.queries = Queries(clock)
        self.files = Files()
        self.webhook = Webhook(self.updates, clock)
        self.log: deque[Call] = deque(maxlen=LOGGED)  # requests, newest last
        self.inline_ids: dict[tuple[int, int], str] = {}  # (chat, message) → inline_message_id
        self.inline_feedback = False  # BotFather's /setinlinefeedback: chosen_inline_result comes
        self.acts = Acts(self)
        self.reader = self._reader(language_code)
        self.channel = self._channel()

    @property
    def bot(self) -> Json:
        """The bot's own User, as getMe gives it."""
        return self.world.bot

    def now_s(self) -> int:
        """The present as Telegram writes it: whole Unix seconds."""
        return int(self.clock().timestamp())

    def sent(self, chat_id: int | None = None) -> list[Json]:
        """Messages of the bot's that stand (edited ones as they are now), oldest first."""
        chats = self.world.chats.values() if chat_id is None else [self.world.chats[chat_id]]
        found = [m for chat in chats for m in chat.written_by(self.bot["id"])]
        return sorted(found, key=lambda m: (m["date"], m["message_id"]))

    def resume(self) -> None:
        """The reader opened the bot's chat in an earlier life, which we forgot and the bot did not.

        So what is due to them can come without another /start.
        """
        self.reader.met = self.reader.started = True

    async def close(self) -> None:
        """End long polls, event streams and the webhook, so that a server can stop at once."""
        self.updates.close()
        self.events.close()
        await self.webhook.stop()

    def _reader(self, language_code: str) -> Person:
        return self.world.add_person(
            Person(id=READER_ID, first_name="Вы", username="reader", language_code=language_code)
        )

    def _channel(self) -> Chat:
        owner = Member(status="creator", rights=frozenset(CHANNEL_RIGHTS))
        return self.world.add_chat(
            Chat(
                id=CHANNEL_ID,
                kind="channel",
                title="Мой канал",
                username="my_channel_sandbox",
                members={READER_ID: owner},
            )
        )


def _bot_user(token: str) -> Json:
    return {
        "id": int(token.partition(":")[0]),
        "is_bot": True,
        "first_name": "Сводка",
        "username": "svodka_sandbox_bot",
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }
