"""A chart of a week for a phone held upright: all there is day by day, then a line per topic."""

from dataclasses import dataclass

from bot.pictures.canvas import Canvas
from bot.pictures.palette import PALETTES, Palette, Theme

WIDTH, HEIGHT = 1080, 1350  # 4 to 5: the tallest that Telegram shows whole
EDGE = 64
INNER = WIDTH - 2 * EDGE
GAP = 10
# Of a topic's line, from the edge: its name, bars and total end here, and the change at the end.
NAME_END, BARS, BARS_END, TOTAL_END = 336, 358, 686, 806
HIGHEST = 112  # a topic's line
LINES_END = 1262


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A name and a bar for each column. `change` is how much more or less than before, in words."""

    name: str
    bars: tuple[int, ...]
    total: str
    change: str = ""
    trend: int = 0  # above 0: rising; below: falling
    moved: bool = False  # so much that it is shown in colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What is drawn; all words are the caller's. The last column is of a day not over yet."""

    title: str
    dates: str
    columns: tuple[str, ...]
    whole: Line  # its name stands beside the total: «412 сюжетов»
    lines: tuple[Line, ...]
    foot: str = ""


def draw(chart: Chart, theme: Theme) -> bytes:
    """A PNG, WIDTH × HEIGHT pixels."""
    palette = PALETTES[theme]
    canvas = Canvas(WIDTH, HEIGHT, palette.ground)
    _head(canvas, chart, palette)
    height = min(HIGHEST, 672 / max(1, len(chart.lines)))
    top = LINES_END - height * len(chart.lines)
    _whole(canvas, chart, palette, top=250, floor=top - 90)
    tallest = max([1, *(value for line in chart.lines for value in line.bars)])
    for number, line in enumerate(chart.lines):
        floor = top + (number + 1) * height - 14
        _line(canvas, line, palette, floor, unit=(height - 24) / tallest)
    canvas.words(chart.foot, EDGE, 1312, size=28, colour=palette.quiet, room=INNER)
    return canvas.png()


def _head(canvas: Canvas, chart: Chart, palette: Palette) -> None:
    canvas.words(chart.title, EDGE, 108, size=60, colour=palette.ink, bold=True, room=560)
    canvas.words(chart.dates, EDGE, 162, size=36, colour=palette.quiet, room=560)
    end, whole = WIDTH - EDGE, chart.whole
    canvas.words(
        whole.total, end, 108, size=76, colour=palette.ink, bold=True, side="right", room=340
    )
    canvas.words(whole.name, end, 162, size=36, colour=palette.quiet, side="right", room=340)
    _change(canvas, whole, palette, 212, size=34, room=400)


def _whole(canvas: Canvas, chart: Chart, palette: Palette, *, top: int, floor: float) -> None:
    """A bar for each column with its number on it."""
    step = INNER / len(chart.columns)
    tallest = max(*chart.whole.bars, 1)
    last = len(chart.columns) - 1
    for number, (name, value) in enumerate(zip(chart.columns, chart.whole.bars, strict=True)):
        x = EDGE + number * step
        height = (floor - top - 44) * value / tallest
        colour = palette.unfinished if number == last else palette.bar
        canvas.bar(x + GAP, floor, step - 2 * GAP, height, colour)
        middle = x + step / 2
        canvas.words(
            str(value),
            middle,
            floor - height - 12,
            size=34,
            colour=palette.ink,
            bold=True,
            side="middle",
            room=step,
        )
        canvas.words(
            name, middle, floor + 42, size=32, colour=palette.quiet, side="middle", room=step - 8
        )
    canvas.line(EDGE, floor, INNER, palette.line)


def _line(canvas: Canvas, line: Line, palette: Palette, floor: float, *, unit: float) -> None:
    """A topic; all have bars of one `unit` a story, so that topics can be compared."""
    base = floor - 4
    canvas.words(line.name, EDGE, base, size=36, colour=palette.ink, room=NAME_END)
    step = (BARS_END - BARS) / len(line.bars)
    for number, value in enumerate(line.bars):
        colour = palette.unfinished if number == len(line.bars) - 1 else palette.bar
        canvas.bar(EDGE + BARS + number * step, floor, step - GAP, value * unit, colour)
    canvas.line(EDGE + BARS, floor, step * len(line.bars) - GAP, palette.line)
    room, end = TOTAL_END - BARS_END, EDGE + TOTAL_END
    canvas.words(
        line.total, end, base, size=40, colour=palette.ink, bold=True, side="right", room=room
    )
    _change(canvas, line, palette, base, size=32, room=INNER - TOTAL_END - 16)


def _change(
    canvas: Canvas, line: Line, palette: Palette, y: float, *, size: int, room: float
) -> None:
    """A triangle and by how much, at the right edge; in colour only what moved in earnest."""
    if not line.change:
        return
    colour = (palette.up if line.trend > 0 else palette.down) if line.moved else palette.quiet
    end, side = WIDTH - EDGE, size * 5 // 8
    room -= side + 8
    wide = canvas.words(
        line.change, end, y, size=size, colour=colour, bold=line.moved, side="right", room=room
    )
    if line.trend:
        canvas.triangle(end - wide - side - 8, y, side, colour, up=line.trend > 0)
