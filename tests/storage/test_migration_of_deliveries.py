"""A database whose deliveries held a post each becomes one in which equal posts are shared."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.models import DeliveryState
from storage.sqlite.file.database import connect
from storage.sqlite.file.migrate import FOLDER, migrate
from storage.sqlite.file.values import micros
from tests.conftest import opened

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)
POST = '{"text":"%s","entities":"[]","buttons":[],"preview_url":null,"silent":false}'
DELIVERY = """
INSERT INTO deliveries (key, chat_id, kind, state, message_id, created_at, changed_at, post)
VALUES (?, ?, 'digest', ?, 100 * ?, ?, ?, ?)
"""
DIGEST = "INSERT INTO digests (key, chat_id, stories, at) VALUES (?, ?, ?, ?)"


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """Two chats had the same digest, and by a merge another story."""
    path, only, at = tmp_path / "svodka.db", tmp_path / "only", micros(NOW)
    only.mkdir()
    for step in FOLDER.glob("000[1-6]_*.sql"):
        (only / step.name).write_bytes(step.read_bytes())
    c = connect(path)
    c.execute("PRAGMA journal_mode = WAL")
    migrate(c, path, only)
    c.execute("PRAGMA foreign_keys = OFF")
    three = ((1, "same", "sent", 9), (2, "same", "planned", None), (3, "else", "dead", None))
    for chat_id, text, state, number in three:
        row = (f"digest:{chat_id}:1", chat_id, state, number, at, at, POST % text)
        c.execute(DELIVERY, row)
        c.execute(DIGEST, (f"digest:{chat_id}", chat_id, "[]" if chat_id == 3 else "[7,5]", at))
    given = ((1, 5), (1, 7), (1, 6), (2, 5), (2, 7), (2, 6))
    c.executemany("INSERT INTO given VALUES (?, ?, ?)", [(*each, at) for each in given])
    c.execute("UPDATE sqlite_sequence SET seq = 40 WHERE name = 'deliveries'")
    c.close()
    return path


async def test_deliveries_keep_their_posts_and_equal_ones_are_one_row(before: Path) -> None:
    async with opened(f"sqlite:///{before}") as store:
        listed = await store.outbox.list()
        assert [(d.id, d.post.text, d.state.value) for d in listed] == [
            (3, "else", "dead"),
            (2, "same", "planned"),
            (1, "same", "sent"),
        ]
        claimed = await store.outbox.claim(owner="o", now=NOW, limit=9, lease_s=1)
        assert [d.chat_id for d in claimed] == [2]
        assert (await store.outbox.counts())[DeliveryState.SENT] == 1
        assert await store.check() == []
    c = connect(before)
    assert c.execute("SELECT count(*) FROM posts").fetchone()[0] == 2
    [seq] = c.execute("SELECT seq FROM sqlite_sequence WHERE name = 'deliveries'").fetchone()
    assert seq == 40
    c.close()


async def test_a_chat_has_still_had_what_it_had(before: Path) -> None:
    async with opened(f"sqlite:///{before}"):
        pass
    c = connect(before)
    had = c.execute(
        "SELECT d.chat_id, s.story_id FROM deliveries AS d "
        "JOIN choice_stories AS s ON s.choice_id = d.choice_id ORDER BY 1, 2"
    )
    assert [tuple(row) for row in had] == [(1, 5), (1, 6), (1, 7), (2, 5), (2, 6), (2, 7)]
    c.close()


async def test_what_nobody_holds_any_more_goes(before: Path) -> None:
    async with opened(f"sqlite:///{before}") as store:
        for chat_id in (1, 2, 3):
            await store.chats.forget(chat_id)
        assert await store.tidy(now=NOW + timedelta(days=99), keep_days=1) == 1  # a choice
    c = connect(before)
    for table in ("posts", "choices", "choice_stories"):
        assert c.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    c.close()
