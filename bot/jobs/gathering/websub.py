"""WebSub: hubs are asked to push, and their leases are kept alive.

The database tells what is to be done: a subscription whose `act_at` has come is asked for, or asked
for again. Polling goes on beside it, only less often.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.sources import errors, websub
from bot.sources.websub import Offer
from storage.models import HubState, HubSubscription, Source
from storage.ports import Hubs, Store

log = logging.getLogger("svodka.websub")

AT_ONCE = 20  # requests for pushes that one tending makes
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(days=1)  # for a hub that keeps silent
REFUSED_WAIT = timedelta(days=7)
RENEW_AT = 0.8  # of the lease
SHORTEST_RENEWAL_S = 300.0  # however short the lease that a hub gives
LAST_GOODBYE = 4  # requests to end a subscription, then it is left to run out
ADDRESS_NOTE = "websub.callbacks"

Post = Callable[[str, Mapping[str, str]], Awaitable[int]]


def is_pushed(subscription: HubSubscription | None, now: datetime) -> bool:
    """Whether a hub tells us now of a source's news, so that it is polled less often."""
    return (
        subscription is not None
        and subscription.state is HubState.ACTIVE
        and subscription.lease_until is not None
        and subscription.lease_until > now
    )


async def note(hubs: Hubs, source: Source, offer: Offer | None, *, now: datetime) -> None:
    """Remember what a source's feed offers, each time that it was read whole.

    Without a public address nothing comes of it until there is one. A hub that is named no more is
    not told: its lease ends, and what it pushes until then is answered 410 (§7: it may end at
    that).
    """
    known = await hubs.get(source.id)
    if offer is None:
        if known is not None:
            await hubs.drop(source.id)
        return
    if known is None or (known.hub, known.topic) != (offer.hub, offer.topic):
        await hubs.put(
            HubSubscription(
                source_id=source.id,
                hub=offer.hub,
                topic=offer.topic,
                token=secrets.token_urlsafe(24),
                secret=secrets.token_urlsafe(32),
                act_at=now,
            )
        )


