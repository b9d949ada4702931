"""What every store promises about the stories that an interest matches."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.models import Entity, EntityKind, NameWanted, NewArticle, Query, Source
from storage.ports import Store
from tests.storage.conftest import Make

HOUR = timedelta(hours=1)
BELAZ = Query(
    raw="", names=(NameWanted(kinds=frozenset({EntityKind.ORG}), spellings=(("белаз",),)),)
)


def naming(article: NewArticle, name: str) -> NewArticle:
    understanding = replace(
        article.understanding,
        entities=(Entity(kind=EntityKind.ORG, name=name),),
        entity_keys=(name.lower(),),
    )
    return replace(article, understanding=understanding)


@pytest.fixture
async def library(store: Store, source: Source, other: Source, make: Make, now: datetime) -> Store:
    await store.articles.add(
        [
            naming(make.article(source, "1", "Завод", "самосвал уголь"), "БелАЗ"),
            make.article(other, "1", "Цех", "рабочий", joins=0),
            make.article(other, "2", "Снег", "снег идти весь день", topics={"weather": 1.0}),
            make.article(source, "2", "Цены", "цена " + "ещё " * 20 + "хлеб"),
            make.article(source, "3", "Хлеб", "цена на белый хлеб"),
            make.article(source, "4", "Давно", "снег", at=now - 99 * HOUR),
        ]
    )
    return store


async def matching(store: Store, now: datetime, *queries: Query) -> list[str]:
    [found] = await store.stories.matching([queries], since=now - HOUR)
    return sorted(story.headline for story in await store.stories.many([*found]))


async def test_a_story_matches_by_any_of_its_articles(library: Store, now: datetime) -> None:
    assert await matching(library, now, Query(raw="", terms=("рабочий",))) == ["Завод"]
    assert await matching(library, now, BELAZ) == ["Завод"]


async def test_a_story_matches_by_a_source_or_a_topic(
    library: Store, now: datetime, other: Source
) -> None:
    assert await matching(library, now, Query(raw="", source_ids=(other.id,))) == ["Завод", "Снег"]
    assert await matching(library, now, Query(raw="", topics=("weather",))) == ["Снег"]


async def test_one_of_several_queries_is_enough(library: Store, now: datetime) -> None:
    assert await matching(library, now, BELAZ, Query(raw="", terms=("снег",))) == ["Завод", "Снег"]


async def test_words_near_each_other_match_in_any_order(library: Store, now: datetime) -> None:
    assert await matching(library, now, Query(raw="", near=(("хлеб", "цена"),))) == ["Хлеб"]


async def test_what_is_long_past_or_withdrawn_matches_nothing(
    library: Store, now: datetime
) -> None:
    snow = Query(raw="", terms=("снег",))
    assert await matching(library, now, snow) == ["Снег"]
    [[story_id]] = await library.stories.matching([[snow]], since=now - HOUR)
    await library.corrections.withdraw(story_id, reason=None, now=now)
    assert await matching(library, now, snow) == []


async def test_words_that_no_index_holds_match_nothing(library: Store, now: datetime) -> None:
    assert await matching(library, now, Query(raw="", terms=("!",))) == []
    assert await matching(library, now, Query(raw="", near=(("?", "«"),))) == []
