"""Long texts that the apps cut: a pasted article arrives as messages of up to 4096 characters.

Nothing says that they belong together but that they come one after the other, at once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.telegram.writing.posts import MAX_UNITS, units

log = logging.getLogger("svodka.telegram")

Take = Callable[[str], Awaitable[None]]

WAIT_S = 2.0  # for the next piece
MOST = 16  # pieces of one text


@dataclass(slots=True)
class _Open:
    """A text that may go on."""

    pieces: list[str]
    waiting: asyncio.Task[None]


class Pieces:
    """Joins the pieces of a text, per chat, and hands the whole to whoever takes it."""

    def __init__(self, wait_s: float = WAIT_S) -> None:
        self._wait_s = wait_s
        self._open: dict[int, _Open] = {}

    def expects(self, chat_id: int) -> bool:
        """Whether the next text of this chat may belong to the one before."""
        return chat_id in self._open

    async def add(self, chat_id: int, text: str, take: Take) -> None:
        """Take the whole text now, or soon, if this piece looks like one that was cut."""
        before = self._open.pop(chat_id, None)
        if before is not None:
            before.waiting.cancel()
        pieces = [*(before.pieces if before else ()), text]
        if may_go_on(text) and len(pieces) < MOST:
            waiting = asyncio.create_task(self._wait(chat_id, pieces, take))
            self._open[chat_id] = _Open(pieces, waiting)
        else:
            await take(joined(pieces))

    async def _wait(self, chat_id: int, pieces: list[str], take: Take) -> None:
        await asyncio.sleep(self._wait_s)
        del self._open[chat_id]
        try:
            await take(joined(pieces))
        except Exception:
            log.exception("a pasted text could not be taken", extra={"chat": chat_id})


def may_go_on(text: str) -> bool:
    """The apps cut at a paragraph or a word, in the second half of what fits."""
    return units(text) >= MAX_UNITS // 2


def joined(pieces: list[str]) -> str:
    """A piece that ends a sentence ends a paragraph too; else it was cut between two words."""
    whole = ""
    for piece in pieces:
        gap = "\n\n" if whole.rstrip('»"”)').endswith((".", "!", "?", "…", ":")) else " "
        whole = f"{whole}{gap}{piece.strip()}" if whole else piece.strip()
    return whole
