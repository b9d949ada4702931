"""/latest, /topics, /digest, a command per topic, and the pages of the feed."""

from collections.abc import Sequence
from datetime import datetime

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message, Update

from bot.config import Settings
from bot.jobs.planning.plan import digest_now
from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.answers import Ring, answer, redraw, say
from bot.telegram.conversation.guards import STORES
from bot.telegram.rendering import lists
from bot.telegram.rendering.render import Render
from bot.telegram.rendering.stories import Reader
from bot.telegram.subscriptions.wishes import ALL, read_wish
from bot.telegram.writing.posts import shorten
from bot.telegram.writing.texts import Text
from storage.models import Chat, Interest, Post, Subscription
from storage.ports import Store

PAGE = 5
LONGEST_PAGE = 20


def router(topics: Topics) -> Router:
    made = Router(name="news")
    made.message.register(latest, Command("latest", ignore_case=True))
    made.message.register(show_topics, Command("topics", ignore_case=True))
    made.message.register(digest, Command("digest", ignore_case=True), flags=STORES)
    made.message.register(of_topic, Command(*(t.slug for t in topics.all), ignore_case=True))
    made.callback_query.register(turn, cb.LatestPage.filter())
    return made


async def latest(
    message: Message,
    command: CommandObject,
    store: Store,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    page = read_page(command.args or "", topics)
    if isinstance(page, str):
        await say(message, not_understood(reader.text, page, an_example(topics, page)))
        return
    await answer(message, await feed(store, reader, topics, page, now=now))


def not_understood(text: Text, words: str, topic: str) -> str:
    return text("latest-not-understood", word=shorten(words, 60), topic=topic)


def an_example(topics: Topics, words: str) -> str:
    """The topic that may have been meant, else the first."""
    return topics.near(words) or (topics.all[0].slug if topics.all else "")


async def of_topic(
    message: Message,
    command: CommandObject,
    store: Store,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    """/flights is /latest flights; what else is typed can only be a number."""
    slug, words = command.command.lower(), command.args or ""
    page = read_page(words, topics)
    if isinstance(page, str) or page.topic not in ("", slug):
        await say(message, not_understood(reader.text, words, slug))
        return
    page = page.model_copy(update={"topic": slug})
    await answer(message, await feed(store, reader, topics, page, now=now))


async def turn(
    query: CallbackQuery,
    callback_data: cb.LatestPage,
    store: Store,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    await redraw(query, await feed(store, reader, topics, callback_data, now=now))


async def feed(
    store: Store, reader: Reader, topics: Topics, page: cb.LatestPage, *, now: datetime
) -> Post:
    wanted = (page.topic,) if page.topic else ()
    stories = await store.stories.latest(topics=wanted, limit=page.size + 1, offset=page.offset)
    return lists.latest(reader, stories, topics, page, now=now)


def read_page(words: str, topics: Topics) -> cb.LatestPage | str:
    """The first page of «[topic] [n]»; the words themselves when they say neither."""
    left, size = words.split(), PAGE
    if left and left[-1].isascii() and left[-1].isdigit():
        size = max(1, min(int(left.pop()[-6:]), LONGEST_PAGE))
    named = " ".join(left)
    if not left or named.casefold() in ALL:
        return cb.LatestPage(topic="", offset=0, size=size)
    slug = topics.find(named)
    return named if slug is None else cb.LatestPage(topic=slug, offset=0, size=size)


async def show_topics(message: Message, text: Text, topics: Topics) -> None:
    await answer(message, lists.topic_list(text, topics))


async def digest(
    message: Message,
    command: CommandObject,
    store: Store,
    chat: Chat,
    text: Text,
    topics: Topics,
    render: Render,
    ring: Ring,
    settings: Settings,
    event_update: Update,
    now: datetime,
) -> None:
    """/digest: what the chat is subscribed to; with topics after it: of those."""
    wish = read_wish(command.args or "", topics)
    if wish.unknown or wish.minutes or wish.days or wish.instant:
        words = command.args or ""
        topic = an_example(topics, words)
        await say(message, text("digest-not-understood", word=shorten(words, 60), topic=topic))
        return
    await ask_digest(
        store,
        render,
        ring,
        settings,
        chat=chat,
        update=event_update,
        now=now,
        thread_id=thread_of(message),
        topics=wish.topics,
    )


async def ask_digest(
    store: Store,
    render: Render,
    ring: Ring,
    settings: Settings,
    *,
    chat: Chat,
    update: Update,
    now: datetime,
    thread_id: int | None = None,
    topics: Sequence[str] = (),
) -> None:
    """A digest now, of these topics, else of all that the chat is subscribed to.

    It leaves through the outbox.
    """
    subscriptions = await store.subscriptions.of_chat(chat.id)
    await digest_now(
        store,
        render,
        chat=chat,
        topics=topics or topics_of(subscriptions),
        key=f"digest:asked:{chat.id}:{_asking(update, now)}",
        now=now,
        default_zone=settings.timezone,
        limit=most_stories(subscriptions),
        thread_id=thread_id,
        follows=() if topics else follows_of(subscriptions),
    )
    ring()


def _asking(update: Update, now: datetime) -> str:
    """What tells one asking from another: presses on one button within a minute are one."""
    press = update.callback_query
    if press is None or press.message is None:
        return str(update.update_id)
    return f"{press.message.message_id}:{press.data}:{now:%Y%m%dT%H%MZ}"


def topics_of(subscriptions: Sequence[Subscription]) -> list[str]:
    """All topics that any of them wants; [] is all there are, unless something is followed."""
    wanted = {slug for s in subscriptions for slug in s.topics}
    return sorted(wanted) if all(s.topics or s.follows for s in subscriptions) else []


def follows_of(subscriptions: Sequence[Subscription]) -> list[Interest]:
    """All that any of them follows; none where one wants everything."""
    if not all(s.topics or s.follows for s in subscriptions):
        return []
    return list(dict.fromkeys(one for s in subscriptions for one in s.follows))


def most_stories(subscriptions: Sequence[Subscription]) -> int:
    return max((s.max_stories for s in subscriptions), default=10)


def thread_of(message: Message) -> int | None:
    """The forum topic a message is in; replies in a plain group are no topic."""
    return message.message_thread_id if message.is_topic_message else None
