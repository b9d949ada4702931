"""On the desk: two stories become one, chapters of one thread, or two matters."""

import re
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.jobs.answering.likest import likest, named
from bot.jobs.articles import correcting
from bot.news.topics.scores import Topics
from bot.telegram.buttons.callbacks_desk import Desk, Do, Pair, Pairing
from bot.telegram.conversation.answers import redraw, redraw_at
from bot.telegram.conversation.asking import Answers, Question, ask
from bot.telegram.conversation.guards import Press
from bot.telegram.conversation.questions import LONGEST
from bot.telegram.handlers.desk import ByEditor, drawn
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import sorting_screens as screens
from bot.telegram.screens import story_screens
from bot.telegram.screens.story_screens import Way
from storage.models import Chat, Post, Story
from storage.ports import Store

JOIN = "desk_join"
OFFERED = 5
NUMBER = re.compile(r"(?:№|#|n)?\s*(\d{1,18})", re.I)
STARTED = re.compile(r"[?&]start=s_(\d{1,18})(?!\w)")
ADDRESS = re.compile(r"https?://\S{1,2000}")


def router() -> Router:
    """Stands before what takes an admin's link for a source."""
    made = Router(name="joining")
    made.message.register(answered, ByEditor(), ~F.forward_origin, Answers(JOIN))
    on = made.callback_query.register
    on(join, Desk.filter(F.do == Do.JOIN), ByEditor())
    on(pair, Pair.filter(F.do == Pairing.ASK), ByEditor())
    on(settle, Pair.filter(), ByEditor())
    return made


async def join(
    query: CallbackQuery,
    callback_data: Desk,
    store: Store,
    chat: Chat,
    reader: Reader,
    now: datetime,
) -> None:
    """Ask for the other story; the likest can be chosen."""
    at = callback_data
    story = await correcting.current(store, at.story)
    if story is None:
        await redraw(query, story_screens.gone(reader.text, Way(at.back)))
        return
    found = await likest(store, story, limit=OFFERED)
    question = Question(JOIN, rest=f"{story.id} {at.back}")
    shown = screens.join(reader, story, found, at.back, now=now)
    await ask(query, store, chat, question, shown, now=now)


async def answered(
    message: Message,
    question: Question,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    """A number, a link, or words that find the other story."""
    said = (message.text or "").strip()
    number, _, back = question.rest.partition(" ")
    story = await correcting.current(store, int(number))
    if story is None:
        await store.chats.ask(chat.id, "", now=now)
        shown = story_screens.gone(reader.text, Way(back))
    elif (meant := await _meant(store, said)) is not None and meant.id != story.id:
        await store.chats.ask(chat.id, "", now=now)
        shown = await _pairing(store, reader, story, meant, back, now=now)
    else:
        zone, words = reader.zone, said[:LONGEST]
        found = await named(store, words, story, topics, zone=zone, now=now, limit=OFFERED)
        refusal = "" if found else reader.text("desk-join-unknown")
        shown = screens.join(reader, story, found, back, now=now, refusal=refusal)
    await redraw_at(question.message_id, shown, answering=message)


async def pair(
    query: CallbackQuery,
    callback_data: Pair,
    store: Store,
    chat: Chat,
    reader: Reader,
    now: datetime,
) -> None:
    at = callback_data
    await store.chats.ask(chat.id, "", now=now)
    story, other = await _two(store, at)
    if story is None or other is None:
        await redraw(query, await drawn(store, reader, at.story, at.back, now=now))
    else:
        await redraw(query, await _pairing(store, reader, story, other, at.back, now=now))


async def settle(
    query: CallbackQuery,
    callback_data: Pair,
    store: Store,
    reader: Reader,
    press: Press,
    now: datetime,
) -> None:
    """What the two are to each other, unless one of them is another story by now."""
    at, text, said = callback_data, reader.text, ""
    story, other = await _two(store, at)
    same = story is not None and other is not None and (story.id, other.id) == (at.story, at.other)
    if same and await _settled(store, at, now=now):
        said = text(f"desk-did-{at.do.name.lower()}")
    else:
        press.words, press.alert = text("desk-changed"), True
    await redraw(query, await drawn(store, reader, at.story, at.back, now=now, said=said))


async def _settled(store: Store, at: Pair, *, now: datetime) -> bool:
    match at.do:
        case Pairing.ONE:
            return await correcting.merge(store, at.story, at.other, now=now) is not None
        case Pairing.THREAD:
            return await store.corrections.link(at.story, at.other, now=now)
        case _:
            return await store.corrections.apart(at.story, at.other, now=now)


async def _two(store: Store, at: Pair) -> tuple[Story | None, Story | None]:
    """Both as they are now; the other is None if they are one."""
    story = await correcting.current(store, at.story)
    other = await correcting.current(store, at.other)
    one = story is not None and other is not None and story.id == other.id
    return story, None if one else other


async def _meant(store: Store, said: str) -> Story | None:
    """The story of that number, of that link to us, or with an article at that address."""
    if match := NUMBER.fullmatch(said) or STARTED.search(said):
        return await correcting.current(store, int(match[1]))
    if not ADDRESS.fullmatch(said):
        return None
    if (known := (await store.articles.at([said])).get(said)) is None:
        return None
    source_id, key, _ = known
    article = await store.articles.find(source_id, key=key, url=said)
    return await store.stories.get(article.story_id) if article else None


async def _pairing(
    store: Store, reader: Reader, story: Story, other: Story, back: str, *, now: datetime
) -> Post:
    thread = {one.id for one in await store.corrections.chapters(story.id)}
    return screens.pair(reader, story, other, back, chapters=other.id in thread, now=now)
