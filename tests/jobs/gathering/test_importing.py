"""Importing: files, folders and addresses become articles; a bad one costs only itself."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from bot.jobs.gathering.importing import Importing, is_url
from bot.jobs.gathering.ingest import Ingest
from bot.sources.http import Fetcher
from bot.workers import Workers
from storage.models import SourceKind
from storage.ports import Store

TOPICS = (files("bot.news.topics") / "topics.toml").read_text("utf-8")
LONG = (
    "Мост через реку строили три года, и обошёлся он городу в восемь миллиардов рублей. "
    "Движение открыли в полдень, первой проехала колонна городских автобусов. "
)
PAGE = f"<html><body><article><h1>Мост открыли</h1><p>{LONG * 2}</p><p>{LONG}</p></article></body>"


@pytest.fixture
async def importing(store: Store, fetcher: Fetcher, now: datetime) -> AsyncIterator[Importing]:
    workers = Workers(count=1)
    yield Ingest(
        store=store,
        fetcher=fetcher,
        workers=workers,
        topics_toml=TOPICS,
        clock=lambda: now,
    ).importing
    await workers.close()


def feed(site_url: str, text: str) -> str:
    return (
        "<rss><channel><title>Вестник</title><item><title>Мост открыли</title>"
        f"<link>{site_url}/news/1</link><description>{text}</description></item></channel></rss>"
    )


async def test_a_folder_is_imported_and_the_bad_file_told(
    importing: Importing, store: Store, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(f"×\nОткрыли мост\n\n{LONG}\n\nТекст: Анна Лисицына", "utf-8")
    (tmp_path / "b.json").write_text("{", "utf-8")
    (tmp_path / "c.txt").write_bytes(f"Открыли школу\n\n{LONG}".encode("cp1251"))
    done: list[str] = []
    taken = await importing.take([str(tmp_path)], on_done=done.append)
    assert [article.title for article in taken.articles] == ["Открыли мост", "Открыли школу"]
    assert taken.articles[0].author == "Анна Лисицына"
    assert taken.failures == (f"{tmp_path}/b.json: this is not JSON.",)
    assert [Path(path).name for path in done] == ["a.txt", "b.json", "c.txt"]
    (source,) = await store.sources.all()
    assert source.kind is SourceKind.IMPORT


async def test_a_mistake_of_ours_costs_only_the_file_that_brought_it_out(
    importing: Importing,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "a.txt").write_text(f"Открыли мост\n\n{LONG}", "utf-8")
    (tmp_path / "b.txt").write_text(f"Открыли школу\n\n{LONG}", "utf-8")
    find = store.articles.find

    async def trips(source_id: int, *, key: str, url: str | None, also_at: Any = ()) -> Any:
        found = await find(source_id, key=key, url=url, also_at=also_at)
        if found is not None and found.title == "Открыли мост":
            raise ValueError("no bridge")
        return found

    monkeypatch.setattr(store.articles, "find", trips)
    taken = await importing.take([str(tmp_path)])
    assert [article.title for article in taken.articles] == ["Открыли школу"]
    file = tmp_path / "a.txt"
    assert taken.failures == (f"{file}: it could not be read (ValueError: no bridge).",)
    assert f"«{file}» could not be imported" in caplog.text


async def test_a_file_imported_twice_is_given_back_but_stored_once(
    importing: Importing, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Открыли мост\n\n{LONG}", "utf-8")
    first = await importing.take([str(path)])
    second = await importing.take([str(path), str(path)])
    assert (first.new, second.new) == (1, 0)
    assert [article.id for article in second.articles] == [first.articles[0].id] * 2
    assert await store.articles.count() == 1


async def test_a_heading_may_be_given(importing: Importing, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Открыли мост\n\n{LONG}", "utf-8")
    (article,) = (await importing.take([str(path)], source="Архив")).articles
    assert article.source == "Архив"


async def test_a_local_feed_fetches_nothing_unless_told(
    importing: Importing, site: Any, tmp_path: Path
) -> None:
    site.answers["/news/1"] = PAGE
    path = tmp_path / "a.xml"
    path.write_text(feed(site.url, "Анонс о новом мосте…"), "utf-8")
    (article,) = (await importing.take([str(path)])).articles
    assert article.text == "Анонс о новом мосте…"
    assert site.requests == []
    path.write_text(feed(site.url, "Анонс…").replace("/news/1", "/news/2"), "utf-8")
    site.answers["/news/2"] = PAGE
    (article,) = (await importing.take([str(path)], pages=True)).articles
    assert article.text.startswith("Мост через реку")


async def test_addresses_are_feeds_or_pages(importing: Importing, site: Any) -> None:
    site.answers["/rss"] = feed(site.url, LONG * 5).encode()
    site.answers["/page"] = PAGE
    site.answers["/other"] = "<html><p>нет</p></html>"
    urls = [f"{site.url}{path}" for path in ("/rss", "/page", "/none", "/other")]
    taken = await importing.take(urls)
    assert [article.url for article in taken.articles] == [f"{site.url}/news/1", urls[1]]
    assert taken.articles[0].source == "Вестник"
    assert taken.failures == (
        f"127.0.0.1 answers 404 Not Found for {urls[2]}.",
        f"{urls[3]}: the page has no article in it.",
    )


async def test_what_latest_prints_is_imported_again(
    importing: Importing, store: Store, tmp_path: Path
) -> None:
    article = {
        "title": "Открыли мост",
        "url": "https://v.example/1",
        "source": "Вестник",
        "published_at": "2026-11-17T10:00:00+03:00",
        "text": LONG,
    }
    path = tmp_path / "a.json"
    path.write_text(json.dumps([article, {**article, "url": "https://v.example/2"}]), "utf-8")
    taken = await importing.take([str(path)])
    assert taken.new == 2
    assert taken.articles[0].source == "Вестник"
    assert taken.articles[0].published_at == datetime(2026, 11, 17, 7, 0, tzinfo=UTC)


def test_an_address_is_told_from_a_path() -> None:
    assert is_url("https://v.example/")
    assert not is_url("https.txt")
    assert not is_url("C:/news.txt")
