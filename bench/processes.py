"""Other processes: started, listened to, and how much memory they take (from Linux's /proc)."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bench.figures import Figure

ROOT = Path(__file__).parent.parent
END_S = 30


@asynccontextmanager
async def module(
    *words: str, env: Mapping[str, str] | None = None, cwd: Path = ROOT
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m …` until the block ends; then it is asked to end, and waited for.

    Its stdout and stderr are pipes: who starts something talkative reads them.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *words,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        try:
            async with asyncio.timeout(END_S):
                await process.communicate()
        except TimeoutError:
            process.kill()
            await process.wait()


async def line_with(process: asyncio.subprocess.Process, pattern: str) -> str:
    """The first group of the first line of its output that matches; RuntimeError if it ends."""
    assert process.stdout is not None
    said = []
    async for line in process.stdout:
        said.append(line.decode())
        if match := re.search(pattern, said[-1]):
            return match[1]
    raise RuntimeError(f"the process ended: {''.join(said)}")


def tree(pid: int) -> list[int]:
    """The process and all that came of it."""
    children = Path(f"/proc/{pid}/task").glob("*/children")
    found = [int(child) for path in children for child in _read(path).split()]
    return [pid, *(one for child in found for one in tree(child))]


def pss_mb(pid: int) -> float:
    """What the process takes: its own pages, and its share of those it shares with others."""
    return _field(f"/proc/{pid}/smaps_rollup", "Pss")


def peak_mb(pid: int | str = "self") -> float:
    """The most it has ever held (resident)."""
    return _field(f"/proc/{pid}/status", "VmHWM")


def cpu_s(pid: int) -> float:
    """The CPU time that the process has had, by itself and for others."""
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def own_peak() -> Figure:
    """The same of this process, as the last line of a bench."""
    return Figure(name="peak memory of the process", unit="MB", runs=(peak_mb(),))


def _field(path: str, name: str) -> float:
    match = re.search(rf"^{name}:\s*(\d+) kB", _read(Path(path)), re.M)
    return int(match[1]) / 1024 if match else 0.0


def _read(path: Path) -> str:
    """What the kernel says of a process; nothing if it has just ended."""
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
