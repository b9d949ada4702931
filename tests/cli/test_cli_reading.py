"""The commands that read: what they print, and the JSON that other programs rely on."""

from collections.abc import Callable
from datetime import datetime

import pytest

ONE_OR_NONE = (str, None)
TOPIC = {"slug": str, "score": float}
FACT = {
    "kind": str,
    "value": ONE_OR_NONE,
    "unit": ONE_OR_NONE,
    "since": (datetime, None),
    "until": (datetime, None),
    "sentence": str,
}
ARTICLE = {
    "id": int,
    "title": str,
    "url": ONE_OR_NONE,
    "source": str,
    "author": ONE_OR_NONE,
    "published_at": datetime,
    "language": ONE_OR_NONE,
    "topics": [TOPIC],
    "entities": [{"kind": str, "name": str}],
    "story_id": int,
    "summary": [str],
    "text": str,
    "headings": [str],
    "facts": [FACT],
    "photo_credit": ONE_OR_NONE,
    "dateline": ONE_OR_NONE,
    "image_url": ONE_OR_NONE,
    "dated": bool,
    "sample": bool,
}
STORY = {
    "id": int,
    "headline": str,
    "url": ONE_OR_NONE,
    "summary": [str],
    "topics": [TOPIC],
    "sources": [str],
    "articles": int,
    "first_at": datetime,
    "last_at": datetime,
    "language": ONE_OR_NONE,
    "sample": bool,
}
SOURCE = {
    "id": int,
    "title": str,
    "url": str,
    "kind": str,
    "region": ONE_OR_NONE,
    "language": ONE_OR_NONE,
    "site_url": ONE_OR_NONE,
    "zone": ONE_OR_NONE,
    "selector": ONE_OR_NONE,
    "enabled": bool,
    "interval_s": int,
    "next_poll_at": (datetime, None),
    "wait_until": (datetime, None),
    "last_success_at": (datetime, None),
    "failures": int,
    "failing_since": (datetime, None),
    "last_error": ONE_OR_NONE,
    "off_at": (datetime, None),
    "off_because": ONE_OR_NONE,
    "text_from": ONE_OR_NONE,
    "without_text": int,
}
CHECKED = SOURCE | {
    "state": str,
    "entries_30d": int,
    "whole_30d": int,
    "whole_share": (float, None),
    "edited_30d": int,
    "median_delay_s": (int, None),
    "newest_at": (datetime, None),
}
IN_LANGUAGES = {"ru": str, "be": str, "en": str}
STATES = ("planned", "claimed", "sending", "sent", "retry", "dead", "unknown")
SHAPES = {
    "latest": [ARTICLE],
    "latest flights -n 1": [ARTICLE],
    "search рейс": [ARTICLE],
    "stories": [STORY],
    "ask что с рейсом в Гродно?": {
        "question": str,
        "relaxed": bool,
        "without": ONE_OR_NONE,
        "found": [{"sentence": ONE_OR_NONE, "planned": (list, None), "article": ARTICLE}],
        "suggestions": [str],
    },
    "digest --topic sport flights --since 3d": {
        "since": datetime,
        "topics": [str],
        "stories": [STORY],
    },
    "sources list": [SOURCE],
    "sources check": [CHECKED],
    "topics list": [
        {"slug": str, "emoji": str, "titles": IN_LANGUAGES, "descriptions": IN_LANGUAGES}
    ],
    "topics explain прямой рейс самолёта": [
        {
            "slug": str,
            "score": float,
            "matches": [{"words": str, "weight": float, "count": int}],
            "rules": float,
            "model": float,
            "words": list,
        }
    ],
    "deliveries": {
        "counts": dict.fromkeys(STATES, int),
        "broadcasts": [],
        "deliveries": [dict],
    },
    "check": {
        "ok": bool,
        "problems": [str],
        "mode": str,
        "database": str,
        "topics": int,
        "sources": int,
        "articles": int,
        "to_index": int,
        "subscriptions": int,
    },
}
FLIGHT = "Из Юрги в Гродно полетит прямой рейс"


@pytest.mark.parametrize("command", SHAPES)
def test_json_has_the_promised_keys(library, fits: Callable[..., bool], command: str):
    printed = library(*command.split(), "--json")
    assert printed.json
    assert fits(printed.json, SHAPES[command]), printed.out
    assert "\\u" not in printed.out


