"""A surname is found under the spellings of our other languages; a common word has none."""

import pytest

from bot.news.questions.alike import alike
from bot.news.questions.naming import take_names
from bot.news.words.crossing import crossed
from bot.news.words.morphology import lemma


@pytest.mark.parametrize(
    ("typed", "written", "language"),
    [
        ("лукашенко", "Лукашэнка", "be"),
        ("лукашэнка", "Лукашенко", "ru"),
        ("лукашенко", "Lukashenko", "en"),
        ("lukashenko", "Лукашенко", "ru"),
        ("lukashenko", "Лукашэнкі", "be"),
        ("tokayev", "Токаева", "be"),
        ("середюк", "Seredyuk", "en"),
        ("danilevsky", "Данилевский", "ru"),
    ],
)
def test_a_surname_is_looked_for_as_other_languages_have_it(
    typed: str, written: str, language: str
) -> None:
    assert lemma(written, language) in alike(typed, lemma(typed), "ru")


def test_who_must_be_named_may_be_so_in_another_language() -> None:
    _, [wanted] = take_names("кто:Лукашенко")
    assert {("лукашенко",), ("лукашэнка",), ("lukashenko",)} <= set(wanted.spellings)


@pytest.mark.parametrize("word", ["трактор", "рейс", "closed", "дом", "42", "минск"])
def test_what_is_no_surname_has_no_other_spelling(word: str) -> None:
    assert crossed(word) == ()
