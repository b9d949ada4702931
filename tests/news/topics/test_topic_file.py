"""A mistake in topics.toml is told with the file, the line and the reason."""

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from bot.news.topics.scores import TopicsError, parse_topics

GOOD = """# a comment
[[topic]]
slug = "planes"
emoji = "✈️"
title = { ru = "Самолёты", be = "Самалёты", en = "Planes" }
description = { ru = "Рейсы", be = "Рэйсы", en = "Flights" }

[[topic.rule]]
weight = 2
words = ["прямой рейс"]

[[topic]]
slug = "works"
emoji = "W"

[topic.title]
ru = "Заводы"
be = "Заводы"
en = "Works"

[topic.description]
ru = "р"
be = "б"
en = "e"

[[topic.rule]]
weight = 2.5
words = ["завод"]
be = ["вытворчасць"]
"""


def test_a_good_file_is_read() -> None:
    topics = parse_topics(GOOD, name="topics.toml")
    assert [topic.slug for topic in topics.all] == ["planes", "works"]
    assert topics.other.slug == "other"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('slug = "works"', 'slug = "planes"', 13, "taken by an earlier topic"),
        ('slug = "works"', 'slug = "Works!"', 13, "1 to 32 of a-z"),
        ('slug = "works"', 'slug = "digest"', 13, "the bot uses itself"),
        ('slug = "works"', 'slug = "other"', 13, "the bot uses itself"),
        ('slug = "works"', 'slug = "not_news"', 13, "the bot uses itself"),
        ("# a comment", 'model = "yes"', 1, '"model" is true or false'),
        ('slug = "works"', "slug = 5", 13, "needs a slug"),
        ('slug = "works"', 'slug = "works"\ncolour = "red"', 14, 'unknown key "colour"'),
        ('en = "Planes"', 'fr = "Avions"', 5, "unknown key"),
        (', en = "Planes"', "", 5, 'missing in the language "en"'),
        ('en = "e"', "", 21, 'missing in the language "en"'),
        ('en = "Planes"', 'en = ""', 5, "some text"),
        ("weight = 2.5", 'weight = "2.5"', 27, "must be a number"),
        ("weight = 2.5", "weight = true", 27, "must be a number"),
        ("weight = 2.5", "weight = nan", 27, "must be within"),
        ("weight = 2.5", "weight = 11", 27, "must be within"),
        ("weight = 2.5", "wieght = 2", 27, 'unknown key "wieght"'),
        ('words = ["завод"]', "words = 7", 28, "list of words"),
        ('words = ["завод"]', 'words = ["!"]', 28, "not a phrase"),
        ('words = ["завод"]', 'words = ["завод"]\nnear = ["два слова"]', 29, "single words"),
        ('words = ["завод"]\nbe = ["вытворчасць"]\n', "", 26, "needs words"),
        ('emoji = "W"', 'emoji = "W', 14, "this is not TOML"),
        ("[topic.title]", "[topic.title", 16, "this is not TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, line: int, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(TopicsError) as raised:
        parse_topics(GOOD.replace(old, new, 1), name="my.toml")
    assert raised.value.line == line
    assert str(raised.value).startswith(f"my.toml, line {line}: ")
    assert reason in raised.value.reason


def test_a_topic_without_rules_and_a_file_without_topics_are_mistakes() -> None:
    with pytest.raises(TopicsError, match=r"line 3: .* has no \[\[topic.rule\]\]"):
        parse_topics(GOOD.split("[[topic.rule]]")[0], name="topics.toml")
    with pytest.raises(TopicsError, match=r"line 1: there is no \[\[topic\]\]"):
        parse_topics("", name="topics.toml")


def test_more_topics_than_telegram_has_commands_for_is_a_mistake() -> None:
    one = GOOD.split("[[topic]]")[1]
    many = "".join("[[topic]]" + one.replace('"planes"', f'"planes{i}"') for i in range(71))
    with pytest.raises(TopicsError, match="more than 70 topics"):
        parse_topics(many, name="topics.toml")


@given(st.integers(0, len(GOOD)), st.text(max_size=6), st.integers(0, 12))
@limits(max_examples=80, deadline=None)
def test_a_damaged_file_is_read_or_refused_with_a_line(at: int, junk: str, cut: int) -> None:
    damaged = GOOD[:at] + junk + GOOD[at + cut :]
    assert 0 <= line_of_mistake(damaged) <= damaged.count("\n") + 2


def line_of_mistake(toml: str) -> int:
    """0: none."""
    try:
        parse_topics(toml, name="topics.toml")
    except TopicsError as error:
        return error.line
    return 0
