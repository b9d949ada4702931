"""Sitemaps: what they list of late, however they are written."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.errors import NotAFeed, NotASource
from bot.sources.feed import Feed
from bot.sources.sitemaps import ALIKE, PART, UNDATED_MAPS, is_sitemap, parse_sitemap

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://v.example/old?a=1&amp;utm_source=map</loc><news:news><news:publication>
<news:name>Вестник</news:name><news:language>ru</news:language></news:publication>
<news:publication_date>2026-11-16T08:00:00+07:00</news:publication_date>
<news:title>Вчерашнее</news:title></news:news></url>
<url><loc>https://v.example/new</loc><news:news><news:publication><news:name>Вестник</news:name>
<news:language>ru</news:language></news:publication>
<news:publication_date>2026-11-17</news:publication_date>
<news:title>Мост &amp;laquo;Южный&amp;raquo; & набережная</news:title></news:news>
<image:image><image:loc>/p.jpg</image:loc><image:title>Подпись</image:title></image:image></url>
<url><loc>https://v.example/about</loc><lastmod>2026-11-17</lastmod></url></urlset>"""


def read(xml: str | bytes, start: int = 0, since: datetime | None = None) -> Feed:
    body = xml.encode() if isinstance(xml, str) else xml
    url = "https://v.example/news-sitemap.xml"
    return parse_sitemap(body, "application/xml", url, "Asia/Novokuznetsk", start, since)


def plain(*pages: tuple[str, str], root: str = "urlset", one: str = "url") -> str:
    listed = "".join(
        f"<{one}><loc>{loc}</loc><lastmod>{when}</lastmod></{one}>" for loc, when in pages
    )
    return f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</{root}>'


def test_news_come_newest_first_with_headline_time_and_picture() -> None:
    feed = read(NEWS)
    assert (feed.title, feed.language, feed.site_url) == ("Вестник", "ru", "https://v.example/")
    new, old = feed.entries
    assert new.title == "Мост «Южный» & набережная"
    assert new.key == new.url == "https://v.example/new"
    assert new.published_at == datetime(2026, 11, 16, 17, 0, tzinfo=UTC)  # a day of the zone
    assert (new.image_url, new.language, new.html) == ("https://v.example/p.jpg", "ru", "")
    assert (old.url, old.title) == ("https://v.example/old?a=1", "Вчерашнее")


def test_without_headlines_the_last_days_count() -> None:
    feed = read(
        plain(
            ("https://v.example/", "2026-11-17"),
            ("https://v.example/b", "2026-11-15T10:00:00Z"),
            ("https://v.example/a", "2026-11-17T10:00:00Z"),
            ("https://v.example/c", "2026-11-01"),
            ("https://v.example/undated", ""),
            ("https://v.example/a", "2026-11-16"),
        )
    )
    assert [entry.url for entry in feed.entries] == ["https://v.example/a", "https://v.example/b"]
    assert feed.entries[0].published_at == datetime(2026, 11, 17, 10, 0, tzinfo=UTC)
    assert feed.title == "v.example"


def test_one_page_with_an_impossible_date_hides_no_others() -> None:
    pages = [(f"https://v.example/{n}", "2026-11-17") for n in range(20)]
    feed = read(plain(("https://v.example/x", "2071-01-01"), *pages))
    assert len(feed.entries) == 21


def test_very_many_pages_come_in_parts_the_newest_first() -> None:
    pages = [
        (f"https://v.example/{n}", f"2026-11-17T{n // 60:02}:{n % 60:02}Z") for n in range(1200)
    ]
    first = read(plain(*pages))
    assert (len(first.entries), first.more) == (PART, PART)
    assert first.entries[0].url == "https://v.example/1199"
    second = read(plain(*pages), start=PART)
    assert (len(second.entries), second.more) == (200, None)
    assert len({entry.key for entry in (*first.entries, *second.entries)}) == 1200


def test_a_time_that_all_pages_bear_tells_nothing() -> None:
    stamped = [(f"https://v.example/{n}", "2026-11-17T03:00:00Z") for n in range(ALIKE + 300)]
    feed = read(plain(("https://v.example/new", "2026-11-17T09:00:00Z"), *stamped))
    assert (len(feed.entries), feed.more) == (PART, PART)
    assert feed.entries[0].url == "https://v.example/new"
    assert len(read(plain(*stamped), start=PART).entries) == 0


def test_what_came_in_a_long_downtime_is_listed_too() -> None:
    pages = [(f"https://v.example/{n:02}", f"2026-11-{n:02}T10:00:00Z") for n in range(1, 31)]
    assert len(read(plain(*pages)).entries) == 10  # of two that may be misdated it is the third
    since = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
    entries = read(plain(*pages), since=since).entries
    assert entries[-1].published_at == datetime(2026, 11, 10, 10, 0, tzinfo=UTC)


