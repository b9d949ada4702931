"""Links: one spelling, no tracking, the original of a copy; which addresses are one article."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.links import canonical, link, passage, resolve, variants

BASE = "https://v.example/news/"


@pytest.mark.parametrize(
    ("url", "known_as"),
    [
        ("HTTP://Vestnik.Example:80", "http://vestnik.example/"),
        ("https://v.example:443/a?utm_source=x&id=1&fbclid=2#top", "https://v.example/a?id=1"),
        ("https://v.example:8443/a", "https://v.example:8443/a"),
        ("https://v.example/a?utm_campaign=x&_openstat=1&yclid=2", "https://v.example/a"),
        ("https://v.example/a?from=rss&id=1", "https://v.example/a?id=1"),
        ("https://v.example/a?from=2026-11-01&ref=7", "https://v.example/a?from=2026-11-01&ref=7"),
        ("https://v.example/a/?q=%d0%b6&b=a+b", "https://v.example/a/?q=%D0%B6&b=a+b"),
        ("https://v.example/новости/мост", "https://v.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/%D0%BC%D0%BE%D1%81%D1%82"),
        ("https://v.example/%7Ea%2Fb%41", "https://v.example/~a%2FbA"),
        ("https://v.example/100%", "https://v.example/100%25"),
        ("https://v.example/A?", "https://v.example/A"),
        ("https://вестник.рф/a", "https://xn--b1agjinxh.xn--p1ai/a"),
        ("https://user:word@v.example/a", "https://v.example/a"),
        ("https://v.example/#!/news/1", "https://v.example/#!/news/1"),
        ("https://v.example/app#/news/1", "https://v.example/app#/news/1"),
        ("https://v.example/app#comments", "https://v.example/app"),
        # whose visit it is
        (f"https://v.example/a?PHPSESSID={'0a' * 13}&id=1", "https://v.example/a?id=1"),
        (f"https://v.example/a?sid={'9fc1' * 8}", "https://v.example/a"),
        ("https://v.example/a;jsessionid=0A1B.node1?id=1", "https://v.example/a?id=1"),
        ("https://v.example/a?sid=12", "https://v.example/a?sid=12"),
        ("https://v.example/a?sid=most-cherez-reku-otkryt", "https://v.example/a?sid=most-cherez-reku-otkryt"),
        # AMP, and caches of others
        ("https://v.example/news/most-otkryt/amp/", "https://v.example/news/most-otkryt/"),
        ("https://v.example/news/123/amp", "https://v.example/news/123"),
        ("https://v.example/amp/news/123", "https://v.example/news/123"),
        ("https://v.example/news/1.amp.html", "https://v.example/news/1.html"),
        ("https://v.example/news/1?amp=1&x=2", "https://v.example/news/1?x=2"),
        ("https://v.example/news/1?amp", "https://v.example/news/1"),
        ("https://v-example.cdn.ampproject.org/c/s/v.example/news/1/amp", "https://v.example/news/1"),
        ("https://www.google.com/amp/s/v.example/news/1", "https://v.example/news/1"),
        ("https://v-example.turbopages.org/v.example/s/news/1", "https://v.example/news/1"),
        # and what is none
        ("https://v.example/amp", "https://v.example/amp"),
        ("https://v.example/gitary/amp/", "https://v.example/gitary/amp/"),
        ("https://v.example/amp/gitary", "https://v.example/amp/gitary"),
        ("https://v.example/a?amp=30", "https://v.example/a?amp=30"),
        ("https://news.google.com/rss/articles/CBMi?oc=5", "https://news.google.com/rss/articles/CBMi?oc=5"),
    ],
)  # fmt: skip
def test_an_address_is_known_without_what_follows_the_reader(url: str, known_as: str) -> None:
    assert canonical(url) == known_as
    assert canonical(known_as) == known_as


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("http://http://b.example/1", "http://b.example/1"),
        ("https://https:/1", "https://https/1"),
        ("1", "https://v.example/news/1"),
        ("/1", "https://v.example/1"),
        ("//m.example/1", "https://m.example/1"),
        ("  \n  https://v.example/a\n    b?x=1\n", "https://v.example/ab?x=1"),
        ("/с пробелом", "https://v.example/%D1%81%20%D0%BF%D1%80%D0%BE%D0%B1%D0%B5%D0%BB%D0%BE%D0%BC"),
        ("www.other.example/1", "http://www.other.example/1"),
        ("/?a=1&b=2", "https://v.example/?a=1&b=2"),
        ("/\\a", "https://v.example//a"),
        ("?p=7#more", "https://v.example/news/?p=7"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("tg://user?id=1", None),
        ("mailto:a@v.example", None),
        ("http://", None),
        ("http://[/", None),
        ("https://" + "a" * 3000, None),
        ("", None),
        (None, None),
    ],
)  # fmt: skip
def test_a_link_is_a_whole_http_address_or_none(href: str | None, address: str | None) -> None:
    assert link(BASE, href) == address


def test_without_a_base_only_whole_links_lead_anywhere() -> None:
    assert link("", "/a") is None
    assert link("", "//v.example/a") == "https://v.example/a"


def test_what_must_stay_as_written_stays() -> None:
    hub = "https://hub.example/?hub.topic=x&utm_source=y"
    assert resolve(BASE, hub) == hub
    assert passage(BASE, "/day?utm_source=x#second") == "https://v.example/day#second"


def test_variants_are_addresses_of_one_article() -> None:
    found = variants("https://m.v.example/news/1/?utm_source=x")
    assert found[0] == "https://m.v.example/news/1/"
    for other in (
        "http://v.example/news/1",
        "https://www.v.example/news/1",
        "https://amp.v.example/news/1/",
        "http://mobile.v.example/news/1",
    ):
        assert other in found
        assert set(variants(other)) == set(found)
    assert "https://other.v.example/news/1" not in found
    assert len(found) == 20


def test_a_name_that_only_begins_like_a_mobile_one_is_itself() -> None:
    assert variants("https://m.by/1")[0] == "https://m.by/1"
    assert not any("//by/" in other for other in variants("https://m.by/1"))
    assert set(variants("http://127.0.0.1:81/a")) == {
        f"{scheme}://127.0.0.1:81/a{slash}" for scheme in ("http", "https") for slash in ("", "/")
    }


PIECES = [
    "http://", "https://", "v.example", "www.", "m.", "amp.", ":80", ":443", "/", "//", "amp",
    "/amp/", "news-1", ".amp.html", "?", "&", "=", "utm_source=x", "amp=1", "#", "!", "%", "%41",
    "%d0%b6", "ж", " ", "..", "[", "]", "@", "\\", ":", "\ud800", "xn--", "рф",
    "cdn.ampproject.org/c/s/", "x.turbopages.org/v.example/s/",
]  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=60))
def test_any_text_is_a_link_or_none(href: str) -> None:
    found = link(BASE, href)
    assert found is None or found.startswith(("http://", "https://"))
    once = canonical(href)
    assert canonical(once) == once
    assert variants(href)[0] == once


@settings(max_examples=100)
@given(st.lists(st.sampled_from(PIECES[8:35]), max_size=10).map("".join))
def test_the_host_stays_the_same(path: str) -> None:
    found = canonical(f"https://v.example/{path}")
    assert urlsplit(found).hostname == "v.example"
