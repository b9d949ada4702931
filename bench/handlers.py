"""What a person waits for within the bot: raw updates through the real dispatcher, at 100,000.

Everything is real but Telegram itself, which takes each message at once: middlewares, pacer, store,
rendering, and the note of the message's id.
"""

import bot.telegram  # noqa: F401, I001  -- first, so that aiogram is imported the quick way

import random
import time
from collections.abc import AsyncGenerator, Sequence
from importlib.resources import files
from itertools import count
from statistics import median
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.methods import (
    AnswerInlineQuery,
    GetMe,
    SendChatAction,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import Message, User

from bench.archive import archive, topic_slugs
from bench.figures import Figure, Size, p99
from bench.processes import own_peak
from bench.texts import vocabulary
from bot.clock import now as present
from bot.config import Settings
from bot.jobs.pacing import Pacer
from bot.news.morphology import is_stop
from bot.news.topics import parse_topics
from bot.telegram.dispatcher import build_dispatcher
from bot.telegram.life import spare_the_collector
from bot.telegram.render import Render
from bot.telegram.session import Pacing
from bot.telegram.texts import Texts
from storage.connect import open_store
from storage.models import Chat, ChatKind
from storage.ports import Store

UPDATES, QUICK_UPDATES = 300, 5  # of a kind, in a run
PEOPLE = 1_000
FIRST_PERSON = 10_000


class Edge(BaseSession):
    """Takes every message."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = 0

    async def make_request(
        self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None
    ) -> Any:
        if isinstance(method, GetMe):
            return User(id=1, is_bot=True, first_name="С", username="b")
        if isinstance(method, SendChatAction):
            return True
        self.taken += 1
        if isinstance(method, AnswerInlineQuery):
            return True
        assert isinstance(method, SendMessage | SendPhoto), method
        chat = {"id": method.chat_id, "type": "private"}
        raw: dict[str, Any] = {"message_id": self.taken, "date": 1, "chat": chat}
        if isinstance(method, SendPhoto):
            raw["photo"] = [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]
        return Message.model_validate(raw, context={"bot": bot})

    async def close(self) -> None:
        """Nothing is open."""

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        raise NotImplementedError
        yield b""


class Talk:
    """People who write to the bot, each a little, so that nobody's pace is exceeded."""

    def __init__(self, store: Store) -> None:
        self.edge = Edge()
        pacer = Pacer(100_000, monotonic=count(step=10.0).__next__)
        self.edge.middleware(Pacing(pacer, store.outbox.saw_message))
        self._bot = Bot("1:bench", session=self.edge)
        self._dispatcher = _dispatcher(store)
        self._numbers = count(1)

    async def ms(self, text: str) -> float:
        """How long it takes until the text, or the inline query, is answered."""
        number = next(self._numbers)
        update = {"update_id": number, "message": _message(number, text)}
        if text.startswith("@"):
            update = {"update_id": number, "inline_query": _query(number, text)}
        before = self.edge.taken
        began = time.perf_counter()
        await self._dispatcher.feed_raw_update(self._bot, update)
        took_s = time.perf_counter() - began
        assert self.edge.taken == before + 1, text
        return 1000 * took_s


async def measure(size: Size) -> list[Figure]:
    path = await archive(size)
    store = await open_store(f"sqlite:///{path}")
    try:
        for person in range(FIRST_PERSON, FIRST_PERSON + PEOPLE):
            chat = Chat(id=person, kind=ChatKind.PRIVATE, title="Читатель", language="ru")
            await store.chats.see(chat, now=present())
        talk = Talk(store)
        spare_the_collector()  # as the bot does once it has started
        runs = [
            await _run(talk, random.Random(run), size.of(UPDATES, QUICK_UPDATES))
            for run in range(size.runs + 1)
        ][1:]  # the first builds aiogram's models
    finally:
        await store.close()
    found = [figure for kind in runs[0] for figure in _figures(kind, [run[kind] for run in runs])]
    return [*found, own_peak()]


def _figures(kind: str, runs: Sequence[Sequence[float]]) -> tuple[Figure, Figure]:
    aim = 10 if kind == "/latest" else None
    return (
        Figure(name=f"{kind}, median", unit="ms", runs=tuple(median(run) for run in runs)),
        Figure(name=f"{kind}, p99", unit="ms", runs=tuple(p99(run) for run in runs), at_most=aim),
    )


async def _run(talk: Talk, chance: random.Random, updates: int) -> dict[str, list[float]]:
    """Milliseconds of each update, by kind; kinds take turns."""
    words = [word.form for word in vocabulary().words if not is_stop(word.lemma)]
    took: dict[str, list[float]] = {}
    for _ in range(updates):
        asked = {
            "/latest": "/latest",
            "/topic": f"/{chance.choice(topic_slugs())}",
            "/search": f"/search {chance.choice(words[:30])} {chance.choice(words[100:2000])}",
            "a question": f"что с {chance.choice(words[:200])}?",
            "inline": f"@b {chance.choice(['', *topic_slugs(), *words[100:140]])}",
            "/pulse": "/pulse",
        }
        for kind, text in asked.items():
            took.setdefault(kind, []).append(await talk.ms(text))
    return took


def _message(number: int, text: str) -> dict[str, Any]:
    person = FIRST_PERSON + number % PEOPLE
    length = len(text.split()[0]) if text.startswith("/") else 0
    command = [{"type": "bot_command", "offset": 0, "length": length}]
    return {
        "message_id": number,
        "date": 1,
        "chat": {"id": person, "type": "private", "first_name": "Читатель"},
        "from": {"id": person, "is_bot": False, "first_name": "Читатель", "language_code": "ru"},
        "text": text,
        **({"entities": command} if length else {}),
    }


def _query(number: int, text: str) -> dict[str, Any]:
    person = _message(number, text)["from"]
    return {"id": str(number), "from": person, "query": text.partition(" ")[2], "offset": ""}


def _dispatcher(store: Store) -> Dispatcher:
    toml = (files("bot.news") / "topics.toml").read_text("utf-8")
    topics, texts, settings = parse_topics(toml, name="topics.toml"), Texts(), Settings()
    render = Render(
        texts, topics, default_zone=settings.timezone, default_language=settings.default_language
    )
    return build_dispatcher(
        store=store,
        texts=texts,
        topics=topics,
        render=render,
        settings=settings,
        clock=present,
        ring=lambda: None,
    )
