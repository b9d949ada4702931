"""Rows edited by hand into states that cannot be: each is named, mended, and sent once at most."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from storage.models import DeliveryState
from storage.ports import Store
from tests.storage.conftest import Make

# What somebody wrote; what `check` says of it; what has become of it when the next owner began.
EDITS = [
    ("state = 'lost'", "in a state that does not exist", "dead"),
    ("state = 'claimed', lease_until = 1", "claimed by nobody", "planned"),
    ("state = 'sending'", "claimed by nobody", "unknown"),
    ("state = 'claimed', owner = 'me'", "claimed for ever", "planned"),
    ("state = 'planned', message_id = 5", "not sent, and have a message id", "sent"),
    ("state = 'unknown', message_id = 5", "not sent, and have a message id", "sent"),
    ("state = 'sending', owner = 'me', message_id = 5", "not sent, and have a message id", "sent"),
    ("state = 'sent'", "sent, and have no message id", "sent"),
    ("state = 'retry'", "waiting for no time", "retry"),
    ("state = 'retry', not_before = 1, attempts = -3", "tried fewer times than none", "retry"),
    ("post_id = 999", "without a post that can be read", "dead"),
]


def edit(database: Path, sentence: str) -> None:
    """As by hand: no rule of the schema is in the way."""
    with closing(sqlite3.connect(database)) as c, c:
        c.execute("PRAGMA ignore_check_constraints = ON")
        c.execute(sentence)


@pytest.mark.parametrize(("written", "said", "becomes"), EDITS)
async def test_an_impossible_row_is_named_and_mended(
    store: Store, make: Make, now: datetime, tmp_path: Path, written: str, said: str, becomes: str
) -> None:
    await store.outbox.add(make.delivery("a"), now=now)
    edit(tmp_path / "svodka.db", f"UPDATE deliveries SET {written}")
    named = f"1 deliveries are {said}: edited by hand? The bot mends what can be at its next start."
    assert named in await store.check()
    assert await store.outbox.mend(now=now) == {said: 1}
    await store.outbox.recover(owner="heir", now=now)
    counts = await store.outbox.counts()
    assert {state.value for state, n in counts.items() if n} == {becomes}
    left = [fault for fault in await store.check() if "deliveries" in fault]
    assert bool(left) == (written in ("state = 'sent'", "post_id = 999"))
    may_leave = await store.outbox.claim(owner="heir", now=now, limit=9, lease_s=60)
    assert [d.attempts for d in may_leave] == ([0] if becomes in ("planned", "retry") else [])


async def test_a_post_that_was_edited_beyond_reading_stops_nobody(
    store: Store, make: Make, now: datetime, tmp_path: Path
) -> None:
    for chat_id, key in enumerate("abc", start=1):
        await store.outbox.add(make.delivery(key, chat_id), now=now)
    for id_, post in ((1, "{"), (2, "[]"), (3, '{"text": 5}')):
        edit(tmp_path / "svodka.db", f"UPDATE posts SET post = '{post}' WHERE id = {id_}")
    claimed = await store.outbox.claim(owner="me", now=now, limit=9, lease_s=60)
    assert [delivery.post.text for delivery in claimed] == ["", "", ""]
    assert len(await store.outbox.list(state=DeliveryState.CLAIMED)) == 3


async def test_a_sound_outbox_is_left_alone(store: Store, make: Make, now: datetime) -> None:
    for key in "ab":
        await store.outbox.add(make.delivery(key), now=now)
    assert await store.outbox.mend(now=now) == {}
    assert await store.check() == []
