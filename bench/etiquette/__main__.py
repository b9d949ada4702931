"""`python -m bench.etiquette [--sources N] [--days N] [--json]`: lives a week, prints its score."""

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.etiquette.sites import sites
from bench.etiquette.week import Week, live


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.etiquette", description=__doc__)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--days", type=float, default=7)
    parser.add_argument("--restarts", type=int, default=9)
    parser.add_argument("--seed", type=int, default=1, help="of the mixture of sites")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    logging.getLogger("svodka").setLevel(logging.ERROR)  # that sites refuse is the point
    began = time.perf_counter()
    week = asyncio.run(measure(asked))
    took_s = time.perf_counter() - began
    print(json.dumps(as_json(week), ensure_ascii=False) if asked.json else table(week, took_s))
    return 0 if week.judge.clean == week.judge.requests else 1


async def measure(asked: argparse.Namespace) -> Week:
    mixture = sites(asked.sources, days=asked.days, seed=asked.seed)
    with tempfile.TemporaryDirectory(prefix="svodka-etiquette-") as folder:
        return await live(mixture, Path(folder), days=asked.days, restarts=asked.restarts)


def as_json(week: Week) -> dict[str, object]:
    judge = week.judge
    return {
        "requests": judge.requests,
        "score": round(judge.score, 3),
        "kinds": dict(judge.kinds),
        "faults": [
            {"fault": fault, "count": count, "example": judge.examples[fault]}
            for fault, count in judge.faults.most_common()
        ],
        "restarts": week.restarts,
        "stored": week.stored,
        "lost": week.lost,
    }


def table(week: Week, took_s: float) -> str:
    judge = week.judge
    kinds = ", ".join(f"{count} {kind}" for kind, count in judge.kinds.most_common())
    faults = [
        f"| {fault} | {count} | {judge.examples[fault]} |"
        for fault, count in judge.faults.most_common()
    ]
    lost = " ".join(week.lost[:5])
    head = ["| fault | requests | for example |", "|---|---|---|"] if faults else []
    return "\n".join(
        [
            f"{judge.requests} requests ({kinds}) over {week.restarts} restarts, in {took_s:.0f} s",
            f"{week.stored} articles stored, {len(week.lost)} lost {lost}".rstrip(),
            f"score {judge.score:.2f} %",
            *head,
            *faults,
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