class WebSub:
    """Our side of all subscriptions."""

    def __init__(self, *, store: Store, post: Post, public_url: str, clock: Clock) -> None:
        self._store = store
        self._post = post
        self._callbacks = public_url.rstrip("/") + "/websub/"
        self._clock = clock
        self._minded = False

    async def tend(self) -> None:
        """Make the requests to hubs that are due."""
        await self._mind_address()
        due = await self._store.hubs.due(now=self._clock(), limit=AT_ONCE)
        on = {source.id for source in await self._store.sources.all() if source.enabled}
        leaving = [known for known in await self._store.hubs.all() if known.source_id not in on]
        async with asyncio.TaskGroup() as requests:
            for known in due:
                requests.create_task(self._subscribe(known))
            for known in leaving:
                requests.create_task(self._leave(known))

    async def verify(self, token: str, query: Mapping[str, str]) -> str | None:
        """The challenge to echo, or nothing to say to a denial; None: it is none of ours (§5.3)."""
        known = await self._store.hubs.by_token(token)
        if known is None or query.get("hub.topic") != known.topic:
            return None
        mode, challenge = query.get("hub.mode"), query.get("hub.challenge")
        if mode == "denied":
            await self._refused(known, query.get("hub.reason") or "it gave no reason")
            return ""
        wanted = await wanting(self._store, known) is not None
        if not challenge:
            return None
        if mode == "subscribe" and wanted and known.state is not HubState.REFUSED:
            await self._activate(known, websub.lease_s(query))
            return challenge
        if mode == "unsubscribe" and not wanted:
            await self._end(known)
            return challenge
        return None

    async def _mind_address(self) -> None:
        """Hubs that push to an address we had before are asked anew."""
        if self._minded:
            return
        if await self._store.notes.get(ADDRESS_NOTE) != self._callbacks:
            for known in await self._store.hubs.all():
                await self._store.hubs.put(_anew(known, self._clock()))
            await self._store.notes.set(ADDRESS_NOTE, self._callbacks)
        self._minded = True

    async def _subscribe(self, known: HubSubscription) -> None:
        """Stored before it is asked for: a hub may verify before it answers."""
        now = self._clock()
        active = is_pushed(known, now)
        asked = replace(_waiting(known, now), state=HubState.ACTIVE if active else HubState.ASKED)
        await self._store.hubs.put(asked)
        form = websub.subscribing(
            topic=known.topic, callback=self._callbacks + known.token, secret=known.secret
        )
        await self._ask(asked, form)

    async def _leave(self, known: HubSubscription) -> None:
        """End the subscription of a source that is off or gone, as far as the hub helps."""
        now = self._clock()
        live = is_pushed(known, now) or known.attempts > 0
        if not live or (known.state is HubState.ASKED and known.attempts >= LAST_GOODBYE):
            await self._end(known)
        elif known.state is HubState.ACTIVE or known.act_at <= now:
            first = known.state is HubState.ACTIVE
            known = _waiting(replace(known, attempts=0) if first else known, now)
            asked = replace(known, state=HubState.ASKED)
            await self._store.hubs.put(asked)
            form = websub.unsubscribing(topic=known.topic, callback=self._callbacks + known.token)
            await self._ask(asked, form)

    async def _ask(self, known: HubSubscription, form: Mapping[str, str]) -> None:
        """The hub's answer says only whether it heard; its verification decides."""
        try:
            status = await self._post(known.hub, form)
        except errors.BadAddress as e:
            await self._refused(known, str(e))
        except errors.FetchError as e:
            _say_once(known, str(e))
        else:
            if not 200 <= status < 300:
                _say_once(known, f"it answers {status}")

    async def _activate(self, known: HubSubscription, lease_s: int) -> None:
        now = self._clock()
        if known.state is not HubState.ACTIVE:
            log.info("The hub %s pushes %s from now on.", known.hub, known.topic)
        renewal_s = max(lease_s * RENEW_AT, SHORTEST_RENEWAL_S)
        active = replace(
            known,
            state=HubState.ACTIVE,
            act_at=now + timedelta(seconds=renewal_s),
            lease_until=now + timedelta(seconds=lease_s),
            attempts=0,
        )
        await self._store.hubs.put(active)

    async def _refused(self, known: HubSubscription, reason: str) -> None:
        log.warning("The hub %s does not push %s: %s.", known.hub, known.topic, reason[:200])
        refused = replace(_anew(known, self._clock() + REFUSED_WAIT), state=HubState.REFUSED)
        await self._store.hubs.put(refused)

    async def _end(self, known: HubSubscription) -> None:
        """Nothing is pushed any more; what is only off may be switched on again."""
        anew = _anew(known, known.act_at)
        if await self._store.sources.get(known.source_id) is None:
            await self._store.hubs.drop(known.source_id)
        elif known.state is not HubState.REFUSED and known != anew:
            await self._store.hubs.put(anew)


async def wanting(store: Store, known: HubSubscription) -> Source | None:
    """The source that the pushes are for; None when nothing more is to be taken in for it."""
    source = await store.sources.get(known.source_id)
    return source if source is not None and source.enabled else None


def _anew(known: HubSubscription, act_at: datetime) -> HubSubscription:
    """As if the hub had never been asked."""
    return replace(known, state=HubState.ASKED, act_at=act_at, lease_until=None, attempts=0)


def _waiting(known: HubSubscription, now: datetime) -> HubSubscription:
    """With one request more, and a wait that doubles with each."""
    wait = min(FIRST_WAIT * 2 ** min(known.attempts, 10), LONGEST_WAIT)
    return replace(known, attempts=known.attempts + 1, act_at=now + wait)


def _say_once(known: HubSubscription, said: str) -> None:
    """A hub's first failure in a row is a line."""
    level = logging.INFO if known.attempts == 1 else logging.DEBUG
    log.log(level, "The hub %s was asked about %s in vain: %s.", known.hub, known.topic, said)
