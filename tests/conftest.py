"""What every test may ask for: a fixed instant and a real SQLite store in a folder of its own."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.connect import open_store
from storage.ports import Store


@pytest.fixture
def now() -> datetime:
    """A Wednesday morning: 08:00 in Novokuznetsk, 04:00 in Minsk."""
    return datetime(2026, 11, 18, 1, 0, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store, closed after the test."""
    opened = await open_store(f"sqlite:///{tmp_path}/svodka.db")
    yield opened
    await opened.close()
