"""Subjects: one thing in other words, or in another language, is still one thing."""

import pytest

from bot.news.morphology import lemma
from bot.news.skeletons import root
from bot.news.subjects import subjects


def about(word: str, language: str = "ru") -> set[str]:
    return set(subjects().among([root(lemma(word, language))]))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("самолёт", "рейсом"),
        ("загорелся", "пожарные"),
        ("осудили", "приговору"),
        ("спектакля", "труппу"),
    ],
)
def test_words_of_one_subject_meet(word, other):
    assert about(word) & about(other)


@pytest.mark.parametrize(
    ("word", "language"),
    [("цягніка", "be"), ("чыгунка", "be"), ("trains", "en"), ("railway", "en")],
)
def test_a_subject_is_the_same_in_our_languages(word, language):
    assert about(word, language) & about("поезд")


def test_the_rarer_a_subject_the_more_it_is_worth():
    worth = subjects().worth
    assert min(worth[one] for one in about("ракетка")) > max(worth[one] for one in about("дорога"))


def test_words_of_no_subject_have_none():
    assert subjects().among(["иметь", "42", ""]) == {}
