"""The samples are data: they hold what the sandbox and the golden tests rely on."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

GOLDEN = Path(__file__).parent / "golden"
DAY = 24 * 60
FURNITURE = re.compile(
    r"^×|^Поделиться|^Читайте также|^Подпи(сывай|ши)тесь|cookie|^Текст:|^Фото:|erid"
    r"|— (Томь-Информ|Шахтёрский край|Неман-пресса|Siberian Business Wire)\.",
    re.MULTILINE,
)

Article = dict[str, Any]


def load(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def sample_files() -> dict[str, dict[str, Any]]:
    folder = files("bot.samples")
    return {
        item.name: load(item.read_text(encoding="utf-8"))
        for item in folder.iterdir()
        if item.name.endswith(".toml")
    }


@pytest.fixture(scope="module")
def outlets() -> list[dict[str, str]]:
    found: list[dict[str, str]] = sample_files()["outlets.toml"]["outlet"]
    return found


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [a for content in sample_files().values() for a in content.get("article", [])]


@pytest.fixture(scope="module")
def stories() -> dict[str, Any]:
    return load((GOLDEN / "sample_stories.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def topics() -> dict[str, Any]:
    return load((GOLDEN / "sample_topics.toml").read_text(encoding="utf-8"))


def paths_of(articles: Iterable[Article]) -> dict[str, Article]:
    return {a["path"]: a for a in articles}


def words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.casefold()))


def test_each_outlet_is_invented_and_complete(outlets):
    assert len(outlets) >= 7
    assert len({o["key"] for o in outlets}) == len(outlets)
    for outlet in outlets:
        assert set(outlet) == {"key", "title", "site", "language", "region", "zone"}
        assert (urlsplit(outlet["site"]).hostname or "").endswith(".example")
        assert outlet["language"] in {"ru", "be", "en"}
        ZoneInfo(outlet["zone"])


def test_each_article_is_complete(articles, outlets):
    known = {o["key"] for o in outlets}
    for article in articles:
        assert set(article) - {"author"} == {"outlet", "minutes_ago", "path", "title", "text"}
        assert article["outlet"] in known
        assert article["path"].startswith("/")
        assert article["title"].strip() == article["title"] != ""
        assert 50 <= len(article["text"].split()) <= 400, article["path"]
        assert "\n\n" in article["text"].strip(), article["path"]


def test_there_are_enough_articles_and_every_outlet_has_some(articles, outlets):
    assert len(articles) >= 72
    assert {a["outlet"] for a in articles} == {o["key"] for o in outlets}


def test_paths_and_titles_are_unique(articles):
    for key in ("path", "title"):
        counts = Counter(a[key] for a in articles)
        assert [value for value, n in counts.items() if n > 1] == []


def test_articles_are_at_most_six_days_old_and_most_are_fresh(articles):
    ages = [a["minutes_ago"] for a in articles]
    assert all(isinstance(age, int) and 0 < age <= 6 * DAY for age in ages)
    assert sum(age < 20 * 60 for age in ages) > len(ages) / 2


def test_some_are_in_belarusian_and_some_in_english(articles, outlets):
    language = {o["key"]: o["language"] for o in outlets}
    counts = Counter(language[a["outlet"]] for a in articles)
    assert counts["be"] >= 6
    assert counts["en"] >= 5
    assert counts["ru"] > counts["be"] + counts["en"]


def test_the_language_of_an_outlet_is_that_of_its_texts(articles, outlets):
    language = {o["key"]: o["language"] for o in outlets}
    for article in articles:
        text = article["text"].casefold()
        has_cyrillic = re.search(r"[а-яё]", text) is not None
        assert has_cyrillic == (language[article["outlet"]] != "en"), article["path"]
        assert ("ў" in text) == (language[article["outlet"]] == "be"), article["path"]


def test_a_third_wears_page_furniture(articles):
    dressed = [a for a in articles if FURNITURE.search(a["text"])]
    assert len(dressed) >= len(articles) / 3


def test_no_quote_was_broken_on_the_way(articles):
    for article in articles:
        text = article["title"] + article["text"]
        assert text.count("«") == text.count("»"), article["path"]
        assert "\ufffd" not in text


def test_expected_stories_name_existing_articles_once(articles, stories):
    known = paths_of(articles)
    grouped = [path for story in stories["story"] for path in story["paths"]]
    assert len(stories["story"]) >= 8
    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= set(known)
    assert all(2 <= len(story["paths"]) <= 4 for story in stories["story"])


def test_a_story_is_told_by_different_outlets_within_hours(articles, stories):
    known = paths_of(articles)
    for story in stories["story"]:
        told = [known[path] for path in story["paths"]]
        ages = [a["minutes_ago"] for a in told]
        assert len({a["outlet"] for a in told}) == len(told), story["name"]
        assert max(ages) - min(ages) <= 12 * 60, story["name"]


def test_apart_pairs_exist_and_contradict_no_story(articles, stories):
    known = set(paths_of(articles))
    together = {
        frozenset(pair) for story in stories["story"] for pair in combinations(story["paths"], 2)
    }
    for pair in stories["apart"]:
        assert len(pair["paths"]) == 2
        assert set(pair["paths"]) <= known
        assert frozenset(pair["paths"]) not in together, pair["why"]


def test_reprints_keep_the_words_of_the_original_and_others_do_not(articles, stories):
    known = paths_of(articles)
    reprints = {frozenset((r["original"], r["reprint"])) for r in stories["reprint"]}
    assert len(reprints) >= 3
    for reprint in stories["reprint"]:
        original, later = known[reprint["original"]], known[reprint["reprint"]]
        assert original["minutes_ago"] > later["minutes_ago"]
        assert _kept(original, later) > 0.75
    for story in stories["story"]:
        for one, other in combinations(story["paths"], 2):
            if frozenset((one, other)) not in reprints:
                assert _kept(known[one], known[other]) < 0.6, (one, other)


def _kept(one: Article, other: Article) -> float:
    """The share of the shorter text's longer words that the other has too."""
    first, second = words(one["text"]), words(other["text"])
    return len(first & second) / min(len(first), len(second))


def test_follow_ups_come_later(articles, stories):
    known = paths_of(articles)
    assert len(stories["follow_up"]) >= 2
    for pair in stories["follow_up"]:
        assert known[pair["first"]]["minutes_ago"] - known[pair["later"]]["minutes_ago"] > 12 * 60


def test_expected_topics_name_existing_articles_and_cover_all(articles, topics):
    known = set(paths_of(articles))
    assert len(topics["topics"]) >= 25
    assert set(topics["topics"]) | set(topics["never"]) <= known
    named = {slug for slugs in topics["topics"].values() for slug in slugs}
    assert len(named) == 17
    for path, slugs in topics["never"].items():
        assert not set(slugs) & set(topics["topics"].get(path, []))


def test_the_flight_to_minsk_has_a_clear_recent_answer(articles):
    flights = [a for a in articles if "Минск" in a["title"] and "14 900" in a["text"]]
    assert len({a["outlet"] for a in flights}) >= 3
    for article in flights:
        assert article["minutes_ago"] < DAY
        assert "19 декабря" in article["text"]
        assert "737" in article["text"]
        assert "вторник" in article["text"]
        assert "суббот" in article["text"]
