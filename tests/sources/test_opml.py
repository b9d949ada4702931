"""Lists of feeds, as feed readers exchange them."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources import opml
from bot.sources.errors import BadFile
from bot.sources.markup import one_line
from bot.sources.opml import parse_opml, write_opml
from storage.models import NewSource, Source, SourceKind

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
    folder = Source(id=4, url="folder:/srv/news", title="Папка", kind=SourceKind.FOLDER)
    read = parse_opml(write_opml([*sources, folder], now=now).encode())
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


def body(*lines: str) -> list[NewSource]:
    return parse_opml(("<opml><body>" + "\n".join(lines) + "</body></opml>").encode())


def test_what_is_no_xml_is_read_as_well() -> None:
    sources = body(
        '<outline text="Кузбасс">',
        '<outline text=Уголь & сталь" XMLURL="https://a.example/?a=1&copy=2&amp;b=3">',
        '<outline title="Газета "Весть"" xmlUrl=\'https://b.example/rss\'>',
        "<outline text=Снег xmlUrl=https://c.example/rss/>",
        '<outline text="a > b < c" xmlUrl="https://d.example/rss"',
        "</outline>",
        '<outline text="Без папки" xmlUrl="https://e.example/rss" />',
    )
    assert [s.url for s in sources] == [
        "https://a.example/?a=1&copy=2&b=3",
        "https://b.example/rss",
        "https://c.example/rss",
        "https://d.example/rss",
        "https://e.example/rss",
    ]
    assert [s.region for s in sources] == ["Кузбасс"] * 4 + [None]
    assert sources[3].title == "a > b < c"


def test_folders_in_folders_name_the_nearest() -> None:
    deep = (
        '<outline text="А"><outline title="Б"><outline xmlUrl="https://a.example/" text="а">',
        '</outline></outline><outline xmlUrl="https://b.example/" text="б"/></outline>',
        '<outline xmlUrl="https://c.example/" text="в" category="/Новости/Юг,/Ещё"/>',
    )
    assert [s.region for s in body(*deep)] == ["Б", "А", "Новости"]


def test_one_address_in_several_spellings_is_one_source() -> None:
    spellings = ("https://a.example/rss", "http://www.a.example/rss/", "HTTPS://A.example:443/rss")
    assert len(body(*(f'<outline xmlUrl="{url}"/>' for url in spellings))) == 1


def test_a_list_in_another_charset_than_it_says_is_russian() -> None:
    listed = '<?xml version="1.0" encoding="utf-8"?><opml><outline text="Кузнецкий рабочий" '
    listed += 'xmlUrl="https://a.example/rss"/></opml>'
    assert parse_opml(listed.encode("cp1251"))[0].title == "Кузнецкий рабочий"


def test_comments_and_invitations_are_no_sources() -> None:
    assert body('<!-- <outline xmlUrl="https://a.example/"/> -->') == []
    assert body('<outline xmlUrl="https://t.me/joinchat/AAAA"/>') == []


def test_a_list_has_its_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opml, "MAX_FEEDS", 10)
    assert len(body(*(f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(20)))) == 10
    begun = time.process_time()
    for hostile in ("<outline " * 30_000, "<outline " + "a" * 1_000_000, "<!--" * 100_000):
        assert body(hostile) == []
    assert time.process_time() - begun < 2


@settings(max_examples=60)
@given(st.text(max_size=100) | st.text(alphabet="<>/=\"'& outlinexmUr:", max_size=100))
def test_any_text_is_a_list_or_is_told(text: str) -> None:
    assert len(body(text, '<outline xmlUrl="https://z.example/"/>')) <= 3


@settings(max_examples=60)
@given(
    st.text(max_size=40),
    st.text(max_size=20),
    st.text(alphabet="a>.[]=\"' :nth-child(2)#", max_size=20),
)
def test_titles_regions_and_selectors_survive_as_written(
    title: str, region: str, selector: str
) -> None:
    title, region = one_line(title), one_line(region).lstrip("/ ")
    page = Source(
        id=1,
        url="https://v.example/news?a=1&b=%3C",
        title=title,
        kind=SourceKind.PAGE,
        region=region or None,
        selector=" ".join(selector.split()) or None,
    )
    (read,) = parse_opml(write_opml([page], now=datetime(2026, 11, 18, tzinfo=UTC)).encode())
    assert (read.url, read.kind) == (page.url, page.kind)
    assert (read.title, read.region) == (title or page.url, page.region)
    assert read.selector == page.selector
