"""Feeds of all kinds, in the ways that sites write them."""

import json
from datetime import UTC, datetime

import pytest

from bot.sources.feeds import Feed, parse_feed
from storage.models import Entry

URL = "https://vestnik.example/feeds/news.xml"
TEN = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)


def read(text: str) -> Feed:
    return parse_feed(text.encode(), None, URL, None)


def rss(items: str, channel: str = "", names: str = "") -> Feed:
    return read(f'<rss version="2.0" {names}><channel>{channel}{items}</channel></rss>')


def item(inside: str, names: str = "") -> Entry:
    (entry,) = rss(f"<item><title>Мост</title>{inside}</item>", names=names).entries
    return entry


def atom(inside: str, names: str = 'xmlns="http://www.w3.org/2005/Atom"') -> Feed:
    return read(f"<feed {names}>{inside}</feed>")


RSS_1 = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="{}" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://vestnik.example/"><title>Вестник</title>
<link>https://vestnik.example/</link><dc:language>be</dc:language>
<items><rdf:Seq><rdf:li rdf:resource="/1"/></rdf:Seq></items></channel>
<image><title>Знак</title><url>/logo.png</url><link>/</link></image>
<item rdf:about="https://vestnik.example/1"><title>Мост</title><link>/1</link>
<description>Лид.</description><dc:date>2026-11-17T10:00:00Z</dc:date>
<dc:creator>Анна</dc:creator></item>
</rdf:RDF>"""


@pytest.mark.parametrize(
    "namespace", ["http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/", "odd:one"]
)
def test_rss_of_rdf(namespace: str) -> None:
    feed = read(RSS_1.format(namespace))
    assert (feed.title, feed.site_url, feed.language) == (
        "Вестник",
        "https://vestnik.example/",
        "be",
    )
    assert feed.entries == (
        Entry(
            key="https://vestnik.example/1",
            title="Мост",
            url="https://vestnik.example/1",
            html="Лид.",
            author="Анна",
            published_at=TEN,
        ),
    )


def test_rss_0_91_with_its_dtd() -> None:
    head = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    )
    feed = read(
        f'<?xml version="1.0"?>{head}<rss version="0.91"><channel><title>Вестник</title>'
        "<item><title>Мост&nbsp;&mdash; новый</title><link>/1</link></item></channel></rss>"
    )
    assert feed.entries[0].title == "Мост — новый"


def test_atom_0_3() -> None:
    feed = atom(
        """<title>Вестник</title><link rel="alternate" href="https://vestnik.example"/>
        <entry><title mode="escaped" type="text/html">&lt;b&gt;Мост&lt;/b&gt;</title><id>1</id>
        <issued>2026-11-17T10:00:00Z</issued><modified>2026-11-17T11:00:00Z</modified>
        <author><name>Анна</name><email>a@v.example</email></author>
        <content type="text/html" mode="base64">0KLQtdC60YHRgg==</content></entry>""",
        'version="0.3" xmlns="http://purl.org/atom/ns#"',
    )
    (entry,) = feed.entries
    assert (entry.title, entry.html, entry.author) == ("Мост", "Текст", "Анна")
    assert entry.published_at == TEN


def test_atom_under_a_prefix() -> None:
    feed = read(
        """<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Вестник</a:title>
        <a:entry><a:id>1</a:id><a:title>Мост</a:title><a:link href="/1"/>
        <a:published>2026-11-17T10:00:00Z</a:published><a:content type="xhtml"><x:div
        xmlns:x="http://www.w3.org/1999/xhtml"><x:p>5 &lt; 6 <x:a href="/2">там</x:a></x:p></x:div>
        </a:content></a:entry></a:feed>"""
    )
    (entry,) = feed.entries
    assert (feed.title, entry.key, entry.url) == ("Вестник", "1", "https://vestnik.example/1")
    assert '<p>5 &lt; 6 <a href="/2">там</a></p>' in entry.html


def test_an_atom_entry_is_a_document_too() -> None:
    feed = read('<entry xmlns="http://www.w3.org/2005/Atom"><id>1</id><title>Мост</title></entry>')
    assert [entry.title for entry in feed.entries] == ["Мост"]


def test_an_atom_source_is_not_the_entry() -> None:
    (entry,) = atom(
        "<entry><source><title>Другой</title><id>x</id></source><id>1</id><title>Мост</title>"
        "</entry>"
    ).entries
    assert (entry.key, entry.title) == ("1", "Мост")


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Мост открыли | Вестник", "Мост открыли"),
        ("Мост открыли - Вестник", "Мост открыли"),
        ("Мост открыли — Вестник", "Мост открыли"),
        ("Вестник", "Вестник"),
        ("| Вестник", "| Вестник"),
        ("Вышел новый Вестник", "Вышел новый Вестник"),
        ("Мост открыли | Газета", "Мост открыли | Газета"),
    ],
)
def test_a_headline_has_no_name_of_its_site_after_it(title: str, plain: str) -> None:
    feed = read(
        f"<rss><channel><title>Вестник</title><item><title>{title}</title></item></channel></rss>"
    )
    assert [entry.title for entry in feed.entries] == [plain]


def test_one_text_at_one_address_is_one_entry_under_however_many_guids() -> None:
    said = "<title>Мост</title><link>/1</link><description>Открыли.</description>"
    other = "<title>Мост</title><link>/1</link><description>Закрыли.</description>"
    twice = f"<item><guid>a</guid>{said}</item><item><guid>b</guid>{said}</item>"
    (entry,) = read(f"<rss><channel>{twice}</channel></rss>").entries
    assert (entry.key, entry.url) == ("a", "https://vestnik.example/1")
    both = f"<item><guid>a</guid>{said}</item><item><guid>b</guid>{other}</item>"
    assert len(read(f"<rss><channel>{both}</channel></rss>").entries) == 2


def test_json_of_other_types_than_were_agreed_on() -> None:
    feed = read(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1",
                "title": ["Вестник"],
                "items": [
                    {"id": 7, "title": "Мост", "date_published": 1794909600, "author": "Анна"},
                    {"id": "8", "url": {"a": 1}, "content_html": ["x"], "title": 5},
                    "строка",
                    None,
                ],
            }
        )
    )
    (entry,) = feed.entries
    assert (entry.key, entry.author, entry.published_at) == ("7", "Анна", TEN)


def test_json_feed() -> None:
    feed = read(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "Вестник",
                "language": "be-BY",
                "feed_url": "https://vestnik.example/feed.json",
                "next_url": "https://vestnik.example/feed.json?page=2",
                "hubs": [{"type": "rssCloud", "url": "/c"}, {"type": "WebSub", "url": "/hub"}],
                "items": [
                    {
                        "id": 5,
                        "external_url": "/5",
                        "title": "Мост",
                        "content_text": "Текст.",
                        "date_modified": "2026-11-17T10:00:00Z",
                        "authors": [{"name": ""}, {"name": "Анна"}],
                        "attachments": [{"url": "/5.jpg", "mime_type": "image/jpeg"}],
                        "language": "ru",
                    },
                    {"id": None, "author": "x", "authors": 3, "content_html": '<img src="/6.jpg">'},
                ],
            }
        )
    )
    assert (feed.language, feed.hub) == ("be", "https://vestnik.example/hub")
    assert feed.self_url == "https://vestnik.example/feed.json"
    first, second = feed.entries
    assert (first.key, first.url, first.html) == ("5", "https://vestnik.example/5", "Текст.")
    assert (first.author, first.published_at, first.language) == ("Анна", TEN, "ru")
    assert first.image_url == "https://vestnik.example/5.jpg"
    assert second.image_url == "https://vestnik.example/6.jpg"


def test_default_namespaces_may_be_odd() -> None:
    feed = read(
        '<rss xmlns="http://www.w3.org/2005/Atom"><channel><title>Вестник</title>'
        '<link xmlns="http://www.w3.org/2005/Atom" rel="self" href="/rss"/>'
        "<link>https://vestnik.example/</link><item><title>Мост</title><link>/1</link></item>"
        "</channel></rss>"
    )
    assert (feed.title, feed.site_url) == ("Вестник", "https://vestnik.example/")
    assert feed.entries[0].url == "https://vestnik.example/1"


@pytest.mark.parametrize(
    "full",
    [
        "<content:encoded>{}</content:encoded>",
        "<yandex:full-text>{}</yandex:full-text>",
        '<full-text xmlns="http://news.yandex.ru">{}</full-text>',
        '<e:encoded xmlns:e="http://purl.org/rss/1.0/modules/content/">{}</e:encoded>',
        "<turbo:content>{}</turbo:content>",
        '<body xmlns="http://www.w3.org/1999/xhtml">{}</body>',
    ],
)
def test_the_full_text_may_be_under_any_of_its_names(full: str) -> None:
    text = "Движение по мосту начали в полдень. " * 3
    assert item(f"<description>Лид.</description>{full.format(text)}").html == text


def test_a_longer_lead_is_the_text() -> None:
    lead = "Движение по мосту начали в полдень. " * 3
    text = "<content:encoded>…</content:encoded>"
    assert item(f"<description>{lead}</description>{text}").html == lead


def test_links_are_relative_to_the_nearest_base() -> None:
    feed = read(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/x/">
        <link href="."/><entry xml:base="y/"><title>1</title><link href="1"/></entry>
        <entry><title>2</title><link xml:base="https://b.example/" href="2"/></entry>
        <entry><title>3</title><link href="3"/>
        <content type="html" xml:base="z/">&lt;img src="3.jpg"&gt;</content></entry></feed>"""
    )
    assert feed.site_url == "https://a.example/x/"
    assert [entry.url for entry in feed.entries] == [
        "https://a.example/x/y/1",
        "https://b.example/2",
        "https://a.example/x/3",
    ]
    assert feed.entries[2].image_url == "https://a.example/x/z/3.jpg"


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        ("<guid>https://vestnik.example/1</guid>", "/1"),
        ('<guid isPermaLink="true">https://vestnik.example/1</guid>', "/1"),
        ('<guid isPermaLink="false">https://vestnik.example/1</guid>', None),
        ("<guid>1</guid>", None),
        ("<link>\n  https://vestnik.example/1\n  </link>", "/1"),
        ("<link><![CDATA[https://vestnik.example/1]]></link>", "/1"),
        ('<link href="https://vestnik.example/1"/>', "/1"),
        ("<link/><guid>https://vestnik.example/1</guid>", "/1"),
        ('<atom:link rel="alternate" href="/1"/><atom:link rel="self" href="/2"/>', "/1"),
        ("<link>/2</link><feedburner:origLink>/1</feedburner:origLink>", "/1"),
        ("<link>/мост один</link>", "/%D0%BC%D0%BE%D1%81%D1%82%20%D0%BE%D0%B4%D0%B8%D0%BD"),
        ('<link rel="alternate" type="application/pdf" href="/2"/><link href="/1"/>', "/1"),
    ],
)
def test_a_link_is_found_where_feeds_put_it(inside: str, url: str | None) -> None:
    assert item(inside).url == (url and f"https://vestnik.example{url}")


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("<![CDATA[Мост &laquo;Томь&raquo;]]>", "Мост «Томь»"),
        ("Мост &amp;quot;Томь&amp;quot;", 'Мост "Томь"'),
        ("&lt;b&gt;М&lt;/b&gt;ост&lt;br/&gt;новый", "Мост новый"),
        ("<b>М</b>ост", "Мост"),
        ("Мост &#151; новый", "Мост — новый"),
        ("Мост & дорога &copy; 2026", "Мост & дорога © 2026"),
        ("  Мост\n   новый ", "Мост новый"),
        ("", ""),
    ],
)
def test_titles_are_plain_text(title: str, plain: str) -> None:
    (entry,) = rss(f"<item><title>{title}</title><description>т</description></item>").entries
    assert entry.title == plain