def test_a_sitemap_that_never_says_when_is_told() -> None:
    with pytest.raises(NotASource, match="no dates"):
        read(plain(("https://v.example/a", ""), ("https://v.example/b", "вчера")))
    assert read("<urlset></urlset>").entries == ()


@pytest.mark.parametrize(
    ("children", "maps"),
    [
        (
            [("post-sitemap.xml", "2026-11-17"), ("news-map.xml", ""), ("a/news.xml.gz", "2026")],
            ("news-map.xml", "a/news.xml.gz"),
        ),
        (
            [("sitemap-2026-9.xml", ""), ("sitemap-2026-11.xml", ""), ("sitemap-2026-10.xml", "")],
            ("sitemap-2026-11.xml", "sitemap-2026-10.xml", "sitemap-2026-9.xml"),
        ),
        (
            [("image-sitemap.xml", "2026-11-18"), ("post-sitemap.xml", "2026-11-01T01:00:00Z"),
             ("post-sitemap2.xml", "2026-11-17T01:00:00Z"), ("category-sitemap.xml", "2026-11-18")],
            ("post-sitemap2.xml",),
        ),
        ([("category-sitemap.xml", "2026-11-18")], ()),
    ],
)  # fmt: skip
def test_an_index_leads_to_the_newest_of_its_maps(
    children: list[tuple[str, str]], maps: tuple[str, ...]
) -> None:
    listed = [(f"https://v.example/{path}", when) for path, when in children]
    feed = read(plain(*listed, root="sitemapindex", one="sitemap"))
    assert feed.entries == ()
    assert feed.maps == tuple(f"https://v.example/{path}" for path in maps)


def test_of_an_index_only_what_changed_since_is_read_again_and_the_newest_always() -> None:
    listed = [(f"https://v.example/{n}.xml", f"2026-11-{n:02}") for n in range(1, 18)]
    index = plain(*listed, root="sitemapindex", one="sitemap")
    since = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
    assert len(read(index).maps) == 8
    assert read(index, since=since).maps == ("https://v.example/17.xml", "https://v.example/16.xml")
    assert read(index, since=since + timedelta(days=9)).maps == ("https://v.example/17.xml",)


def test_of_maps_that_say_no_time_a_few_are_read() -> None:
    listed = [(f"https://v.example/{n}.xml", "") for n in range(40)]
    index = plain(*listed, root="sitemapindex", one="sitemap")
    assert read(index).maps[0] == "https://v.example/39.xml"
    assert len(read(index).maps) == UNDATED_MAPS


def test_a_packed_one_is_unpacked_within_bounds() -> None:
    assert len(read(gzip.compress(NEWS.encode())).entries) == 2
    with pytest.raises(NotAFeed, match="more than 10 MB"):
        read(gzip.compress(NEWS.encode() + b" " * (11 << 20)))
    with pytest.raises(NotAFeed, match="packed"):
        read(b"\x1f\x8b\x08rubbish")


def test_it_need_not_be_well_formed() -> None:
    cut = NEWS[: NEWS.index("<news:title>Мост")]
    assert [entry.title for entry in read(cut).entries] == ["Вчерашнее"]
    undeclared = NEWS.replace('xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"', "")
    assert len(read(undeclared).entries) == 2
    bare = plain(("https://v.example/?id=1&b=2", "2026-11-17"))
    assert read(bare).entries[0].url == "https://v.example/?id=1&b=2"


def test_entities_and_files_of_this_machine_are_not_read() -> None:
    bomb = (
        '<!DOCTYPE u [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        + NEWS.partition("?>")[2].replace("Вчерашнее", "&b;&f;!")
    )
    assert read(bomb).entries[1].title == "&b;&f;!"


@pytest.mark.parametrize("body", [b"", b"<html><body>x</body></html>", b"<rss/>", b"\xff\xfe"])
def test_what_is_no_sitemap_is_told(body: bytes) -> None:
    assert not is_sitemap(body.decode("latin-1"))
    with pytest.raises(NotAFeed, match="not a sitemap"):
        read(body)


def test_deep_nesting_is_survived() -> None:
    deep = "<urlset>" + "<url>" * 200_000
    assert read(deep).entries == ()
    with pytest.raises(NotAFeed, match="more elements"):
        read("<urlset>" + "<a/>" * 1_300_000)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80) | st.text(alphabet="<>/&;:\"'urlsetcnw= ", max_size=80))
def test_any_text_within_is_taken(text: str) -> None:
    for feed in (read(f"<urlset>{text}</urlset>"), read(NEWS.replace("Вчерашнее", text))):
        assert all(entry.url for entry in feed.entries)
