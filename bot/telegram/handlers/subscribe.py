"""/subscribe [topic, name, word …] [HH:MM …] [days] [сразу], and /unsubscribe."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message
from aiogram.utils import formatting as f

from bot.news.topics.scores import Topic, Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import LABEL, Rows, button
from bot.telegram.conversation.admins import CHANGES
from bot.telegram.conversation.answers import answer, redraw, say
from bot.telegram.handlers.news import thread_of
from bot.telegram.rendering.render import Render
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens.subscription_screens import gone, leaving, subscription_buttons
from bot.telegram.subscriptions import following
from bot.telegram.subscriptions.following import MOST_AT_ONCE, SUNDAYS_MIN, topic_interests
from bot.telegram.subscriptions.subscribing import EVERY_DAY, begun, held
from bot.telegram.subscriptions.wishes import A_TIME, MOST_TIMES, Wish, read_wish
from bot.telegram.subscriptions.words import describe
from bot.telegram.writing import dates
from bot.telegram.writing.posts import post, shorten
from bot.telegram.writing.texts import Text
from storage.models import Chat, Interest, InterestKind, Post, Schedule, Subscription
from storage.ports import Store


def router() -> Router:
    made = Router(name="subscribe")
    made.message.register(subscribe, Command("subscribe", ignore_case=True), flags=CHANGES)
    made.message.register(unsubscribe, Command("unsubscribe", ignore_case=True), flags=CHANGES)
    made.callback_query.register(leave, cb.Unsubscribe.filter(), flags=CHANGES)
    made.callback_query.register(meant, cb.Meant.filter(), flags=CHANGES)
    return made


async def subscribe(
    message: Message,
    command: CommandObject,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    wish = await understood(store, read_wish(command.args or "", topics), topics)
    refusal = why_not(reader.text, wish, topics)
    if refusal:
        await say(message, refusal)
        return
    made = await store_wish(
        store, chat.id, wish, zone=reader.zone, now=now, thread_id=thread_of(message)
    )
    await answer(message, subscribed(reader, made, topics, now=now))


async def understood(store: Store, wish: Wish, topics: Topics) -> Wish:
    """The words that were no topics as names, sources and words to follow; wrong times stay."""
    follows: list[Interest] = []
    unknown: list[str] = []
    for words in wish.unknown:
        found, nothing = (
            ([], [words]) if A_TIME.fullmatch(words) else await following.read(store, words, topics)
        )
        follows += found
        unknown += nothing
    return replace(wish, follows=tuple(dict.fromkeys(follows)), unknown=tuple(unknown))


def why_not(text: Text, wish: Wish, topics: Topics, target: str = "") -> str:
    """What is wrong with it and an example that works; '' when nothing is.

    `target`: the channel that stood after the command.
    """
    slugs = [topic.slug for topic in topics.all[:2]]
    example = " ".join(f"/subscribe {target} {' '.join(slugs)} 8:00 19:30".split())
    if wish.unknown:
        words = ", ".join(text("quoted", words=shorten(word, 40)) for word in wish.unknown[:5])
        return text("subscribe-unknown", n=len(wish.unknown), words=words, example=example)
    if len(wish.minutes) > MOST_TIMES or len(wish.follows) > MOST_AT_ONCE:
        return text("subscribe-many", n=MOST_TIMES, example=example)
    if wish.instant and not (wish.topics or wish.follows):
        at_once = " ".join(f"/subscribe {target} {slugs[0] if slugs else ''}".split())
        return text("subscribe-all-at-once", example=f"{at_once} {text('at-once-word')}")
    return ""


async def store_wish(
    store: Store,
    chat_id: int,
    wish: Wish,
    *,
    zone: str,
    now: datetime,
    thread_id: int | None = None,
) -> Subscription:
    """The subscription wished for; one to the same only gets the times that were named."""
    wanted = [*topic_interests(wish.topics), *wish.follows]
    days = wish.days or EVERY_DAY
    minutes = wish.minutes or ((SUNDAYS_MIN,) if len(days) == 1 else Schedule().minutes)
    schedule = Schedule(minutes=minutes, days=days)
    known = await following.same(
        store, chat_id, wanted, schedule, instant=wish.instant, thread_id=thread_id
    )
    if known is not None:
        was = known.schedule
        schedule = Schedule(minutes=wish.minutes or was.minutes, days=wish.days or was.days)
    return await following.add(
        store,
        chat_id,
        wanted,
        schedule,
        zone=zone,
        now=max(now, known.paused_until or now) if known else now,
        instant=wish.instant,
        thread_id=thread_id,
        max_stories=known.max_stories if known else 10,
    )


def subscribed(reader: Reader, made: Subscription, topics: Topics, *, now: datetime) -> Post:
    text = reader.text
    what = describe(text, made, topics)
    body: list[f.Text | str] = [f.Bold(text("subscribe-done", what=what))]
    if made.next_run_at is not None and not made.instant:
        moment = dates.moment(text, made.next_run_at, now=now, zone=reader.zone)
        body += ["\n\n", text("subscribe-next", moment=moment)]
    said, instead = perhaps(text, made, topics)
    return post(f.Text(*body, *said), (*instead, *subscription_buttons(text, made, now=now)))


def perhaps(text: Text, made: Subscription, topics: Topics) -> tuple[list[str], Rows]:
    """What to say below, and a button, where a word is like a topic's name."""
    for word, topic in _slips(made, topics):
        title, typed = topic.titles[text.language], shorten(word.label, LABEL // 2)
        label = text("button-perhaps-topic", topic=f"{topic.emoji} {title}", word=typed)
        instead = button(label, cb.Meant(sub=made.id, key=following.key(word)))
        return ["\n\n", text("perhaps-topic", word=typed, topic=title)], ((instead,),)
    return [], ()


def _slips(made: Subscription, topics: Topics) -> Iterator[tuple[Interest, Topic]]:
    """Its words that are like a topic's name, and the topic."""
    for one in made.follows:
        topic = topics.get(topics.near(one.label) or "") if one.kind is InterestKind.WORD else None
        if topic is not None:
            yield one, topic


async def meant(
    query: CallbackQuery,
    callback_data: cb.Meant,
    store: Store,
    chat: Chat,
    reader: Reader,
    render: Render,
    topics: Topics,
    now: datetime,
) -> None:
    """The topic, and not the word that is like it."""
    mine = await held(store, render, callback_data.sub, chat=chat)
    made = mine.subscription if mine else None
    slips = [*_slips(made, topics)] if made else []
    for word, topic in slips:
        if made is not None and following.key(word) == callback_data.key:
            wanted = dict.fromkeys((*made.topics, topic.slug))
            follows = [one for one in made.follows if one != word]
            made = await store.subscriptions.change(made.id, topics=[*wanted], follows=follows)
    drawn = subscribed(reader, made, topics, now=now) if made else gone(reader.text)
    await redraw(query, drawn)


def same(
    subscriptions: Sequence[Subscription], wish: Wish, thread_id: int | None
) -> Subscription | None:
    """The only one in that thread that wants just this."""
    wanted = (set(wish.topics), set(wish.follows), thread_id)
    matching = [s for s in subscriptions if (set(s.topics), set(s.follows), s.thread_id) == wanted]
    return matching[0] if len(matching) == 1 else None


async def unsubscribe(
    message: Message, command: CommandObject, store: Store, chat: Chat, text: Text, topics: Topics
) -> None:
    """The only subscription, or the one of the topics named, ends; else it asks which."""
    subscriptions = begun(await store.subscriptions.of_chat(chat.id))
    if command.args and subscriptions:
        wish = await understood(store, read_wish(command.args, topics), topics)
        named = None if wish.unknown else same(subscriptions, wish, thread_of(message))
        if named is None:
            await answer(message, leaving(text, subscriptions, topics, command.args))
            return
        subscriptions = [named]
    if len(subscriptions) > 1:
        await answer(message, leaving(text, subscriptions, topics))
        return
    for subscription in subscriptions:
        await store.subscriptions.remove(subscription.id)
    await say(message, text("unsubscribe-done" if subscriptions else "unsubscribe-none"))


async def leave(
    query: CallbackQuery,
    callback_data: cb.Unsubscribe,
    store: Store,
    chat: Chat,
    text: Text,
    render: Render,
) -> None:
    if callback_data.sub == 0:
        ids = [s.id for s in await store.subscriptions.of_chat(chat.id)]
    else:
        mine = await held(store, render, callback_data.sub, chat=chat)
        ids = [mine.subscription.id] if mine else []
    for subscription_id in ids:
        await store.subscriptions.remove(subscription_id)
    await redraw(query, post(f.Text(text("unsubscribe-done"))) if ids else gone(text))
