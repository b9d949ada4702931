"""What people type for an address."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.errors import BadAddress
from bot.sources.typed import address_in, folder_in, has_scheme


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" gazeta.example/rss \n", "https://gazeta.example/rss"),
        ("<http://gazeta.example>", "http://gazeta.example/"),
        ("«gazeta.example».", "https://gazeta.example/"),
        ("gazeta.example.", "https://gazeta.example/"),
        ("feed:https://gazeta.example/rss", "https://gazeta.example/rss"),
        ("feed://gazeta.example/rss", "https://gazeta.example/rss"),
        ("gazeta.example:8080/?id=5#top", "https://gazeta.example:8080/?id=5"),
        ("россия.рф", "https://xn--h1alffa9f.xn--p1ai/"),
        ("\u200bhttps://gazeta.example/новости", "https://gazeta.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"),
        ("localhost:8080", "https://localhost:8080/"),
        # a scheme that is misspelt
        ("htp://gazeta.example/rss", "http://gazeta.example/rss"),
        ("ttps://gazeta.example", "https://gazeta.example/"),
        ("https//gazeta.example", "https://gazeta.example/"),
        ("HTTPS:/gazeta.example", "https://gazeta.example/"),
        ("http:gazeta.example", "http://gazeta.example/"),
        ("http:///gazeta.example", "http://gazeta.example/"),
        ("https://https://gazeta.example/a", "https://gazeta.example/a"),
        ("http://gazeta.example/?to=https://b.example", "http://gazeta.example/?to=https://b.example"),
        ("htp.example", "https://htp.example/"),
        ("http.example/a", "https://http.example/a"),
    ],
)  # fmt: skip
def test_an_address_is_understood(typed: str, address: str) -> None:
    assert address_in(typed) == address


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("https://gazeta .example/rss", "there is a space"),
        ("gazeta.example мои новости", "there is a space"),
        ("", "no address"),
        ("новости", "not an address"),
        ("http://[", "not an address"),
        ("https://", "not an address"),
        ("https://https://", "not an address"),
        ("editor@gazeta.example", "an e-mail address"),
        ("mailto:editor@gazeta.example", "an e-mail address"),
    ],
)
def test_what_is_none_is_told(typed: str, says: str) -> None:
    with pytest.raises(BadAddress, match=says):
        address_in(typed)


def test_a_scheme_is_seen() -> None:
    assert has_scheme("feed:http://gazeta.example")
    assert has_scheme("htp:/gazeta.example")
    assert not has_scheme("feed://gazeta.example")
    assert not has_scheme("gazeta.example/?to=x")


def test_a_path_is_no_address() -> None:
    assert folder_in("/srv/news") == folder_in("folder:/srv/news") == "/srv/news"
    assert folder_in("file:///srv/%D0%BD") == "/srv/н"
    assert folder_in("~/news") == str(Path.home() / "news")
    assert folder_in("./news") == str(Path.cwd() / "news")
    assert folder_in("gazeta.example/news") is None
    assert folder_in("@vestnik") is None


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_any_text_is_an_address_or_is_told(text: str) -> None:
    with contextlib.suppress(BadAddress):
        assert address_in(text).isascii()
