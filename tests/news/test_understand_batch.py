"""Everything that is made of a text, in one call that raises on no text."""

import pickle
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from bot.news.text.clean import MAX_TEXT, MAX_TITLE
from bot.news.topics.scores import TopicsError
from bot.news.understanding import Raw, understand
from storage.models import FactKind, Understanding

TOPICS = (Path(__file__).parents[2] / "bot" / "news" / "topics" / "topics.toml").read_text("utf-8")
BODY = "Аэропорт Приозёрска открыл прямой рейс в Минск. Первыми полетели сорок пассажиров."


def one(title: str = "", text: str = "", **rest: str) -> Understanding:
    return understand([Raw(title, text, **rest)], TOPICS)[0]  # type: ignore[arg-type]


def test_all_fields_agree_with_each_other() -> None:
    found = one("Рейс открыт", BODY)
    assert found.topics[0].slug == "flights"
    assert found.language == "ru"
    assert found.index_title == "рейс открыть"
    assert found.index_text.startswith("аэропорт приозерск открыть прямой рейс в минск")
    assert found.summary[0] in found.text
    assert found.terms["рейс"] > 0
    assert len(found.fingerprint) == 64
    assert [entity.name for entity in found.entities] == ["Приозёрск", "Минск"]
    assert found.entity_keys == ("приозерск", "минск")


def test_days_are_those_of_the_sources_zone() -> None:
    late = datetime(2026, 11, 30, 20, tzinfo=UTC)  # the first of December in Kuzbass
    raw = Raw(
        "Рейс", f"{BODY} Завтра билеты подешевеют.", published_at=late, zone="Asia/Novokuznetsk"
    )
    (found,) = understand([raw], TOPICS)
    (event,) = [fact for fact in found.facts if fact.kind is FactKind.EVENT]
    assert event.since == datetime(2026, 12, 1, 17, tzinfo=UTC)
    assert event.sentence == "Завтра билеты подешевеют."


def test_a_batch_comes_back_in_its_order() -> None:
    raws = [Raw(f"Новость {number}", BODY) for number in range(5)]
    assert [found.title for found in understand(raws, TOPICS)] == [raw.title for raw in raws]


def test_a_text_that_cannot_be_read_keeps_its_place_among_others() -> None:
    raws = [Raw("Рейс", BODY), Raw("東京", "東京で新しい空港が開港しました。"), Raw("Мост", BODY)]
    alone = [understand([raw], TOPICS)[0] for raw in raws]
    assert understand(raws, TOPICS) == alone
    assert [found.language for found in alone] == ["ru", None, "ru"]


def test_the_credit_in_the_text_goes_before_the_feeds_author() -> None:
    assert one("Рейс", f"{BODY}\nТекст: Анна Речная", author="admin").author == "Анна Речная"
    assert one("Рейс", BODY, author=" Пётр \n Лесной ").author == "Пётр Лесной"
    assert one("Рейс", BODY, author="  ").author is None


def test_the_sources_language_helps_when_the_text_does_not_tell() -> None:
    assert one("2:0", "", language="be-BY").language == "be"
    assert one("2:0", "", language="fr").language is None
    assert one("Рейс", BODY, language="be").language == "ru"


def test_a_broken_topics_file_is_refused() -> None:
    with pytest.raises(TopicsError):
        understand([Raw("Рейс", BODY)], "[[topic]]")


@pytest.mark.parametrize(
    "text",
    ["", "слово", "без конца", "😀", "😀" * 500, "\u200b\ufeff", "\x00", "\ud800", "«", "...", "×"],
)
def test_odd_texts_are_understood(text: str) -> None:
    for found in (one("", text), one(text, ""), one(text, text)):
        assert found.topics
        assert "\ud800" not in found.title + found.text


@pytest.mark.parametrize(
    "piece", ["слово ", "ы", "a. ", "Строка\n\n", "😀", "×\n", "Анна ", "Текст: ", "1,", "А-", "a'"]
)
def test_two_megabytes_take_bounded_time(piece: str) -> None:
    started = time.process_time()
    found = one("", piece * (2_000_000 // len(piece)))
    assert time.process_time() - started < 30
    assert len(found.title) <= MAX_TITLE
    assert len(found.text) <= MAX_TEXT


@given(st.text(max_size=50), st.text(max_size=200), st.lists(st.text(max_size=20), max_size=3))
@limits(max_examples=80, deadline=None)
def test_no_text_raises(title: str, text: str, headings: list[str]) -> None:
    (found,) = understand([Raw(title, text, tuple(headings))], TOPICS)
    assert found.topics
    assert set(found.headings) <= set(found.text.split("\n\n"))
    f"{found.title}{found.text}{found.index_text}{found.author}".encode()
    assert pickle.loads(pickle.dumps(found)) == found


FOREIGN = (
    "aiogram",
    "sqlite3",
    "_sqlite3",
    "aiohttp",
    "aiosqlite",
    "storage.sqlite",
    "apscheduler",
)
IMPORT_ALL = f"""
import importlib, pkgutil, sys
import bot.news
for module in pkgutil.walk_packages(bot.news.__path__, "bot.news."):
    importlib.import_module(module.name)
from bot.news.understanding import Raw, understand
toml = open(sys.argv[1], encoding="utf-8").read()
understand([Raw("Рейс", "Анна Речная улетела в Минск.")], toml)
print(*[name for name in {FOREIGN!r} if name in sys.modules])
"""


def test_understanding_imports_neither_telegram_nor_sql_nor_network() -> None:
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, "bot/news/topics/topics.toml"],
        cwd=root, capture_output=True, text=True, encoding="utf-8", check=True, timeout=120,
    )  # fmt: skip
    assert ran.stdout.split() == []
