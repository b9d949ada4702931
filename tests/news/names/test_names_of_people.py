"""Persons: initials, the order of papers, fathers' names, strangers, women, namesakes."""

import pytest

from bot.news.names.entities import find
from storage.models import EntityKind


def people(text: str, language: str | None = "ru") -> list[str]:
    return [one.name for one in find(text, language) if one.kind is EntityKind.PERSON]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Завод посетил А. П. Вершков.", "А. П. Вершков"),
        ("Завод посетил А.П. Вершков.", "А. П. Вершков"),
        ("Завод посетил А. Вершков.", "А. Вершков"),
        ("Деньги вернули предпринимателю Вершкову А.П.", "А. П. Вершков"),
        ("с начальником отдела и адвокатом М. И. Вершковой", "М. И. Вершкова"),
        ("Приговор вынесли Вершкову Игорю Петровичу.", "Игорь Вершков"),
        ("награды вручили: Вершкова Анна, 8 лет", "Анна Вершкова"),
        ("Позвонили Тамаре Степановне.", "Тамара Степановна"),
        ("у профессора Евгения Викторовича Лазуткова", "Евгений Лазутков"),
        ("матч выиграла Ксения Буткевич", "Ксения Буткевич"),
        ("матч выиграл капитан Жером Дюфло", "Жером Дюфло"),
        ("слова директора завода Шавката Юлдошева", "Шавкат Юлдошев"),
        ("по мнению Марии Крыловой-Стасюк", "Мария Крылова-Стасюк"),
        ("рассказал жительнице Лиды Яне Вершковой", "Яна Вершкова"),
        ("Дзюдоистка из Прокопьевска Алина Вершкова взяла бронзу", "Алина Вершкова"),
        ("осудили бывшего директора завода Геннадия Вершенко", "Геннадий Вершенко"),
        ("приговорил директора завода Андрея Швеца", "Андрей Швец"),
        ("нашли охотника Павла Кузнеца", "Павел Кузнец"),
        ("владелица кафе Асия Вершкова", "Асия Вершкова"),
        ("Концерт Клавы Коки отменён. Певица Клава Кока извинилась.", "Клава Кока"),
    ],
)
def test_a_person_is_brought_to_the_nominative(text: str, found: str) -> None:
    assert people(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "на улице Анны Вершковой",
        "в школе имени Анны Вершковой",
        "по ул. А. П. Вершкова",
        "победили «Анну Вершкову»",
        "Ночью −8 °C. Атмосферное давление 751 мм",
    ],
)
def test_what_is_named_after_somebody_is_nobody(text: str) -> None:
    assert people(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Об этом заявил А. П. Вершков. Позже Андрей Вершков уточнил.",
        "Об этом заявил Андрей Вершков. Дом Андрея Петровича цел.",
        "Вершков доволен. Губернатору Вершкову помог Андрей Вершков.",
    ],
)
def test_who_is_named_in_full_elsewhere_is_one(text: str) -> None:
    assert people(text) == ["Андрей Вершков"]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("паведаміў начальнік цэха Васіль Пятровіч Шымчук", "be", "Васіль Шымчук"),
        ("падзякавалі Вользе Мацкевіч", "be", "Вольга Мацкевіч"),
        ("рабочыя сустрэлі Аляксандра Вяршэнку", "be", "Аляксандр Вяршэнка"),
        ("указ Аляксандра Вяршэнкі падпісаны", "be", "Аляксандр Вяршэнка"),
        ("слова ўзяў старшыня райвыканкама Абдула Кішчук", "be", "Абдула Кішчук"),
        ("The ferry was late, said Lothar Kimmich in Brest", "en", "Lothar Kimmich"),
        ("The driver Lothar Kimmich slept", "en", "Lothar Kimmich"),
    ],
)
def test_other_languages_have_strangers_too(text: str, language: str, found: str) -> None:
    assert people(text, language) == [found]


@pytest.mark.parametrize(
    "text", ["Дорога до Толмачёва съедает ночь.", "Решил председатель Минского облисполкома."]
)
def test_what_stands_behind_a_preposition_or_says_whose_a_thing_is_is_nobody(text: str) -> None:
    assert people(text) == []
