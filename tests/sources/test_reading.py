"""Each kind of source is read by its own reader."""

import gzip

import pytest

from bot.sources.errors import NotAFeed
from bot.sources.reading import read, tell
from storage.models import SourceKind

RSS = """<rss version="2.0"><channel><title>Вестник</title>
<item><title>Мост</title><link>https://v.example/1</link></item></channel></rss>""".encode()
MAP = b"""<?xml version="1.0"?><urlset><url><loc>https://v.example/1</loc>
<lastmod>2026-11-17</lastmod></url></urlset>"""
PREVIEW = """<div class="tgme_channel_info"></div><div class="tgme_widget_message"
data-post="v42/1"><div class="js-message_text">Мост</div></div>""".encode()

PAGE = "".join(
    f"<li class=news><a href='/2026/11/17/novost-{n}'>В городе открыли мост номер {n}</a></li>"
    for n in range(9)
).encode()


@pytest.mark.parametrize(
    ("kind", "body", "key"),
    [
        (SourceKind.FEED, RSS, "https://v.example/1"),
        (SourceKind.SITEMAP, MAP, "https://v.example/1"),
        (SourceKind.PAGE, PAGE, "https://v.example/2026/11/17/novost-0"),
        (SourceKind.CHANNEL, PREVIEW, "https://t.me/v42/1"),
    ],
)
def test_a_kind_is_read_by_its_reader(kind: SourceKind, body: bytes, key: str) -> None:
    feed = read(kind, body, None, "https://v.example/", None)
    assert feed.entries[0].key == key


def test_a_selector_chooses_the_links_of_a_page() -> None:
    url = "https://v.example/"
    feed = read(SourceKind.PAGE, PAGE, None, url, None, "li:last-child a")
    assert [entry.url for entry in feed.entries] == ["https://v.example/2026/11/17/novost-8"]


def test_what_is_never_polled_is_not_read() -> None:
    for kind in (SourceKind.FOLDER, SourceKind.POSTS, SourceKind.IMPORT):
        with pytest.raises(NotAFeed, match=kind.value):
            read(kind, RSS, None, "https://v.example/", None)


def test_bytes_tell_what_they_are() -> None:
    assert tell(RSS, None, "https://v.example/")[0] is SourceKind.FEED
    assert tell(MAP, None, "https://v.example/")[0] is SourceKind.SITEMAP
    assert tell(gzip.compress(MAP), None, "https://v.example/")[0] is SourceKind.SITEMAP
    for body in (b"<html><code><urlset></code></html>", b"", b"{}"):
        with pytest.raises(NotAFeed):
            tell(body, None, "https://v.example/")
