"""The articles that teach what one story is: consistent, and apart from both halves of the gold."""

import json
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

GOLD = Path(__file__).resolve().parents[2] / "tests" / "golden" / "news"
FIELDS = {
    "id", "outlet", "published_at", "language", "title", "text", "story", "thread", "twin_of",
    "roundup",
}  # fmt: skip


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]


LEARNT_FROM = ["tune.stories.jsonl", "tune_more.stories.jsonl", "tune_third.stories.jsonl"]
KEPT_APART = "report.third.stories.jsonl"


@pytest.fixture(scope="module", params=[*LEARNT_FROM, KEPT_APART])
def articles(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    return rows(request.param)


def test_every_article_has_the_labels_of_stories_and_no_others(articles):
    assert {frozenset(row) for row in articles} == {frozenset(FIELDS)}
    assert all(row["title"] and row["text"] and row["story"] for row in articles)


def test_they_come_in_order_of_time(articles):
    times = [datetime.fromisoformat(row["published_at"]) for row in articles]
    assert times == sorted(times)
    assert all(time.utcoffset() is not None for time in times)


@pytest.mark.parametrize("half", ["tune", "report"])
def test_they_share_no_id_story_or_title_with_a_half(articles, half):
    others = rows(f"{half}.articles.jsonl")
    for field in ("id", "story", "title"):
        assert not {row[field] for row in articles} & {row[field] for row in others}


def test_twins_are_other_stories_of_the_file(articles):
    stories = {row["story"] for row in articles}
    twins = {(row["story"], row["twin_of"]) for row in articles if row["twin_of"]}
    assert all(other in stories and other != story for story, other in twins)


@pytest.mark.parametrize(
    ("name", "least"), [*zip([*LEARNT_FROM, KEPT_APART], [40, 20, 28, 28], strict=True)]
)
def test_many_events_are_told_more_than_once(name, least):
    told = Counter(row["story"] for row in rows(name))
    assert sum(times > 1 for times in told.values()) >= least


def test_they_share_no_id_or_story_with_each_other():
    files = map(rows, [*LEARNT_FROM, KEPT_APART])
    for first, second in combinations(files, 2):
        for field in ("id", "story", "title"):
            assert not {row[field] for row in first} & {row[field] for row in second}


def test_outlets_return_to_an_event_and_some_come_days_later():
    told: defaultdict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for row in rows("tune_more.stories.jsonl"):
        told[row["story"]].append((datetime.fromisoformat(row["published_at"]), row["outlet"]))
    pairs = [pair for accounts in told.values() for pair in combinations(accounts, 2)]
    assert sum(first[1] == second[1] for first, second in pairs) >= 10
    assert sum(second[0] - first[0] >= timedelta(days=1.5) for first, second in pairs) >= 20
