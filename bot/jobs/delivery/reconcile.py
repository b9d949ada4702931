"""Reconciliation: a delivery that may have been sent becomes one that was, or one that was not.

sendMessage knows no idempotency key, but message ids are counters: one per channel and supergroup,
one of the bot's own for all private chats and basic groups. So of the ids above the highest known
when the request began, those that no known message holds are asked about, one by one, in that
chat. Only when this cannot tell does policy decide: better twice than never for a person; better
never than twice for a channel, whose owner is told, and may have it sent again.
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.jobs.delivery.counters import exists
from bot.jobs.delivery.notices import tell_of_doubt
from bot.jobs.delivery.sending import Renderer, Sender, SendError
from storage.models import Delivery, DeliveryKind
from storage.ports import Store

log = logging.getLogger("svodka.reconcile")

WAIT = timedelta(seconds=60)  # Telegram may still be at work on a request that broke
CANDIDATES = 300  # ids asked about for one delivery; more: it cannot be told
NEARER = (4, 16, 64, CANDIDATES)  # how many of them in each round
UNSEEN = 20  # ids past the highest known that messages we do not know of may hold, and
BESIDE = 50  # at most so many more that others in doubt may: each that is found raises the known
LOST_AFTER = 10  # attempts that all ended in doubt or unsent
AT_ONCE = 500
ASK_FOR = timedelta(hours=1)  # while it cannot be asked; then policy decides
NOWHERE = 0  # no message id is 0

Ceiling = Callable[[int, timedelta], int | None]


def nowhere(chat_id: int, ago: timedelta) -> int | None:
    """Nothing is known of what came later."""
    return None


@dataclass(frozen=True, slots=True)
class Settled:
    """How many deliveries in doubt turned out how."""

    sent: int = 0
    again: int = 0  # planned again: not sent, or the policy of their kind
    given_up: int = 0

    @property
    def number(self) -> int:
        return self.sent + self.again + self.given_up


async def settle(
    store: Store,
    sender: Sender,
    *,
    now: datetime,
    wait: timedelta = WAIT,
    behind: timedelta = timedelta(0),
    renderer: Renderer | None = None,
    ask: bool = True,
    ceiling: Ceiling = nowhere,
) -> Settled:
    """Settle what has been in doubt for `wait`; one call at a time. Without `ask`, policy alone.

    `behind`: how long ago all incoming messages were known; what else has come since might be
    taken for ours.
    `renderer` words the question to a channel's owner. `ceiling` gives an id above all that the
    counter of a chat had given so long ago.
    """
    doubtful = await store.outbox.in_doubt(before=now - wait - behind, limit=AT_ONCE)
    searches = [
        Search(
            store,
            sender,
            delivery,
            ceiling=partial(ceiling, delivery.chat_id, now - delivery.changed_at - wait),
            ask=ask,
        )
        for delivery in doubtful
    ]
    turned: Counter[str] = Counter()
    try:
        # Who arrived is mostly near the floor, and each that is found leaves the others fewer ids.
        for most in NEARER:
            for search in [s for s in searches if s.open]:
                await search.look(most, beside=min(BESIDE, len(searches)), now=now)
                if not search.open:
                    turned[await _record(store, renderer, search, now=now)] += 1
    except SendError as e:
        log.warning("in doubt, and Telegram cannot be asked", extra={"why": str(e)})
    settled = Settled(**turned)
    if doubtful:
        log.info("deliveries in doubt settled", extra=asdict(settled))
    return settled


class Search:
    """The search for one message. `found` is its id, NOWHERE, or None when it cannot be told."""

    def __init__(
        self,
        store: Store,
        sender: Sender,
        delivery: Delivery,
        *,
        ceiling: Callable[[], int | None],  # asked each time: at a start there is none
        ask: bool,
    ) -> None:
        self._store = store
        self._sender = sender
        self._ceiling = ceiling
        self._asked: set[int] = set()  # what is not there now will not be
        self._may_ask = ask and delivery.floor is not None
        self.delivery = delivery
        self.open = True
        self.found: int | None = None

    async def look(self, most: int, *, beside: int, now: datetime) -> None:
        """Ask about `most` ids; `beside`: how many others are in doubt.

        Raises SendError when it cannot be asked now, for an hour; then it cannot be told.
        """
        try:
            self.found = await self._find(most, beside) if self._may_ask else None
        except SendError:
            if now - self.delivery.changed_at < ASK_FOR:
                raise
        except NotYet:
            return
        self.open = False

    async def _find(self, most: int, beside: int) -> int | None:
        candidates = await self._candidates(beside)
        for candidate in candidates[:most]:
            there = await exists(self._sender, self.delivery.chat_id, candidate)
            if there is None:
                return None
            if there:
                return candidate
            self._asked.add(candidate)
        if len(candidates) <= most:
            return NOWHERE
        if most < CANDIDATES:
            raise NotYet
        return None

    async def _candidates(self, beside: int) -> list[int]:
        floor = self.delivery.floor or 0
        known = await self._store.outbox.known_ids(self.delivery.chat_id, above=floor)
        top = self._ceiling() or max(known, default=floor) + beside + UNSEEN + 1
        return [i for i in range(floor + 1, top) if i not in known and i not in self._asked]


class NotYet(Exception):
    """There are more ids to ask about."""


async def _record(store: Store, renderer: Renderer | None, search: Search, *, now: datetime) -> str:
    """Commit what was found, or what policy wants; which of Settled it counts as."""
    delivery, proven = search.delivery, search.found == NOWHERE
    if search.found:
        await store.outbox.sent(delivery.id, message_id=search.found, now=now)
        return "sent"
    if _gives_up(delivery, proven=proven):
        await _give_up(store, renderer, delivery, proven=proven, now=now)
        return "given_up"
    if not proven:
        fields = {"delivery": delivery.id, "chat": delivery.chat_id}
        log.warning("sent again, though it may have arrived", extra=fields)
    await store.outbox.unsend(delivery.id, now=now)
    return "again"


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
