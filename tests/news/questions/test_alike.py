"""Other words for those of a question, over languages."""

import pytest

from bot.news.questions.alike import alike
from bot.news.words.morphology import lemma


@pytest.mark.parametrize(
    ("word", "russian"),
    [
        ("дарогу", "дорога"),
        ("мароз", "мороз"),
        ("аўтобус", "автобус"),
        ("людзі", "люди"),
        ("бульбу", "картофель"),
        ("цягнікі", "поезд"),
        ("Віцебску", "витебск"),
        ("Гродне", "гродно"),
        ("снег", "снег"),
    ],
)
def test_a_belarusian_word_finds_russian_articles(word: str, russian: str) -> None:
    term = lemma(word, "be")
    assert lemma(russian) in (term, *alike(word, term, "be"))


@pytest.mark.parametrize(
    ("word", "belarusian"),
    [
        ("рейсы", "рэйсаў"),
        ("картошку", "бульбы"),
        ("школах", "школу"),
        ("Гомеле", "Гомелі"),
        ("Могилёве", "Магілёве"),
    ],
)
def test_a_russian_word_finds_belarusian_articles(word: str, belarusian: str) -> None:
    term = lemma(word)
    assert lemma(belarusian, "be") in (term, *alike(word, term, "ru"))


@pytest.mark.parametrize(
    ("word", "form"),
    [("белово", "Белове"), ("Полысаево", "Полысаева"), ("Minsk", "Минске"), ("Минск", "Мінску")],
)
def test_a_place_is_found_in_every_case_and_language(word: str, form: str) -> None:
    said = {lemma(form), lemma(form, "be")}
    assert said & {lemma(word), *alike(word, lemma(word), "ru")}


def test_a_place_has_no_other_words_of_the_dictionary() -> None:
    assert not {"минский", "минскать"} & set(alike("Минске", "минск", "ru"))


def test_an_english_word_finds_russian_articles() -> None:
    assert "рейс" in alike("flights", "flight", "ru")


def test_a_word_that_may_be_two_is_looked_for_as_both() -> None:
    assert "озеро" in alike("озёрах", lemma("озёрах"), "ru")


def test_a_word_is_not_its_own_other() -> None:
    assert "мост" not in alike("мосты", "мост", "ru")
    assert alike("", "", "ru") == alike("42", "42", "ru") == ()


def test_a_stem_that_is_another_word_is_left_out() -> None:
    assert "сто" not in alike("стоит", "стоить", "ru")
