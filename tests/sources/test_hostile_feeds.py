"""Hostile feeds cost little: time, memory, and only themselves."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.errors import NotAFeed
from bot.sources.feeds import Feed, parse_feed
from bot.sources.links import canonical, link
from bot.sources.markup import to_text
from bot.sources.xml.read import tree
from bot.sources.xml.repair import mend

SIZE = 100_000  # characters; were anything quadratic in them, it would take minutes
BOUND_S = 2.0


def read(inside: str) -> Feed | None:
    try:
        return parse_feed(f"<rss><channel>{inside}".encode(), None, "https://v.example/rss", None)
    except NotAFeed:
        return None


@pytest.mark.parametrize(
    "piece",
    [
        "<", "<a", "<a ", "<a b='", '<a b="c', "<a>", "</a>", "<item>", "</item>", "<item><title>",
        "<![CDATA[", "]]>", "<!--", "-->", "&", "&amp", "&#1", "&#1;", "&copy;", "<item a",
        "<guid>", "<id>x", "<link", "<a:", "<title>x</title>", "<p xmlns:a='b'>", "<link href='",
        "<author>", "<?x", "<!x", "<description>&lt;img src=", "=x ", "x:", "<media:group>",
        "<item/>", "<enclosure url='a' type='image/x'/>",
    ],
)  # fmt: skip
def test_whatever_repeats_takes_linear_time(piece: str) -> None:
    begun = time.process_time()
    read(piece * (SIZE // len(piece)))
    read(f"<item><title>{piece * (SIZE // len(piece))}")
    assert time.process_time() - begun < BOUND_S


@pytest.mark.parametrize("piece", ["<img ", "<img src='", "<img a=", "<p style='", "читать далее "])
def test_whatever_repeats_in_a_text_does_too(piece: str) -> None:
    html = piece * (SIZE // len(piece))
    begun = time.process_time()
    to_text(html)
    read(f"<item><title>x</title><description><![CDATA[{html}]]></description></item>")
    assert time.process_time() - begun < BOUND_S


@pytest.mark.parametrize(
    "piece", ["/amp", "%", "//", "?a&", "/amp/x-1", "ж", "cdn.ampproject.org/c/"]
)
def test_whatever_repeats_in_an_address_does_too(piece: str) -> None:
    href = "https://v.example/" + piece * 2000
    begun = time.process_time()
    canonical(href)
    link("https://v.example/", href)
    assert time.process_time() - begun < BOUND_S


def test_an_element_may_have_an_attribute_of_a_megabyte() -> None:
    feed = read(
        f"<item x='{'y' * 1_000_000}'><title>т</title><link>/1</link></item></channel></rss>"
    )
    assert feed is not None
    assert [entry.title for entry in feed.entries] == ["т"]


def test_markup_left_open_in_one_item_leaves_the_next_alone() -> None:
    feed = read(
        "<item><title>Один <b>жирно</title><link>/1</link><description>5 < 6 <p>и <br> далее"
        "</description></item><item><title>Два<link>/2</link></item><item><title>Три</title>"
        "<description><![CDATA[начато, и не кончено</description></item></channel></rss>"
    )
    assert feed is not None
    assert [(e.title, e.url) for e in feed.entries] == [
        ("Один жирно", "https://v.example/1"),
        ("Два", "https://v.example/2"),
        ("Три", None),
    ]
    assert to_text(feed.entries[0].html).text == "5 < 6\n\nи\nдалее"


def test_items_that_never_end_are_items() -> None:
    feed = read("<item><title>Один</title><item><title>Два</title></channel></rss>")
    assert feed is not None
    assert [entry.title for entry in feed.entries] == ["Один", "Два"]


def test_what_follows_the_feed_is_dropped() -> None:
    feed = read("<item><title>т</title></item></channel></rss>\n<script>x</script><!-- <rss> -->")
    assert feed is not None
    assert len(feed.entries) == 1


def test_entities_declared_within_are_not_believed() -> None:
    feed = read('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><item><title>&a;</title>')
    assert feed is None or all("root" not in entry.title for entry in feed.entries)


def test_the_two_readers_agree() -> None:
    text = (
        "<rss version='2.0' xmlns:c='http://purl.org/rss/1.0/modules/content/'><channel>"
        "<title>В &amp; С</title><item><title><![CDATA[<b>О</b>дин]]></title><link>/1</link>"
        "<c:encoded>&lt;p&gt;т&lt;/p&gt;</c:encoded><author><name>А</name></author></item>"
        "<item><title>Два</title><description>a<br/>b &lt; c</description></item></channel></rss>"
    )
    broken = text.replace("</channel>", "</nothing></channel>")
    assert tree(text) == tree(broken)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>&;![]CDATA-/ab ='\"\x00Ж", max_size=80))
def test_what_is_mended_is_still_that_text(inside: str) -> None:
    mended = mend(f"<rss>{inside}</rss>")
    assert mended.startswith("<rss>")
    assert not re.search("[\x00-\x08]", mended)
    assert mend(mended) == mended
