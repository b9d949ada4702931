"""What is shown of a source before it is added."""

from datetime import UTC, datetime

from bot.sources.newest import headline, newest
from storage.models import Entry


def entry(key: str, day: int | None = None, **more: str) -> Entry:
    at = datetime(2026, 11, day, tzinfo=UTC) if day else None
    return Entry(key=key, title=more.pop("title", key), published_at=at, **more)


def test_the_newest_come_first_and_the_undated_last() -> None:
    listed = [entry("undated"), entry("old", 1), entry("new", 3), entry("also undated")]
    assert [e.key for e in newest(listed, 3)] == ["new", "old", "undated"]


def test_a_headline_has_an_end() -> None:
    for entry in (Entry(key="", title="Мост " * 99), Entry(key="", title="", html="Мост " * 99)):
        assert headline(entry).endswith("Мост…")
        assert len(headline(entry)) <= 160


def test_a_post_without_a_title_is_known_by_its_first_words() -> None:
    assert headline(entry("1", title="Мост  открыт")) == "Мост открыт"
    html = "<b>🌉</b><br>Мост &amp; набережную <a href='https://x.example'>открыли</a><br>Вчера."
    assert headline(entry("2", title=" ", html=html)) == "Мост & набережную открыли"
    assert headline(entry("3", title="", html="<br><br>Мост &amp; <b>парк</b><br>Ещё")) == (
        "Мост & парк"
    )
    assert headline(entry("4", title="", html="<img src=x>")) == ""
