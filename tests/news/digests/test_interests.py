"""What typed words name, and that what they name is found in any case and form."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.news.topics
from bot.news.digests.interests import LONGEST, queries, read_interest
from bot.news.names.entities import find, key
from bot.news.topics.scores import parse_topics
from bot.news.words.morphology import lemmas
from storage.models import Interest, InterestKind, Source, SourceKind

TOPICS = parse_topics(
    (Path(bot.news.topics.__path__[0]) / "topics.toml").read_text("utf-8"), name="topics.toml"
)
SOURCES = [Source(id=7, url="https://a.test", title="Кузбасс Сегодня", kind=SourceKind.FEED)]


def read(text: str) -> Interest | None:
    return read_interest(text, topics=TOPICS, sources=SOURCES)


def told(text: str) -> tuple[str, str] | None:
    found = read(text)
    return found and (found.kind.value, found.value)


def finds(interest: Interest, text: str, language: str = "ru") -> bool:
    """Whether the index would give an article of that text."""
    keys = [key(one).replace("-", " ").split() for one in find(text, language)]
    said = set(lemmas(text, language))
    return any(
        any(
            name[at : at + len(words)] == list(words)
            for wanted in query.names
            for words in wanted.spellings
            for name in keys
            for at in range(len(name))
        )
        or (query.terms and all(said & {t, *query.also.get(t, ())} for t in query.terms))
        or any(said.issuperset(near) for near in query.near)
        for query in queries(interest)
    )


@pytest.mark.parametrize(
    ("typed", "kind", "value", "label"),
    [
        ("flights", "topic", "flights", "Авиарейсы"),
        ("#рейсы", "word", "рейс", "рейсы"),
        ("надвор'е", "topic", "weather", "Погода"),
        ("кузбасс сегодня", "source", "7", "Кузбасс Сегодня"),
        ("«БелАЗ»", "name", "белаз", "БелАЗ"),
        ("белаза", "name", "белаз", "БелАЗ"),
        ("БЕЛАЗ", "name", "белаз", "БелАЗ"),
        ("сергея цивилева", "name", "сергей цивилев", "Сергей Цивилев"),
        ("Ковалёвой", "name", "ковалева", "Ковалева"),
        ("мінск", "name", "минск", "Минск"),
        ("Ленинске-Кузнецком", "name", "ленинск кузнецкий", "Ленинск-Кузнецкий"),
        ("тбилиси", "name", "тбилиси", "Тбилиси"),
        ("Победа", "name", "победа", "Победа"),
        ("победа", "word", "победа", "победа"),
        ("Снега", "word", "снег", "Снега"),
        ("дарогі", "word", "дорога", "дарогі"),
        ("рейсы в Минск", "word", "рейс минск", "рейсы в Минск"),
    ],
)
def test_words_name_the_most_particular_thing_they_can(
    typed: str, kind: str, value: str, label: str
) -> None:
    found = read(typed)
    assert found is not None
    assert (found.kind.value, found.value, found.label) == (kind, value, label)


@pytest.mark.parametrize("typed", ["", "!!!", "и", "«»", "а б в г д е", "х" * 100])
def test_what_means_nothing_or_too_much_is_no_interest(typed: str) -> None:
    assert read(typed) is None


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("белаза", "Завод отправил на разрез новый БелАЗ."),
        ("БелАЗ", "Водитель белаза заметил дым."),
        ("Цивилев", "Об этом сказал губернатор Сергей Цивилев."),
        ("цивилева", "Сергею Цивилеву вручили письмо."),
        ("Ковалёв", "встреча с Сергеем Ковалёвым"),
        ("минск", "Из Минска вылетел самолёт."),
        ("снегопад", "К выходным обещают снегопады."),
        ("рейсы в Минск", "Открыли рейс из Кемерова в Минск."),
    ],
)
def test_an_interest_finds_its_texts_in_whatever_form(typed: str, text: str) -> None:
    interest = read(typed)
    assert interest is not None
    assert finds(interest, text)


def test_a_word_finds_no_other_word_that_would_answer_a_question() -> None:
    interest = read("победа")
    assert interest is not None
    assert not finds(interest, "«Кузбасс» обыграл соперника.")


@given(st.text(max_size=LONGEST + 9))
def test_whatever_is_typed_is_read_the_same_way_again(text: str) -> None:
    found = read(text)
    if found is not None:
        assert found.value
        assert queries(found)
        assert all(not query.empty for query in queries(found))
        assert found.kind in InterestKind
