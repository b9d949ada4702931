"""Finding the source behind whatever a person types."""

import gzip
import time
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.sources import discover, errors
from bot.sources.discover import Found, find_source
from bot.sources.http import Fetcher, Response
from bot.sources.wire.manners import Manners
from bot.workers import Workers
from storage.models import SourceKind
from tests.jobs.newsroom import Inline

ITEM = "<item><title>Мост открыт</title><link>https://v.example/1</link></item>"
FEED = f"<rss version='2.0'><channel><title>Вестник</title>{ITEM}</channel></rss>".encode()
EMPTY = "<rss version='2.0'><channel><title>Пусто</title></channel></rss>".encode()
NEWS_MAP = """<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>
<loc>https://v.example/1</loc><news:news><news:title>Мост открыт</news:title></news:news>
</url></urlset>""".encode()
PREVIEW = """<div class="tgme_channel_info"><div class="tgme_channel_info_header_title">
Вестник</div></div><div class="tgme_widget_message js-widget_message" data-post="Vestnik/7"><div
 class="tgme_widget_message_text js-message_text">Мост открыт</div></div>""".encode()


@pytest.fixture
def workers() -> Workers:
    return Inline(count=1)


@pytest.fixture
def find(fetcher: Fetcher, workers: Workers) -> Any:
    """find_source with a real fetcher and real workers."""

    async def found(text: str, **more: Any) -> Found:
        return await find_source(text, fetcher=fetcher, workers=workers, **more)

    return found


async def test_a_feed_is_itself(site: Any, find: Any) -> None:
    site.answers["/rss"] = FEED
    found = await find(f" <{site.url}/rss> ")
    assert (found.url, found.feed.title) == (f"{site.url}/rss", "Вестник")
    assert (found.kind, found.selector, found.warning) == (SourceKind.FEED, None, None)


async def test_real_workers_do_the_same(site: Any, fetcher: Fetcher, tmp_path: Path) -> None:
    workers = Workers(count=1)
    site.answers["/"] = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    site.answers["/rss"] = FEED
    (tmp_path / "a.txt").write_text("Мост открыт\n\nДвижение пустили.")
    assert (await find_source(site.url, fetcher=fetcher, workers=workers)).url == f"{site.url}/rss"
    path = str(tmp_path)
    folder = await find_source(path, fetcher=fetcher, workers=workers, folders=True)
    assert len(folder.feed.entries) == 1
    await workers.close()


async def test_without_a_scheme_a_site_without_tls_is_found(site: Any, find: Any) -> None:
    site.answers["/rss"] = FEED
    for scheme in ("", "feed://"):
        found = await find(site.url.replace("http://", scheme) + "/rss")
        assert found.url == f"{site.url}/rss"


async def test_a_page_names_its_feed(site: Any, find: Any) -> None:
    site.answers["/"] = (
        '<link rel="alternate" type="application/rss+xml" href="/broken">'
        '<link rel="alternate" type="application/rss+xml" href="news.rss">'
    )
    site.answers["/news.rss"] = FEED
    assert (await find(site.url)).url == f"{site.url}/news.rss"


async def test_a_page_that_links_to_a_page_of_feeds_leads_to_one(site: Any, find: Any) -> None:
    site.answers["/"] = '<body><a href="/rss/">RSS</a></body>'
    site.answers["/rss/"] = '<body><a href="/rss/all.xml">Все новости</a></body>'
    site.answers["/rss/all.xml"] = FEED
    assert (await find(site.url)).url == f"{site.url}/rss/all.xml"
    assert site.paths() == ["/", "/rss/", "/rss/all.xml"]


async def test_a_page_that_names_none_may_have_one_in_the_usual_places(
    site: Any, find: Any
) -> None:
    site.answers["/news/today"] = "<html><body>Новости</body></html>"
    site.answers["/feed/"] = "<html>no</html>"
    site.answers["/rss.xml"] = FEED
    assert (await find(f"{site.url}/news/today")).url == f"{site.url}/rss.xml"


async def test_the_usual_places_of_the_sites_engine_come_first(site: Any, find: Any) -> None:
    site.answers["/"] = '<meta name="generator" content="DataLife Engine (http://dle-news.ru)">'
    site.answers["/engine/rss.php"] = FEED
    assert (await find(site.url)).url == f"{site.url}/engine/rss.php"
    assert site.paths() == ["/", "/engine/rss.php"]


async def test_an_empty_feed_is_taken_only_for_want_of_another(site: Any, find: Any) -> None:
    site.answers["/"] = '<link rel="alternate" type="application/rss+xml" href="/a">'
    site.answers["/a"] = EMPTY
    site.answers["/rss"] = FEED
    assert (await find(site.url)).url == f"{site.url}/rss"
    del site.answers["/rss"]
    assert (await find(site.url)).url == f"{site.url}/a"


