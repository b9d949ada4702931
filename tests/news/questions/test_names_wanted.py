"""`кто:` and `где:`: names in a question, in any case, that match the names of articles."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import bot.news.topics
from bot.news.names.entities import find, key
from bot.news.questions.naming import take_names
from bot.news.questions.query import parse_query
from bot.news.topics.scores import parse_topics
from storage.models import EntityKind, NameWanted

NOW = datetime(2026, 11, 3, tzinfo=UTC)


TOPICS = (Path(bot.news.topics.__path__[0]) / "topics.toml").read_text("utf-8")


def answers(wanted: NameWanted, text: str, language: str = "ru") -> bool:
    """Whether the index would give an article of that text."""
    keys = [
        key(one).replace("-", " ").split()
        for one in find(text, language)
        if one.kind in wanted.kinds
    ]
    spellings = [" ".join(one).replace("-", " ").split() for one in wanted.spellings]
    return any(
        name[at : at + len(words)] == words
        for name in keys
        for words in spellings
        for at in range(len(name))
    )


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("кто:Ковалёв", "Об этом сказал Сергей Ковалёв."),
        ("кто:ковалева", "Об этом сказал Сергей Ковалёв."),
        ("кто:Ковалёвой", "Об этом сказала Анна Ковалёва."),
        ("кто:Сергея Ковалёва", "встреча с Сергеем Ковалёвым"),
        ("кто:«Сергей Ковалёв»", "встреча с Сергеем Ковалёвым"),
        ("кто:БелАЗа", "самосвал для БелАЗа"),
        ("кто:Белавиа", "продажу открыла «Белавиа»"),
        ("где:Белово", "школа в Белове"),
        ("где:Белове", "школа в Белово"),
        ("где:ленинске-кузнецком", "жители Ленинска-Кузнецкого"),
        ("где:Кемеровской области", "в Кемеровской области"),
        ("где:Тбилиси", "самолёт из Тбилиси"),
        ("где: Костёнково", "вблизи Костёнкова"),
        ("дзе:Гродне", "выставка в Гродно"),
    ],
)
def test_a_name_in_any_case_finds_it_in_any_case(question: str, text: str) -> None:
    rest, (wanted,) = take_names(question)
    assert not rest.strip()
    assert answers(wanted, text)


def test_a_place_is_found_whatever_the_language() -> None:
    _, (wanted,) = take_names("где:Минск")
    assert answers(wanted, "У Мінску адкрылі школу", "be")
    assert answers(wanted, "A school opened in Minsk", "en")
    assert not answers(wanted, "Минчане рады")


def test_who_is_a_person_or_an_organisation_and_where_a_place() -> None:
    _, (who, where) = take_names("кто:Ковалёв где:Белово")
    assert who.kinds == {EntityKind.PERSON, EntityKind.ORG}
    assert where.kinds == {EntityKind.PLACE}


def test_what_is_beside_a_name_stays_words() -> None:
    topics = parse_topics(TOPICS, name="topics.toml")
    query = parse_query(
        "кто:Ковалёв мост где:Белово", now=NOW, zone="UTC", topics=topics, sources=()
    )
    assert query.terms == ("мост",)
    assert len(query.names) == 2
    assert not query.empty


@pytest.mark.parametrize("text", ["кто это", "где Белово?", "кто:", "где: ", "кто:«»", "кто:—"])
def test_a_plain_question_wants_no_name(text: str) -> None:
    assert take_names(text)[1] == ()
