"""Every kind of source is polled: channels, list pages, sitemaps, folders, pushes and posts."""

import os
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.jobs.gathering.ingest import Ingest
from bot.sources.errors import NotASource
from bot.sources.http import Fetcher, Response
from bot.sources.wire.manners import Manners
from storage.models import NewSource, Source, SourceKind
from storage.ports import Store
from tests.jobs.newsroom import LONG, Time, again, conditional, feed, item

TELEGRAM = "https://t.me"


class Nearby(Fetcher):
    """Finds t.me on loopback."""

    home = ""

    async def get(self, url: str, **wish: Any) -> Response:
        answer = await super().get(url.replace(TELEGRAM, self.home), **wish)
        return replace(answer, url=answer.url.replace(self.home, TELEGRAM))


@pytest.fixture
async def client(time: Time, site: Any) -> AsyncIterator[Fetcher]:
    manners = Manners(monotonic=time.monotonic, between_s=0)
    made = Nearby("Svodka/test", allow_private=True, manners=manners, now=time.clock)
    made.home = site.url
    yield made
    await made.close()


def post(number: int, words: str, at: datetime) -> str:
    return (
        f'<div class="tgme_widget_message js-widget_message" data-post="Vestnik/{number}">'
        f'<div class="tgme_widget_message_text js-message_text">{words}</div>'
        f'<a class="tgme_widget_message_date"><time datetime="{at.isoformat()}"></time></a></div>'
    )


class Channel:
    """Shows four posts at a time, as t.me shows twenty."""

    def __init__(self, site: Any, now: datetime) -> None:
        self.now = now
        self.posts: dict[int, str] = {}
        site.answers["/s/vestnik"] = self.answer

    def publish(self, *numbers: int) -> None:
        for number in numbers:
            self.posts[number] = f"В Кемерове открыли мост номер {number}. {LONG}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        before = int(request.query.get("before", 10**9))
        shown = sorted(number for number in self.posts if number < before)[-4:]
        more = ""
        if shown and min(self.posts) < shown[0]:
            more = f'<a class="tme_messages_more" data-before="{shown[0]}"></a>'
        posts = "".join(post(n, self.posts[n], self.now - timedelta(hours=1000 - n)) for n in shown)
        title = '<div class="tgme_channel_info_header_title">Вестник</div>'
        return web.Response(
            text=f'<html><body><div class="tgme_channel_info">{title}</div>{more}{posts}</body>',
            content_type="text/html",
        )


@pytest.fixture
def channel(site: Any, time: Time) -> Channel:
    return Channel(site, time.now)


@pytest.fixture
async def vestnik(store: Store, now: datetime) -> Source:
    new = NewSource(url="https://t.me/s/vestnik", title="Вестник", kind=SourceKind.CHANNEL)
    return await store.sources.add(new, now=now)


async def numbers(store: Store) -> list[int]:
    articles = await store.articles.latest(limit=100)
    return sorted(int(str(a.url).rpartition("/")[2]) for a in articles)


NEWS_SPACE = "http://www.google.com/schemas/sitemap-news/0.9"


async def test_a_channels_posts_are_read_back_to_one_we_have(
    ingest: Ingest, store: Store, site: Any, channel: Channel, vestnik: Source
) -> None:
    channel.publish(*range(1, 11))
    report = await ingest.poll(vestnik)
    assert (report.error, await numbers(store)) == (None, [7, 8, 9, 10])
    channel.publish(*range(11, 24))  # while we were away
    site.requests.clear()
    report = await ingest.poll(await again(store, vestnik))
    assert (report.error, report.added) == (None, 13)
    assert await numbers(store) == list(range(7, 24))
    asked = [request.query.get("before") for request in site.requests]
    assert asked == [None, "20", "16", "12"]


