"""What every store promises about indexing articles anew."""

from dataclasses import replace
from datetime import datetime

from storage.models import IndexWords, Query, Source
from storage.ports import Store
from tests.storage.conftest import Make


async def found(store: Store, word: str, **filters: tuple[str, ...]) -> list[str]:
    hits = await store.articles.search(Query(raw="", terms=(word,), **filters), limit=10)
    return [hit.article.title for hit in hits]


async def test_articles_come_by_id_the_newest_first(
    store: Store, source: Source, make: Make
) -> None:
    await store.articles.add([make.article(source, str(n), f"Весть {n}") for n in range(5)])
    newest = await store.articles.before(None, limit=2)
    assert [article.title for article in newest] == ["Весть 4", "Весть 3"]
    rest = await store.articles.before(newest[-1].id, limit=10)
    assert [article.title for article in rest] == ["Весть 2", "Весть 1", "Весть 0"]
    assert await store.articles.count(below=newest[-1].id) == 3
    assert await store.articles.before(rest[-1].id, limit=10) == []


async def test_other_words_take_the_place_of_the_former_and_nothing_else(
    store: Store, source: Source, make: Make
) -> None:
    await store.articles.add([make.article(source, "1", "Весть", "старый", topics={"trade": 0.9})])
    [article] = await store.articles.before(None, limit=1)
    words = IndexWords(article_id=article.id, title="весть", text="новый", edited_at=None)
    assert await store.articles.reindex([words]) == 1
    assert await store.articles.reindex([words]) == 0
    assert await found(store, "старый") == []
    assert await found(store, "новый", topics=("trade",), sources=(source.title,)) == ["Весть"]
    assert await found(store, "новый", topics=("sport",)) == []
    assert await store.articles.get(article.id) == article
    assert await store.check() == []


async def test_what_was_edited_meanwhile_keeps_the_words_of_the_edit(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    new = make.article(source, "1", "Весть", "старый")
    await store.articles.add([new])
    [article] = await store.articles.before(None, limit=1)
    understood = replace(new.understanding, text="правка", index_text="правка")
    await store.articles.edit(source.id, replace(new, understanding=understood), now=now)
    late = IndexWords(article_id=article.id, title="", text="поздний", edited_at=article.edited_at)
    gone = replace(late, article_id=article.id + 1)
    assert await store.articles.reindex([late, gone]) == 0
    assert await found(store, "правка") == ["Весть"]
