"""The worker's side: a process that does the work it is sent until nobody is left to send any.

`bot.workers` starts it by a fresh interpreter. It imports only what its work lives in (this module
no asyncio: that is 8 MB), and inherits no socket, lock or database. It speaks pickles, one work
after another, and takes the next one in while it is at the last.
"""

import contextlib
import gc
import logging
import os
import pickle
import queue
import signal
import socket
import struct
import sys
import threading
import traceback
from collections.abc import Sequence
from typing import BinaryIO

HEAD = struct.Struct(">QQ")  # how many bytes of pickle follow, and the number of the work
PIPE = 1 << 20  # bytes of an answer that wait for no reader; the usual 64 KB are half of one
_MEMORY = 3 << 30  # address space of a worker: a bomb ends in MemoryError, not in a full machine


class WorkerFailed(Exception):
    """The work took too long, or its process died; nobody else's work was touched."""


def serve(*twins: int) -> None:
    """Do what comes on stdin until its other end is gone.

    `twins`: sockets. After the first work, for each of them a twin is forked that serves there: so
    what that work has loaded is in memory once. It says its process id first.
    """
    answers: BinaryIO = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the parent is stopping, and ends us in order
    logging.getLogger().addHandler(logging.NullHandler())  # answers tell; libraries only grumble
    _bound_memory()
    works: BinaryIO = sys.stdin.buffer
    if twins:
        number, first = _read(works) or os._exit(0)
        _tell(answers, number, _done(first))
        works, answers = _bear(twins, works, answers)
    jobs: queue.SimpleQueue[tuple[int, bytes]] = queue.SimpleQueue()
    _widen(answers)
    threading.Thread(target=_listen, args=(works, jobs), daemon=True).start()
    while True:
        number, job = jobs.get()
        _tell(answers, number, _done(job))


def _bear(twins: Sequence[int], works: BinaryIO, answers: BinaryIO) -> tuple[BinaryIO, BinaryIO]:
    """Fork the twins; where each of us, we too, hears of work and answers."""
    gc.collect()
    gc.freeze()  # the collector writes to what it looks at, and what is written to is not shared
    born = next((fd for fd in twins if os.fork() == 0), None)
    if born is None:
        for fd in twins:
            os.close(fd)
        return works, answers
    answers.close()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.closerange(3, born)  # nothing of the first one's, or its end would not be seen
    os.closerange(born + 1, 1 << 16)
    mine = socket.socket(fileno=born)
    works, answers = mine.makefile("rb"), mine.makefile("wb")
    _tell(answers, 0, str(os.getpid()).encode())
    return works, answers


def _listen(works: BinaryIO, jobs: "queue.SimpleQueue[tuple[int, bytes]]") -> None:
    """Take jobs in while another is done, so that the parent's end is seen even then."""
    while job := _read(works):
        jobs.put(job)
    with contextlib.suppress(ChildProcessError):
        while True:  # twins end for the same reason, and nobody else would bury them
            os.wait()
    os._exit(0)


def _read(works: BinaryIO) -> tuple[int, bytes] | None:
    """The number of a work, and the work; None: nobody is left to send any."""
    head = works.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    size, number = HEAD.unpack(head)
    return number, works.read(size)


def _tell(answers: BinaryIO, number: int, answer: bytes) -> None:
    try:
        answers.write(HEAD.pack(len(answer), number) + answer)
        answers.flush()
    except OSError:
        os._exit(0)  # nobody is left to hear it


def _done(job: bytes) -> bytes:
    try:
        work, args, timeout_s = pickle.loads(job)  # noqa: S301 - written by our own parent
        _alarm(timeout_s + 2)
        try:
            return pickle.dumps((True, work(*args)))
        finally:
            _alarm(0)
    except Exception as e:  # whatever it is, it is the caller's to judge
        e.add_note("in a worker:\n" + traceback.format_exc())
        return _pickled_error(e)


def _pickled_error(error: Exception) -> bytes:
    """An error that does not survive pickling goes home by its name."""
    try:
        pickle.loads(blob := pickle.dumps((False, error)))  # noqa: S301 - our own, just made
    except Exception:
        return pickle.dumps((False, WorkerFailed(f"{type(error).__name__}: {error}")))
    return blob


def _alarm(seconds: float) -> None:
    """Let the kernel end this process then: a regex holds every thread, our listener too.

    The parent's own timeout comes first; this one is for a worker whose parent was killed.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _widen(pipe: BinaryIO) -> None:
    with contextlib.suppress(ImportError, AttributeError, OSError):  # Linux alone can
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # not every system can
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.RLIM_INFINITY))
