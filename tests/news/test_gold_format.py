"""The gold set of understanding: both halves are whole, consistent and rich in hard cases."""

import json
import tomllib
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "golden" / "news"
SETS = sorted(path.name.split(".")[0] for path in GOLD.glob("*.articles.jsonl"))
HALVES = [name for name in SETS if not name.startswith("blind")]
ARTICLE = {
    "id", "outlet", "published_at", "language", "title", "text", "topics", "not_news", "story",
    "thread", "twin_of", "roundup", "satire", "best_sentences", "entities",
}  # fmt: skip
QUESTION = {"q", "asked_at", "expected", "answer_contains", "no_answer"}

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def slugs() -> set[str]:
    rules = tomllib.loads(
        (ROOT / "bot" / "news" / "topics" / "topics.toml").read_text(encoding="utf-8")
    )
    return {topic["slug"] for topic in rules["topic"]} | {"other"}


def stories(articles: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for article in articles:
        found.setdefault(article["story"], []).append(article)
    return found


@pytest.fixture(params=SETS, scope="module")
def half(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def articles(half: str) -> list[Row]:
    return rows(f"{half}.articles.jsonl")


@pytest.fixture(scope="module")
def questions(half: str) -> list[Row]:
    """Written last: a half without questions is still being written, and not counted."""
    paths = sorted(GOLD.glob(f"{half}*.questions.jsonl"))
    if not paths:
        pytest.skip("this half has no questions yet")
    return [row for path in paths for row in rows(path.name)]


@pytest.fixture(params=HALVES, scope="module")
def whole(request: pytest.FixtureRequest) -> list[Row]:
    return rows(f"{request.param}.articles.jsonl")


def test_the_tune_half_is_there() -> None:
    assert "tune" in HALVES


def test_ids_are_unique_over_both_halves() -> None:
    ids = [row["id"] for half in SETS for row in rows(f"{half}.articles.jsonl")]
    assert [key for key, times in Counter(ids).items() if times > 1] == []


def test_no_story_or_thread_is_in_both_halves() -> None:
    seen: dict[str, str] = {}
    for half in SETS:
        for row in rows(f"{half}.articles.jsonl"):
            for key in filter(None, (row["story"], row["thread"])):
                assert seen.setdefault(key, half) == half


def test_every_article_has_every_field_and_known_labels(articles: list[Row]) -> None:
    known = slugs()
    wrong = [
        row["id"]
        for row in articles
        if set(row) != ARTICLE
        or set(row["entities"]) != {"persons", "orgs", "places"}
        or row["language"] not in {"ru", "be", "en"}
        or not (row["title"] and row["text"] and row["outlet"])
        or not 1 <= len(row["topics"]) <= 3
        or not known.issuperset(row["topics"])
        or ("other" in row["topics"] and len(row["topics"]) > 1)
    ]
    assert wrong == []


def test_times_have_a_zone_and_ascend(articles: list[Row]) -> None:
    times = [datetime.fromisoformat(row["published_at"]) for row in articles]
    assert all(time.tzinfo for time in times)
    assert times == sorted(times)


def test_best_sentences_stand_in_the_text_in_its_order(articles: list[Row]) -> None:
    for row in articles:
        places = [row["text"].find(sentence) for sentence in row["best_sentences"]]
        assert -1 not in places, row["id"]
        assert places == sorted(places), row["id"]
        assert len(places) <= 3, row["id"]
        assert bool(places) != row["not_news"], row["id"]


def test_twins_refer_to_other_stories(articles: list[Row]) -> None:
    known = stories(articles)
    for row in articles:
        assert row["twin_of"] is None or row["twin_of"] in known, row["id"]
        assert row["twin_of"] != row["story"], row["id"]


def test_a_story_has_one_thread_and_a_thread_several_stories(whole: list[Row]) -> None:
    threads: dict[str, set[str]] = {}
    for story, accounts in stories(whole).items():
        assert len({row["thread"] for row in accounts}) == 1, story
        if accounts[0]["thread"]:
            threads.setdefault(accounts[0]["thread"], set()).add(story)
    assert threads
    assert all(len(chapters) > 1 for chapters in threads.values())


def test_a_roundup_joins_nothing(articles: list[Row]) -> None:
    joined = [
        story
        for story, accounts in stories(articles).items()
        if len(accounts) > 1 and any(row["roundup"] for row in accounts)
    ]
    assert joined == []


def test_there_are_enough_of_the_hard_cases(whole: list[Row]) -> None:
    topics = Counter(topic for row in whole for topic in row["topics"])
    languages = Counter(row["language"] for row in whole)
    sizes = Counter(len(accounts) for accounts in stories(whole).values())
    assert len(whole) >= 80
    assert topics["flights"] >= 14
    assert topics["trade"] >= 14
    assert languages["be"] >= 8
    assert languages["en"] >= 4
    assert sizes[1] >= 35
    assert sizes[2] + sizes[3] >= 15
    assert sizes[3] >= 1
    assert sum(row["twin_of"] is not None for row in whole) >= 4
    assert sum(row["roundup"] for row in whole) >= 1
    assert sum(row["satire"] for row in whole) >= 1
    assert sum(row["not_news"] for row in whole) >= 4


def test_the_texts_that_have_topics_alone_are_whole_and_named_by_known_slugs() -> None:
    more = rows("tune_more.topics.jsonl")
    assert len({row["id"] for row in more}) == len(more) >= 60
    for row in more:
        assert set(row) == {"id", "title", "text", "topics", "not_news"}, row["id"]
        assert row["title"], row["id"]
        assert row["text"], row["id"]
        assert slugs().issuperset(row["topics"]), row["id"]
        assert 1 <= len(row["topics"]) <= 3, row["id"]


def test_a_question_can_be_answered_by_what_was_out_when_it_was_asked(
    articles: list[Row], questions: list[Row]
) -> None:
    known = stories(articles)
    for number, row in enumerate(questions, 1):
        assert set(row) == QUESTION, number
        asked = datetime.fromisoformat(row["asked_at"])
        assert asked.tzinfo, number
        assert bool(row["expected"]) == bool(row["answer_contains"]) != row["no_answer"], number
        assert known.keys() >= set(row["expected"]), number
        texts = [
            article["title"] + "\n" + article["text"]
            for story in row["expected"]
            for article in known[story]
            if datetime.fromisoformat(article["published_at"]) <= asked
        ]
        found = [any(answer in text for text in texts) for answer in row["answer_contains"]]
        assert any(found) or row["no_answer"], number


@pytest.mark.parametrize("half", HALVES, scope="module")
def test_there_are_enough_questions_in_three_languages(questions: list[Row]) -> None:
    asked = [row["q"].lower() for row in questions]
    assert len(asked) == len(set(asked)) >= 30
    assert sum(row["no_answer"] for row in questions) >= 4
    assert sum(not set("абвгдежзиклмнопрстуя") & set(text) for text in asked) >= 2
    assert sum(bool(set("іў") & set(text)) for text in asked) >= 2


def test_the_texts_for_names_have_unique_ids_and_names_of_each_kind() -> None:
    articles = rows("tune_more.entities.jsonl")
    assert len({row["id"] for row in articles}) == len(articles) >= 40
    wrong = [
        row["id"]
        for row in articles
        if row["language"] not in {"ru", "be", "en"}
        or set(row["entities"]) != {"persons", "orgs", "places"}
        or not (row["title"] and row["text"] and any(row["entities"].values()))
    ]
    assert wrong == []