@pytest.mark.parametrize(
    ("said", "author"),
    [
        ("<author>a@v.example (Анна Лисицына)</author>", "Анна Лисицына"),
        ("<author>Анна Лисицына</author>", "Анна Лисицына"),
        ("<author>a@v.example</author><dc:creator>Анна</dc:creator>", "Анна"),
        ("<author><name>Анна</name><email>a@v.example</email></author>", "Анна"),
        ("<itunes:author>Анна</itunes:author>", "Анна"),
        ("<author>a@v.example</author>", None),
    ],
)
def test_an_author_has_a_name(said: str, author: str | None) -> None:
    assert item(said).author == author


@pytest.mark.parametrize(
    "said",
    [
        "<pubDate>Tue, 17 Nov 2026 10:00:00 GMT</pubDate>",
        "<pubdate>Вт, 17 ноя 2026 13:00 МСК</pubdate>",
        "<dc:date>2026-11-17T10:00:00Z</dc:date>",
        "<pubDate>нет</pubDate><dc:date>2026-11-17T10:00Z</dc:date>",
        "<pubDate><![CDATA[17.11.2026 10:00]]></pubDate>",
        "<a10:updated xmlns:a10='http://www.w3.org/2005/Atom'>2026-11-17T10:00:00Z</a10:updated>",
        "<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate><pubDate>1794909600</pubDate>",
    ],
)
def test_dates_are_found_where_feeds_put_them(said: str) -> None:
    assert item(said).published_at == TEN


