"""A database of the first schema, with rows in it, becomes one of the newest."""

import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.connect import open_store
from storage.errors import StoreUnusable
from storage.models import NewSource, SourceKind
from storage.ports import Store
from storage.sqlite.file.database import connect
from storage.sqlite.file.migrate import FOLDER, migrate, version_of
from storage.sqlite.file.values import micros
from tests.conftest import opened

OLD = datetime(1975, 6, 1, tzinfo=UTC)
NOW = datetime(2016, 11, 18, 1, 0, tzinfo=UTC)

SOURCE = """
INSERT INTO sources (id, url, title, kind, region, enabled, etag, interval_s, next_poll_at,
                     last_success_at, failures, last_error, removed)
VALUES (?, ?, ?, ?, 'kuzbass', 1, '"e"', 900, ?, ?, 2, 'timed out', ?)
"""
WORDS = "INSERT INTO article_words VALUES (?, 'рейс', 'минск', '')"
STORY = "INSERT INTO stories VALUES (?, ?, 1, ?, ?, ?, 0)"
ARTICLE = """
INSERT INTO articles (id, search_id, source_id, story_id, published_at, seen_at, dated, reprint,
                      key, url, title, topics, entities, summary, headings, text)
VALUES (?, ?, ?, ?, ?, ?, 1, 0, ?, ?, 'Рейс', '[["flights",0.9]]', '[]', '[]', '[]', 'Минск.')
"""


@pytest.fixture
def first_schema(tmp_path: Path) -> Path:
    """A live source, a removed one and a sample, an article each; and an id that was used up."""
    path = tmp_path / "svodka.db"
    only = tmp_path / "only"
    only.mkdir()
    (only / "0001_ground.sql").write_bytes((FOLDER / "0001_ground.sql").read_bytes())
    c = connect(path)
    c.execute("PRAGMA journal_mode = WAL")
    migrate(c, path, only)
    c.execute("BEGIN")
    kinds = [("feed", 0), ("feed", 1), ("sample", 0)]
    for n, (kind, removed) in enumerate(kinds, start=1):
        url = f"https://{n}.test/rss"
        c.execute(SOURCE, (n, url, f"Вести {n}", kind, micros(NOW), micros(NOW), removed))
        published = micros(OLD if n == 1 else NOW)
        c.execute(WORDS, (n,))
        c.execute(STORY, (n, n, published, published, micros(NOW)))
        c.execute(ARTICLE, (n, n, n, n, published, micros(NOW), "k", f"https://{n}.test/1"))
    c.execute("UPDATE sqlite_sequence SET seq = 40 WHERE name = 'sources'")
    c.execute("COMMIT")
    c.close()
    return path


@pytest.fixture
async def migrated(first_schema: Path) -> AsyncIterator[Store]:
    async with opened(f"sqlite:///{first_schema}") as store:
        yield store


async def test_sources_keep_what_they_had_and_articles_their_source(
    migrated: Store, first_schema: Path
) -> None:
    first, sample = await migrated.sources.all()
    assert (first.id, first.url, first.etag, first.interval_s) == (
        1,
        "https://1.test/rss",
        '"e"',
        900,
    )
    assert (first.failures, first.last_error, first.region) == (2, "timed out", "kuzbass")
    assert (first.ttl_s, first.skip_hours, first.skip_days, first.off_at) == (
        None,
        frozenset(),
        frozenset(),
        None,
    )
    assert sample.kind is SourceKind.SAMPLE
    article = await migrated.articles.get(1)
    assert article is not None
    assert (article.source, article.published_at, article.whole) == ("Вести 1", OLD, True)
    assert await migrated.articles.known(1, ["k"]) == {"k": None}
    assert await migrated.check() == []


async def test_what_was_old_when_seen_counts_as_a_backfill(migrated: Store) -> None:
    stats = await migrated.sources.stats(since=NOW - timedelta(days=30))
    assert (stats[1].entries, stats[1].median_delay_s) == (1, None)
    assert stats[2].entries == 1


async def test_ids_that_were_used_up_stay_so(migrated: Store) -> None:
    for kind in SourceKind:
        await migrated.sources.add(NewSource(url=f"x:{kind}", title="x", kind=kind), now=NOW)
    assert [s.id for s in await migrated.sources.all()][2:] == list(range(41, 49))


async def test_samples_can_still_be_dropped(migrated: Store) -> None:
    assert await migrated.articles.drop_samples() == 1
    assert await migrated.check() == []


async def test_a_second_opening_changes_nothing(migrated: Store, first_schema: Path) -> None:
    await migrated.close()
    before = first_schema.read_bytes()
    await (await open_store(f"sqlite:///{first_schema}")).close()
    assert first_schema.read_bytes() == before


async def test_references_are_enforced_again_afterwards(first_schema: Path) -> None:
    c = connect(first_schema)
    migrate(c, first_schema)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        c.execute("DELETE FROM sources WHERE id = 1")
    c.close()


async def test_a_reference_to_nothing_is_refused_and_nothing_is_changed(first_schema: Path) -> None:
    c = connect(first_schema)
    c.execute("PRAGMA foreign_keys = OFF")
    c.execute("DELETE FROM sources WHERE id = 2")
    with pytest.raises(StoreUnusable, match="articles points to a row of sources"):
        migrate(c, first_schema)
    assert version_of(c) == 1
    assert c.execute("SELECT count(*) FROM sources").fetchone()[0] == 2
    c.close()


async def test_a_new_database_and_an_old_one_come_to_the_same_schema(
    first_schema: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new.db"
    schemas = []
    for path in (first_schema, new):
        await (await open_store(f"sqlite:///{path}")).close()
        c = connect(path)
        schemas.append(c.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall())
        c.close()
    assert [tuple(row) for row in schemas[0]] == [tuple(row) for row in schemas[1]]
