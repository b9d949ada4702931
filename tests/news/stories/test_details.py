"""Details: what is met by chance counts little, what only one event has counts."""

from datetime import UTC, datetime

import pytest

from bot.news.stories.details import details, in_common, rounded

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "worth"),
    [
        ("312", 1),
        ("14900", 1),
        ("2.84", 1),
        ("27", 0.5),
        ("1500", 0.5),
        ("500", 0),
        ("7", 0),
        ("2026", 0),
    ],
)
def test_a_number_counts_the_more_the_less_it_may_be_chance(number, worth):
    assert details([number], [], [], NOW) == {number: worth}


def test_the_days_around_an_article_tell_nothing():
    found = details([], ["11-19", "11-20", "11-23", "12-19"], [], NOW)
    assert found == {"12-19": 1}


def test_the_new_year_is_near_its_eve():
    assert details([], ["01-01"], [], datetime(2026, 12, 31, tzinfo=UTC)) == {}


def test_a_full_hour_tells_nothing():
    assert details([], [], ["09:00", "06:50"], NOW) == {"06:50": 1}


def test_two_forecasts_with_the_same_degrees_share_next_to_nothing():
    degrees = [str(number) for number in range(11, 29)]
    one = details([*degrees, "745"], [], [], NOW)
    other = details([*degrees, "751"], [], [], NOW)
    assert in_common(one, other) == 1
    assert in_common(one, one) == 2


@pytest.mark.parametrize(
    ("number", "said"), [("1870000", "1900000"), ("61.37", "61"), ("83", "80"), ("9800", "10000")]
)
def test_a_number_may_be_said_roughly(number, said):
    assert said in rounded(number)


@pytest.mark.parametrize("other", ["07-25", "07:25", "12"])
def test_days_times_and_small_numbers_are_not_rounded(other):
    assert rounded(other) == ()


def test_a_number_said_roughly_is_half_a_detail():
    assert in_common({"1870000": 1.0}, {"1900000": 1.0}) == 0.5
    assert in_common({"1870000": 1.0}, {"1870000": 1.0}) == 1.0