def test_how_often_a_feed_wants_to_be_asked() -> None:
    feed = rss(
        "",
        "<ttl> 90 </ttl><skipHours><hour>0</hour><hour>24</hour><hour>5</hour><hour>99</hour>"
        "</skipHours><skipDays><day>Saturday</day><day>sunday</day><day>Someday</day></skipDays>",
    )
    assert (feed.ttl_s, feed.skip_hours, feed.skip_days) == (5400, {0, 5}, {6, 7})


def test_a_feed_that_wants_never_to_be_asked_is_not_believed() -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    feed = rss("", f"<skipHours>{hours}</skipHours><ttl>-1</ttl>")
    assert (feed.ttl_s, feed.skip_hours) == (None, frozenset())


@pytest.mark.parametrize(
    ("period", "frequency", "ttl_s"),
    [("hourly", "1", 3600), ("daily", "4", 21600), ("daily", "x", 86400), ("rarely", "1", None)],
)
def test_the_syndication_module_says_it_too(period: str, frequency: str, ttl_s: int | None) -> None:
    said = (
        f"<sy:updatePeriod> {period}\n</sy:updatePeriod>"
        f"<sy:updateFrequency>{frequency}</sy:updateFrequency>"
    )
    assert rss("", said).ttl_s == ttl_s


