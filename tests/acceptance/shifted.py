"""The whole bot as a process, its clock ahead by the seconds written in a file.

The file has two numbers: by how much the clock was set, and how much time has passed besides.

python shifted.py OFFSET_FILE [--standby]; settings come from the environment. Run by process.py.
"""

import asyncio
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from bot import app, clock

OFFSET = Path(sys.argv[1])


def now() -> datetime:
    return clock.now() + timedelta(seconds=sum(map(float, OFFSET.read_text().split())))


def ticks() -> float:
    return time.monotonic() + float(OFFSET.read_text().split()[1])


standby = "--standby" in sys.argv
asyncio.run(app.run(app.settings(), clock=now, monotonic=ticks, standby=standby))
