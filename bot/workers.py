"""CPU work in other processes, so that the event loop never waits for a parser.

A worker is this module run by a fresh interpreter (see `serve`): it imports only what
the work it is given lives in, and inherits no socket, lock or database. It speaks pickles over its
stdin and stdout. We own the processes rather than share a pool of them, because a hang or a crash
must cost the one text that caused it, and a pool cannot say which one that was.
"""

import asyncio
import contextlib
import logging
import os
import pickle
import queue
import signal
import struct
import sys
import threading
import traceback
from collections.abc import Awaitable, Callable
from typing import BinaryIO, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_SIZE = struct.Struct(">Q")  # how many bytes of pickle follow
_START_S = 30  # what a new process may take on a busy machine before its work begins
_PIPE = 1 << 20  # bytes of an answer that wait for no reader; the usual 64 KB are half of one
_MEMORY = 3 << 30  # address space of a worker: a bomb ends in MemoryError, not in a full machine


Preparation = tuple[Callable[..., object], tuple[object, ...]]  # work, and what it is given


class WorkerFailed(Exception):
    """The work took too long, or its process died; nobody else's work was touched."""


class Workers:
    """At most `count` processes, started when there is work and ended after `idle_s` without.

    `prepare` is asked for what a new process does before its first work, if anything.
    """

    def __init__(
        self,
        count: int = 2,
        idle_s: float = 30,
        prepare: Callable[[], Awaitable[Preparation | None]] | None = None,
    ) -> None:
        self._turns = asyncio.Semaphore(count)
        self._idle_s = idle_s
        self._prepare = prepare
        self._resting: list[_Worker] = []
        self._alive: set[_Worker] = set()
        self._bell: asyncio.TimerHandle | None = None

    async def run(self, work: Callable[[*Ts], T], *args: *Ts, timeout_s: float = 60) -> T:
        """Call a module-level function of picklable values in a worker.

        What it raises is raised here. WorkerFailed: it took longer than `timeout_s`, or crashed.
        """
        job = pickle.dumps((work, args, timeout_s))
        name = getattr(work, "__qualname__", repr(work))
        async with self._turns:
            worker = await self._worker()
            try:
                async with asyncio.timeout(timeout_s + (0 if worker.warm else _START_S)):
                    if not worker.warm:
                        await self._prepared(worker)
                    reply = await worker.ask(job)
            except TimeoutError:
                raise WorkerFailed(f"{name} took longer than {timeout_s:g} s") from None
            except (EOFError, OSError) as e:
                raise WorkerFailed(f"{name} ended its process") from e
            else:
                worker.warm = True
                self._rest(worker)
            finally:
                if worker not in self._resting:
                    await self._end(worker)
        await asyncio.sleep(0)  # who waits for the process gives it work before we unpack
        done, value = pickle.loads(reply)  # noqa: S301 - written by our own process
        if done:
            return value  # type: ignore[no-any-return]  # T, through a pickle
        raise value

    @property
    def busy(self) -> bool:
        """Whether who comes now must wait for a process: all are at work."""
        return self._turns.locked()

    async def close(self) -> None:
        """End every worker, at work or not, and wait until they are gone."""
        if self._bell is not None:
            self._bell.cancel()
        self._resting.clear()
        while self._alive:
            await self._end(next(iter(self._alive)))

    async def _worker(self) -> "_Worker":
        self._alive = {w for w in self._alive if w.process.returncode is None}
        while self._resting:
            worker = self._resting.pop()
            if worker.fit:
                return worker
            await self._end(worker)
        worker = _Worker(await _start())
        self._alive.add(worker)
        return worker

    async def _prepared(self, worker: "_Worker") -> None:
        """Whatever comes of it, the worker can work."""
        if self._prepare is not None and (first := await self._prepare()):
            await worker.ask(pickle.dumps((*first, _START_S)))

    def _rest(self, worker: "_Worker") -> None:
        self._resting.append(worker)
        if self._bell is not None:
            self._bell.cancel()
        self._bell = asyncio.get_running_loop().call_later(self._idle_s, self._dismiss)

    def _dismiss(self) -> None:
        """Tell workers at rest to end; their processes are reaped by the loop."""
        for worker in self._resting:
            worker.dismiss()
        self._resting.clear()

    async def _end(self, worker: "_Worker") -> None:
        self._alive.discard(worker)
        await worker.end()


class _Worker:
    """One process, from our side."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.process = process
        self.warm = False  # it has answered once
        self._to = process.stdin
        self._from = process.stdout

    @property
    def fit(self) -> bool:
        """False when something from outside, such as the OOM killer, ended it at rest."""
        return not self._from.at_eof()

    async def ask(self, job: bytes) -> bytes:
        self._to.writelines((_SIZE.pack(len(job)), job))
        await self._to.drain()
        (size,) = _SIZE.unpack(await self._from.readexactly(_SIZE.size))
        return await self._from.readexactly(size)

    def dismiss(self) -> None:
        self._to.close()  # it ends itself when nobody is left to give it work

    async def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self._to.close()
        # Shielded: a caller cancelled twice must not leave a process nobody waits for.
        await asyncio.shield(self.process.wait())


async def _start() -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",  # a file named like a module in the folder we were started in is no module
        "-c",
        f"from {__name__} import serve; serve()",  # not -m: our errors would be __main__'s
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=_PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,  # Ctrl-C is for the parent, which ends us in order
    )


def serve() -> None:
    """The worker's side: answer what comes on stdin until its other end is gone."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the parent is stopping, and ends us in order
    logging.getLogger().addHandler(logging.NullHandler())  # answers tell; libraries only grumble
    _bound_memory()
    _widen(answers)
    jobs: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, jobs), daemon=True).start()
    while True:
        answer = _answer(jobs.get())
        try:
            answers.write(_SIZE.pack(len(answer)) + answer)
            answers.flush()
        except OSError:
            os._exit(0)  # nobody is left to hear it


def _listen(stdin: BinaryIO, jobs: "queue.SimpleQueue[bytes]") -> None:
    """Take jobs in while another is done, so that the parent's end is seen even then."""
    while len(head := stdin.read(_SIZE.size)) == _SIZE.size:
        jobs.put(stdin.read(_SIZE.unpack(head)[0]))
    os._exit(0)


def _answer(job: bytes) -> bytes:
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

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # not every system can
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.RLIM_INFINITY))