async def test_a_site_is_asked_little_and_no_more_once_it_has_had_enough(
    site: Any, find: Any
) -> None:
    site.answers["/"] = "<html><body>Новости</body></html>"
    with pytest.raises(errors.NotASource, match="names no feed"):
        await find(site.url)
    assert len(site.requests) <= 12
    site.requests.clear()
    site.answers["/feed/"] = web.Response(status=429, headers={"Retry-After": "60"})
    with pytest.raises(errors.SourceError):
        await find(site.url)
    assert site.paths() == ["/", "/feed/"]


async def test_a_search_ends_in_time(site: Any, find: Any, monkeypatch: Any) -> None:
    async def never(_: web.Request) -> web.StreamResponse:
        await site.closing.wait()
        return web.Response()

    monkeypatch.setattr(discover, "SEARCH_S", 0.1)
    site.answers["/"] = "<html><body>Новости</body></html>"
    site.answers["/feed/"] = never
    with pytest.raises(errors.NotASource):
        await find(site.url)


async def test_a_lasting_redirect_is_the_address_to_keep(site: Any, find: Any) -> None:
    site.answers["/old"] = web.Response(status=301, headers={"Location": "/rss"})
    site.answers["/rss"] = FEED
    assert (await find(f"{site.url}/old")).url == f"{site.url}/rss"


async def test_robots_txt_leads_to_a_sitemap_of_news(site: Any, find: Any) -> None:
    site.answers["/"] = "<html><body>Новости</body></html>"
    site.answers["/robots.txt"] = f"Sitemap: {site.url}/all.xml\nSitemap: {site.url}/news.xml.gz"
    site.answers["/news.xml.gz"] = gzip.compress(NEWS_MAP)
    found = await find(site.url)
    assert (found.kind, found.url) == (SourceKind.SITEMAP, f"{site.url}/news.xml.gz")
    assert found.feed.entries[0].title == "Мост открыт"
    assert "/all.xml" not in site.paths()


@pytest.mark.parametrize(("child", "kept"), [("/news.xml", "/news.xml"), ("/m-11.xml", "/")])
async def test_an_index_is_kept_where_its_maps_change(
    site: Any, find: Any, child: str, kept: str
) -> None:
    listed = f"<sitemap><loc>{site.url}{child}</loc></sitemap>"
    site.answers["/"] = f"<sitemapindex>{listed}</sitemapindex>".encode()
    site.answers[child] = NEWS_MAP
    found = await find(f"{site.url}/")
    assert (found.kind, found.url) == (SourceKind.SITEMAP, site.url + kept)
    assert len(found.feed.entries) == 1


async def test_a_front_page_that_goes_on_to_another_is_followed_once(site: Any, find: Any) -> None:
    go_on = "<html><head><meta http-equiv='Refresh' content='0; url={}'></head></html>"
    site.answers["/"] = go_on.format("/news/")
    site.answers["/news/"] = "<link rel=alternate type=application/rss+xml href=/all.xml>"
    site.answers["/all.xml"] = FEED
    assert (await find(f"{site.url}/")).url == f"{site.url}/all.xml"
    site.answers["/news/"] = go_on.format("/")
    site.answers.pop("/all.xml")
    with pytest.raises(errors.NotASource):
        await find(f"{site.url}/")


async def test_a_door_before_a_site_is_told_at_once(site: Any, find: Any) -> None:
    site.answers["/"] = "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"
    with pytest.raises(errors.TurnedAway, match="whether its visitors are human"):
        await find(f"{site.url}/")
    assert site.paths() == ["/"]


async def test_an_index_of_several_maps_is_kept(site: Any, find: Any) -> None:
    maps = "".join(f"<sitemap><loc>/news-{n}.xml</loc></sitemap>" for n in ("city", "sport"))
    site.answers["/all.xml"] = f"<sitemapindex>{maps}</sitemapindex>".encode()
    site.answers["/news-city.xml"] = NEWS_MAP
    assert (await find(f"{site.url}/all.xml")).url == f"{site.url}/all.xml"


async def test_an_index_that_leads_to_itself_is_told(site: Any, find: Any) -> None:
    site.answers["/news.xml"] = (
        f"<sitemapindex><sitemap><loc>{site.url}/news.xml</loc></sitemap></sitemapindex>".encode()
    )
    with pytest.raises(errors.NotASource, match="indexes of sitemaps only"):
        await find(f"{site.url}/news.xml")


async def test_a_sitemap_without_dates_is_told(site: Any, find: Any) -> None:
    site.answers["/map.xml"] = f"<urlset><url><loc>{site.url}/a</loc></url></urlset>".encode()
    with pytest.raises(errors.NotASource, match="no dates"):
        await find(f"{site.url}/map.xml")


LIST = "".join(
    f"<li class=news><a href='/2026/11/17/novost-{n}'>В городе открыли мост номер {n}</a></li>"
    for n in range(9)
)


async def test_a_page_without_a_feed_is_a_source_itself(site: Any, find: Any) -> None:
    site.answers["/news"] = LIST
    found = await find(f"{site.url}/news")
    assert (found.kind, found.url) == (SourceKind.PAGE, f"{site.url}/news")
    assert found.feed.entries[0].url == f"{site.url}/2026/11/17/novost-0"
    site.answers["/feed/"] = FEED
    assert (await find(f"{site.url}/news")).kind is SourceKind.FEED


