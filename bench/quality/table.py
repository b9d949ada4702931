"""All six kinds over one half of a gold set, as a table with aims and baselines.

python -m bench.quality.table tests/golden/news/report [--record]
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from bench.quality import KINDS
from bench.quality.reading import BadFile
from bench.quality.report import Report
from bench.table import RESULTS

AIMS = {
    ("topics", "f1_flights"): 0.90,
    ("topics", "f1_trade"): 0.90,
    ("stories", "f1"): 0.75,
    ("clusters", "b_cubed_f1"): 0.93,
    ("clusters", "twins_merged"): 0,
    ("summaries", "rouge_l"): 0.60,
    ("questions", "first"): 0.85,
    ("questions", "first_three"): 0.95,
}
FEWER_IS_BETTER = frozenset({"twins_merged", "wrongly_answered", "held_close"})
HEAD = (
    "| kind | figure | n | aim | ours | baseline | aim met |",
    "|---|---|---|---|---|---|---|",
)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.quality.table", description=__doc__)
    parser.add_argument("half", help="what two files begin with: HALF.articles.jsonl, …")
    parser.add_argument("--record", action="store_true", help="keep it in bench/RESULTS.md")
    asked = parser.parse_args(arguments)
    lines = list(HEAD)
    print("\n".join(lines))
    try:
        for kind in KINDS:
            found = list(rows(kind, measured(kind, asked.half)))
            print("\n".join(found), flush=True)
            lines += found
    except BadFile as e:
        print(f"bench.quality: {e}.", file=sys.stderr)
        return 1
    if asked.record:
        RESULTS.write_text(record(RESULTS.read_text("utf-8"), lines), "utf-8")
    return 0


def record(text: str, lines: Sequence[str], *, name: str = "quality") -> str:
    """RESULTS.md with these lines in place of those it has under that name."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n" + "\n".join(lines) + f"\n{end}{after}"


def measured(kind: str, half: str) -> Report:
    names = ("articles", "questions") if kind == "questions" else ("articles",)
    files = [Path(f"{half}.{name}.jsonl") for name in names]
    report: Report = import_module(f"bench.quality.{kind}").measure(files, compare=True)
    return report


def rows(kind: str, report: Report) -> Iterator[str]:
    """One for each figure that is a share, or has an aim."""
    bare = report.baseline or {}
    for name, value in report.figures.items():
        aim = AIMS.get((kind, name))
        if not isinstance(value, int) or aim is not None:
            cells = (kind, name, str(report.n), _aim(name, aim), _number(value))
            yield f"| {' | '.join(cells)} | {_number(bare.get(name))} | {_met(name, aim, value)} |"


def _aim(name: str, aim: float | None) -> str:
    if aim is None:
        return ""
    return f"{'≤' if name in FEWER_IS_BETTER else '≥'} {_number(aim)}"


def _met(name: str, aim: float | None, value: float | None) -> str:
    if aim is None or value is None:
        return ""
    met = value <= aim if name in FEWER_IS_BETTER else value >= aim
    return "met" if met else "**not met**"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main())
