"""The lock of the one owner, across processes."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.errors import StoreBusy, StoreUnusable
from storage.sqlite.file.lock import OwnerLock

HOLD = """
import subprocess, sys
from pathlib import Path
from storage.sqlite.file.lock import OwnerLock

OwnerLock(Path(sys.argv[1])).take()
child = subprocess.Popen([sys.executable, "-c", "input()"], close_fds=False)
print("held", flush=True)
child.wait()
"""


def test_a_killed_owner_leaves_no_lock_though_its_child_lives(tmp_path: Path) -> None:
    database = tmp_path / "svodka.db"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline().strip()
    lock = OwnerLock(database)
    with pytest.raises(StoreBusy, match="Another Svodka is running"):
        lock.take()
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    lock.take()
    lock.release()
    holder.communicate(b"the child may go\n")


def test_a_lock_that_cannot_be_made_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="cannot be made"):
        OwnerLock(tmp_path / "missing" / "svodka.db").take()
