"""People of whom a text tells the given name alone."""

import pytest

from bot.news.names.entities import find
from storage.models import EntityKind


def people(text: str, language: str = "ru") -> list[str]:
    return [one.name for one in find(text, language) if one.kind is EntityKind.PERSON]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("«Ждём второй час», — пишет Роза из Топок.", "Роза"),
        ("Мороз такой, смеётся сноубордистка Кира.", "Кира"),
        ("Операцию сделали младшему сыну Денису.", "Денис"),
        ("Самому молодому, Денису, 23 года.", "Денис"),
        ("Два месяца Ваня из Белова жил в палате.", "Ваня"),
        ("В третьем вагоне Лёха застонал.", "Лёха"),
        ("Тимур уехал вчера.", "Тимур"),
    ],
)
def test_who_acts_or_is_told_of_may_have_a_given_name_alone(text: str, name: str) -> None:
    assert people(text) == [name]


def test_a_belarusian_name_alone_is_found_beside_what_one_says() -> None:
    assert people("«Чакаем другую гадзіну», — кажа Вольга.", "be") == ["Вольга"]


@pytest.mark.parametrize(
    "text",
    [
        "На прогулку вышел кот Василий.",
        "Город Лида ждёт гостей.",
        "«Галя, звони в полицию», — крикнул он.",
        "На сцене показали «Розу».",
        "Лев блеснёт в компании, Дева отдохнёт.",
        "Вера помогает людям.",
    ],
)
def test_beasts_towns_those_called_and_common_words_are_nobody(text: str) -> None:
    assert people(text) == []


def test_a_given_name_alone_is_of_the_one_whom_the_text_names_in_full() -> None:
    assert people("Надежда Вершкова летела домой. Бабушка Надя вязала.") == ["Надежда Вершкова"]


def test_a_given_name_that_two_have_names_neither() -> None:
    text = "Приехали Ольга Вершкова и Ольга Жукова. Потом Ольга ушла."
    assert people(text) == ["Ольга Вершкова", "Ольга Жукова"]
