"""A conversation with the bot: raw updates in, recorded calls out, a real store behind."""

import bot.telegram  # noqa: F401, I001  -- first, so that aiogram is imported the quick way

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar, TypeVarTuple

import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageMedia,
    EditMessageText,
    GetChat,
    GetChatMember,
    GetFile,
    GetMe,
    SendMessage,
    SendPhoto,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.types import BufferedInputFile, ChatFullInfo, ChatMemberUpdated, File, Message, User

from bot.config import Settings
from bot.jobs.gathering.ingest import Ingest
from bot.news.topics.scores import Topics, parse_topics
from bot.sources.http import Fetcher
from bot.telegram.rendering.render import Render
from bot.telegram.updates import dispatcher
from bot.telegram.updates.dispatcher import build_dispatcher, build_gate
from bot.telegram.writing.texts import Texts
from bot.workers import WorkerFailed, Workers
from storage.models import (
    Chat,
    ChatKind,
    NewArticle,
    NewSource,
    SourceKind,
    Story,
    TopicScore,
    Understanding,
)
from storage.ports import Store

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
TOPICS = """
[[topic]]
slug = "flights"
emoji = "✈️"
title = { ru = "Авиарейсы", be = "Авіярэйсы", en = "Flights" }
description = { ru = "р", be = "р", en = "f" }
[[topic.rule]]
words = ["рейс"]
[[topic]]
slug = "trade"
emoji = "🤝"
title = { ru = "Торговля", be = "Гандаль", en = "Trade" }
description = { ru = "т", be = "т", en = "t" }
[[topic.rule]]
words = ["экспорт"]
[[topic]]
slug = "agriculture"
emoji = "🌾"
title = { ru = "Сельское хозяйство", be = "Сельская гаспадарка", en = "Agriculture" }
description = { ru = "с", be = "с", en = "a" }
[[topic.rule]]
words = ["урожай"]
"""
ME = 1001
BOT_ID = 42
GROUP = -5
FULL = {  # what getChat always tells
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        False,
    ),
}


