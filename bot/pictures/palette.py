"""The colours of pictures, by day and by night; told apart by people of any colour vision.

Blue and orange are those of Okabe and Ito, darkened on white until words in them can be read
(4.5 to 1 and more, WCAG 2.2 contrast).
"""

from dataclasses import dataclass
from enum import StrEnum


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    ground: str
    ink: str
    quiet: str  # words of less weight
    line: str
    bar: str
    unfinished: str  # the bar of a day that is not over
    up: str
    down: str


PALETTES = {
    Theme.LIGHT: Palette(
        ground="#FFFFFF",
        ink="#17212B",
        quiet="#566573",
        line="#D5DCE2",
        bar="#0072B2",
        unfinished="#8CC4E3",
        up="#0067A3",
        down="#AD4600",
    ),
    Theme.DARK: Palette(
        ground="#17212B",
        ink="#F4F7F9",
        quiet="#A3B3C1",
        line="#33424F",
        bar="#56B4E9",
        unfinished="#2F6F95",
        up="#6BC1F2",
        down="#F5A14B",
    ),
}
