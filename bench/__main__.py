"""`python -m bench [NAME…]`: measures, prints the table, and keeps it in bench/RESULTS.md.

Takes a quarter of an hour; `--quick` only proves that the benches work, and keeps nothing.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench.figures import Figure
from bench.processes import ROOT
from bench.table import HEAD, RESULTS, machine, record, rows
from bot.clock import now

NAMES = (
    "start", "memory", "feeds", "sources", "pages", "understanding", "lookup", "search", "handlers",
    "sends", "broadcast", "planning",
)  # fmt: skip
APART = {"sources"}  # what one run leaves in memory would be measured with the next


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="tiny sizes; RESULTS.md stays")
    parser.add_argument("--folder", type=Path, help="where big files are made, and found again")
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.names if name not in NAMES]:
        parser.error(f"no bench is called {', '.join(unknown)}; there are {', '.join(NAMES)}")
    with tempfile.TemporaryDirectory(prefix="svodka-bench-") as scratch:
        folder = asked.folder or Path(scratch)
        options = ["--quick"] if asked.quick else []
        for name in asked.names or NAMES:
            print(f"{name} …", file=sys.stderr, flush=True)
            lines = rows(name, measured(name, folder, asked.runs, options))
            print("\n".join([*HEAD, *lines]), flush=True)
            if not asked.quick:
                text = RESULTS.read_text("utf-8")
                RESULTS.write_text(record(text, {name: lines}, where=machine(now())), "utf-8")
    return 0


def measured(name: str, folder: Path, runs: int, options: Sequence[str]) -> list[Figure]:
    """What a bench gives, run in a process of its own, or each of its runs in one."""
    if name not in APART:
        return _run(name, folder, [*options, "--runs", str(runs)])
    parts = [_run(name, folder, [*options, "--runs", "1"]) for _ in range(runs)]
    return [
        replace(same[0], runs=tuple([run for one in same for run in one.runs]))
        for same in zip(*parts, strict=True)
    ]


def _run(name: str, folder: Path, options: Sequence[str]) -> list[Figure]:
    command = [sys.executable, "-m", "bench.one", name, str(folder), *options]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return [Figure(**{**one, "runs": tuple(one["runs"])}) for one in json.loads(done.stdout)]


if __name__ == "__main__":
    sys.exit(main())
