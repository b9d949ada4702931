"""One bench in a process of its own, so that memory is its own: JSON on stdout.

All that it compares runs on the loop that the bot runs on.

python -m bench.one NAME FOLDER [--runs N] [--quick]
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from bench.figures import Figure, Size
from bot.loop import run


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.one", description=__doc__)
    parser.add_argument("name")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args(arguments)
    size = Size(folder=asked.folder, runs=asked.runs, quick=asked.quick)
    figures: list[Figure] = run(import_module(f"bench.{asked.name}").measure(size))
    print(json.dumps([asdict(figure) for figure in figures], ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
