"""What every store promises about understanding stored articles anew."""

from dataclasses import replace
from datetime import datetime, timedelta

from storage.models import Fact, FactKind, Query, Renewed, Source, TopicScore
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


async def test_what_is_understood_now_takes_the_place_of_what_was_and_no_more(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    new = make.article(source, "1", "Весть", "старый", topics={"trade": 0.9})
    await store.articles.add([new])
    [article] = await store.articles.before(None, limit=1)
    event = Fact(
        kind=FactKind.EVENT, since=now, until=now + timedelta(days=1), sentence="Завтра ярмарка."
    )
    read = replace(
        new.understanding,
        text="текст остаётся",
        topics=(TopicScore(slug="fairs", score=0.8),),
        facts=(event,),
        summary=("Завтра ярмарка.",),
        index_text="новый",
        terms={"ярмарка": 2.0},
        marks=frozenset({"n:1"}),
    )
    renewed = Renewed(article_id=article.id, understanding=read, edited_at=None)
    [changed] = await store.articles.renew([renewed])
    assert changed == replace(article, topics=read.topics, facts=read.facts, summary=read.summary)
    assert await store.articles.renew([renewed]) == []
    assert await found(store, "старый") == []
    assert await found(store, "новый", topics=("fairs",), sources=(source.title,)) == ["Весть"]
    assert await found(store, "новый", topics=("trade",)) == []
    [ahead] = await store.articles.ahead(since=now, until=event.until, limit=9)
    assert (ahead.article_id, ahead.fact) == (article.id, event)
    [point] = await store.articles.points([article.id])
    assert (point.terms, point.marks) == (read.terms, read.marks)
    [story] = await store.stories.latest(topics=["fairs"], limit=9)
    assert (story.id, story.summary) == (article.story_id, read.summary)
    assert await store.stories.latest(topics=["trade"], limit=9) == []
    assert await store.check() == []


async def test_what_was_edited_meanwhile_keeps_what_is_understood_of_the_edit(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    new = make.article(source, "1", "Весть", "старый")
    await store.articles.add([new])
    [article] = await store.articles.before(None, limit=1)
    edit = replace(new.understanding, text="правка", index_text="правка")
    await store.articles.edit(source.id, replace(new, understanding=edit), now=now)
    read = replace(new.understanding, index_text="поздний")
    late = Renewed(article_id=article.id, understanding=read, edited_at=article.edited_at)
    gone = replace(late, article_id=article.id + 1)
    assert await store.articles.renew([late, gone]) == []
    assert await found(store, "правка") == ["Весть"]
