"""Reconciliation: a delivery that may have been sent becomes one that was, or one that was not.

sendMessage knows no idempotency key, but message ids are counters: one per channel and supergroup,
one of the bot's own for all private chats and basic groups. So of the ids above the highest known
when the request began, those that no known message holds are asked about, one by one, in that
chat. Only when this cannot tell does policy decide: better twice than never for a person; better
never than twice for a channel, whose owner is told, and may have it sent again.
"""

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.jobs.notices import tell_of_doubt
from bot.jobs.sending import InDoubt, Renderer, Sender, SendError
from storage.models import Delivery, DeliveryKind
from storage.ports import Store

log = logging.getLogger("svodka.reconcile")

WAIT = timedelta(seconds=60)  # Telegram may still be at work on a request that broke
CANDIDATES = 300  # ids asked about for one delivery; more: it cannot be told
UNSEEN = 20  # ids past the highest known that messages we do not know of may hold
LOST_AFTER = 10  # attempts that all ended in doubt or unsent
AT_ONCE = 50
ASK_FOR = timedelta(hours=1)  # while it cannot be asked; then policy decides
TRIES = 3  # of one question: it changes nothing, so it may be asked again at once
MISSES = 5  # ids not there before a counter counts as ended
MOST_MESSAGES = 1 << 22


@dataclass(frozen=True, slots=True)
class Settled:
    """How many deliveries in doubt turned out how."""

    sent: int = 0
    again: int = 0  # planned again: not sent, or the policy of their kind
    given_up: int = 0


async def settle(
    store: Store,
    sender: Sender,
    *,
    now: datetime,
    wait: timedelta = WAIT,
    renderer: Renderer | None = None,
    ask: bool = True,
) -> Settled:
    """Settle what has been in doubt for `wait`; one call at a time. Without `ask`, policy alone.

    `renderer` words the notice to a channel's owner, with its two buttons.
    """
    doubtful = await store.outbox.in_doubt(before=now - wait, limit=AT_ONCE)
    sent = again = given_up = 0
    for delivery in doubtful:
        try:
            found = await _find(store, sender, delivery, beside=len(doubtful)) if ask else None
        except SendError as e:
            log.warning("in doubt, and Telegram cannot be asked", extra={"why": str(e)})
            if now - delivery.changed_at < ASK_FOR:
                break
            found = None
        if found:
            await store.outbox.sent(delivery.id, message_id=found, now=now)
            sent += 1
        elif _gives_up(delivery, proven=found == NOWHERE):
            await _give_up(store, renderer, delivery, proven=found == NOWHERE, now=now)
            given_up += 1
        else:
            if found is None:
                fields = {"delivery": delivery.id, "chat": delivery.chat_id}
                log.warning("sent again, though it may have arrived", extra=fields)
            await store.outbox.unsend(delivery.id, now=now)
            again += 1
    if doubtful:
        fields = {"sent": sent, "again": again, "given_up": given_up}
        log.info("deliveries in doubt settled", extra=fields)
    return Settled(sent=sent, again=again, given_up=given_up)


async def learn_floor(store: Store, sender: Sender, chat_id: int) -> None:
    """Before the first post to a channel: find how far its counter has come, by asking.

    What is above the floor later is ours or known. Without it a broken request to a channel that
    we know no message of could never be settled. Raises SendError when it cannot be asked now.
    """
    highest = await _highest(sender, chat_id)
    if highest is not None:
        await store.outbox.saw_message(chat_id, highest)


async def _highest(sender: Sender, chat_id: int) -> int | None:
    """The highest id that is there, 0 for none; some below it may have been deleted."""
    low, high, probe, missed = 0, 0, 1, 0
    while missed < MISSES and probe < MOST_MESSAGES:
        there = await _exists(sender, chat_id, probe)
        if there is None:
            return None
        low, missed = (probe, 0) if there else (low, missed + 1)
        probe *= 2
    high = 2 * low
    while high - low > 1:
        middle = (low + high) // 2
        if await _exists(sender, chat_id, middle):
            low = middle
        else:
            high = middle
    probe = low
    while probe < low + MISSES:
        probe += 1
        if await _exists(sender, chat_id, probe):
            low = probe
    return low


NOWHERE = 0  # no message id is 0


async def _find(store: Store, sender: Sender, delivery: Delivery, *, beside: int) -> int | None:
    """Its message id, NOWHERE when it was not sent, None when that cannot be told."""
    if delivery.floor is None:
        return None
    known = await store.outbox.known_ids(delivery.chat_id, above=delivery.floor)
    top = max(known, default=delivery.floor) + beside + UNSEEN
    candidates = [i for i in range(delivery.floor + 1, top + 1) if i not in known]
    if len(candidates) > CANDIDATES:
        return None
    for candidate in candidates:
        there = await _exists(sender, delivery.chat_id, candidate)
        if there is None:
            return None
        if there:
            return candidate
    return NOWHERE


async def _exists(sender: Sender, chat_id: int, message_id: int) -> bool | None:
    for _ in range(TRIES - 1):
        with suppress(InDoubt):
            return await sender.exists(chat_id, message_id)
    return await sender.exists(chat_id, message_id)


def _gives_up(delivery: Delivery, *, proven: bool) -> bool:
    if delivery.attempts >= LOST_AFTER:
        return True
    return delivery.kind is DeliveryKind.CHANNEL and not proven


async def _give_up(
    store: Store, renderer: Renderer | None, delivery: Delivery, *, proven: bool, now: datetime
) -> None:
    """Nothing behind it waits any longer; the owner of a channel may still have it sent."""
    what = "was not sent" if proven else "may have been sent or not"
    why = f"{what}, after {delivery.attempts} tries: {delivery.error}"
    if renderer is not None and delivery.kind is DeliveryKind.CHANNEL:
        await tell_of_doubt(store, renderer, delivery, now=now)
    await store.outbox.dead(delivery.id, error=why, now=now)
    log.error("delivery given up", extra={"delivery": delivery.id, "chat": delivery.chat_id})
