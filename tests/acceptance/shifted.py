"""The whole bot as a process, its clock ahead by the seconds written in a file.

python shifted.py OFFSET_FILE [--standby]; settings come from the environment. Run by process.py.
"""

import asyncio
import sys
from datetime import datetime, timedelta
from pathlib import Path

from bot import app, clock

OFFSET = Path(sys.argv[1])


def now() -> datetime:
    return clock.now() + timedelta(seconds=float(OFFSET.read_text()))


asyncio.run(app.run(app.settings(), clock=now, standby="--standby" in sys.argv))