async def test_a_kill_on_the_way_back_leaves_no_gap(
    ingest: Ingest,
    store: Store,
    channel: Channel,
    vestnik: Source,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    channel.publish(1)
    await ingest.poll(vestnik)
    channel.publish(*range(2, 15))
    add_articles = store.articles.add

    async def crash(batch: Any, **kwargs: Any) -> Any:
        if await store.articles.count() >= 6:
            raise MemoryError
        return await add_articles(batch, **kwargs)

    monkeypatch.setattr(store.articles, "add", crash)
    assert (await ingest.poll(await again(store, vestnik))).error
    assert await store.articles.count() < 14
    monkeypatch.setattr(store.articles, "add", add_articles)
    await ingest.poll(await again(store, vestnik))
    assert await numbers(store) == list(range(1, 15))


async def test_a_post_is_one_article_whichever_way_it_comes(
    ingest: Ingest, store: Store, channel: Channel, vestnik: Source, time: Time
) -> None:
    channel.publish(1)
    words = f"В Кемерове открыли мост номер 1. {LONG}"

    async def handed(number: int, text: str) -> Any:
        return await ingest.take_post(
            title="Вестник",
            username="Vestnik",
            chat_id=-1001,
            message_id=number,
            text=text,
            at=time.now,
        )

    report = await handed(1, words)
    assert (report.added, report.source.id) == (1, vestnik.id)
    polled = await ingest.poll(vestnik)
    assert (polled.added, polled.edited) == (0, 0)
    await ingest.poll(await again(store, vestnik))
    time.pass_(minutes=5)
    edited = await handed(1, f"{words} Уточнение: движение откроют завтра.")
    assert (edited.added, edited.edited) == (0, 1)
    assert await store.articles.count() == 1
    assert (await handed(2, f"Школу закрыли на ремонт. {LONG}")).added == 1


async def test_posts_of_a_channel_that_is_no_source_stand_under_one_of_their_own(
    ingest: Ingest, store: Store, time: Time
) -> None:
    for username in (None, "kuzbass_news"):
        report = await ingest.take_post(
            title="Кузбасс",
            username=username,
            chat_id=-1007,
            message_id=5,
            text=f"Мост\nоткрыли. {LONG}",
            at=time.now,
        )
        assert report.added == 1
        assert (report.source.url, report.source.kind) == ("posts:-1007", SourceKind.POSTS)
    urls = {article.url for article in await store.articles.latest(limit=10)}
    assert urls == {None, "https://t.me/kuzbass_news/5"}
    assert await ingest.poll_due() == []


async def test_a_folder_is_polled_and_a_file_that_changes_is_an_edit(
    ingest: Ingest, store: Store, time: Time, tmp_path: Path
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()

    def write(name: str, text: str) -> None:
        (folder / name).write_text(f"{text}\n\n{LONG}", "utf-8")
        os.utime(folder / name, (time.now.timestamp() - 60,) * 2)

    time.now = datetime.fromtimestamp((tmp_path.stat().st_ctime), time.now.tzinfo)
    time.pass_(minutes=5)
    write("a.txt", "Открыли мост")
    write("b.txt", "Открыли школу")
    with pytest.raises(NotASource):
        await ingest.add(str(folder))
    report = await ingest.add(await ingest.look(str(folder), folders=True))
    assert report.error is None
    assert report.source.kind is SourceKind.FOLDER
    assert report.added == 2
    time.pass_(minutes=5)
    write("b.txt", "Закрыли школу")
    write("c.txt", "Открыли рынок")
    (folder / "d.json").write_text("{", "utf-8")
    report = await ingest.poll(report.source)
    assert (report.error, report.added, report.edited) == (None, 1, 1)
    report = await ingest.poll(await again(store, report.source))
    assert (report.added, report.edited) == (0, 0)
    titles = {article.title for article in await store.articles.latest(limit=10)}
    assert titles == {"Открыли мост", "Закрыли школу", "Открыли рынок"}


def lists_news(site: Any, path: str, numbers: Iterable[int], at: datetime) -> None:
    """A sitemap of these news there, an hour between each two, and their pages."""
    told = "".join(
        f"<url><loc>{site.url}/news/{n}</loc><news:news><news:title>Мост {n}</news:title>"
        f"<news:publication_date>{(at - timedelta(hours=n)).isoformat()}</news:publication_date>"
        "</news:news></url>"
        for n in numbers
    )
    site.answers[path] = f"<urlset xmlns:news='{NEWS_SPACE}'>{told}</urlset>".encode()
    for n in numbers:
        site.answers[f"/news/{n}"] = (
            f"<html><body><article><h1>Мост {n} открыли</h1><p>{n}. {LONG * 3}</p></article></body>"
        )


def index_of(site: Any, *paths: str) -> web.Response:
    maps = "".join(f"<sitemap><loc>{site.url}{path}</loc></sitemap>" for path in paths)
    index = f"<sitemapindex>{maps}</sitemapindex>"
    return web.Response(body=index.encode(), headers={"ETag": '"1"'})


async def test_an_index_of_sitemaps_gives_what_its_sitemaps_list(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    site.answers["/map.xml"] = index_of(site, "/news-1.xml", "/news-2.xml")
    for i in (1, 2):
        lists_news(site, f"/news-{i}.xml", [i], time.now)
    source = await add("/map.xml", kind=SourceKind.SITEMAP)
    report = await ingest.poll(source)
    assert report.error is None
    assert (await again(store, source)).etag is None  # an index may stay while its maps change
    assert {article.url for article in report.new} == {f"{site.url}/news/{i}" for i in (1, 2)}


async def test_indexes_within_an_index_are_read_and_a_map_that_fails_costs_only_itself(
    ingest: Ingest, site: Any, add: Any, time: Time
) -> None:
    site.answers["/map.xml"] = index_of(site, "/news-lost.xml", "/news-all.xml")
    site.answers["/news-all.xml"] = index_of(site, "/map.xml", "/news-1.xml")
    lists_news(site, "/news-1.xml", [1], time.now)
    report = await ingest.poll(await add("/map.xml", kind=SourceKind.SITEMAP))
    assert (report.error, report.added) == (None, 1)


async def test_an_index_of_which_no_map_can_be_read_fails(
    ingest: Ingest, site: Any, add: Any
) -> None:
    site.answers["/map.xml"] = index_of(site, "/news-lost.xml")
    report = await ingest.poll(await add("/map.xml", kind=SourceKind.SITEMAP))
    assert report.error is not None
    assert "404" in report.error


async def test_all_that_a_sitemap_lists_is_taken_however_much(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sources.sitemaps.PART", 30)
    monkeypatch.setattr("bot.jobs.gathering.taking.AT_A_TIME", 7)
    lists_news(site, "/news.xml", range(40), time.now)
    report = await ingest.poll(await add("/news.xml", kind=SourceKind.SITEMAP))
    assert (report.error, report.added) == (None, 40)
    asked = site.paths()
    assert all(asked.count(f"/news/{n}") == 1 for n in range(40))


async def test_what_was_read_before_a_site_shut_its_pages_is_kept_and_the_rest_comes_later(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.gathering.taking.AT_A_TIME", 5)
    lists_news(site, "/news.xml", range(12), time.now)
    shut = {f"/news/{n}": site.answers.pop(f"/news/{n}") for n in range(5, 12)}
    for path in shut:
        site.answers[path] = web.Response(status=500)
    source = await add("/news.xml", kind=SourceKind.SITEMAP)
    report = await ingest.poll(source)
    assert (report.error, report.added) == (None, 5)
    site.answers |= shut
    assert (await ingest.poll(await again(store, source))).added == 7


async def test_what_a_hub_pushes_is_filed_and_teaches_nothing(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    site.answers["/rss"] = feed(item(1))
    source = await add()
    await ingest.poll(source)
    before = await again(store, source)
    pushed = feed(item(2), etag='"x"').body
    assert isinstance(pushed, bytes)
    report = await ingest.receive(before, pushed, "application/rss+xml")
    assert (report.error, report.added) == (None, 1)
    assert await again(store, source) == before
    report = await ingest.receive(before, b"<html></html>", "text/html")
    assert report.error
    assert await again(store, source) == before


async def test_a_look_stores_nothing_and_adding_fetches_nothing_twice(
    ingest: Ingest, store: Store, site: Any, time: Time
) -> None:
    site.answers["/rss"] = feed(*(item(i, date=time.now - timedelta(hours=i)) for i in range(6)))
    looked = await ingest.look(f"{site.url}/rss")
    assert looked.known is None
    assert looked.interval_s == 1800
    assert len(looked.found.feed.entries) == 6
    assert await store.sources.all() == []
    heard = []
    report = await ingest.add(looked, on_found=heard.append)
    assert report.added == 6
    assert heard[0].known is not None
    assert heard[0].known.id == report.source.id
    assert report.source.last_success_at == time.now
    assert site.paths().count("/rss") == 1


async def test_what_was_found_is_asked_for_again_with_its_validators(
    ingest: Ingest, store: Store, site: Any
) -> None:
    site.answers["/rss"] = conditional(feed(item(1), item(2), etag='"seen"'))
    report = await ingest.add(f"{site.url}/rss")
    assert report.added == 2
    assert (await again(store, report.source)).etag == '"seen"'


PICTURE = (
    "<item><guid>p{0}</guid><link>/photo/{0}</link>"
    "<enclosure url='https://a.ru/{0}.jpg' type='image/jpeg' length='1'/></item>"
)


async def test_items_without_a_word_are_counted_until_another_poll_says_otherwise(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    source = await add()
    site.answers["/rss"] = feed(PICTURE.format(1), PICTURE.format(2), etag='"1"')
    report = await ingest.poll(source)
    assert (report.added, report.wordless, report.error) == (0, 2, None)
    site.answers["/rss"] = web.Response(status=304)
    assert (await ingest.poll(await again(store, source))).wordless == 0
    assert (await again(store, source)).wordless == 2
    site.answers["/rss"] = feed(PICTURE.format(2), item(3), etag='"2"')
    report = await ingest.poll(await again(store, source))
    assert (report.added, report.wordless) == (1, 1)
    assert (await again(store, source)).wordless == 1


async def test_entries_whose_pages_have_no_text_are_counted_with_them(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    source = await add()
    site.answers["/rss"] = feed(item(1, text=""), item(2), PICTURE.format(3))
    site.answers["/news/1"] = "<html><body><video src='/v.mp4'></video></body></html>"
    report = await ingest.poll(source)
    assert (report.added, report.wordless) == (1, 2)
    again_ = await ingest.poll(await again(store, source))  # its page is not asked for any more
    assert (again_.added, again_.wordless) == (0, 2)


async def test_a_picture_without_an_address_is_no_article(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    picture = "<item><guid>p</guid><description>&lt;img src='/1.jpg'&gt;</description></item>"
    site.answers["/rss"] = feed(picture, item(2, text="Мост открыли.", link=""))
    report = await ingest.poll(await add())
    assert ([article.title[-1] for article in report.new], report.wordless) == (["2"], 1)


async def test_what_is_to_be_asked_for_again_is_not_said_to_have_no_text(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    source = await add()
    site.answers["/rss"] = feed(item(1, text="Мост"))
    site.answers["/news/1"] = web.Response(status=503)
    report = await ingest.poll(source)
    assert (report.added, report.wordless) == (0, 0)
