"""DATABASE_URL: what is understood, and what is said about the rest."""

from pathlib import Path

import pytest

from storage.connect import open_store, sqlite_path
from storage.errors import BadUrl


@pytest.mark.parametrize(
    "url",
    [
        "",
        "data/svodka.db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///data/",
        "sqlite:///a.db?mode=ro",
        "postgresql://localhost/svodka",
        "sqlite+aiosqlite:///a.db",
    ],
)
async def test_a_url_we_cannot_open_is_answered_with_one_we_can(url: str) -> None:
    with pytest.raises(BadUrl, match=r"sqlite:///data/svodka\.db"):
        await open_store(url)


def test_a_password_in_a_url_is_not_repeated() -> None:
    with pytest.raises(BadUrl) as caught:
        sqlite_path("postgresql://bot:secret@host/db")
    assert "secret" not in str(caught.value)


def test_three_slashes_are_relative_and_four_absolute() -> None:
    assert sqlite_path("sqlite:///data/svodka.db") == Path.cwd() / "data/svodka.db"
    assert sqlite_path("sqlite:////srv/svodka.db") == Path("/srv/svodka.db")


async def test_missing_folders_are_made(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/a/b/svodka.db")
    await store.close()
    assert (tmp_path / "a/b/svodka.db").exists()
