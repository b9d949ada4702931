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
