"""Ears: the ids of what people wrote are known before doubts are settled."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram.types import Chat as TelegramChat
from aiogram.types import Message, Update

from bot.jobs.delivery.hearing import Hearing
from bot.telegram.updates.ears import Ears
from storage.errors import StoreBusy
from storage.ports import Store

NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def update(message_id: int, chat_id: int = 7) -> Update:
    chat = TelegramChat(id=chat_id, type="private")
    return Update(
        update_id=message_id, message=Message(message_id=message_id, date=NOW, chat=chat, text="x")
    )


async def known(store: Store) -> set[int]:
    return await store.outbox.known_ids(7, above=0)


async def test_what_came_is_noted_and_how_far_that_goes(store: Store) -> None:
    clock = Clock()
    hearing = Hearing(clock)
    ears = Ears(store.outbox, hearing)
    await ears.heard([update(1), update(2)], all_of_them=False)
    assert await known(store) == {1, 2}
    assert hearing.behind() is None  # there is more
    post = update(17, chat_id=-5).message
    await ears.heard([Update(update_id=17, channel_post=post)], all_of_them=False)
    assert await known(store) == {1, 2, 17}
    await ears.heard([update(3)], all_of_them=True)
    clock.now += 20
    assert hearing.behind() == timedelta(seconds=20)
    await ears.heard([], all_of_them=True)
    assert hearing.behind() == timedelta(0)


async def test_what_a_failing_store_did_not_note_is_noted_the_next_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    hearing = Hearing(Clock())
    ears = Ears(store.outbox, hearing)

    async def busy(ids: Sequence[tuple[int, int]]) -> None:
        raise StoreBusy("locked")

    with monkeypatch.context() as for_now:
        for_now.setattr(store.outbox, "saw_messages", busy)
        await ears.heard([update(5)], all_of_them=True)
    assert hearing.behind() is None
    await ears.heard([], all_of_them=True)
    assert await known(store) == {5}
    assert hearing.behind() == timedelta(0)


async def test_what_is_pushed_is_noted_and_goes_on(store: Store) -> None:
    went_on: list[object] = []

    async def handler(event: Any, data: dict[str, Any]) -> str:
        went_on.append(event)
        return "answered"

    assert await Ears(store.outbox)(handler, update(9), {}) == "answered"
    assert len(went_on) == 1
    assert await known(store) == {9}
