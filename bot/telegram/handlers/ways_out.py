"""The ways out under a digest: change its subscription, or stop it.

A digest is drawn once for all who are given the same, so its buttons cannot say whose they are: the
delivery that the message was knows.
"""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery
from aiogram.utils import formatting as f

from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import button
from bot.telegram.conversation.admins import CHANGES
from bot.telegram.conversation.answers import answer
from bot.telegram.handlers.subscription import part
from bot.telegram.rendering.render import Render
from bot.telegram.screens.subscription_screens import gone
from bot.telegram.subscriptions.pausing import A_WEEK
from bot.telegram.subscriptions.subscribing import Held, held
from bot.telegram.subscriptions.words import in_brief
from bot.telegram.writing.posts import post
from bot.telegram.writing.texts import Text
from storage.models import Chat, Post
from storage.ports import Store

DIGEST = "digest"  # as keys of deliveries begin: digest:<subscription>:<slot>:<part>


def router() -> Router:
    made = Router(name="ways_out")
    made.callback_query.register(
        way_out, cb.WayOut.filter(F.do.in_(("change", "stop"))), flags=CHANGES
    )
    return made


async def way_out(
    query: CallbackQuery,
    callback_data: cb.WayOut,
    store: Store,
    chat: Chat,
    text: Text,
    render: Render,
    topics: Topics,
    now: datetime,
) -> None:
    """In a message of its own: the digest stays to be read."""
    if query.message is None:
        return
    mine = await _subscribed(store, render, chat, query.message.message_id)
    if mine is None:
        drawn = gone(text)
    elif callback_data.do == "stop":
        drawn = stopping(text, mine, topics)
    else:
        drawn = part("sub", text, mine, topics, now=now)
    await answer(query.message, drawn)


async def _subscribed(store: Store, render: Render, chat: Chat, message_id: int) -> Held | None:
    """The subscription whose digest that message is."""
    key = await store.outbox.key_of(chat.id, message_id)
    kind, _, rest = (key or "").partition(":")
    id_ = rest.partition(":")[0]
    if kind != DIGEST or not id_.isdecimal():
        return None
    return await held(store, render, int(id_), chat=chat)


def stopping(text: Text, mine: Held, topics: Topics) -> Post:
    """Asked once: a press may be a slip of the thumb."""
    sub = mine.subscription
    words = text("stop-sure", what=in_brief(text, sub, topics))
    yes = button(text("stop-yes"), cb.Unsubscribe(sub=sub.id))
    others = (
        button(text("button-pause"), cb.Pause(sub=sub.id, days=A_WEEK)),
        button(text("stop-change"), cb.Screen(name="sub", sub=sub.id)),
        button(text("stop-no"), cb.Close()),
    )
    return post(f.Text(words), ((yes,), *((other,) for other in others)))
