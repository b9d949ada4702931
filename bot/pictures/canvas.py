"""Words and shapes on a picture: fonts of our own, words shrunk and cut to the room they have."""

import io
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

Side = Literal["left", "middle", "right"]

SMALLEST = 26  # pixels: below that a phone's reader gives up
LOWEST = 4  # pixels of a bar
FINE = 4  # triangles are drawn so many times larger, for smooth edges


class Canvas:
    """A picture to draw on, in pixels from its upper left corner."""

    def __init__(self, width: int, height: int, ground: str) -> None:
        self._image = Image.new("RGB", (width, height), ground)
        self._draw = ImageDraw.Draw(self._image)

    def words(
        self,
        words: str,
        x: float,
        y: float,
        *,
        size: int,
        colour: str,
        bold: bool = False,
        side: Side = "left",
        room: float = 10_000,
    ) -> float:
        """Write on the line at `y`, begun, centred or ended at `x`; how wide the words came out."""
        fitted, font = _fit(words, size, bold, room)
        anchor = {"left": "ls", "middle": "ms", "right": "rs"}[side]
        self._draw.text((x, y), fitted, font=font, fill=colour, anchor=anchor)
        return font.getlength(fitted)

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A bar that stands on `y`; a low one is high enough to be seen."""
        if height > 0:
            top = round(y - max(height, LOWEST))
            self._draw.rectangle((round(x), top, round(x + width) - 1, round(y) - 1), fill=colour)

    def line(self, x: float, y: float, width: float, colour: str) -> None:
        self._draw.rectangle((round(x), round(y), round(x + width) - 1, round(y) + 1), fill=colour)

    def triangle(self, x: float, y: float, side: int, colour: str, *, up: bool) -> None:
        """One that stands on `y`, its left corner at `x`."""
        large = side * FINE
        corners = [(0, large), (large, large), (large / 2, 0)]
        if not up:
            corners = [(0, 0), (large, 0), (large / 2, large)]
        mask = Image.new("L", (large, large))
        ImageDraw.Draw(mask).polygon(corners, fill=255)
        small = mask.resize((side, side), Image.Resampling.BOX)
        self._image.paste(colour, (round(x), round(y) - side), small)

    def png(self) -> bytes:
        made = io.BytesIO()
        self._image.save(made, "PNG")
        return made.getvalue()


@lru_cache(maxsize=32)
def font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    name = "Roboto-Bold.ttf" if bold else "Roboto-Regular.ttf"
    body = (files("bot.pictures") / "fonts" / name).read_bytes()
    return ImageFont.truetype(io.BytesIO(body), size, layout_engine=ImageFont.Layout.BASIC)


def _fit(words: str, size: int, bold: bool, room: float) -> tuple[str, ImageFont.FreeTypeFont]:
    """The words in a font in which they have room; cut short if they have it in none."""
    words = " ".join(words.split())  # one line
    for smaller in range(size, min(size, SMALLEST) - 1, -2):
        if font(smaller, bold).getlength(words) <= room:
            return words, font(smaller, bold)
    smallest = font(min(size, SMALLEST), bold)
    cut = words
    while cut and smallest.getlength(cut + "…") > room:
        cut = cut[:-1]
    return cut.rstrip() + "…", smallest
