"""What WebSub says, in values: offers, forms, leases, signatures."""

import hashlib
import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources import websub
from bot.sources.feed import Feed
from bot.sources.websub import Offer, is_signed, lease_s, offer

URL = "https://a.test/rss"
HUB = "https://hub.test/"


def feed(hub: str | None = None, self_url: str | None = None) -> Feed:
    return Feed(title="А", site_url=None, language=None, entries=(), hub=hub, self_url=self_url)


def test_a_feed_names_its_hub_and_the_address_it_is_known_by() -> None:
    assert offer(feed(HUB, "https://a.test/feed"), (), URL) == Offer(
        hub=HUB, topic="https://a.test/feed"
    )
    assert offer(feed(HUB), (), URL) == Offer(hub=HUB, topic=URL)
    assert offer(feed(), (), URL) is None


def test_link_headers_come_before_what_the_feed_says() -> None:
    links = [
        ("alternate", "https://x.test/"),
        ("hub", "https://h1.test/"),
        ("self", "https://s.test/"),
    ]
    links.append(("hub", "https://h2.test/"))
    named = offer(feed(HUB, "https://a.test/feed"), links, URL)
    assert named == Offer(hub="https://h1.test/", topic="https://s.test/")


@pytest.mark.parametrize(
    "hub",
    [
        "ftp://hub.test/",
        "javascript:alert(1)",
        "//hub.test",
        "https://",
        "",
        "https://[x",
        "http://hub.test/",
    ],
)
def test_a_hub_that_is_no_place_to_ask_is_no_offer(hub: str) -> None:
    """Nor is one over an open line, for a feed that came encrypted."""
    assert offer(feed(hub), (), URL) is None


def test_a_feed_in_the_open_may_have_a_hub_in_the_open() -> None:
    assert offer(feed("http://hub.test/"), (), "http://a.test/rss") is not None
    assert offer(feed(HUB, "https://a.test/" + "x" * 2000), (), URL) is None


def test_the_forms_hold_what_the_recommendation_wants() -> None:
    form = websub.subscribing(topic=URL, callback="https://me.test/websub/t", secret="s")
    assert form == {
        "hub.mode": "subscribe",
        "hub.topic": URL,
        "hub.callback": "https://me.test/websub/t",
        "hub.secret": "s",
        "hub.lease_seconds": "864000",
    }
    assert websub.unsubscribing(topic=URL, callback="https://me.test/websub/t") == {
        "hub.mode": "unsubscribe",
        "hub.topic": URL,
        "hub.callback": "https://me.test/websub/t",
    }


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("3600", 3600),
        ("999999999999999999", websub.LONGEST_LEASE_S),
        ("0", websub.LEASE_S),
        ("-5", websub.LEASE_S),
        ("²", websub.LEASE_S),
        ("", websub.LEASE_S),
    ],
)
def test_a_lease_is_as_long_as_the_hub_says_within_reason(said: str, seconds: int) -> None:
    assert lease_s({"hub.lease_seconds": said}) == seconds
    assert lease_s({}) == websub.LEASE_S


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_each_method_of_the_recommendation_is_a_signature(method: str) -> None:
    body = "Новости".encode()
    digest = hmac.new(b"s", body, getattr(hashlib, method)).hexdigest()
    assert is_signed(body, f"{method}={digest}", "s")
    assert is_signed(body, f"{method.upper()}={digest.upper()}", "s")
    assert not is_signed(body + b" ", f"{method}={digest}", "s")
    assert not is_signed(body, f"{method}={digest}", "t")
    assert not is_signed(body, f"{method}={digest[:-1]}", "s")


@pytest.mark.parametrize(
    "signature", [None, "", "sha256", "sha256=", "md5=d41d8cd98f00b204e9800998ecf8427e", "sha1=я"]
)
def test_what_is_no_signature_signs_nothing(signature: str | None) -> None:
    assert not is_signed(b"", signature, "s")


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80), st.binary(max_size=50))
def test_no_header_makes_the_check_fail(signature: str, body: bytes) -> None:
    assert not is_signed(body, signature, "secret")
