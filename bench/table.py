"""The table of figures: printed, and kept in RESULTS.md, one block of lines for each bench."""

import math
import os
import platform
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bench.figures import Figure

RESULTS = Path(__file__).with_name("RESULTS.md")
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
HEAD = (
    "| bench | figure | aim | median of the runs | lowest – highest | aim met |",
    "|---|---|---|---|---|---|",
)
MARKS = {True: "met", False: "**not met**", None: ""}


def rows(bench: str, figures: Sequence[Figure]) -> list[str]:
    """The bench's lines of the table."""
    return [_row(bench, figure) for figure in figures]


def machine(now: datetime) -> str:
    """When and on what the figures were measured."""
    return (
        f"{now:%Y-%m-%d}, {os.cpu_count()} cores ({platform.machine()}), Python "
        f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}, {sys.platform}"
    )


def record(text: str, measured: Mapping[str, Sequence[str]], *, where: str) -> str:
    """RESULTS.md with the lines of these benches in place of their old ones.

    Benches stand in the order in which they are known, those measured for the first time last.
    """
    before, _, rest = text.partition(BEGIN)
    old, _, after = rest.partition(END)
    kept: dict[str, list[str]] = {}
    for line in old.splitlines():
        if line.startswith("| ") and line not in HEAD:
            kept.setdefault(line.split("|")[1].strip(), []).append(line)
    blocks = kept | {name: list(lines) for name, lines in measured.items()}
    table = [*HEAD, *(line for block in blocks.values() for line in block)]
    return f"{before}{BEGIN}\n{where}\n\n" + "\n".join(table) + f"\n{END}{after}"


def _row(bench: str, figure: Figure) -> str:
    spread = f"{number(min(figure.runs))} – {number(max(figure.runs))}"
    cells = (bench, figure.name, _aim(figure), f"{number(figure.value)} {figure.unit}", spread)
    return f"| {' | '.join(cells)} | {MARKS[figure.met]} |"


def _aim(figure: Figure) -> str:
    if figure.at_most is not None:
        return f"≤ {number(figure.at_most)} {figure.unit}"
    return "" if figure.at_least is None else f"≥ {number(figure.at_least)} {figure.unit}"


def number(value: float) -> str:
    """Three digits that mean something."""
    if not value:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:.{digits}f}" if digits else f"{value:,.0f}".replace(",", " ")
