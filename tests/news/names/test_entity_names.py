"""Persons, places and organisations, each by its name in the nominative."""

import time

import pytest

from bot.news.names.entities import MOST, find, key


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
        ("решение Евросоюза", "org: Евросоюз"),
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
        "улица Есенина",
        "Сергей Кузбасс",
        "ес и маз",
    ],
)
def test_what_is_no_name_is_not_found(text: str) -> None:
    assert not [one for one in names(text) if one != "place: Кузбасс"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("слова Романа Щеглова", "person: Роман Щеглов"),
        ("заявила Татьяна Ломако", "person: Татьяна Ломако"),
        ("обратились к Дине Лапицкой", "person: Дина Лапицкая"),
        ("у Александра Ковалёва", "person: Александр Ковалёв"),
        ("словам заместителя главы города Евгения Лыткина", "person: Евгений Лыткин"),
        ("Александра Ковалёва победила", "person: Александра Ковалёва"),
        ("мост через Кондому", "place: Кондома"),
        ("из Топок", "place: Топки"),
        ("на Кировском мосту", "place: Кировский мост"),
        ("вблизи Костёнкова", "place: Костёнково"),
        ("отель в Тбилиси", "place: Тбилиси"),
        ("в санатории «Белый камень»", "org: Белый камень"),
        ("в Кемеровской областной больнице", "org: Кемеровская областная больница"),
        ("ученики школы № 41", "org: Школа № 41"),
        ("решил Департамент заторов", "org: Департамент заторов"),
        ("ученик Борисов решил задачу", "person: Борисов"),
        ("встретили губернатора Цивилева", "person: Цивилев"),
        ("по словам Лукашенко", "person: Лукашенко"),
        ("депутат Дариги Назарбаевой", "person: Дариги Назарбаева"),
        ("матч «Кузбасса»", "org: Кузбасс"),
    ],
)
def test_what_no_list_holds_is_known_by_its_surroundings(text: str, found: str) -> None:
    assert names(text) == [found]


def test_two_districts_share_their_noun() -> None:
    found = names("в Ижморском и Чебулинском округах")
    assert found == ["place: Ижморский округ", "place: Чебулинский округ"]


def test_one_person_is_one_however_he_is_named_in_the_text() -> None:
    text = "Встречу провёл Сергей Цивилев. Губернатору Цивилеву рассказали. Цивилева поблагодарили."
    assert names(text) == ["person: Сергей Цивилев"]


def test_names_are_shown_in_the_language_of_the_text() -> None:
    assert names("У Мінску і Гродне", "be") == ["place: Мінск", "place: Гродна"]
    assert names("from Minsk by Belavia", "en") == ["place: Minsk", "org: Belavia"]
    assert names("паводле Уладзіміра Караткевіча", "be") == ["person: Уладзімір Караткевіч"]
    assert names("said Pavel Kurgan in Minsk", "en") == ["person: Pavel Kurgan", "place: Minsk"]


def test_a_word_alone_may_tell_an_organisation() -> None:
    assert names("В Гомельводоканале и у КемТРАНСа") == ["org: Гомельводоканал", "org: КемТРАНС"]


def test_towns_nobody_listed_are_found_behind_a_preposition_in_other_languages() -> None:
    assert names("A fire in Little Springs in March", "en") == ["place: Little Springs"]
    assert names("школа каля Прыазерска", "be") == ["place: Прыазерск"]


def test_all_spellings_of_a_name_have_one_key() -> None:
    keys = {key(one) for text, language in SPELT for one in find(text, language)}
    assert keys == {"гродно"}


SPELT = (("в Гродно", "ru"), ("у Гродне", "be"), ("in Grodno", "en"), ("in Hrodna", "en"))


def test_the_most_often_named_comes_first_and_the_number_is_bounded() -> None:
    assert names("Минск, Томск и снова Томск") == ["place: Томск", "place: Минск"]
    crowd = ". ".join(f"Иван Ветров{letter}" for letter in "абвгдежзиклмнопрстуфхцчшщэюя" * 3)
    assert len(find(crowd, "ru")) <= MOST


def test_a_long_text_takes_bounded_time() -> None:
    started = time.process_time()
    find("Анна Анна " * 200_000, "ru")
    assert time.process_time() - started < 10