class RecordingSession(BaseSession):
    """Telegram's edge: keeps every call and answers as the server would."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[TelegramMethod[Any]] = []
        # (method, words[, error]): the next such call is refused so
        self.refusals: list[tuple[Any, ...]] = []
        self.last_id = 5000
        self.drawn: dict[int, Any] = {}  # by message id, what it shows
        self.members: dict[tuple[int, int], dict[str, Any]] = {}  # (chat, user); else the creator
        self.chats: dict[int | str, dict[str, Any]] = {}  # by id and by @name
        self.files: dict[str, bytes] = {}  # by file_id

    async def make_request(
        self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None
    ) -> Any:
        self.calls.append(method)
        for refusal in self.refusals:
            if isinstance(method, refusal[0]):
                self.refusals.remove(refusal)
                error = refusal[2] if len(refusal) > 2 else TelegramBadRequest
                raise error(method=method, message=refusal[1])
        if isinstance(method, GetMe):
            return User(id=BOT_ID, is_bot=True, first_name="Сводка", username="svodka")
        if isinstance(method, GetChatMember):
            return self._member(method)
        if isinstance(method, GetChat):
            if method.chat_id not in self.chats:
                raise TelegramBadRequest(method=method, message="Bad Request: chat not found")
            return ChatFullInfo.model_validate(FULL | self.chats[method.chat_id])
        if isinstance(method, GetFile):
            return File(file_id=method.file_id, file_unique_id="x", file_path=method.file_id)
        if isinstance(method, SendMessage):
            self.last_id += 1
            self.drawn[self.last_id] = method
            return self._message(bot, method, self.last_id)
        if isinstance(method, EditMessageText):
            assert method.message_id is not None
            before = self.drawn[method.message_id]
            if (before.text, before.reply_markup) == (method.text, method.reply_markup):
                raise TelegramBadRequest(
                    method=method, message="Bad Request: message is not modified"
                )
            self.drawn[method.message_id] = method
            return self._message(bot, method, method.message_id)
        if isinstance(method, SendPhoto | EditMessageMedia):
            return self._photo(bot, method)
        return True

    def _photo(self, bot: Bot, method: SendPhoto | EditMessageMedia) -> Message:
        """The message with its photo; an uploaded file is kept under an id of its own."""
        if isinstance(method, SendPhoto):
            self.last_id += 1
            number, file = self.last_id, method.photo
        else:
            number, file = method.message_id or 0, method.media.media
        if isinstance(file, BufferedInputFile):
            self.files[name := f"file{len(self.files) + 1}"] = file.data
            file = name
        self.drawn[number] = method
        size = {"file_id": file, "file_unique_id": "x", "width": 1, "height": 1}
        chat = {"id": method.chat_id, "type": "private"}
        raw = {"message_id": number, "date": 1, "chat": chat, "photo": [size]}
        return Message.model_validate(raw, context={"bot": bot})

    def _member(self, method: GetChatMember) -> object:
        assert isinstance(method.chat_id, int)
        user = {"id": method.user_id, "is_bot": False, "first_name": "Анна"}
        creator = {"status": "creator", "is_anonymous": False}
        shown = self.members.get((method.chat_id, method.user_id), creator) | {"user": user}
        event = {"chat": {"id": 1, "type": "group"}, "from": user, "date": 1}
        both = {"old_chat_member": shown, "new_chat_member": shown}
        return ChatMemberUpdated.model_validate(event | both).new_chat_member

    def _message(self, bot: Bot, method: SendMessage | EditMessageText, number: int) -> Message:
        raw = {
            "message_id": number,
            "date": 1,
            "chat": {"id": method.chat_id, "type": "private"},
            "text": method.text,
        }
        return Message.model_validate(raw, context={"bot": bot})

    async def close(self) -> None:
        """Nothing is open."""

    async def stream_content(
        self, url: str, *args: Any, **kwargs: Any
    ) -> AsyncGenerator[bytes, None]:
        body = self.files[url.rpartition("/")[2]]
        for start in range(0, len(body), 1 << 16):
            yield body[start : start + (1 << 16)]


@dataclass
class Talk:
    """A person's side of the conversation."""

    bot: Bot
    session: RecordingSession
    store: Store
    now: datetime  # what the bot's clock shows
    dispatcher: Dispatcher = field(init=False)
    rings: list[datetime] = field(default_factory=list)
    updates: int = 0
    messages: int = 0
    language: str = "ru"
    hasty: bool = False  # else a second passes from one update to the next, for the throttle

    def at_the_door(self) -> datetime:
        return self.now if self.hasty else self.now + timedelta(seconds=self.updates)

    async def says(self, text: str, *, chat: int = ME, **more: Any) -> list[str]:
        """Send a text; what the bot said to it."""
        self.messages += 1
        message = {
            "message_id": self.messages,
            "date": 1,
            "chat": self._chat(chat),
            "from": self._person(),
            "text": text,
        }
        if text.startswith("/"):
            length = len(text.split()[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return await self.feed({"message": message | more})

    async def presses(self, label: str, *, chat: int = ME) -> list[str]:
        """Press the newest button with that in its label; what the bot drew or said then."""
        for number in sorted(self.session.drawn, reverse=True):
            markup: Any = self.session.drawn[number].reply_markup
            for row in markup.inline_keyboard if markup else ():
                for button in row:
                    if label in button.text:
                        return await self.press_data(button.callback_data, number, chat=chat)
        raise AssertionError(f"no button {label!r}; there are {self.buttons()}")

    async def press_newest(self) -> list[str]:
        """Press the last button under the newest message."""
        number = max(self.session.drawn)
        markup: Any = self.session.drawn[number].reply_markup
        return await self.press_data(markup.inline_keyboard[-1][-1].callback_data, number)

    async def press_data(self, data: str, number: int = 1, *, chat: int = ME) -> list[str]:
        drawn = self.session.drawn.get(number)
        message = {
            "message_id": number,
            "date": 1,
            "chat": self._chat(chat),
            "text": getattr(drawn, "text", None) or "старое",
            "entities": [one.model_dump() for one in getattr(drawn, "entities", None) or ()],
        }
        query = {
            "id": "1",
            "from": self._person(),
            "chat_instance": "1",
            "message": message,
            "data": data,
        }
        return await self.feed({"callback_query": query})

    async def feed(self, update: dict[str, Any]) -> list[str]:
        """Feed a raw update; the texts of the messages sent or edited because of it."""
        self.updates += 1
        before = len(self.session.calls)
        whole = {"update_id": self.updates, **update}
        await self.dispatcher.feed_raw_update(self.bot, whole)
        calls = self.session.calls[before:]
        return [c.text for c in calls if isinstance(c, SendMessage | EditMessageText)]

    def buttons(self) -> list[str]:
        """Labels under the newest message."""
        markup: Any = self.session.drawn[max(self.session.drawn)].reply_markup
        return [b.text for row in (markup.inline_keyboard if markup else ()) for b in row]

    def calls(self, kind: type[TelegramMethod[Any]]) -> list[Any]:
        return [call for call in self.session.calls if isinstance(call, kind)]

    def alerts(self) -> list[str]:
        return [c.text for c in self.calls(AnswerCallbackQuery) if c.text]

    def menus(self) -> list[SetMyCommands]:
        return self.calls(SetMyCommands)

    def _person(self) -> dict[str, Any]:
        return {
            "id": ME,
            "is_bot": False,
            "first_name": "Анна",
            "language_code": self.language,
        }

    def _chat(self, chat: int) -> dict[str, Any]:
        if chat == ME:
            return {"id": ME, "type": "private", "first_name": "Анна"}
        return {"id": chat, "type": "group", "title": "Соседи"}


@pytest.fixture(scope="session", autouse=True)
def routers_made_once(topics: Topics) -> Iterator[None]:
    """Routers keep nothing, and are nearly all the work of a Dispatcher: the newest has them."""
    make = dispatcher._routers
    made = make(topics)

    def again(wanted: Topics) -> tuple[Router, ...]:
        if wanted is not topics:
            return make(wanted)
        for router in made:
            router._parent_router = None
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dispatcher, "_routers", again)
        yield


@pytest.fixture(scope="session")
def topics() -> Topics:
    return parse_topics(TOPICS, name="test.toml")


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts()


@pytest.fixture(scope="session")
def render(texts: Texts, topics: Topics) -> Render:
    return Render(texts, topics, default_zone="Asia/Novokuznetsk", default_language="ru")


@pytest.fixture
async def talk(store: Store, texts: Texts, topics: Topics, render: Render, now: datetime) -> Talk:
    """In private and in a group, both of which the bot knows."""
    for known in (Chat(id=ME, kind=ChatKind.PRIVATE), Chat(id=GROUP, kind=ChatKind.GROUP)):
        await store.chats.see(known, now=now)
    session = RecordingSession()
    talk = Talk(Bot(f"{BOT_ID}:x", session=session), session, store, now)
    talk.dispatcher = build_dispatcher(
        store=store,
        texts=texts,
        topics=topics,
        render=render,
        settings=Settings(),
        clock=lambda: talk.now,
        ring=lambda: talk.rings.append(talk.now),
        gate=build_gate(Settings(), topics, talk.at_the_door),
    )
    return talk


class Inline(Workers):
    """Does the work here and now; fails on a text with the word КРАХ."""

    async def run(self, work: Callable[[*Ts], T], *args: *Ts, timeout_s: float = 60) -> T:
        raws: Any = next(iter(args), ())
        if work.__name__ == "understand" and any("КРАХ" in raw.text for raw in raws):
            raise WorkerFailed("understand took longer than 60 s")
        return work(*args)


@pytest.fixture
async def desk(talk: Talk, fetcher: Fetcher) -> AsyncIterator[Talk]:
    """A talk in which I am an admin, with what takes news in."""
    workers, known = Inline(), talk.dispatcher
    ingest = Ingest(
        store=talk.store,
        fetcher=fetcher,
        workers=workers,
        topics_toml=TOPICS,
        clock=lambda: talk.now,
    )
    talk.dispatcher = build_dispatcher(
        store=talk.store,
        texts=known["texts"],
        topics=known["topics"],
        render=known["render"],
        settings=Settings(admin_ids=frozenset({ME})),
        clock=known["clock"],
        ring=known["ring"],
        ingest=ingest,
    )
    yield talk
    await ingest.close()
    await workers.close()


@pytest.fixture
def print_samples(store: Store, now: datetime) -> Callable[..., Any]:
    """Stores one sample article."""

    async def print_(title: str) -> None:
        source = await store.sources.add(
            NewSource(url="sample:x", title="Выдумка", kind=SourceKind.SAMPLE), now=now
        )
        article = NewArticle(
            source_id=source.id,
            key=title,
            url=None,
            published_at=now,
            seen_at=now,
            dated=True,
            understanding=Understanding(
                title=title, text=title, language="ru", topics=(TopicScore(slug="trade", score=1),)
            ),
        )
        await store.articles.add([article])

    return print_


@pytest.fixture
def print_news(store: Store, now: datetime) -> Callable[..., Any]:
    """Stores one article per title, each a story of its own, the first the newest."""

    async def print_(
        titles: Sequence[str], *, topic: str = "flights", image_url: str | None = None
    ) -> None:
        source = await store.sources.add(
            NewSource(url="https://example.org/rss", title="Томский вестник"), now=now
        )
        batch = [
            NewArticle(
                source_id=source.id,
                key=title,
                url=f"https://example.org/{topic}/{number}",
                image_url=image_url,
                published_at=now,
                seen_at=now,
                dated=True,
                understanding=Understanding(
                    title=title,
                    text=f"{title}. Так сообщили в пресс-службе.",
                    language="ru",
                    topics=(TopicScore(slug=topic, score=0.9),),
                    summary=("Так сообщили в пресс-службе.", "Подробности уточняются."),
                    index_title=title.lower(),
                    index_text="так сообщить в пресс служба",
                ),
            )
            for number, title in reversed(list(enumerate(titles)))
        ]
        await store.articles.add(batch)

    return print_


def a_story(number: int, now: datetime, **changes: Any) -> Story:
    values: dict[str, Any] = {
        "id": number,
        "headline": f"Новость номер {number}",
        "summary": ("Первое предложение.", "Второе предложение."),
        "url": f"https://example.org/{number}",
        "topics": (TopicScore(slug="flights", score=0.9),),
        "sources": ("Томский вестник",),
        "articles": 1,
        "first_at": now,
        "last_at": now,
        "language": "ru",
        "sample": False,
    }
    return Story(**values | changes)


@pytest.fixture(scope="session")
def story() -> Callable[..., Story]:
    return a_story
