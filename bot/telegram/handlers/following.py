"""/follow, /mute and /unmute: what was understood is said, and can be taken back."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.news.topics.scores import Topics
from bot.telegram.conversation.admins import CHANGES
from bot.telegram.conversation.answers import answer, redraw_at, say
from bot.telegram.conversation.asking import Answers, Question, ask_again
from bot.telegram.conversation.questions import Questions
from bot.telegram.handlers.interests import everything
from bot.telegram.handlers.news import thread_of
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import interest_screens
from bot.telegram.screens.taste_screens import named
from bot.telegram.subscriptions import following
from bot.telegram.subscriptions.words import in_brief
from bot.telegram.writing.posts import shorten
from bot.telegram.writing.texts import Text
from storage.models import Chat, Interest, Post, Verdict
from storage.ports import Store

MOST_WORDS = 6  # a longer answer is no interest, but a question of its own


def router() -> Router:
    made = Router(name="following")
    made.message.register(follow, Command("follow", ignore_case=True), flags=CHANGES)
    made.message.register(mute, Command("mute", ignore_case=True), flags=CHANGES)
    made.message.register(unmute, Command("unmute", ignore_case=True), flags=CHANGES)
    made.message.register(typed, Answers("follow", "mute"), flags=CHANGES)
    return made


async def follow(
    message: Message,
    command: CommandObject,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    if command.args:
        done = await follow_words(message, command.args, store, chat, reader, topics, now=now)
        if done is not None:
            await answer(message, done)
    else:
        await store.chats.ask(chat.id, "follow", now=now)
        await answer(message, interest_screens.asking(reader.text, "follow"))


async def mute(
    message: Message,
    command: CommandObject,
    store: Store,
    chat: Chat,
    text: Text,
    topics: Topics,
    now: datetime,
) -> None:
    if command.args:
        done = await mute_words(message, command.args, store, chat, text, topics, now=now)
        if done is not None:
            await answer(message, done)
    else:
        await store.chats.ask(chat.id, "mute", now=now)
        await answer(message, interest_screens.asking(text, "mute"))


async def unmute(
    message: Message, command: CommandObject, store: Store, chat: Chat, text: Text, topics: Topics
) -> None:
    """What is named is shown again; without a word the list tells what is muted."""
    muted = [taste.interest for taste in chat.tastes if taste.verdict is Verdict.MUTE]
    wanted, unknown = await following.read(store, command.args or "", topics)
    found = [one for one in wanted if one in muted]
    for interest in found:
        await store.chats.untaste(chat.id, interest)
    if found and len(found) == len(wanted) and not unknown:
        await say(message, text("unmute-done", what=_names(text, found, topics)))
    elif not muted:
        await say(message, text("unmute-none"))
    else:
        if command.args:
            example = f"/unmute {shorten(muted[0].label or muted[0].value, 40)}"
            words = shorten(command.args, 60)
            await say(message, text("unmute-unknown", words=words, example=example))
        await answer(message, await everything(store, chat.id, text, topics))


async def typed(
    message: Message,
    question: Question,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    questions: Questions,
    now: datetime,
) -> None:
    """Words that answer; a whole question is answered instead."""
    said, text = message.text or "", reader.text
    if said.rstrip().endswith("?") or (len(said.split()) > MOST_WORDS and "," not in said):
        await store.chats.ask(chat.id, "", now=now)
        await questions.answer(message, said, reader, now=now)
        return
    wanted, unknown = await following.read(store, said, topics)
    if not wanted:
        await ask_again(message, question, not_understood(text, question.name, unknown), text)
        return
    await store.chats.ask(chat.id, "", now=now)
    if question.name == "follow":
        drawn = await follow_words(message, said, store, chat, reader, topics, now=now)
    else:
        drawn = await mute_words(message, said, store, chat, text, topics, now=now)
    if drawn is not None:
        await redraw_at(question.message_id, drawn, answering=message)


async def follow_words(
    message: Message,
    words: str,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    *,
    now: datetime,
) -> Post | None:
    """Follow what is understood, which the post tells; what is not is said at once."""
    wanted, unknown = await following.read(store, words, topics)
    if unknown or not wanted:
        await say(message, not_understood(reader.text, "follow", unknown))
    if not wanted:
        return None
    thread_id = thread_of(message)
    return await follow_each(store, chat, wanted, reader, topics, now=now, thread_id=thread_id)


async def follow_each(
    store: Store,
    chat: Chat,
    wanted: list[Interest],
    reader: Reader,
    topics: Topics,
    *,
    now: datetime,
    thread_id: int | None = None,
) -> Post:
    told = [
        (
            one,
            await following.follow(
                store, chat, one, zone=reader.zone, now=now, thread_id=thread_id
            ),
        )
        for one in wanted
    ]
    n = await following.in_a_week(store, wanted[0], now=now)
    return interest_screens.followed(reader.text, told, topics, n=n)


async def mute_words(
    message: Message,
    words: str,
    store: Store,
    chat: Chat,
    text: Text,
    topics: Topics,
    *,
    now: datetime,
) -> Post | None:
    """Likewise; told plainly what would leave nothing to read."""
    wanted, unknown = await following.read(store, words, topics)
    muted = []
    if unknown or not wanted:
        await say(message, not_understood(text, "mute", unknown))
    for one in wanted:
        refusal = await _too_much(store, chat, one, text, topics, now=now)
        if refusal:
            await say(message, refusal)
        else:
            await following.mute(store, chat, one)
            muted.append(one)
    return interest_screens.muted(text, muted, topics) if muted else None


async def _too_much(
    store: Store, chat: Chat, interest: Interest, text: Text, topics: Topics, *, now: datetime
) -> str:
    """Why it is better not muted; '' where it may be."""
    what = named(text, interest, topics)
    known = await store.subscriptions.of_chat(chat.id)
    only = following.all_that_is_wanted(interest, known)
    if only is not None:
        return text("mute-only", what=what, digest=in_brief(text, only, topics))
    percent = await following.share_of_week(store, interest, topics, now=now)
    return text("mute-wide", what=what, percent=percent) if percent > following.WIDE else ""


def not_understood(text: Text, what: str, unknown: list[str]) -> str:
    """`what`: follow or mute; each of the words in quotes, and an example that works."""
    words = ", ".join(text("quoted", words=shorten(one, 40)) for one in unknown[:5]) or "…"
    example = text(f"example-{what}")
    return text("interest-unknown", words=words, example=f"/{what} {example}")


def _names(text: Text, interests: list[Interest], topics: Topics) -> str:
    return ", ".join(named(text, one, topics) for one in interests)
