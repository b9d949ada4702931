"""Why an older Svodka switched a source off is read out of the error it left."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.models import OffReason
from storage.sqlite.file.database import connect
from storage.sqlite.file.migrate import FOLDER, migrate
from storage.sqlite.file.values import micros
from tests.conftest import opened

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)
SOURCE = """
INSERT INTO sources (url, title, kind, enabled, last_error, off_at)
VALUES ('https://a.test/rss', 'Вести', 'feed', ?, ?, ?)
"""


@pytest.mark.parametrize(
    ("error", "off_at", "reason"),
    [
        ("it is the same feed as «Зоря»", NOW, OffReason.SAME),
        ("a.test answers 500 for https://a.test/rss, for 14 days now", NOW, OffReason.FAILING),
        ("a.test answers 410 Gone for https://a.test/rss", NOW, OffReason.GONE),
        ("a.test took too long", None, None),
    ],
)
async def test_the_reason_is_read_out_of_the_error(
    tmp_path: Path, error: str, off_at: datetime | None, reason: OffReason | None
) -> None:
    old, path = tmp_path / "old", tmp_path / "svodka.db"
    old.mkdir()
    for file in FOLDER.glob("000*.sql"):
        shutil.copy(file, old)
    c = connect(path)
    migrate(c, path, old)
    c.execute(SOURCE, (off_at is None, error, micros(off_at)))
    c.commit()
    c.close()
    async with opened(f"sqlite:///{path}") as store:
        (source,) = await store.sources.all()
        assert (source.off_because, source.same_as) == (reason, None)
