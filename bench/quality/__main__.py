"""How good understanding is, measured through the code that runs live.

    python -m bench.quality topics FILE.tsv|FILE.jsonl…
    python -m bench.quality stories FILE.tsv…
    python -m bench.quality clusters|summaries|entities FILE.jsonl…
    python -m bench.quality questions ARTICLES.jsonl QUESTIONS.jsonl
    python -m bench.quality summaries FILE.jsonl… --show 30 [--record]

docs/quality.md says what the files hold and what the figures mean.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TextIO

from bench.quality import KINDS
from bench.quality.reading import BadFile
from bench.quality.report import Report, as_json, as_text
from bench.quality.shown import shown
from bench.quality.table import record
from bench.table import RESULTS


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="bench.quality", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--compare", action="store_true", help="a simple baseline beside it")
    parser.add_argument("--short", action="store_true", help="figures only, no row of the files")
    parser.add_argument("--errors", action="store_true", help="name every mistake on stderr")
    parser.add_argument("--show", type=int, metavar="N", help="print N summaries as Markdown")
    parser.add_argument("--record", action="store_true", help="keep those in bench/RESULTS.md")
    asked = parser.parse_args(arguments)
    # The half that we report is not looked at: nobody is to learn from its rows by mistake.
    rows = not asked.short and not any(path.name.startswith("report.") for path in asked.files)
    if asked.show and not (asked.kind == "summaries" and rows):
        parser.error("--show is of summaries, of files that are not the reported half")
    began = time.perf_counter()
    try:
        if asked.show:
            return _show(asked.files, asked.show, keep=asked.record)
        report: Report = import_module(f"bench.quality.{asked.kind}").measure(
            asked.files, compare=asked.compare
        )
    except BadFile as e:
        print(f"bench.quality: {e}.", file=sys.stderr)
        return 1
    if asked.json:
        found = as_json(report, rows=rows)
        found["seconds"] = round(time.perf_counter() - began, 1)
        _say(json.dumps(found, ensure_ascii=False))
    else:
        _say(f"{asked.kind}: {', '.join(path.name for path in asked.files)}")
        _say(as_text(report, rows=rows, short=asked.short))
    if asked.errors and rows:
        for error in report.errors:
            _say(json.dumps(error, ensure_ascii=False), sys.stderr)
    return 0


def _show(files: Sequence[Path], count: int, *, keep: bool) -> int:
    lines = shown(files, count)
    _say("\n".join(lines))
    if keep:
        RESULTS.write_text(record(RESULTS.read_text("utf-8"), lines, name="summaries"), "utf-8")
    return 0


def _say(text: str, where: TextIO | None = None) -> None:
    """JSON can escape half a character, UTF-8 has none."""
    print(text.encode("utf-8", "replace").decode(), file=where)


if __name__ == "__main__":
    sys.exit(main())