def test_latest_is_newest_first_and_shows_source_time_and_topics(library):
    articles = library("latest", "--json").json
    assert len(articles) == 5
    times = [article["published_at"] for article in articles]
    assert times == sorted(times, reverse=True)
    assert {time[-6:] for time in times} == {"+03:00"}  # TIMEZONE is Minsk's
    shown = library("latest", "-n", "1").out
    assert FLIGHT in shown
    assert "Импорт" in shown
    assert "flights" in shown


@pytest.mark.parametrize("name", ["flights", "Авиарейсы", "авіярэйсы"])
def test_a_topic_is_named_in_any_language(library, name: str):
    assert [a["title"] for a in library("latest", name, "--json").json] == [
        FLIGHT,
        "Самолёты из Юрги полетят в Гродно",
    ]


def test_search_understands_forms_phrases_minus_and_sources(library):
    def found(*words: str) -> set[str]:
        return {article["title"] for article in library("search", *words, "--json").json}

    flights = {FLIGHT, "Самолёты из Юрги полетят в Гродно"}
    assert found("ПРЯМЫЕ", "рейсы") == flights
    assert found('"пересаживаться в Москве"') == {FLIGHT}
    assert found("рейс", "-пересаживаться") == flights - {FLIGHT}
    assert found("Юргинская волна", "рейс") == flights - {FLIGHT}
    assert found("небывальщина") == set()


def test_a_question_gets_the_sentence_that_answers(library):
    answer = library("ask", "когда полетит самолёт в Гродно?", "--json").json
    assert "12 декабря" in answer["found"][0]["sentence"]
    assert "«" in library("ask", "когда полетит самолёт в Гродно?").out


def test_nothing_found_is_said_with_other_questions_to_ask(library):
    answer = library("ask", "почём нынче единороги?", "--json").json
    assert answer["found"] == []
    assert "Nothing was found. Try: " in library("ask", "почём нынче единороги?").out


def test_one_event_of_two_papers_is_one_story(library):
    stories = {story["headline"]: story for story in library("stories", "--json").json}
    (flight,) = (story for head, story in stories.items() if "Юрги" in head and "рейс" in head)
    assert (flight["articles"], set(flight["sources"])) == (2, {"Импорт", "Юргинская волна"})
    assert len(stories) == 4


def test_a_digest_is_a_preview_of_the_topics_asked_for(library):
    digest = library("digest", "--topic", "спорт", "flights", "--json").json
    assert digest["topics"] == ["sport", "flights"]
    assert len(digest["stories"]) == 2
    assert library("deliveries", "--json").json["deliveries"] == []


def test_an_empty_database_is_no_failure(shell):
    for command in ("latest", "stories", "digest", "deliveries", "check", "sources list"):
        assert shell(*command.split()).status == 0


def test_topics_are_listed_and_explained_by_the_words_that_matched(shell):
    slugs = [topic["slug"] for topic in shell("topics", "list", "--json").json]
    assert len(slugs) >= 16
    assert all(slug in shell("topics", "list").out for slug in slugs)
    text = "Прямой рейс в Минск открыла авиакомпания"
    words = shell("topics", "explain", text).out
    file = shell.write("note.txt", text)
    assert "авиакомпания ×1" in words
    assert shell("topics", "explain", file).out == words


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("latest nonsense", "no topic 'nonsense'"),
        ("digest --topic nonsense", "no topic 'nonsense'"),
        ("sources remove 77", "no source 77"),
        ("poll 77", "no source 77"),
    ],
)
def test_what_is_not_there_is_named_with_where_to_look(shell, command: str, says: str):
    said = shell(*command.split())
    assert (said.status, said.out) == (1, "")
    assert says in said.err
    assert " list`" in said.err


@pytest.mark.parametrize(
    "command",
    [
        "",
        "nonsense",
        "sources",
        "latest -n 0",
        "latest -n 1001",
        "search",
        "search рейс --jsn",
        "latest -рейс",
        "digest --since soon",
        "deliveries --state lost",
        "sources remove me",
        "import",
    ],
)
def test_wrong_usage_shows_the_right_one(shell, command: str):
    said = shell(*command.split())
    assert said.status == 2
    assert said.err.startswith("usage: svodka")


@pytest.mark.parametrize("command", ["", "import", "sources add", "topics explain", "deliveries"])
def test_every_command_has_help(shell, command: str):
    said = shell(*command.split(), "--help")
    assert said.status == 0
    assert said.out.startswith("usage: svodka")
