"""Reconciliation: a delivery that may have been sent becomes one that was, or one that was not.

sendMessage knows no idempotency key, but message ids are counters: one per channel and supergroup,
one of the bot's own for all private chats and basic groups. So of the ids above the highest known
when the request began, those that no known message holds are asked about, one by one, in that
chat. Only when this cannot tell does policy decide: better twice than never for a person; better
never than twice for a channel, whose owner is told, and may have it sent again.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.jobs.counters import exists
from bot.jobs.notices import tell_of_doubt
from bot.jobs.sending import Renderer, Sender, SendError
from storage.models import Delivery, DeliveryKind
from storage.ports import Store

log = logging.getLogger("svodka.reconcile")

WAIT = timedelta(seconds=60)  # Telegram may still be at work on a request that broke
CANDIDATES = 300  # ids asked about for one delivery; more: it cannot be told
UNSEEN = 20  # ids past the highest known that messages we do not know of may hold
LOST_AFTER = 10  # attempts that all ended in doubt or unsent
AT_ONCE = 50
ASK_FOR = timedelta(hours=1)  # while it cannot be asked; then policy decides


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
        there = await exists(sender, delivery.chat_id, candidate)
        if there is None:
            return None
        if there:
            return candidate
    return NOWHERE


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
