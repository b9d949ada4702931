"""Days to come as people ask for them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import bot.news.topics
from bot.news.questions.query import parse_query
from bot.news.times.coming import find_coming, tells_of_future
from bot.news.topics.scores import parse_topics
from storage.models import Ahead, Query

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)  # a Wednesday, 08:00 in Novokuznetsk
ZONE = "Asia/Novokuznetsk"
TOPICS = parse_topics(
    (Path(bot.news.topics.__path__[0]) / "topics.toml").read_text("utf-8"), name="topics.toml"
)


def ask(text: str) -> Query:
    return parse_query(text, now=NOW, zone=ZONE, topics=TOPICS, sources=())


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("что будет завтра", (2026, 11, 19), (2026, 11, 20)),
        ("што будзе паслязаўтра", (2026, 11, 20), (2026, 11, 21)),
        ("what happens tomorrow", (2026, 11, 19), (2026, 11, 20)),
        ("что откроют в субботу", (2026, 11, 21), (2026, 11, 22)),
        ("что будет в выходные", (2026, 11, 21), (2026, 11, 23)),
        ("что ждут на следующей неделе", (2026, 11, 23), (2026, 11, 30)),
        ("рейсы через неделю", (2026, 11, 24), (2026, 11, 27)),
        ("что запланировано на декабрь", (2026, 12, 1), (2027, 1, 1)),
        ("рейсы 19 декабря", (2026, 12, 19), (2026, 12, 20)),
        ("что будет 21-22 ноября", (2026, 11, 21), (2026, 11, 23)),
        ("что планируют до конца недели", (2026, 11, 18), (2026, 11, 23)),
        ("что откроют в этом месяце", (2026, 11, 18), (2026, 12, 1)),
    ],
)
def test_days_to_come_are_those_of_the_readers_calendar(text, since, until):
    found = find_coming(text, now=NOW, zone=ZONE)
    assert found is not None
    assert (found.since, found.until) == (date(*since), date(*until))


@pytest.mark.parametrize(
    "text",
    [
        "что было в субботу", "рейсы в выходные", "мост весной", "мост прошлой зимой", "5 ноября",
        "что случилось на этой неделе", "рейсы за неделю", "в мае 2024 года", "мост вчера",
    ],
)  # fmt: skip
def test_days_gone_by_are_not_to_come(text):
    assert find_coming(text, now=NOW, zone=ZONE) is None


@pytest.mark.parametrize(
    ("text", "future"),
    [
        ("когда откроют мост", True),
        ("калі паляціць першы рэйс", True),
        ("калі паляцеў першы рэйс", False),
        ("when does the bridge open", True),
        ("что ожидается в Гомеле", True),
        ("когда открыли мост", False),
    ],
)
def test_a_verb_or_a_word_for_plans_tells_of_the_future(text, future):
    assert tells_of_future(text) is future


def test_a_month_is_a_word_of_articles_too_and_tomorrow_is_not():
    december = Ahead(since=date(2026, 12, 1), until=date(2027, 1, 1), words=("декабрь",))
    assert ask("какие рейсы откроют в декабре").ahead == december
    assert ask("какие рейсы откроют завтра").ahead == Ahead(
        since=date(2026, 11, 19), until=date(2026, 11, 20)
    )
    assert ask("какие рейсы откроют в декабре").terms == ("рейс", "открыть")


def test_plans_of_a_town_are_all_that_is_ahead_there():
    query = ask("какие события ожидаются в Гомеле")
    assert (query.ahead, query.terms) == (Ahead(since=date(2026, 11, 18), until=None), ("гомель",))
    assert ask("какой дефицит ожидается в бюджете").ahead is None


@pytest.mark.parametrize(
    ("text", "newest", "terms"),
    [
        ("последние новости о мосте", True, ("мост",)),
        ("что нового про мост", True, ("мост",)),
        ("свежее о мосте", True, ("мост",)),
        ("апошнія навіны пра мост", True, ("мост",)),
        ("the latest on the bridge", True, ("bridg",)),
        ("what is new on the bridge", True, ("bridg",)),
        ("новости о мосте", False, ("мост",)),
        ("свежее молоко", False, ("свежий", "молоко")),
        ("последний мост", False, ("последний", "мост")),
    ],
)
def test_who_asks_for_the_latest_wants_it_by_date(text, newest, terms):
    assert (ask(text).newest, ask(text).terms) == (newest, terms)
