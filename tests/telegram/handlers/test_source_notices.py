"""The notice to admins that a source is off says why, in their language."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.jobs.delivery.notices import tell_of_sources_off
from bot.telegram.rendering.render import Render
from storage.models import Chat, ChatKind, NewSource, OffReason, PollOutcome, Source
from storage.ports import Store

ADMIN = 7
URL = "https://vestnik.example/rss"


async def off(store: Store, now: datetime, reason: OffReason, **more: Any) -> Source:
    """«Вестник» failed a fortnight, and is off since just now."""
    source = await store.sources.add(NewSource(url=URL, title="Вестник"), now=now)
    for days in (14, 0):
        outcome = PollOutcome(
            source_id=source.id,
            at=now - timedelta(days=days),
            next_poll_at=now,
            error="the server answers 500",
            switch_off=None if days else reason,
            **more,
        )
        await store.sources.failed(outcome)
    return source


async def told(store: Store, render: Render, language: str, now: datetime) -> str:
    chat = Chat(id=ADMIN, kind=ChatKind.PRIVATE, language=language)
    await store.chats.see(chat, now=now)
    assert await tell_of_sources_off(store, render, {ADMIN}, now=now) == 1
    (delivery,) = await store.outbox.list()
    assert "500" not in delivery.post.text  # that is the operator's, and in English
    assert "Вестник" in delivery.post.text
    assert URL in delivery.post.text
    return delivery.post.text


@pytest.mark.parametrize(
    ("language", "reason", "words"),
    [
        ("ru", OffReason.GONE, "по этому адресу больше ничего нет"),
        ("ru", OffReason.FAILING, "не удаётся уже 14 дней"),
        ("be", OffReason.GONE, "па гэтым адрасе больш нічога няма"),
        ("be", OffReason.FAILING, "не ўдаецца ўжо 14 дзён"),
        ("en", OffReason.GONE, "nothing at that address any more"),
        ("en", OffReason.FAILING, "could not be read for 14 days"),
        ("en", OffReason.SAME, "the same feed as that of another source"),  # removed since
    ],
)
async def test_the_reason_is_told_in_the_readers_language(
    store: Store, render: Render, now: datetime, language: str, reason: OffReason, words: str
) -> None:
    await off(store, now, reason)
    assert words in await told(store, render, language, now)


@pytest.mark.parametrize(
    ("language", "words"), [("ru", "что и «Зоря»"), ("be", "што і «Зоря»"), ("en", "as “Зоря”")]
)
async def test_a_double_is_named(
    store: Store, render: Render, now: datetime, language: str, words: str
) -> None:
    new = NewSource(url="https://zorya.example/rss", title="Зоря")
    other = await store.sources.add(new, now=now)
    await off(store, now, OffReason.SAME, same_as=other.id)
    assert words in await told(store, render, language, now)
