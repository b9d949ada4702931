"""The picture of a week: its size, that nothing is cut off, and that every letter is drawn."""

import io
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.news.topics.scores import parse_topics
from bot.pictures.canvas import Canvas, font
from bot.pictures.chart import EDGE, HEIGHT, WIDTH, Chart, Line, draw
from bot.pictures.palette import PALETTES, Theme

TOPICS = parse_topics(
    (files("bot.news.topics") / "topics.toml").read_text("utf-8"), name="topics.toml"
)
LINE = Line(name="Сельское хозяйство", bars=(5, 0, 3, 1, 9, 2, 1), total="21", change="9", trend=-9)
CHART = Chart(
    title="Пульс недели",
    dates="12–18 ноября",
    columns=("чт", "пт", "сб", "вс", "пн", "вт", "сегодня"),
    whole=replace(LINE, name="сюжет", change="на 9 больше", trend=9, moved=True),
    lines=(LINE,) * 8,
    foot="Стрелки: против тех же дней и часов неделей раньше.",
)


def opened(body: bytes) -> Image.Image:
    assert len(body) < 400_000
    image = Image.open(io.BytesIO(body))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    return image.convert("RGB")


def drawn_on(image: Image.Image, theme: Theme) -> tuple[int, int, int, int]:
    """The box that holds all that is not ground."""
    ground = Image.new("RGB", image.size, PALETTES[theme].ground)
    return ImageChops.difference(image, ground).getbbox() or (0, 0, 0, 0)


@pytest.mark.parametrize("theme", [*Theme])
def test_the_picture_is_a_png_for_a_phone_within_its_margins(theme: Theme) -> None:
    left, top, right, bottom = drawn_on(opened(draw(CHART, theme)), theme)
    assert left >= EDGE - 6
    assert right <= WIDTH - EDGE + 6
    assert top > 20
    assert bottom < HEIGHT - 20


def test_by_day_and_by_night_it_looks_different() -> None:
    light, dark = (opened(draw(CHART, theme)).getpixel((1, 1)) for theme in Theme)
    assert light == (255, 255, 255)
    assert dark == (23, 33, 43)


words = st.text(max_size=200)
numbers = st.lists(st.integers(0, 10**9), min_size=7, max_size=7).map(tuple)


@example(name="а\n\u2028\x00 б" * 40, change="\t", bars=(10**9,) * 7, lines=8)
@settings(max_examples=20)
@given(name=words, change=words, bars=numbers, lines=st.integers(0, 8))
def test_hostile_words_and_numbers_stay_within_the_margins(
    name: str, change: str, bars: tuple[int, ...], lines: int
) -> None:
    line = Line(name=name, bars=bars, total=str(sum(bars)), change=change[:20], trend=1)
    chart = replace(CHART, title=name, foot=name, whole=line, lines=(line,) * lines)
    left, _, right, _ = drawn_on(opened(draw(chart, Theme.LIGHT)), Theme.LIGHT)
    assert left >= 0
    assert right <= WIDTH - EDGE + 6


def blank(letter: str, bold: bool) -> bool:
    return font(48, bold).getmask(letter).getbbox() is None


@pytest.mark.parametrize("bold", [False, True])
def test_the_font_has_every_letter_of_the_topics_and_our_alphabets(bold: bool) -> None:
    titles = "".join(title for topic in TOPICS.all for title in topic.titles.values())
    alphabets = "абвгдеёжзійклмнопрстуўфхцчшщъыьэюя" + "abcdefghijklmnopqrstuvwxyz" + "0123456789"
    letters = set(titles + alphabets + alphabets.upper() + "«»„“’'—–-−.,:;!?()…№%&/+=") - {" "}
    assert [letter for letter in sorted(letters) if blank(letter, bold)] == []


def test_a_letter_that_the_font_lacks_is_no_box() -> None:
    assert blank("漢", bold=False)
    assert blank("🙂", bold=True)


@pytest.mark.parametrize("theme", [*Theme])
def test_words_can_be_read_on_the_ground(theme: Theme) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 for words; 1.4.11: 3 to 1 for bars."""
    palette = PALETTES[theme]
    for colour in (palette.ink, palette.quiet, palette.up, palette.down):
        assert contrast(colour, palette.ground) >= 4.5
    assert contrast(palette.bar, palette.ground) >= 3


def contrast(one: str, other: str) -> float:
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_without_room_are_made_smaller_and_then_cut() -> None:
    canvas = Canvas(10, 10, "#FFFFFF")
    for long in ("Сельское хозяйство", "Сельское хозяйство " * 5):
        assert canvas.words(long, 0, 0, size=60, colour="#000000", room=300) <= 300


def test_the_font_is_shipped_with_its_licence() -> None:
    shipped = files("bot.pictures") / "fonts"
    assert "Apache License" in (shipped / "LICENSE.txt").read_text("utf-8")
    assert sum(len(f.read_bytes()) for f in shipped.iterdir() if f.name.endswith(".ttf")) < 120_000
