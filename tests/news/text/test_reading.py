"""Lemmas read sentence by sentence are those that the text has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.text.reading import paragraph_lemmas, sentence_words, text_lemmas
from bot.news.text.splitting import PIECE
from bot.news.words.morphology import lemmas

SIGNS = st.sampled_from([*"аБв1 .,!?»«-'’ў", "\u0301", ". Рейс ", " г. ", " 5,5 "])


def test_the_lemmas_of_a_text_are_those_of_its_sentences() -> None:
    text = "Мост закрыли. Почему?\n\nОткроют 5 мая.\n\n\n\nТак решили"
    assert text_lemmas(text) == lemmas(text)


@given(st.lists(SIGNS, max_size=60))
def test_no_word_spans_two_sentences(signs: list[str]) -> None:
    paragraph = " ".join("".join(signs).split())
    assert [*paragraph_lemmas(paragraph)] == lemmas(paragraph)


def test_a_word_longer_than_what_is_parted_at_once_stays_whole() -> None:
    paragraph = "ы" * (2 * PIECE)
    assert [*paragraph_lemmas(paragraph)] == lemmas(paragraph) == [paragraph]


@pytest.mark.parametrize("sentence", ["МОСТ закрыли", "мост Закрыли"])
def test_the_words_of_a_sentence_are_in_lower_case(sentence: str) -> None:
    assert sentence_words(sentence) == ("мост", "закрыли")
