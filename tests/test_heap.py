"""The C heap of the process."""

import platform
import subprocess
import sys

import pytest

FREED = """
import re
from bot.heap import give_back

def resident_kb():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1])

held = [bytearray(b"x" * 60_000) for _ in range(1_000)]
last = held.pop()  # at the end of the heap, so that it cannot shrink by itself
del held
before = resident_kb()
give_back()
print(before - resident_kb())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library has no such call")
def test_freed_memory_amid_what_is_held_goes_back_to_the_system() -> None:
    told = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True)
    assert int(told.stdout) > 30_000
