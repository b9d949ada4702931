"""Platforms: feeds that are known to be there, and networks that show nothing to visitors."""

import pytest

from bot.sources.errors import Walled
from bot.sources.platforms import feed_of, is_on_platform, walled

CHANNEL = "UC" + "a1_-" * 5 + "bc"


@pytest.mark.parametrize(
    ("url", "feed"),
    [
        (
            f"https://www.youtube.com/channel/{CHANNEL}/videos",
            f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}",
        ),
        (
            "https://m.youtube.com/playlist?list=PL12&si=x",
            "https://www.youtube.com/feeds/videos.xml?playlist_id=PL12",
        ),
        (
            "https://news.google.com/search?q=%D0%BC%D0%BE%D1%81%D1%82&hl=ru",
            "https://news.google.com/rss/search?q=%D0%BC%D0%BE%D1%81%D1%82&hl=ru",
        ),
        ("https://news.google.com/topics/CAAq?hl=ru", "https://news.google.com/rss/topics/CAAq?hl=ru"),
        ("https://news.google.com/", "https://news.google.com/rss"),
    ],
)  # fmt: skip
def test_a_platforms_feed_is_where_it_keeps_it(url: str, feed: str) -> None:
    assert feed_of(url) == feed
    assert feed_of(feed) == feed
    assert is_on_platform(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/@vestnik",  # its page names its feed
        "https://www.youtube.com/watch?v=abc",
        "https://news.google.com/rss/articles/CBMi?oc=5",
        "https://vestnik.example/channel/UCa",
        "https://notvk.com/club1",
        "https://vk.com.example/",
    ],
)
def test_other_addresses_stay_as_they_are(url: str) -> None:
    assert feed_of(url) == url
    assert walled(url) is None
    assert not is_on_platform(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://vk.com/club1",
        "https://m.vk.com/wall-1_2",
        "https://www.instagram.com/vestnik/",
        "https://dzen.ru/vestnik",
        "http://ok.ru/group/1",
        "https://MAX.ru/vestnik",
        "https://x.com./vestnik",
    ],
)
def test_a_network_that_shows_nothing_is_told_before_it_is_asked(url: str) -> None:
    assert is_on_platform(url)
    with pytest.raises(Walled, match="only to those who log in"):
        feed_of(url)
