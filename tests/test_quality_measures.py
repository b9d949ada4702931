"""The measures of the quality bench, on cases that can be reckoned by hand."""

from datetime import UTC, datetime

import pytest

from bench.quality.entities import same_person
from bench.quality.measures import Score, b_cubed, folded, macro_f1, pairs, rouge_l, tally, together
from bench.quality.reading import Labelled
from bench.quality.twins import twin_pairs


def test_labels_are_counted_by_who_gave_them() -> None:
    scores = tally([{"a", "b"}, {"a"}], [{"a"}, {"c"}])
    assert scores == {"a": Score(1, 0, 1), "b": Score(0, 0, 1), "c": Score(0, 1, 0)}
    assert together(scores.values()) == Score(1, 1, 2)
    assert (scores["a"].precision, scores["a"].recall, scores["a"].n) == (1, 0.5, 2)
    assert scores["a"].f1 == pytest.approx(2 / 3)
    assert macro_f1(scores, ["a", "b"]) == pytest.approx(1 / 3)


def test_nothing_scores_nothing() -> None:
    assert Score().f1 == Score().precision == Score().recall == 0
    assert b_cubed({}, {}) == (0, 0, 0)
    assert rouge_l("", "") == 0


def test_b_cubed_weighs_each_thing_by_its_clusters() -> None:
    gold = {"a": 1, "b": 1, "c": 1, "d": 2}
    ours = {"a": 8, "b": 8, "c": 9, "d": 9}
    precision, recall, f1 = b_cubed(gold, ours)
    assert precision == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)
    assert recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert f1 == pytest.approx(2 * precision * recall / (precision + recall))
    assert pairs(gold, ours) == Score(both=1, ours=1, theirs=2)


def test_b_cubed_looks_at_what_both_know() -> None:
    assert b_cubed({"a": 1, "b": 1}, {"a": 1, "x": 1}) == (1, 1, 1)


def test_rouge_l_is_the_longest_common_subsequence_of_words() -> None:
    assert rouge_l("Рейс отменён, вылета не будет", "рейс отменен") == pytest.approx(4 / 7)
    assert rouge_l("b a", "a b") == 0.5


def test_folding_keeps_words_and_no_more() -> None:
    assert folded(" Пётр\n ЁЖ ") == "петр еж"


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("Зырянов Пётр", "Петр Зырянов", True),
        ("Пётр Ильич Зырянов", "Пётр Зырянов", True),
        ("Зырянов", "Пётр Зырянов", False),
        ("Иван Зырянов", "Пётр Зырянов", False),
        ("Зырянов", "ЗЫРЯНОВ", True),
        ("Зырянов П.И.", "П. И. Зырянов", True),
    ],
)
def test_a_person_is_known_by_surname_and_given_name(ours: str, theirs: str, same: bool) -> None:
    assert same_person(ours, theirs) is same


def test_the_twin_of_a_twin_is_of_one_group() -> None:
    def article(name: str, story: str, twin_of: str | None = None) -> Labelled:
        at = datetime(2026, 3, 2, tzinfo=UTC)
        return Labelled(id=name, title="", text="", published_at=at, story=story, twin_of=twin_of)

    articles = [
        article("1", "week 1"),
        article("2", "week 2", twin_of="week 1"),
        article("3", "week 2", twin_of="week 1"),
        article("4", "week 3", twin_of="2"),
        article("5", "match", twin_of="never told"),
    ]
    assert twin_pairs(articles) == [
        ("week 1", "week 2"),
        ("week 1", "week 3"),
        ("week 2", "week 3"),
    ]
