"""Edits: an article says what its source says now, and keeps what it said; no edit is news."""

from datetime import timedelta
from typing import Any

import pytest

from bot.jobs.gathering.ingest import Ingest
from storage.models import Article, Source, TextFrom
from storage.ports import Store
from tests.jobs.newsroom import LONG, Time, again, conditional, feed, item

LEAD = "Мост через Томь открыли вчера в полдень, движение по нему уже началось, сообщили в мэрии…"


def page(text: str) -> str:
    return (
        f"<html><body><article><h1>Открыли мост</h1><p>{text}</p><p>{LONG * 4}</p></article></body>"
    )


async def polled(ingest: Ingest, store: Store, site: Any, source: Source, *items: str) -> Any:
    site.answers["/rss"] = feed(*items)
    report = await ingest.poll(await again(store, source))
    assert report.error is None
    return report


async def only(store: Store) -> Article:
    (article,) = await store.articles.latest(limit=10)
    return article


@pytest.fixture
async def source(add: Any) -> Source:
    found: Source = await add(title="Вестник")
    return found


async def test_an_edit_is_taken_over_and_what_was_said_is_kept(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    await polled(ingest, store, site, source, item(1))
    before = await only(store)
    time.pass_(hours=2)
    changed = item(1, title="Мост закрыли", text=LONG * 5 + "Причиной назвали трещину в опоре.")
    report = await polled(ingest, store, site, source, changed)
    assert (report.added, report.edited) == (0, 1)
    article = await only(store)
    assert article.title == "Мост закрыли"
    assert "трещину в опоре" in article.text
    assert article.edited_at == time.now
    assert (article.id, article.story_id, article.seen_at) == (
        before.id,
        before.story_id,
        before.seen_at,
    )
    assert article.published_at == before.published_at
    (past,) = await store.articles.past(article.id)
    assert (past.title, past.text, past.until) == (before.title, before.text, time.now)
    assert (await polled(ingest, store, site, source, changed)).edited == 0


async def test_an_edit_makes_no_story_new(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    await polled(ingest, store, site, source, item(1))
    seen_at = time.now
    time.pass_(hours=2)
    await polled(ingest, store, site, source, item(1, title="Мост закрыли"))
    news = await store.stories.fresh(chat_id=1, since=seen_at, until=time.now, limit=10)
    assert news == []


async def test_what_comes_next_is_compared_with_what_is_said_now(
    ingest: Ingest, store: Store, site: Any, source: Source, add: Any
) -> None:
    school = "Школу на проспекте Ленина закрыли на ремонт до весны, рассказал директор Пётр Лось. "
    await polled(ingest, store, site, source, item(1))
    await polled(ingest, store, site, source, item(1, title="Школу закрыли", text=school * 9))
    site.answers["/other"] = feed(
        item(2, title="Школу закрыли", text=school * 9).replace("Новость 2", "Новость 1")
    )
    (reprint,) = (await ingest.poll(await add("/other"))).new
    articles = await store.articles.latest(limit=10)
    assert {article.story_id for article in articles} == {reprint.story_id}


async def test_other_markup_around_the_same_words_is_no_edit(
    ingest: Ingest, store: Store, site: Any, source: Source
) -> None:
    await polled(ingest, store, site, source, item(1, text=f"<p class='a'>{LONG * 6}</p>"))
    report = await polled(ingest, store, site, source, item(1, text=f"<p class='b'>{LONG * 6}</p>"))
    assert (report.added, report.edited) == (0, 0)
    assert (await only(store)).edited_at is None


async def test_a_guid_that_changes_with_the_edit_is_the_same_article(
    ingest: Ingest, store: Store, site: Any, source: Source
) -> None:
    await polled(ingest, store, site, source, item(1, guid="{}#0"))
    changed = item(1, guid="{}#1", title="Мост закрыли")
    report = await polled(ingest, store, site, source, changed)
    assert (report.added, report.edited) == (0, 1)
    assert (await only(store)).title == "Мост закрыли"


async def test_a_lead_that_changes_sends_us_to_the_page_once_more(
    ingest: Ingest, store: Store, site: Any, source: Source
) -> None:
    site.answers["/news/1"] = page("Открыли раньше срока, сообщил подрядчик в среду утром.")
    await polled(ingest, store, site, source, item(1, text=LEAD))
    assert "раньше срока" in (await only(store)).text
    site.answers["/news/1"] = page("Открыли на год позже срока, уточнил подрядчик к обеду.")
    report = await polled(ingest, store, site, source, item(1, text=f"Уточнение. {LEAD}"))
    assert report.edited == 1
    assert "на год позже" in (await only(store)).text


async def test_a_page_that_says_the_same_is_no_edit_and_is_not_asked_again(
    ingest: Ingest, store: Store, site: Any, source: Source
) -> None:
    site.answers["/news/1"] = page("Открыли раньше срока, сообщил подрядчик в среду утром.")
    await polled(ingest, store, site, source, item(1, text=LEAD))
    other = item(1, text=f"Обновлено. {LEAD}")
    for _ in range(2):
        assert (await polled(ingest, store, site, source, other)).edited == 0
    assert site.paths().count("/news/1") == 2


async def test_a_lead_never_replaces_the_text_of_a_page(
    ingest: Ingest, store: Store, site: Any, source: Source
) -> None:
    site.answers["/news/1"] = page("Открыли раньше срока, сообщил подрядчик в среду утром.")
    await polled(ingest, store, site, source, item(1, text=LEAD))
    del site.answers["/news/1"]
    report = await polled(ingest, store, site, source, item(1, text=f"Обновлено. {LEAD}"))
    assert report.edited == 0
    assert "раньше срока" in (await only(store)).text


async def test_few_pages_are_asked_for_the_sake_of_edits(
    ingest: Ingest, store: Store, site: Any, source: Source
) -> None:
    for i in range(12):
        site.answers[f"/news/{i}"] = page(f"Открыли участок номер {i}, сообщил подрядчик утром.")
    await polled(ingest, store, site, source, *(item(i, text=f"{i} {LEAD}") for i in range(12)))
    assert (await again(store, source)).text_from is TextFrom.PAGE
    site.requests.clear()
    await polled(ingest, store, site, source, *(item(i, text=f"{i}: {LEAD}") for i in range(12)))
    assert sum(path.startswith("/news/") for path in site.paths()) == 5


async def test_edits_beyond_those_come_with_the_next_polls_whatever_has_not_changed_since(
    ingest: Ingest, store: Store, site: Any, source: Source
) -> None:
    for i in range(12):
        site.answers[f"/news/{i}"] = page(f"Открыли участок номер {i}, сообщил подрядчик утром.")
    await polled(ingest, store, site, source, *(item(i, text=f"{i} {LEAD}") for i in range(12)))
    site.requests.clear()
    edited = feed(*(item(i, text=f"{i}: {LEAD}") for i in range(12)), etag='"2"')
    site.answers["/rss"] = conditional(edited)
    for asked in (5, 10, 12, 12):
        assert (await ingest.poll(await again(store, source))).error is None
        assert sum(path.startswith("/news/") for path in site.paths()) == asked
    assert (await again(store, source)).etag == '"2"'


async def test_an_article_of_an_older_database_only_learns_its_version(
    ingest: Ingest, store: Store, site: Any, source: Source, time: Time
) -> None:
    await polled(ingest, store, site, source, item(1))
    await store.articles.note_versions(source.id, {"1": None})
    time.pass_(hours=1)
    report = await polled(ingest, store, site, source, item(1, title="Мост закрыли"))
    assert report.edited == 0
    assert (await only(store)).title == "Открыли мост номер 1"
    report = await polled(ingest, store, site, source, item(1, title="Мост снова открыли"))
    assert report.edited == 1
    assert time.now - (await only(store)).seen_at == timedelta(hours=1)
