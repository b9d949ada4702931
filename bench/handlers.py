"""What a person waits for within the bot: raw updates through the real dispatcher, at 100,000
articles and 10,000 readers.

Everything is real but Telegram itself, which takes each call at once: middlewares, pacer, store,
rendering, and the note of the message's id.
"""

import bot.telegram  # noqa: F401, I001  -- first, so that aiogram is imported the quick way

import random
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import count
from statistics import median
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import (
    AnswerInlineQuery,
    EditMessageText,
    GetMe,
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
from bot.jobs.delivery.pacing import Pacer
from bot.news.words.morphology import is_stop
from bot.news.topics.scores import parse_topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.network.session import Pacing
from bot.telegram.rendering.render import Render
from bot.telegram.updates.dispatcher import build_dispatcher
from bot.telegram.updates.life import spare_the_collector
from bot.telegram.writing.texts import Texts
from storage.connect import open_store
from storage.models import Chat, ChatKind, Schedule
from storage.ports import Store

UPDATES, QUICK_UPDATES = 300, 5  # of a kind, in a run
READERS, QUICK_READERS = 10_000, 50
FIRST_PERSON = 10_000
QUESTION = "a question"
AIMS_MS = {"/latest": 10, QUESTION: 80}
AIM_MS = 30  # of all others
SEEN = (SendMessage, SendPhoto, EditMessageText, AnswerInlineQuery)
NAME = "Читатель"
SHOWN = "🔎 новости\n\nстарое"  # the message under a button


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is subscribed."""

    id: int
    subscription: int


Asks = Callable[[Reader], dict[str, Any]]  # the update that a reader sends


class Edge(BaseSession):
    """Takes every call, and counts what a person sees."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0

    async def make_request(
        self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None
    ) -> Any:
        self.seen += isinstance(method, SEEN)
        match method:
            case SendMessage() | EditMessageText():
                return self._message(bot, method.chat_id, {"text": method.text})
            case SendPhoto():
                size = {"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}
                return self._message(bot, method.chat_id, {"photo": [size]})
            case GetMe():
                return User(id=1, is_bot=True, first_name="Сводка", username="svodka_bot")
        return True

    def _message(self, bot: Bot, chat_id: int | str | None, body: dict[str, Any]) -> Message:
        chat = {"id": chat_id, "type": "private"}
        raw = {"message_id": self.seen, "date": 1, "chat": chat, **body}
        return Message.model_validate(raw, context={"bot": bot})

    async def close(self) -> None:
        """Nothing is open."""

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        raise NotImplementedError
        yield b""


class Talk:
    """People who speak to the bot, each a little, so that nobody's pace is exceeded."""

    def __init__(self, store: Store, readers: Sequence[Reader]) -> None:
        self.edge = Edge()
        pacer = Pacer(100_000, monotonic=count(step=10.0).__next__)
        self.edge.middleware(Pacing(pacer, store.outbox.saw_message))
        self._bot = Bot("1:bench", session=self.edge)
        self._dispatcher = _dispatcher(store)
        self._readers = readers
        self._numbers = count(1)

    async def ms(self, asks: Asks) -> float:
        """How long it takes until the next reader is answered."""
        number = next(self._numbers)
        update = {"update_id": number, **asks(self._readers[number % len(self._readers)])}
        before = self.edge.seen
        began = time.perf_counter()
        await self._dispatcher.feed_raw_update(self._bot, update)
        took_s = time.perf_counter() - began
        assert self.edge.seen == before + 1, update
        return 1000 * took_s


async def measure(size: Size) -> list[Figure]:
    path = await archive(size)
    store = await open_store(f"sqlite:///{path}")
    try:
        talk = Talk(store, await _readers(store, size.of(READERS, QUICK_READERS)))
        stories = await store.stories.count()
        spare_the_collector()  # as the bot does once it has started
        runs = [
            await _run(talk, random.Random(run), size.of(UPDATES, QUICK_UPDATES), stories)
            for run in range(size.runs + 1)
        ][1:]  # the first builds aiogram's models
    finally:
        await store.close()
    found = [figure for kind in runs[0] for figure in _figures(kind, [run[kind] for run in runs])]
    return [*found, own_peak()]


async def _readers(store: Store, readers: int) -> list[Reader]:
    """So many people who are subscribed."""
    now, schedule = present(), Schedule()
    found = []
    for person in range(FIRST_PERSON, FIRST_PERSON + readers):
        chat = Chat(id=person, kind=ChatKind.PRIVATE, title=NAME, language="ru")
        await store.chats.see(chat, now=now)
        made = await store.subscriptions.add(
            chat_id=person, topics=(), schedule=schedule, next_run_at=None, now=now
        )
        found.append(Reader(person, made.id))
    return found


def _figures(kind: str, runs: Sequence[Sequence[float]]) -> tuple[Figure, Figure]:
    aim = AIMS_MS.get(kind, AIM_MS)
    return (
        Figure(name=f"{kind}, median", unit="ms", runs=tuple(median(run) for run in runs)),
        Figure(name=f"{kind}, p99", unit="ms", runs=tuple(p99(run) for run in runs), at_most=aim),
    )


async def _run(
    talk: Talk, chance: random.Random, updates: int, stories: int
) -> dict[str, list[float]]:
    """Milliseconds of each update, by kind; kinds take turns."""
    words = [word.form for word in vocabulary().words if not is_stop(word.lemma)]
    took: dict[str, list[float]] = {}
    for number in range(updates):
        story = chance.randint(max(1, stories * 9 // 10), stories)
        back = cb.way_back(cb.FoundPage(offset=0))
        for kind, asks in {
            "/latest": _says("/latest"),
            "/topic": _says(f"/{chance.choice(topic_slugs())}"),
            "/search": _says(
                f"/search {chance.choice(words[:30])} {chance.choice(words[100:2000])}"
            ),
            QUESTION: _says(f"что с {chance.choice(words[:200])}?"),
            "/week": _says("/week"),
            "/ahead": _says("/ahead"),
            "/pulse": _says("/pulse"),
            "opening a story": _presses(cb.StoryOpen(story=story, back=back)),
            "why it is here": _presses(cb.StoryAct(do=cb.Act.WHY, story=story, back=back)),
            "a settings tap": _taps(1 + number % 7),
            "inline": _asks(chance.choice(words[:200])),
        }.items():
            took.setdefault(kind, []).append(await talk.ms(asks))
    return took


def _says(text: str) -> Asks:
    command = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
    entities = {"entities": [command]} if text.startswith("/") else {}
    message = {"message_id": 1, "date": 1, "text": text, **entities}
    return lambda reader: {"message": {**message, "chat": _chat(reader), "from": _sender(reader)}}


def _presses(data: CallbackData) -> Asks:
    return lambda reader: _pressed(reader, data)


def _taps(day: int) -> Asks:
    """Switches a day of the reader's own subscription."""
    return lambda reader: _pressed(reader, cb.DayPick(sub=reader.subscription, day=day))


def _asks(words: str) -> Asks:
    query = {"id": "1", "query": words, "offset": ""}
    return lambda reader: {"inline_query": {**query, "from": _sender(reader)}}


def _pressed(reader: Reader, data: CallbackData) -> dict[str, Any]:
    message = {"message_id": 1, "date": 1, "text": SHOWN, "chat": _chat(reader)}
    press = {"id": "1", "chat_instance": "1", "data": data.pack(), "message": message}
    return {"callback_query": {**press, "from": _sender(reader)}}


def _chat(reader: Reader) -> dict[str, Any]:
    return {"id": reader.id, "type": "private", "first_name": NAME}


def _sender(reader: Reader) -> dict[str, Any]:
    return {"id": reader.id, "is_bot": False, "first_name": NAME, "language_code": "ru"}


def _dispatcher(store: Store) -> Dispatcher:
    toml = (files("bot.news.topics") / "topics.toml").read_text("utf-8")
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
