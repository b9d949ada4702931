"""Lists of feeds, as feed readers exchange them."""

from datetime import datetime

import pytest

from bot.sources.errors import BadFile
from bot.sources.opml import parse_opml, write_opml
from storage.models import Source, SourceKind

OPML = """<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x "bomb">]>
<opml version="1.0"><head><title>t</title></head><body>
<outline text="Кузбасс"><outline text="Вестник &amp; Ко" xmlUrl="https://v.example/rss"
  htmlUrl="https://v.example/" type="rss"/>
<outline title="Дважды" xmlUrl="https://v.example/rss"/></outline>
<outline title="&x;" xmlURL="https://g.example/feed"/>
<outline text="нет адреса"/><outline text="чужое" xmlUrl="javascript:alert(1)"/>
</body>"""


def test_feeds_of_a_list_are_read_each_once() -> None:
    first, second = parse_opml(OPML.encode())
    assert (first.url, first.title) == ("https://v.example/rss", "Вестник & Ко")
    assert (first.site_url, first.region) == ("https://v.example/", "Кузбасс")
    assert second.url == "https://g.example/feed"
    assert "bomb" not in second.title


def test_what_is_no_list_is_told() -> None:
    for body in (b"", b"<html></html>", b"\xff\xfe"):
        with pytest.raises(BadFile, match="no OPML"):
            parse_opml(body)


def test_a_list_written_is_read_again(now: datetime) -> None:
    source = Source(
        id=1,
        url="https://v.example/rss?a=1&b=2",
        title='Вестник "Рассвет" <1>',
        kind=SourceKind.FEED,
        site_url="https://v.example/",
        region="Кузбасс",
        language="ru",
    )
    (read,) = parse_opml(write_opml([source], now=now).encode())
    assert (read.url, read.title, read.region) == (source.url, source.title, source.region)
    assert (read.site_url, read.language) == (source.site_url, source.language)


def test_every_kind_of_source_survives_the_journey(now: datetime) -> None:
    sources = [
        Source(id=1, url="https://t.me/s/tomsk", title="Канал", kind=SourceKind.CHANNEL),
        Source(
            id=2,
            url="https://v.example/news",
            title="Страница",
            kind=SourceKind.PAGE,
            selector=".news > a",
            zone="Asia/Tomsk",
        ),
        Source(id=3, url="https://v.example/sitemap.xml", title="Карта", kind=SourceKind.SITEMAP),
    ]
    read = parse_opml(write_opml(sources, now=now).encode())
    assert [(s.url, s.kind) for s in read] == [(s.url, s.kind) for s in sources]
    assert (read[1].selector, read[1].zone) == (".news > a", "Asia/Tomsk")


def test_a_list_brings_no_folder_and_no_zone_that_there_is_not() -> None:
    lines = (
        '<opml><body><outline type="folder" xmlUrl="folder:/etc"/>'
        '<outline type="folder" zone="../x" xmlUrl="https://v.example/rss"/>'
        '<outline type="rss" xmlUrl="https://t.me/Tomsk_News"/></body></opml>'
    )
    feed, channel = parse_opml(lines.encode())
    assert (feed.kind, feed.zone) == (SourceKind.FEED, None)
    assert (channel.url, channel.kind) == ("https://t.me/s/tomsk_news", SourceKind.CHANNEL)