async def test_with_a_selector_nothing_else_is_looked_for(site: Any, find: Any) -> None:
    site.answers["/news"] = LIST
    found = await find(f"{site.url}/news", selector="li:last-child a")
    assert (found.kind, found.selector) == (SourceKind.PAGE, "li:last-child a")
    assert [entry.url for entry in found.feed.entries] == [f"{site.url}/2026/11/17/novost-8"]
    assert "/feed/" not in site.paths()
    with pytest.raises(errors.NotAFeed, match="selector"):
        await find(f"{site.url}/news", selector=".none")


async def test_a_page_that_robots_txt_guards_is_not_taken_for_a_source(
    site: Any, find: Any
) -> None:
    site.answers["/news"] = LIST
    site.answers["/robots.txt"] = "User-agent: *\nDisallow: /news"
    for more in ({}, {"selector": "a"}):
        with pytest.raises(errors.Disallowed, match="asks not to read"):
            await find(f"{site.url}/news", **more)


class Telegram(Fetcher):
    """t.me, played by a site on loopback."""

    def __init__(self, site: Any) -> None:
        at_once = Manners(monotonic=time.monotonic, between_s=0)
        super().__init__("Svodka/test", allow_private=True, manners=at_once)
        self._at = site.url

    async def get(self, url: str, **more: Any) -> Response:
        return await super().get(url.replace("https://t.me", self._at), **more)


async def test_a_channel_is_found_by_its_name(site: Any, workers: Workers) -> None:
    site.answers["/s/vestnik"] = web.Response(body=PREVIEW, content_type="text/html")
    site.answers["/s/nobody"] = web.Response(status=302, headers={"Location": "/nobody"})
    site.answers["/nobody"] = "<div class='tgme_page'></div>"
    telegram = Telegram(site)
    found = await find_source("@Vestnik", fetcher=telegram, workers=workers)
    assert (found.url, found.kind) == ("https://t.me/s/vestnik", SourceKind.CHANNEL)
    assert found.feed.entries[0].key == "https://t.me/vestnik/7"
    with pytest.raises(errors.NoPreview, match="no Telegram channel @nobody"):
        await find_source("t.me/nobody", fetcher=telegram, workers=workers)
    await telegram.close()


async def test_a_folder_is_found_only_where_it_may_be(tmp_path: Path, find: Any) -> None:
    (tmp_path / "a.txt").write_text("Мост открыт\n\nДвижение пустили.")
    found = await find(str(tmp_path), folders=True)
    assert (found.kind, found.url) == (SourceKind.FOLDER, f"folder:{tmp_path}")
    assert [entry.key for entry in found.feed.entries] == ["a.txt"]
    for path, allowed, says in [
        (str(tmp_path), False, "on the machine"),
        (f"{tmp_path}/none", True, "is not there"),
        (f"{tmp_path}/a.txt", True, "is a file"),
    ]:
        with pytest.raises(errors.NotASource, match=says):
            await find(path, folders=allowed)


async def test_what_cannot_be_is_told_in_a_sentence(site: Any, find: Any) -> None:
    site.answers["/"] = "<html><body>Новости</body></html>"
    site.answers["/file"] = web.Response(body=b"%PDF-1.7", content_type="application/pdf")
    site.answers["/photo"] = web.Response(body=b"x", content_type="image/png")
    site.answers["/json"] = b'{"a": 1}'
    site.answers["/empty"] = b""
    site.answers["/wp-login.php"] = "<title>Вход</title><input name=p type=password>"
    for path, kind, said in [
        ("/", errors.NotASource, "names no feed"),
        ("/file", errors.OtherFile, "gives a PDF"),
        ("/photo", errors.OtherFile, "gives image/png"),
        ("/json", errors.NotASource, "JSON that is not a feed"),
        ("/empty", errors.NotASource, "gives nothing"),
        ("/none", errors.BadAnswer, "answers 404 Not Found"),
        ("/wp-login.php", errors.NeedsLogin, "asks for a login"),
    ]:
        with pytest.raises(kind, match=said):
            await find(site.url + path)


async def test_a_private_address_is_refused_and_https_is_meant(workers: Workers) -> None:
    fetcher = Fetcher("Svodka/test")
    for address in ("http://192.168.1.1/rss", "192.168.1.1/rss", "localhost"):
        with pytest.raises(errors.PrivateAddress, match="private network"):
            await find_source(address, fetcher=fetcher, workers=workers)
    await fetcher.close()


async def test_a_feed_in_a_foreign_script_is_found_with_a_warning(site: Any, find: Any) -> None:
    site.answers["/rss"] = FEED.replace(
        "Мост открыт".encode(), "大桥今天正式开通了新闻报道".encode()
    )
    assert "Chinese" in (await find(f"{site.url}/rss")).warning
