"""What every store promises about saved stories, and about what a message was sent as."""

from datetime import datetime, timedelta

import pytest

from storage.models import Chat, ChatKind, Source
from storage.ports import Store
from tests.storage.conftest import Make

READER = Chat(id=7, kind=ChatKind.PRIVATE, title="Анна")
GROUP = Chat(id=-42, kind=ChatKind.GROUP, title="Соседи")
SUPERGROUP = -1_001_234_567_890


@pytest.fixture
async def stories(store: Store, source: Source, make: Make, now: datetime) -> list[int]:
    """Three stories, and a reader who may save them."""
    await store.chats.see(READER, now=now)
    batch = [make.article(source, f"key {n}", f"Новость {n}") for n in range(3)]
    return [one.story_id for one in await store.articles.add(batch) if one is not None]


async def saved(store: Store, **page: int) -> list[int]:
    return [one.id for one in await store.saved.of(READER.id, **({"limit": 10} | page))]


async def test_what_was_saved_last_comes_first_and_each_story_once(
    store: Store, stories: list[int], now: datetime
) -> None:
    first, second, third = stories
    for minute, story in enumerate((second, first, third, second)):
        at = now + timedelta(minutes=minute)
        assert await store.saved.add(READER.id, story, now=at)
    assert await saved(store) == [third, first, second]
    assert await saved(store, limit=1, offset=1) == [first]
    assert await store.saved.has(READER.id, first)
    assert await store.saved.remove(READER.id, first)
    assert not await store.saved.remove(READER.id, first)
    assert not await store.saved.has(READER.id, first)
    assert await saved(store) == [third, second]


async def test_neither_strangers_save_nor_is_what_is_gone_saved(
    store: Store, stories: list[int], now: datetime
) -> None:
    assert not await store.saved.add(404, stories[0], now=now)
    assert not await store.saved.add(READER.id, 404, now=now)


async def test_a_saved_story_goes_along_with_a_merge(
    store: Store, stories: list[int], now: datetime
) -> None:
    into, other, _ = stories
    for story in (into, other):
        await store.saved.add(READER.id, story, now=now)
    await store.corrections.merge(into, other, now=now)
    assert await saved(store) == [into]


async def test_a_withdrawn_story_is_not_listed_until_it_is_restored(
    store: Store, stories: list[int], now: datetime
) -> None:
    await store.saved.add(READER.id, stories[0], now=now)
    await store.corrections.withdraw(stories[0], reason=None, now=now)
    assert await saved(store) == []
    await store.corrections.restore(stories[0], now=now)
    assert await saved(store) == [stories[0]]


async def test_who_is_forgotten_has_saved_nothing(
    store: Store, stories: list[int], now: datetime
) -> None:
    await store.saved.add(READER.id, stories[0], now=now)
    await store.chats.forget(READER.id)
    await store.chats.see(READER, now=now)
    assert await saved(store) == []


async def test_a_message_is_known_by_what_it_was_sent_as(
    store: Store, make: Make, now: datetime
) -> None:
    await store.chats.see(GROUP, now=now)
    delivery = make.delivery("one", chat_id=GROUP.id)
    await store.outbox.add(delivery, now=now)
    [claimed] = await store.outbox.claim(owner="o", now=now, limit=1, lease_s=60)
    await store.outbox.sending(claimed.id, floor=None, now=now)
    assert await store.outbox.post_of(GROUP.id, 55) is None
    await store.outbox.sent(claimed.id, message_id=55, now=now)
    assert await store.outbox.post_of(GROUP.id, 55) == delivery.post
    assert await store.outbox.post_of(READER.id, 55) is None
    assert await store.outbox.key_of(GROUP.id, 55) == delivery.key
    assert await store.outbox.key_of(READER.id, 55) is None
    await store.chats.migrate(GROUP.id, SUPERGROUP, now=now)
    assert await store.outbox.post_of(SUPERGROUP, 55) is None  # another message has that id there
