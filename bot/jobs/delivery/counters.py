"""Message counters: how far one has come is found by asking which messages are there.

What is above the floor later is ours or known. Without one a broken request to a channel that we
know no message of could never be settled.
"""

from contextlib import suppress

from bot.jobs.delivery.sending import InDoubt, Sender
from storage.ports import Store

TRIES = 3  # of one question: it changes nothing, so it may be asked again at once
MISSES = 5  # ids not there before a counter counts as ended
MOST_MESSAGES = 1 << 22
OWN_COUNTER_BELOW = -1_000_000_000_000  # ids of channels and supergroups
REMEMBERED = 10_000


class Counters:
    """Chats whose own counter has been looked at; without `ask` nobody is asked."""

    def __init__(self, store: Store, sender: Sender, *, ask: bool) -> None:
        self._store = store
        self._sender = sender
        self._ask = ask
        self._known: set[int] = set()

    async def know(self, chat_id: int) -> None:
        """Before the first post to a chat with a counter of its own: have a floor under it.

        Raises SendError when it cannot be asked for now.
        """
        if not self._ask or chat_id > OWN_COUNTER_BELOW or chat_id in self._known:
            return
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        if await self._store.outbox.floor(chat_id) is None:
            await learn_floor(self._store, self._sender, chat_id)
        self._known.add(chat_id)


async def learn_floor(store: Store, sender: Sender, chat_id: int) -> None:
    """Find how far a chat's counter has come. Raises SendError when it cannot be asked now."""
    highest = await _highest(sender, chat_id)
    if highest is not None:
        await store.outbox.saw_message(chat_id, highest)


async def exists(sender: Sender, chat_id: int, message_id: int) -> bool | None:
    """As Sender.exists; asked again when the question broke."""
    for _ in range(TRIES - 1):
        with suppress(InDoubt):
            return await sender.exists(chat_id, message_id)
    return await sender.exists(chat_id, message_id)


async def _highest(sender: Sender, chat_id: int) -> int | None:
    """The highest id that is there, 0 for none; some below it may have been deleted."""
    low, high, probe, missed = 0, 0, 1, 0
    while missed < MISSES and probe < MOST_MESSAGES:
        there = await exists(sender, chat_id, probe)
        if there is None:
            return None
        low, missed = (probe, 0) if there else (low, missed + 1)
        probe *= 2
    high = 2 * low
    while high - low > 1:
        middle = (low + high) // 2
        if await exists(sender, chat_id, middle):
            low = middle
        else:
            high = middle
    probe = low
    while probe < low + MISSES:
        probe += 1
        if await exists(sender, chat_id, probe):
            low = probe
    return low
