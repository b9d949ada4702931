"""`python -m bench.chaos`: trials from seeds, what each promise came to, and the table.

A trial of 2,000 at scale 1 takes some five minutes, most of them waiting: fifty take four hours, or
one with `--at-once 4`.
"""

import argparse
import asyncio
import multiprocessing
import sys
import tempfile
from collections.abc import Sequence
from multiprocessing.context import ForkServerContext
from pathlib import Path

from bench.chaos.doubts import WAYS
from bench.chaos.report import HEAD, line, row
from bench.chaos.stage import Stage
from bench.chaos.timescale import Time
from bench.chaos.trial import Trial
from bench.chaos.verdict import Verdict

PRELOADED = ["bench.chaos.life", "bench.chaos.server"]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("--seeds", type=int, default=50, help="how many")
    parser.add_argument("--first", type=int, default=1, help="the first of them")
    parser.add_argument("--deliveries", type=int, default=2_000)
    parser.add_argument("--time-scale", type=float, default=1.0)
    parser.add_argument("--retry", choices=[*WAYS, "all"], default="ask")
    parser.add_argument("--at-once", type=int, default=1, help="trials beside each other")
    parser.add_argument("--folder", type=Path, help="where their files stay")
    asked = parser.parse_args(arguments)
    ways = list(WAYS) if asked.retry == "all" else [asked.retry]
    sound = True
    with tempfile.TemporaryDirectory(prefix="svodka-chaos-") as scratch:
        for way in ways:
            folder = (asked.folder or Path(scratch)) / way
            verdicts = asyncio.run(_trials(asked, way, folder))
            print("\n".join([*HEAD, row(way, verdicts)]), flush=True)
            sound &= way != "ask" or not any(verdict.broken for verdict in verdicts)
    return 0 if sound else 1


async def _trials(asked: argparse.Namespace, way: str, folder: Path) -> list[Verdict]:
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(PRELOADED)
    await asyncio.to_thread(_warm_up, processes)
    places = asyncio.Semaphore(asked.at_once)

    async def one(seed: int) -> Verdict:
        async with places:
            here = folder / str(seed)
            here.mkdir(parents=True)
            stage = Stage(seed, asked.deliveries, way, Time.begin(asked.time_scale), here)
            verdict = await Trial(stage, processes).run()
        print(line(verdict), flush=True)
        return verdict

    seeds = range(asked.first, asked.first + asked.seeds)
    return list(await asyncio.gather(*(one(seed) for seed in seeds)))


def _warm_up(processes: ForkServerContext) -> None:
    """The modules that every process needs take seconds to load: not the first trial's seconds."""
    first = processes.Process(target=int)
    first.start()
    first.join()


if __name__ == "__main__":
    sys.exit(main())
