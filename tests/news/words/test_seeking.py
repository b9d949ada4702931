"""Words sought in a text: what a lemma would find, at a fraction of the look-ups."""

import pytest

from bot.news.words.morphology import lemmas
from bot.news.words.seeking import Sought

TEXT = "Дети шли к Беловскому мосту; люди из Белова ждали, 3,5 часа. Мостам — ремонт!"


@pytest.mark.parametrize("term", ["мост", "ребенок", "человек", "белово", "ремонт", "3.5"])
def test_a_word_is_found_in_every_form(term):
    assert (term in Sought([term]).words(TEXT, "ru")) is (term in lemmas(TEXT))


def test_other_words_stay_as_they_stand():
    assert Sought(["мост"]).words("Ждали мостов", "ru") == ["ждали", "мост"]


def test_belarusian_words_are_stems():
    assert "рэйс" in Sought(["рэйс"]).words("Шмат рэйсаў", "be")


def test_nothing_is_sought_nowhere():
    assert Sought([]).words("Мост", "ru") == ["мост"]
    assert Sought(["мост"]).words("", None) == []
