"""Persons, places and organisations, each by its name in the nominative."""

import time

import pytest

from bot.news.entities import MOST, find


def names(text: str, language: str | None = "ru") -> list[str]:
    return [f"{one.kind}: {one.name}" for one in find(text, language)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Об этом сказал Павел Верхотин.", "person: Павел Верхотин"),
        ("встреча с Павлом Верхотиным", "person: Павел Верхотин"),
        ("слова Анны Речной", "person: Анна Речная"),
        ("с Марией Ивановой", "person: Мария Иванова"),
        ("у Павла Сергеевича Верхотина", "person: Павел Верхотин"),
        ("Ольга Мороз рассказала", "person: Ольга Мороз"),
        ("жители Ленинска-Кузнецкого", "place: Ленинск-Кузнецкий"),
        ("жители Кемеровской области", "place: Кемеровская область"),
        ("поезд из Борисова", "place: Борисов"),
        ("посол Республики Беларусь", "place: Беларусь"),
        ("самосвалы БелАЗа", "org: БелАЗ"),
        ("решение Евросоюза", "org: ЕС"),
        ("рейс Белавиа", "org: Белавиа"),
    ],
)
def test_a_name_is_found_in_any_case(text: str, found: str) -> None:
    assert names(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Тайга горит в соседней области",
        "выдвинули из мысков",
        "роман Толстого",
        "ученик Борисов решил задачу",
        "Сергей Кузбасс",
        "ес и маз",
    ],
)
def test_what_is_no_name_is_not_found(text: str) -> None:
    assert not [one for one in names(text) if one != "place: Кузбасс"]


def test_belarusian_places_have_their_usual_names() -> None:
    assert names("У Мінску і Гродне", "be") == ["place: Минск", "place: Гродно"]


def test_the_most_often_named_comes_first_and_the_number_is_bounded() -> None:
    assert names("Минск, Томск и снова Томск") == ["place: Томск", "place: Минск"]
    crowd = ". ".join(f"Иван Ветров{letter}" for letter in "абвгдежзиклмнопрстуфхцчшщэюя" * 3)
    assert len(find(crowd, "ru")) <= MOST


def test_a_long_text_takes_bounded_time() -> None:
    started = time.perf_counter()
    find("Анна Анна " * 200_000, "ru")
    assert time.perf_counter() - started < 5
