"""A post that goes on with a story replies to the message that told that chat of it."""

from datetime import datetime, timedelta
from itertools import count

import pytest

from storage.models import Chat, ChatKind, Delivery, DeliveryKind, NewDelivery, Post, Source, Span
from storage.ports import Store
from tests.storage.conftest import Make

ANNA, BORIS = 7, 8
NUMBERS = count(1)


@pytest.fixture
async def stories(store: Store, source: Source, make: Make, now: datetime) -> list[int]:
    for chat in (ANNA, BORIS):
        await store.chats.see(Chat(id=chat, kind=ChatKind.PRIVATE), now=now)
    batch = [make.article(source, f"key {n}", f"Новость {n}") for n in range(3)]
    return [one.story_id for one in await store.articles.add(batch) if one is not None]


async def claimed(
    store: Store, post: Post, now: datetime, chat: int = ANNA, thread_id: int | None = None
) -> Delivery:
    delivery = NewDelivery(
        key=f"d:{next(NUMBERS)}",
        chat_id=chat,
        kind=DeliveryKind.DIGEST,
        post=post,
        thread_id=thread_id,
    )
    await store.outbox.add(delivery, now=now)
    [taken] = await store.outbox.claim(owner="o", now=now, limit=5, lease_s=60)
    return taken


async def told(store: Store, story: int, message_id: int, now: datetime, **to: int) -> None:
    post = Post(text=f"сводка {message_id}", spans=(Span(story_id=story, offset=0, length=6),))
    delivery = await claimed(store, post, now, **to)
    await store.outbox.sent(delivery.id, message_id=message_id, now=now)


def going_on(story: int) -> Post:
    return Post(text="ещё", after=story)


async def test_it_replies_to_the_newest_message_that_told_it(
    store: Store, stories: list[int], now: datetime
) -> None:
    first, other, _ = stories
    await told(store, first, 51, now)
    await told(store, first, 52, now + timedelta(hours=1))
    await told(store, other, 53, now + timedelta(hours=2))
    later = now + timedelta(hours=3)
    assert (await claimed(store, going_on(first), later)).reply_to == 52


async def test_it_replies_to_an_earlier_chapter(
    store: Store, stories: list[int], now: datetime
) -> None:
    chapter, after, _ = stories
    await store.corrections.link(chapter, after, now=now)
    await told(store, chapter, 51, now)
    assert (await claimed(store, going_on(after), now)).reply_to == 51


async def test_it_replies_to_nothing_that_this_chat_was_not_told(
    store: Store, stories: list[int], now: datetime
) -> None:
    await told(store, stories[0], 51, now, chat=BORIS)
    await told(store, stories[1], 52, now)
    assert (await claimed(store, going_on(stories[0]), now)).reply_to is None


async def test_it_replies_to_nothing_in_another_topic_of_a_forum(
    store: Store, stories: list[int], now: datetime
) -> None:
    await told(store, stories[0], 51, now, thread_id=3)
    assert (await claimed(store, going_on(stories[0]), now)).reply_to is None


async def test_a_post_that_goes_on_with_nothing_replies_to_nothing(
    store: Store, stories: list[int], now: datetime
) -> None:
    await told(store, stories[0], 51, now)
    assert (await claimed(store, Post(text="ещё"), now)).reply_to is None
