"""`svodka deliveries`: broadcasts are seen and steered, dead letters shown with their cause."""

from datetime import datetime, timedelta

import pytest

from storage.models import Chat, ChatKind, DeliveryKind, Post, Schedule, SharedDigest
from storage.ports import Store
from tests.cli.conftest import Shell

SLOT = "20261118T0100Z"


@pytest.fixture
async def planned(store: Store, now: datetime) -> None:
    """Two digests of one slot, one of them sent."""
    ids = []
    for chat_id in (1, 2):
        await store.chats.see(Chat(id=chat_id, kind=ChatKind.PRIVATE), now=now)
        added = await store.subscriptions.add(
            chat_id=chat_id, topics=(), schedule=Schedule(), next_run_at=now, now=now
        )
        ids.append(added.id)
    digest = SharedDigest(
        to=tuple(ids),
        slot=now,
        next_run_at=now + timedelta(days=1),
        stories=(),
        posts=(Post(text="Новости\nдня"),),
        kind=DeliveryKind.DIGEST,
    )
    await store.outbox.plan_shared([digest], now=now)
    [one] = await store.outbox.claim(owner="o", now=now, limit=1, lease_s=9)
    await store.outbox.sent(one.id, message_id=1, now=now)


def test_a_broadcast_is_told_with_its_progress(shell: Shell, planned: None) -> None:
    said = shell("deliveries").out
    assert f"{SLOT}  18.11.2026 04:00  running    1 of 2 sent" in said
    [broadcast] = shell("deliveries", "--json").json["broadcasts"]
    assert (broadcast["slot"], broadcast["state"]) == (SLOT, "running")
    assert (broadcast["total"], broadcast["left"], broadcast["counts"]["sent"]) == (2, 1, 1)
    assert (broadcast["rate_per_s"], broadcast["left_s"]) == (0, None)


def test_a_broadcast_is_paused_resumed_and_cancelled(shell: Shell, planned: None) -> None:
    assert shell("deliveries", "pause", SLOT).out.startswith(f"{SLOT}: paused")
    assert shell("deliveries", "--json").json["broadcasts"][0]["state"] == "paused"
    assert shell("deliveries", "pause", SLOT).status == 1
    assert shell("deliveries", "resume", SLOT).status == 0
    assert shell("deliveries", "cancel", SLOT).status == 0
    again = shell("deliveries", "resume", SLOT)
    assert (again.status, "cancelled: there is nothing to resume" in again.err) == (1, True)
    assert "its broadcast was cancelled" in shell("deliveries", "--state", "dead").out


@pytest.fixture
async def refused(store: Store, planned: None, now: datetime) -> None:
    [one] = await store.outbox.claim(owner="o", now=now, limit=1, lease_s=9)
    await store.outbox.dead(one.id, error="can't parse entities", now=now)


def test_a_dead_letter_is_shown_with_its_cause(shell: Shell, refused: None) -> None:
    said = shell("deliveries", "--dead").out
    assert "can't parse entities\n        Новости дня" in said


@pytest.mark.parametrize("words", [("pause",), ("pause", "tomorrow"), ("cancel", "20200101T0000Z")])
def test_which_broadcast_must_be_said(shell: Shell, planned: None, words: tuple[str, ...]) -> None:
    said = shell("deliveries", *words)
    assert (said.status, "svodka deliveries" in said.err) == (1, True)