def test_a_hub_and_the_feeds_own_address_stay_as_they_are_written() -> None:
    feed = rss(
        "",
        '<atom:link rel="hub" href="https://hub.example/?utm_source=x"/>'
        '<atom:link href="news.xml?utm_medium=rss" rel="self" type="application/rss+xml"/>',
        'xmlns:atom="http://www.w3.org/2005/Atom"',
    )
    assert feed.hub == "https://hub.example/?utm_source=x"
    assert feed.self_url == "https://vestnik.example/feeds/news.xml?utm_medium=rss"


@pytest.mark.parametrize(
    ("inside", "picture"),
    [
        ('<enclosure url="/a.jpg" type="image/jpeg"/>', "/a.jpg"),
        ('<enclosure url="/a.mp3" type="audio/mpeg"/>', None),
        ('<enclosure url="/a.PNG?w=1" length="0"/>', "/a.PNG?w=1"),
        (
            '<media:group><media:content url="/s.jpg" width="10" height="10" medium="image"/>'
            '<media:content url="/l.jpg" width="900" height="600" medium="image"/></media:group>',
            "/l.jpg",
        ),
        (
            '<media:content url="/v.mp4" type="video/mp4"><media:thumbnail url="/t.jpg"/>'
            "</media:content>",
            "/t.jpg",
        ),
        ('<itunes:image href="/cover.jpg"/>', "/cover.jpg"),
        ("<image>/a.jpg</image>", "/a.jpg"),
        ("<image><url>/a.jpg</url></image>", "/a.jpg"),
    ],
)
def test_a_picture_that_the_feed_names_is_kept_as_an_address(
    inside: str, picture: str | None
) -> None:
    assert item(inside).image_url == (picture and f"https://vestnik.example{picture}")


@pytest.mark.parametrize(
    ("html", "picture"),
    [
        ("<img src='/p/1.gif' width=1 height=1><img alt='' src='/a b.jpg'>", "/a%20b.jpg"),
        ("<img src='data:image/gif;base64,R0' data-src='/a.jpg'>", "/a.jpg"),
        ("<img src='/smiles/1.png'><img src='https://counter.yadro.ru/hit'>", None),
        ("<img src='javascript:x'>", None),
        ("<img src=/a.jpg?x=1&amp;y=2>", "/a.jpg?x=1&y=2"),
        ("<a href='/a.jpg'>", None),
    ],
)
def test_else_the_first_that_the_text_shows(html: str, picture: str | None) -> None:
    found = item(f"<description><![CDATA[{html}]]></description>").image_url
    assert found == (picture and f"https://vestnik.example{picture}")
