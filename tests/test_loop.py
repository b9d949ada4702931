"""The process that the loop runs in."""

import platform
import subprocess
import sys

import pytest

THREADS = """
import asyncio, ctypes
from bot.loop import run

async def main():
    await asyncio.gather(*(asyncio.to_thread(bytearray, 10_000) for _ in range(4)))

run(main())
ctypes.CDLL(None).malloc_stats()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library tells nothing")
def test_all_threads_allocate_in_one_heap() -> None:
    told = subprocess.run(
        [sys.executable, "-c", THREADS], capture_output=True, text=True, check=True
    )
    assert told.stderr.count("Arena ") == 1
