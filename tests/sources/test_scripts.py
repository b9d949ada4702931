"""Whether a feed is in a script that Svodka reads."""

import pytest

from bot.sources.feed import Feed
from bot.sources.scripts import foreign_script
from storage.models import Entry


def feed(*titles: str) -> Feed:
    entries = tuple(Entry(key=title, title=title) for title in titles)
    return Feed(title="", site_url=None, language=None, entries=entries)


@pytest.mark.parametrize(
    ("titles", "says"),
    [
        (("大桥今天正式开通",), "Chinese"),
        (("橋が開通しました。ニュースです",), "Japanese"),
        (("افتتاح الجسر اليوم",), "Arabic script"),
        (("גשר נפתח היום",), "Hebrew"),
        (("다리가 개통되었다", "КТВ"), "Korean"),
        (("ᎣᏏᏲ ᏣᎳᎩ",), "a foreign script"),
    ],
)
def test_a_foreign_script_is_told(titles: tuple[str, ...], says: str) -> None:
    said = foreign_script(feed(*titles))
    assert said is not None
    assert says in said
    assert "Russian, Belarusian and English" in said


@pytest.mark.parametrize("titles", [(), ("Мост открыт",), ("The bridge", "大桥"), ("№ 5 !",)])
def test_ours_is_not(titles: tuple[str, ...]) -> None:
    assert foreign_script(feed(*titles)) is None
