"""What every store promises about pages that are awaited."""

from dataclasses import replace
from datetime import datetime, timedelta

from storage.models import Article, AwaitedPage, NewArticle, Source
from storage.ports import Store
from tests.storage.conftest import Make


def lead(make: Make, source: Source, key: str, at: datetime) -> NewArticle:
    return replace(make.article(source, key, f"Мост {key}"), whole=False, page_at=at)


async def stored(store: Store, *new: NewArticle) -> list[Article]:
    return [article for article in await store.articles.add(new) if article is not None]


async def test_a_lead_is_awaited_from_its_time_on(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    late, soon = now + timedelta(hours=1), now + timedelta(minutes=1)
    a, b = await stored(store, lead(make, source, "a", late), lead(make, source, "b", soon))
    assert await store.awaited.due(now=now, limit=5) == []
    due = await store.awaited.due(now=late, limit=5)
    assert [(page.article_id, page.key, page.tries) for page in due] == [
        (b.id, "b", 1),
        (a.id, "a", 1),
    ]
    assert due[1] == AwaitedPage(
        article_id=a.id, source_id=source.id, key="a", ask_at=late, tries=1
    )
    assert len(await store.awaited.due(now=late, limit=1)) == 1


async def test_what_is_put_off_is_due_again_and_what_is_dropped_never(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    a, b = await stored(store, lead(make, source, "a", now), lead(make, source, "b", now))
    first, _ = await store.awaited.due(now=now, limit=5)
    later = replace(first, ask_at=now + timedelta(hours=1), tries=2)
    await store.awaited.put_off([later])
    await store.awaited.drop([b.id])
    assert await store.awaited.due(now=now, limit=5) == []
    assert await store.awaited.due(now=later.ask_at, limit=5) == [later]
    assert later.article_id == a.id


async def test_the_whole_text_of_a_lead_is_no_edit_and_ends_the_waiting(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    (article,) = await stored(store, replace(lead(make, source, "a", now), version="1"))
    whole = make.understanding("Мост a", "много слов")
    text = replace(lead(make, source, "a", now), understanding=whole, whole=True)
    done = await store.articles.edit(source.id, text, now=now + timedelta(hours=1))
    assert done is not None
    assert (done.text, done.whole, done.edited_at) == (whole.text, True, None)
    assert await store.articles.past(article.id) == []
    assert await store.awaited.due(now=now, limit=5) == []
    assert await store.articles.known(source.id, ["a"]) == {"a": "1"}


async def test_another_title_makes_it_an_edit(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    (article,) = await stored(store, lead(make, source, "a", now))
    whole = make.understanding("Мост закрыли", "много слов")
    text = replace(lead(make, source, "a", now), understanding=whole, whole=True)
    done = await store.articles.edit(source.id, text, now=now)
    assert done is not None
    assert done.edited_at == now
    assert len(await store.articles.past(article.id)) == 1


async def test_what_came_whole_is_named_until_it_is_forgotten_its_story_while_it_is_news(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    fresh, old = await stored(
        store,
        lead(make, source, "a", now),
        replace(lead(make, source, "b", now), backfill=True),
    )
    since = now - timedelta(hours=1)
    assert await store.stories.completed(since=since, limit=5) == ([], [])
    for key in ("a", "b"):
        said = make.understanding(f"Мост {key}", "много слов")
        text = replace(lead(make, source, key, now), understanding=said, whole=True)
        await store.articles.edit(source.id, text, now=now)
    stories, ids = await store.stories.completed(since=since, limit=5)
    assert [story.id for story in stories] == [fresh.story_id]
    assert ids == [fresh.id, old.id]
    await store.stories.forget_completed([fresh.id])
    assert await store.stories.completed(since=since, limit=5) == ([], [old.id])


async def test_the_whole_text_of_a_lead_makes_its_story_come_anew_to_who_was_not_told_of_it(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    fresh, old = await stored(
        store,
        lead(make, source, "a", now),
        replace(lead(make, source, "b", now), backfill=True),
    )
    until = now + timedelta(hours=31)
    for key in ("a", "b"):
        said = make.understanding(f"Мост {key}", "много слов")
        text = replace(lead(make, source, key, now), understanding=said, whole=True)
        await store.articles.edit(source.id, text, now=until)
    since = until - timedelta(hours=24)
    came = await store.stories.fresh(chat_id=1, since=since, until=until, limit=5)
    assert [story.id for story in came] == [fresh.story_id]
    assert old.story_id != fresh.story_id


async def test_the_whole_text_of_what_is_days_old_is_no_news(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    await stored(store, lead(make, source, "a", now))
    said = make.understanding("Мост a", "много слов")
    text = replace(lead(make, source, "a", now), understanding=said, whole=True)
    late = now + timedelta(hours=49)
    await store.articles.edit(source.id, text, now=late)
    assert await store.stories.fresh(chat_id=1, since=now, until=late, limit=5) == []
