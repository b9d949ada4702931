"""What every store promises about search."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.models import Query, Source
from storage.ports import Store
from tests.storage.conftest import Make


@pytest.fixture
async def library(store: Store, source: Source, other: Source, make: Make, now: datetime) -> Store:
    day = timedelta(days=1)
    await store.articles.add(
        [
            make.article(source, "1", "Рейс Минск", "открыть прямой рейс", topics={"flights": 0.9}),
            make.article(
                source, "2", "Цена", "минск торговля рейс рост", at=now - day, topics={"trade": 0.8}
            ),
            make.article(
                other, "3", "Погода", "минск снег", at=now - 2 * day, topics={"weather": 0.9}
            ),
            make.article(
                other,
                "4",
                "Старое",
                "прямой эфир рейс кемерово-минск",
                at=now - 30 * day,
                topics={"flights": 0.3, "trade": 0.3},
            ),
        ]
    )
    return store


async def titles(
    store: Store, *, limit: int = 10, any_word: bool = False, **query: Any
) -> list[str]:
    hits = await store.articles.search(
        Query(raw="", **query),
        limit=limit,
        any_word=any_word,
    )
    return [hit.article.title for hit in hits]


async def test_all_the_words_are_wanted(library: Store) -> None:
    assert set(await titles(library, terms=("рейс", "минск"))) == {"Рейс Минск", "Цена", "Старое"}
    assert await titles(library, terms=("рейс", "снег")) == []


async def test_any_word_is_enough_when_asked_so(library: Store) -> None:
    assert set(await titles(library, terms=("рост", "снег"), any_word=True)) == {"Цена", "Погода"}


async def test_a_phrase_is_wanted_even_where_any_word_is_enough(library: Store) -> None:
    found = await titles(
        library, terms=("рейс", "снег"), phrases=(("прямой", "рейс"),), any_word=True
    )
    assert found == ["Рейс Минск"]


async def test_a_word_in_the_title_says_more(library: Store) -> None:
    assert (await titles(library, terms=("рейс", "минск")))[0] == "Рейс Минск"


async def test_ranks_are_best_first(library: Store) -> None:
    hits = await library.articles.search(Query(raw="", terms=("минск",)), limit=10)
    ranks = [hit.rank for hit in hits]
    assert ranks == sorted(ranks)
    assert len(ranks) == 4


async def test_a_phrase_is_found_in_its_order_only(library: Store) -> None:
    assert await titles(library, phrases=(("прямой", "рейс"),)) == ["Рейс Минск"]
    assert await titles(library, phrases=(("рейс", "прямой"),)) == []


async def test_excluded_words_never_match(library: Store) -> None:
    assert set(await titles(library, terms=("минск",), excluded=("снег", "рост"))) == {
        "Рейс Минск",
        "Старое",
    }
    assert await titles(library, topics=("trade",), excluded=("рост",)) == ["Старое"]
    assert await titles(library, sources=("Вести Б",), excluded=("снег",)) == ["Старое"]
    assert await titles(library, terms=("рост", "снег"), excluded=("снег",), any_word=True) == [
        "Цена"
    ]


async def test_topics_and_sources_filter(library: Store) -> None:
    assert await titles(library, terms=("минск",), topics=("trade",), sources=("Вести А",)) == [
        "Цена"
    ]
    assert set(await titles(library, terms=("минск",), topics=("trade", "weather"))) == {
        "Цена",
        "Погода",
        "Старое",
    }
    assert await titles(library, terms=("минск",), topics=("sport",)) == []
    assert await titles(library, terms=("минск",), sources=("Нет такого",)) == []
    assert await titles(library, sources=("Нет такого",)) == []


async def test_dates_bound_a_search(library: Store, now: datetime) -> None:
    day = timedelta(days=1)
    week = now - 7 * day
    assert set(await titles(library, terms=("минск",), since=week)) == {
        "Рейс Минск",
        "Цена",
        "Погода",
    }
    assert await titles(library, terms=("минск",), since=now - day, until=now) == ["Цена"]
    assert await titles(library, since=week, until=now - day) == ["Погода"]
    assert await titles(library, terms=("минск",), until=week) == ["Старое"]


async def test_without_words_the_newest_come_first(library: Store) -> None:
    assert await titles(library, topics=("flights", "trade")) == ["Рейс Минск", "Цена", "Старое"]
    assert await titles(library, sources=("Вести Б",)) == ["Погода", "Старое"]
    assert await titles(library, topics=("flights",), sources=("Вести Б",)) == ["Старое"]


async def test_pages_of_a_search_neither_repeat_nor_leave_out(
    store: Store, source: Source, make: Make
) -> None:
    await store.articles.add([make.article(source, str(n), f"Рейс {n}") for n in range(11)])
    for query in (Query(raw="", terms=("рейс",)), Query(raw="", sources=("Вести А",))):
        pages = [await store.articles.search(query, limit=4, offset=offset) for offset in (0, 4, 8)]
        assert [len(page) for page in pages] == [4, 4, 3]
        assert len({hit.article.id for page in pages for hit in page}) == 11


async def test_the_newest_that_match_are_ranked_even_when_stored_first(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    """An archive imported after the news must not push it out of the window that is ranked."""
    await store.articles.add([make.article(source, "new", "Свежее", "слово", at=now)])
    long_ago = now - timedelta(days=900)
    await store.articles.add(
        [make.article(source, str(n), "слово", at=long_ago, seen=now) for n in range(520)]
    )
    hits = await store.articles.search(Query(raw="", terms=("слово",)), limit=500)
    assert len(hits) == 500
    assert "Свежее" in {hit.article.title for hit in hits}


async def test_a_filter_chooses_before_the_window_does(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    rare = make.article(source, "rare", "слово", at=now - timedelta(days=9), topics={"coal": 0.9})
    await store.articles.add([rare])
    await store.articles.add([make.article(source, str(n), "слово") for n in range(520)])
    hits = await store.articles.search(Query(raw="", terms=("слово",), topics=("coal",)), limit=5)
    assert [hit.article.topics[0].slug for hit in hits] == ["coal"]


HOSTILE = [
    '"',
    "кемерово-минск",
    "a AND b",
    "NOT",
    "x*",
    "title:рейс",
    "(",
    "^рейс",
    "\0",
    "'",
    "{",
    "",
]


@pytest.mark.parametrize("word", HOSTILE)
async def test_a_users_sign_is_never_syntax(library: Store, word: str) -> None:
    for query in (
        Query(raw="", terms=(word,)),
        Query(raw="", phrases=((word, "рейс"),)),
        Query(raw="", topics=("flights",), excluded=(word,)),
        Query(raw="", terms=("рейс",), topics=(word,), sources=(word,), excluded=(word,)),
    ):
        await library.articles.search(query, limit=5)


async def test_a_hyphen_is_found_as_it_is_written(library: Store) -> None:
    assert await titles(library, terms=("кемерово-минск",)) == ["Старое"]


async def test_signs_alone_match_nothing(library: Store) -> None:
    assert await titles(library, terms=("+", "—")) == []


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(words=st.lists(st.text(max_size=12), max_size=4), excluded=st.lists(st.text(max_size=8)))
async def test_any_text_at_all_can_be_asked_for(
    store: Store, words: list[str], excluded: list[str]
) -> None:
    query = Query(raw="", terms=tuple(words), phrases=(tuple(words),), excluded=tuple(excluded))
    assert await store.articles.search(query, limit=5) == []
    assert await store.articles.search(query, limit=5, any_word=True) == []


async def test_words_are_counted_by_articles(library: Store) -> None:
    counts = await library.articles.having(["рейс", "минск", "снег", "слон", 'о"', ""])
    assert counts == {"рейс": 3, "минск": 4, "снег": 1}


async def test_another_word_is_as_good_when_the_query_says_so(library: Store) -> None:
    assert await titles(library, terms=("полет", "прямой"), also={"полет": ("рейс",)}) == [
        "Рейс Минск",
        "Старое",
    ]
    assert await titles(library, terms=("полет",), also={"рейс": ("полет",)}) == []


async def test_of_equals_the_newer_comes_first_and_of_unequals_the_better(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    month = timedelta(days=30)
    await store.articles.add(
        [
            make.article(source, "1", "Цены", "топливо рост", at=now - month),
            make.article(source, "2", "Ценники", "топливо рост", at=now),
            make.article(source, "3", "Топливо", "топливо топливо", at=now - 2 * month),
        ]
    )
    assert await titles(store, terms=("топливо",)) == ["Топливо", "Ценники", "Цены"]
    since = now - 3 * month
    assert await titles(store, terms=("топливо",), since=since) == ["Топливо", "Ценники", "Цены"]


async def test_of_few_stories_only_theirs_are_read(
    store: Store, source: Source, make: Make
) -> None:
    batch = [
        make.article(source, "1", "Пожар"),
        make.article(source, "2", "Пожар на складе", joins=0),
        make.article(source, "3", "Склад закрыли после пожара", "пожар"),
    ]
    await store.articles.add(batch)
    everything = await store.articles.search(Query(raw="", terms=("пожар",)), limit=9)
    hits = await store.articles.search(Query(raw="", terms=("пожар",)), limit=9, stories=1)
    best = everything[0].article.story_id
    assert hits == [hit for hit in everything if hit.article.story_id == best]
    assert len(hits) == 2
