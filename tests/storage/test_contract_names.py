"""What every store promises about names and facts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.models import (
    NOT_NEWS,
    Entity,
    EntityKind,
    Fact,
    FactKind,
    NameWanted,
    NewArticle,
    Query,
    Source,
)
from storage.ports import Store
from tests.storage.conftest import Make

DAY = timedelta(days=1)
Named = tuple[EntityKind, str]
KOVALEV = (EntityKind.PERSON, "сергей ковалев")
PETROV = (EntityKind.PERSON, "иван петров")
BELOVO = (EntityKind.PLACE, "белово")
LENINSK = (EntityKind.PLACE, "ленинск-кузнецкий")


def naming(article: NewArticle, *names: Named) -> NewArticle:
    understanding = replace(
        article.understanding,
        entities=tuple(Entity(kind=kind, name=key.title()) for kind, key in names),
        entity_keys=tuple(key for _, key in names),
    )
    return replace(article, understanding=understanding)


def telling(article: NewArticle, *facts: Fact) -> NewArticle:
    return replace(article, understanding=replace(article.understanding, facts=facts))


def event(since: datetime, days: int = 1) -> Fact:
    return Fact(
        kind=FactKind.EVENT, since=since, until=since + days * DAY, sentence="Откроют мост."
    )


@pytest.fixture
async def library(store: Store, source: Source, make: Make, now: datetime) -> Store:
    await store.articles.add(
        [
            naming(make.article(source, "1", "Мост", "мост"), KOVALEV, BELOVO),
            naming(make.article(source, "2", "Снег", "снег", at=now - DAY), PETROV, KOVALEV),
            naming(make.article(source, "3", "Парк", "мост", at=now - 2 * DAY), LENINSK),
        ]
    )
    return store


async def titles(store: Store, *names: NameWanted, terms: Sequence[str] = ()) -> list[str]:
    query = Query(raw="", names=names, terms=tuple(terms))
    return [hit.article.title for hit in await store.articles.search(query, limit=10)]


def wanted(kind: EntityKind, *spellings: str) -> NameWanted:
    words = tuple(tuple(one.split()) for one in spellings)
    return NameWanted(kinds=frozenset({kind}), spellings=words)


async def test_a_name_alone_finds_its_articles_newest_first(library: Store) -> None:
    assert await titles(library, wanted(EntityKind.PERSON, "ковалев")) == ["Мост", "Снег"]
    assert await titles(library, wanted(EntityKind.PERSON, "сергей ковалев")) == ["Мост", "Снег"]
    assert await titles(library, wanted(EntityKind.PLACE, "ленинск-кузнецкий")) == ["Парк"]


async def test_any_spelling_will_do_and_all_names_are_wanted(library: Store) -> None:
    person = wanted(EntityKind.PERSON, "ковалева", "ковалев")
    assert await titles(library, person, wanted(EntityKind.PLACE, "белово")) == ["Мост"]


async def test_names_and_words_are_wanted_together(library: Store) -> None:
    assert await titles(library, wanted(EntityKind.PERSON, "ковалев"), terms=["снег"]) == ["Снег"]


async def test_a_name_is_no_word_and_of_one_kind(library: Store) -> None:
    assert await titles(library, terms=["ковалев"]) == []
    assert await titles(library, wanted(EntityKind.PLACE, "ковалев")) == []
    assert await titles(library, wanted(EntityKind.PERSON, "")) == []


async def test_words_of_two_names_are_no_name(library: Store) -> None:
    assert await titles(library, wanted(EntityKind.PERSON, "петров сергей")) == []


async def test_an_edit_changes_the_names_and_the_facts(
    library: Store, source: Source, make: Make, now: datetime
) -> None:
    edited = naming(make.article(source, "1", "Мост", "другой мост"), PETROV)
    edited = telling(edited, event(now + DAY))
    assert await library.articles.edit(source.id, edited, now=now) is not None
    assert await titles(library, wanted(EntityKind.PERSON, "ковалев")) == ["Снег"]
    assert len(await library.articles.ahead(since=now, until=now + 9 * DAY, limit=9)) == 1


async def test_facts_come_back_as_they_were(store: Store, source: Source, make: Make) -> None:
    facts = (
        Fact(kind=FactKind.SUM, value="1200", unit="BYN", sentence="Стоит 1200 рублей."),
        event(make.now + 3 * DAY, 20),
    )
    (stored,) = await store.articles.add([telling(make.article(source, "1"), *facts)])
    assert stored is not None
    assert stored.facts == facts


async def test_what_is_ahead_is_told_by_its_days(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    await store.articles.add(
        [
            telling(make.article(source, "1", "Потом"), event(now + 9 * DAY)),
            telling(make.article(source, "2", "Весь год"), event(now - DAY, 300)),
            telling(make.article(source, "3", "Было"), event(now - 9 * DAY)),
            telling(make.article(source, "4", "Завтра"), event(now + DAY, 20)),
            telling(make.article(source, "5", "Реклама", topics={NOT_NEWS: 1.0}), event(now + DAY)),
        ]
    )
    found = await store.articles.ahead(since=now, until=now + 30 * DAY, limit=10)
    assert [one.title for one in found] == ["Завтра", "Потом"]
    assert [one.fact.since for one in found] == [now + DAY, now + 9 * DAY]
    soon = await store.articles.ahead(since=now, until=now + 5 * DAY, limit=10)
    assert [one.title for one in soon] == ["Завтра"]


async def test_what_is_ahead_may_be_asked_for_by_words_no_news_too(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    await store.articles.add(
        [
            telling(make.article(source, "1", "Мост"), event(now + DAY)),
            telling(make.article(source, "2", "Снег", topics={NOT_NEWS: 1.0}), event(now + DAY)),
            telling(make.article(source, "3", "Снег"), event(now - DAY, 9)),
        ]
    )
    span = {"since": now, "until": now + 9 * DAY}
    assert [e.title for e in await store.articles.ahead(**span, limit=9, words=["снег"])] == [
        "Снег"
    ]
    assert len(await store.articles.ahead(**span, limit=9, words=["мост", "снег"])) == 2
    told = {"at": now, "told_since": now - 30 * DAY, "limit": 9}
    assert len(await store.articles.under_way(**told, words=["снег"])) == 1
    assert await store.articles.under_way(**told, words=["мост"]) == []


async def test_many_come_in_the_order_asked_for(store: Store, source: Source, make: Make) -> None:
    added = await store.articles.add([make.article(source, str(n)) for n in range(3)])
    ids = [one.id for one in added if one is not None]
    found = await store.articles.many([ids[2], 999, ids[0]])
    assert [one.id for one in found] == [ids[2], ids[0]]


async def test_what_is_under_way_is_told_while_the_article_is_not_old(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    ago = now - 40 * DAY
    await store.articles.add(
        [
            telling(make.article(source, "1", "Давно", at=ago), event(ago, 300)),
            telling(make.article(source, "2", "Весь год"), event(now - DAY, 300)),
            telling(make.article(source, "3", "Ещё неделю"), event(now - DAY, 8)),
            telling(make.article(source, "4", "Было"), event(now - 9 * DAY)),
            telling(make.article(source, "5", "Потом"), event(now + DAY)),
        ]
    )
    found = await store.articles.under_way(at=now, told_since=now - 30 * DAY, limit=9)
    assert [one.title for one in found] == ["Ещё неделю", "Весь год"]
    [one] = await store.articles.under_way(at=now, told_since=now - DAY, limit=1)
    await store.corrections.withdraw(one.story_id, reason=None, now=now)
    found = await store.articles.under_way(at=now, told_since=now - 30 * DAY, limit=9)
    assert [one.title for one in found] == ["Весь год"]
