"""A worker process (`bot.worker`) from our side: started, given work, heard, ended.

Processes that begin together are twins where the system can tell one of them from whoever bears its
number next (Linux): the first forks the others when it has loaded what they all need, so that the
dictionaries are in memory once.
"""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from bot.worker import HEAD, PIPE

START_S = 30  # what a new process may take on a busy machine before its work begins


class Process:
    """One that answers what it is sent, in that order."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ending: "Ending"
    ) -> None:
        self.warm = False  # it has answered once
        self._from = reader
        self._to = writer
        self._ending = ending
        self._owed: deque[float] = deque()  # seconds that each work may take that it is still at
        self._sent = 0

    @property
    def fit(self) -> bool:
        """False when something from outside, such as the OOM killer, ended it at rest."""
        return not self._from.at_eof() and not self._to.is_closing()

    def send(self, job: bytes, timeout_s: float) -> "Sent":
        self._owed.append(timeout_s)
        self._sent += 1
        self._to.writelines((HEAD.pack(len(job), self._sent), job))
        return Sent(self, self._sent)

    def owes(self, sent: "Sent") -> bool:
        """Whether the answer to that is still to come."""
        return sent.process is self and sent.number >= self._next

    @property
    def _next(self) -> int:
        """The number of the work that it answers next, whatever is sent behind meanwhile."""
        return 1 + self._sent - len(self._owed)

    async def passes_over(self, upto: "Sent") -> bool:
        """Hear of what was sent before this and nobody waits for; False if it is not there."""
        try:
            while self._next < upto.number:
                async with asyncio.timeout(START_S + self._owed[0]):
                    await self._reply()
        except (TimeoutError, EOFError, OSError):
            return False
        return self.fit

    async def answer(self) -> bytes:
        """To the first work that it has not answered. Raises EOFError, OSError."""
        await self._to.drain()
        reply = await self._reply()
        self.warm = True
        return reply

    async def _reply(self) -> bytes:
        size, number = HEAD.unpack(await self._from.readexactly(HEAD.size))
        if number != self._next:
            raise EOFError(f"work {self._next} was answered by that to {number}")
        reply = await self._from.readexactly(size)
        self._owed.popleft()
        return reply

    async def dismiss(self) -> None:
        """It ends itself when nobody is left to give it work."""
        self._to.close()
        await self._ending.gone()

    async def end(self) -> None:
        self._ending.kill()
        self._to.close()
        # Shielded: a caller cancelled twice must not leave a process nobody waits for.
        await asyncio.shield(self._ending.gone())


class Sent(NamedTuple):
    """A work in a process's hands."""

    process: Process
    number: int


class Ending(NamedTuple):
    """How a process is ended."""

    kill: Callable[[], None]
    gone: Callable[[], Awaitable[object]]


async def start(first: bytes | None, *, twins: int) -> list[Process]:
    """A new process, which does this first, and twins of it, if there can be any.

    Raises EOFError, OSError, TimeoutError.
    """
    can = first is not None and hasattr(os, "pidfd_open")
    pairs = [socket.socketpair() for _ in range(twins if can else 0)]
    ours, theirs = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    born: list[Process] = []
    try:
        async with asyncio.timeout(START_S):
            born.append(await _fresh([one.fileno() for one in theirs]))
            while theirs:
                theirs.pop().close()  # so that ours tell when the twin has ended
            if first is not None:
                born[0].send(first, START_S)
                await born[0].answer()
                born[0].warm = False  # it has not loaded yet what its own work needs
            while ours:
                born.append(await _twin(ours.pop()))
    except BaseException:
        for one in (*ours, *theirs):
            one.close()
        for process in born:
            await process.end()
        raise
    return born


async def _fresh(twins: Sequence[int]) -> Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",  # a file named like a module in the folder we were started in is no module
        "-c",
        # not -m: its errors would be of __main__
        f"from bot.worker import serve; serve(*{list(twins)})",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,  # Ctrl-C is for the parent, which ends us in order
        pass_fds=twins,
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def kill() -> None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()

    return Process(process.stdout, process.stdin, Ending(kill, process.wait))


async def _twin(channel: socket.socket) -> Process:
    """It says its number; from then on we hold it by a handle that is nobody else's."""
    channel.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, PIPE)
    reader, writer = await asyncio.open_connection(sock=channel, limit=PIPE)
    size, _ = HEAD.unpack(await reader.readexactly(HEAD.size))
    handle = os.pidfd_open(int(await reader.readexactly(size)))

    def kill() -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(handle, signal.SIGKILL)

    async def gone() -> None:
        await _readable(handle)
        os.close(handle)

    return Process(reader, writer, Ending(kill, gone))


async def _readable(fd: int) -> None:
    """A handle of a process is, once that has ended."""
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(fd, readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(fd)
