"""Memory of an idle bot: samples loaded, one question answered, workers ended for want of work."""

import asyncio
import tempfile
from pathlib import Path

from bench.figures import Figure, Size
from bench.processes import peak_mb, pss_mb, tree
from bench.svodka import running

WORKERS_END_S = 90  # they rest for thirty seconds first
SETTLED_S, QUICK_SETTLED_S = 10, 0


async def measure(size: Size) -> list[Figure]:
    runs = []
    for _ in range(size.runs):
        with tempfile.TemporaryDirectory(dir=size.folder) as folder:
            runs.append(await _run(Path(folder), size))
    idle, busy, peak = zip(*runs, strict=True)
    return [
        Figure(name="idle bot, all its processes (PSS)", unit="MB", runs=idle, at_most=220),
        Figure(name="with its workers still there (PSS)", unit="MB", runs=busy),
        Figure(name="most the main process ever held (resident)", unit="MB", runs=peak),
    ]


async def _run(folder: Path, size: Size) -> tuple[float, float, float]:
    """Megabytes of the idle bot, of the bot just after its samples, and the main one's peak."""
    async with running(folder) as svodka:
        await svodka.ask("/latest")
        busy = _all_mb(svodka.pid)
        if not size.quick:
            async with asyncio.timeout(WORKERS_END_S):
                while len(tree(svodka.pid)) > 1:
                    await asyncio.sleep(0.5)
        await asyncio.sleep(size.of(SETTLED_S, QUICK_SETTLED_S))
        return _all_mb(svodka.pid), busy, peak_mb(svodka.pid)


def _all_mb(pid: int) -> float:
    return sum(pss_mb(one) for one in tree(pid))
