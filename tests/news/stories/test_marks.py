"""Marks: the numbers, days and names that tell twins apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.stories.marks import marks
from storage.models import Entity, EntityKind


def of_kind(kind: str, text: str, title: str = "") -> set[str]:
    return {mark[2:] for mark in marks(title, text, ()) if mark[0] == kind}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("выросли на 3 700 рублей", "3700"),
        ("это 3,7 тысячи машин", "3700"),
        ("потратят 1,2 миллиарда рублей", "1200000000"),
        ("подорожал до 61,48 рубля", "61.48"),
        ("пострадали трое", "3"),
        ("каштуе 2 млн рублёў", "2000000"),
    ],
)
def test_numbers_are_the_same_however_they_are_written(text, number):
    assert number in of_kind("n", text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("случилось 6 мая", {"05-06"}),
        ("пройдёт 10–16 ноября", {"11-10", "11-16"}),
        ("с 3 по 9 ноября", {"11-03", "11-09"}),
        ("адбудзецца 5 лістапада", {"11-05"}),
        ("опубликовано 06.05.2026", {"05-06"}),
        ("opens on November 19", {"11-19"}),
        ("работали 46 спасателей", set()),
    ],
)
def test_days_are_the_same_however_they_are_written(text, days):
    assert of_kind("d", text) == days


def test_a_day_is_not_a_number_too():
    assert of_kind("n", "случилось 6 мая") == set()


def test_times_of_day_are_marks():
    assert of_kind("h", "Авария произошла в 19:40") == {"19:40"}


def test_the_first_word_of_a_speech_is_no_name():
    found = of_kind("c", "Совет: «Дешевле картошка уже не станет». Обыграл «Сибирский гурман».")
    assert "сибирский" in found
    assert "дешевый" not in found


def test_names_are_words_with_a_capital_that_begin_no_sentence():
    found = of_kind(
        "c", "Вчера в Юрге мэр Дмитрий Анохин открыл школу. Дети рады. «Белавиа» летит."
    )
    assert {"юрга", "анохин", "белавиа"} <= found
    assert not {"вчера", "ребенок", "школа"} & found


def test_entities_and_title_words_are_marks():
    found = marks("Мост открыт", "", (Entity(kind=EntityKind.PLACE, name="Орёл"),))
    assert {"g:орел", "t:мост"} <= found


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_has_marks_of_known_kinds(title, text):
    assert {mark[:2] for mark in marks(title, text, ())} <= {
        "n:",
        "d:",
        "h:",
        "c:",
        "t:",
        "l:",
        "r:",
    }


def test_numbers_in_words_are_added_up_and_multiplied():
    found = marks("x", "Тридцать восемь рабочих, полторы сотни машин и почти два миллиона рублей.")
    assert {"n:38", "n:150", "n:2000000"} <= found
