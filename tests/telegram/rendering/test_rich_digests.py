"""A rich digest is read on in place as any other, and comes back rich where it can."""

from collections.abc import Callable
from typing import Any

import pytest
from aiogram.exceptions import TelegramNotFound
from aiogram.methods import EditMessageText

from bot.telegram.buttons import callbacks as cb
from bot.telegram.rendering.render import Render
from storage.models import Chat, ChatKind, DeliveryKind, Layout, NewDelivery, Post, Subscription
from tests.telegram.conftest import ME, Talk

Print = Callable[..., Any]


@pytest.fixture
async def digest(talk: Talk, render: Render, print_news: Print) -> Post:
    """A rich digest of two stories, sent as the newest message."""
    await print_news(["Рейс в Минск", "Рейс в Томск"])
    await talk.says("/help")
    [post] = render.digest(
        chat=Chat(id=ME, kind=ChatKind.PRIVATE, language="ru"),
        subscription=Subscription(id=1, chat_id=ME, layout=Layout.RICH, created_at=talk.now),
        stories=await talk.store.stories.latest(limit=2),
        now=talk.now,
    )
    delivery = NewDelivery(key="digest:1:x:1", chat_id=ME, kind=DeliveryKind.DIGEST, post=post)
    await talk.store.outbox.add(delivery, now=talk.now)
    [claimed] = await talk.store.outbox.claim(owner="o", now=talk.now, limit=5, lease_s=60)
    await talk.store.outbox.sent(claimed.id, message_id=talk.session.last_id, now=talk.now)
    return post


def edits(talk: Talk) -> list[EditMessageText]:
    return talk.calls(EditMessageText)


async def test_a_story_opens_in_its_place_and_the_rich_digest_comes_back(
    talk: Talk, digest: Post
) -> None:
    number = talk.session.last_id
    story = digest.spans[0].story_id
    [shown] = await talk.press_data(cb.StoryOpen(story=story).pack(), number)
    assert shown.startswith("Рейс в Минск")
    await talk.press_data(cb.SentDigest().pack(), number)
    back = edits(talk)[-1]
    assert back.text is None
    assert back.rich_message is not None
    assert [block.type for block in back.rich_message.blocks or ()] == [
        *("heading", "paragraph", "heading", "details", "details", "footer")
    ]
    assert back.reply_markup is not None


async def test_where_the_server_knows_no_rich_messages_its_text_comes_back(
    talk: Talk, digest: Post
) -> None:
    refusal = (EditMessageText, "Not Found: method not found", TelegramNotFound)
    talk.session.refusals.append(refusal)
    await talk.press_data(cb.SentDigest().pack(), talk.session.last_id)
    assert [edit.text for edit in edits(talk)] == [None, digest.text]
