"""Notices to admins: every switched-off source is told of, once, also over a restart."""

from datetime import datetime, timedelta
from typing import Any

from bot.jobs.delivery.notices import tell_of_sources_off
from storage.models import Chat, ChatKind, NewSource, OffReason, PollOutcome, Post, Source
from storage.ports import Store

ADMINS = {7, 8}


class Words:
    """A renderer that repeats what it is told."""

    def digest(self, **_: Any) -> list[Post]:
        return []

    def notice(self, *, chat: Chat, name: str, **values: object) -> Post:
        return Post(text=f"{name} {chat.id}: {values['title']}: {values['reason']}")

    def doubt(self, *, chat: Chat, channel: Chat, delivery_id: int) -> Post:
        return Post(text=f"doubt {channel.title}")


async def switched_off(
    store: Store, now: datetime, reason: OffReason = OffReason.GONE, same_as: int | None = None
) -> Source:
    source = await store.sources.add(NewSource(url="https://a.example/rss", title="a"), now=now)
    off = PollOutcome(
        source_id=source.id,
        at=now,
        next_poll_at=now,
        error="no answer",
        switch_off=reason,
        same_as=same_as,
    )
    await store.sources.failed(off)
    return source


async def told(store: Store) -> list[str]:
    return sorted(delivery.post.text for delivery in await store.outbox.list())


async def test_each_admin_is_told_once_of_a_source_that_is_off(store: Store, now: datetime) -> None:
    for admin_id in ADMINS:
        await store.chats.see(Chat(id=admin_id, kind=ChatKind.PRIVATE), now=now)
    source = await switched_off(store, now)
    assert await tell_of_sources_off(store, Words(), ADMINS, now=now) == 2
    later = now + timedelta(hours=1)
    assert await tell_of_sources_off(store, Words(), ADMINS, now=later) == 0
    assert await told(store) == [f"notice-source-off {id_}: a: gone" for id_ in (7, 8)]
    await store.sources.enable(source.id, True, now=later)
    assert await tell_of_sources_off(store, Words(), ADMINS, now=later) == 0
    await switched_off(store, later)  # again, another time
    assert await tell_of_sources_off(store, Words(), ADMINS, now=later) == 2


async def test_an_admin_who_wrote_to_the_bot_later_still_hears(store: Store, now: datetime) -> None:
    await switched_off(store, now)
    assert await tell_of_sources_off(store, Words(), ADMINS, now=now) == 0
    await store.chats.see(Chat(id=7, kind=ChatKind.PRIVATE), now=now)
    assert await tell_of_sources_off(store, Words(), ADMINS, now=now + timedelta(days=1)) == 1
    await store.chats.see(Chat(id=8, kind=ChatKind.PRIVATE), now=now)
    assert await tell_of_sources_off(store, Words(), ADMINS, now=now + timedelta(days=8)) == 0


async def test_what_an_operator_switched_off_is_no_news(store: Store, now: datetime) -> None:
    await store.chats.see(Chat(id=7, kind=ChatKind.PRIVATE), now=now)
    new = NewSource(url="https://a.example/rss", title="a")
    source = await store.sources.add(new, now=now)
    await store.sources.enable(source.id, False, now=now)
    assert await tell_of_sources_off(store, Words(), ADMINS, now=now) == 0
