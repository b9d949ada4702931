"""Kindred words: what outlets call by different words is one when accounts are compared."""

import pytest

from bot.news.words.kindred import gist, kin
from bot.news.words.morphology import lemma


@pytest.mark.parametrize(
    ("one", "other"),
    [("дтп", "столкнуться"), ("шахтер", "горняк"), ("пожар", "возгорание"), ("мэр", "мэрия")],
)
def test_words_for_one_thing_have_one_gist(one, other):
    assert gist(one) == gist(other)


def test_a_word_of_another_language_has_the_gist_of_its_russian_kin():
    assert gist(lemma("fire", "en")) == gist(lemma("пажар", "be")) == gist("пожар")


@pytest.mark.parametrize(("one", "other"), [("сторож", "сторона"), ("дом", "новость")])
def test_words_that_only_begin_alike_are_no_kin(one, other):
    assert gist(one) != gist(other)


def test_a_place_is_no_kin_of_anything():
    towns = ["кемерово", "новокузнецк", "белово", "минск", "гомель", "юрга", "топки"]
    assert not set(map(gist, towns)) & kin().keys()


def test_every_word_of_the_table_is_a_lemma():
    words = [word for words in kin().values() for word in words]
    assert [word for word in words if gist(lemma(word)) != gist(word)] == []
