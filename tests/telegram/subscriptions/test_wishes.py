"""Words after /subscribe and after ?start=: whatever is typed is read, and never too much of it."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.topics.scores import Topics
from bot.telegram.buttons.deep_links import linked_topic, linked_word
from bot.telegram.subscriptions.wishes import LONGEST, days_of, read_wish


@given(said=st.text(max_size=600))
def test_whatever_is_typed_is_a_wish(topics: Topics, said: str) -> None:
    wish = read_wish(said, topics)
    assert all(0 <= minute < 24 * 60 for minute in wish.minutes)
    assert all(1 <= day <= 7 for day in wish.days)
    assert sum(map(len, wish.unknown)) <= LONGEST


@given(
    slugs=st.lists(st.sampled_from(["flights", "trade", "agriculture"]), unique=True),
    hours=st.lists(st.integers(0, 23), unique=True),
)
def test_topics_and_times_are_read_in_any_order(
    topics: Topics, slugs: list[str], hours: list[int]
) -> None:
    said = " ".join([*(f"{hour}:05" for hour in hours), *slugs])
    wish = read_wish(said, topics)
    assert wish.topics == tuple(slugs)
    assert wish.minutes == tuple(sorted(hour * 60 + 5 for hour in hours))
    assert wish.unknown == ()


@pytest.mark.parametrize(
    ("said", "unknown"),
    [
        ("Сергей Цивилев 8:00", ("Сергей Цивилев",)),
        ("БелАЗ, Гомель и Орша", ("БелАЗ", "Гомель", "Орша")),
        ("балет flights хоккей", ("балет", "хоккей")),
        ("балет 25:00 8.", ("балет", "25:00", "8.")),
    ],
)
def test_words_that_are_neither_topic_nor_time_stay_together(
    topics: Topics, said: str, unknown: tuple[str, ...]
) -> None:
    assert read_wish(said, topics).unknown == unknown


@pytest.mark.parametrize(
    ("word", "days"),
    [
        ("воскресеньям", (7,)),
        ("ПТ", (5,)),
        ("нядзелях", (7,)),
        ("fridays", (5,)),
        ("будням", (1, 2, 3, 4, 5)),
        ("Воскресенск", ()),
        ("среда", (3,)),
        ("средства", ()),
    ],
)
def test_days_are_named_in_any_of_our_languages(word: str, days: tuple[int, ...]) -> None:
    assert days_of(word) == days


@given(words=st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20))
def test_a_word_survives_a_link(words: str) -> None:
    coded = base64.urlsafe_b64encode(words.encode()).decode().rstrip("=")
    assert linked_word(f"w_{coded}") == words
    assert linked_topic(f"w_{coded}") is None


@given(parameter=st.text(max_size=64))
def test_any_parameter_is_a_link_or_none(parameter: str) -> None:
    assert linked_word(parameter) is None or parameter.startswith("w_")
