"""WebSub against a hub on loopback: subscribing, verification, leases, pushes, and farewell."""

import hmac
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import aiohttp
import pytest
from aiohttp import web

from bot.jobs.gathering.pushes import Push, Pushes
from bot.jobs.gathering.reports import PollReport
from bot.jobs.gathering.websub import WebSub, is_pushed, note
from bot.sources.http import Fetcher
from bot.sources.websub import Offer
from bot.web import PUSH_BYTES, push_routes, serve
from storage.models import HubState, HubSubscription, NewSource, Source
from storage.ports import Store
from tests.conftest import Site

FEED = b"<rss version='2.0'><channel><title>A</title></channel></rss>"


class Hub:
    """Verifies at once, before it answers; does what `mode` says."""

    def __init__(self, site: Site, http: aiohttp.ClientSession) -> None:
        self.url = f"{site.url}/hub"
        self.lease_s = 864_000
        self.status = 202
        self.verifying = True
        self.forms: list[dict[str, str]] = []
        self.verified: list[bool] = []
        self._http = http
        site.answers["/hub"] = self._asked

    @property
    def modes(self) -> list[str]:
        return [form["hub.mode"] for form in self.forms]

    async def _asked(self, request: web.Request) -> web.Response:
        self.forms.append({key: str(value) for key, value in (await request.post()).items()})
        if self.verifying:
            await self.verify(self.forms[-1])
        return web.Response(status=self.status, text="x" * 100_000)

    async def verify(self, form: dict[str, str], **other: str) -> int:
        """Ask the subscriber whether it meant it; the status it answered with."""
        query = {
            "hub.mode": form["hub.mode"],
            "hub.topic": form["hub.topic"],
            "hub.challenge": "c<h>a",
            "hub.lease_seconds": str(self.lease_s),
        }
        query |= {f"hub.{name}": value for name, value in other.items()}
        async with self._http.get(form["hub.callback"], params=query) as answer:
            self.verified.append(answer.status == 200 and await answer.text() == "c<h>a")
            if answer.status == 200:
                assert answer.content_type == "text/plain"
            return answer.status

    async def publish(
        self, body: bytes, *, secret: str | None = None, method: str = "sha256"
    ) -> int:
        form = self.forms[-1]
        key = form.get("hub.secret", "") if secret is None else secret
        headers = {"Content-Type": "application/rss+xml"}
        if key:
            signature = hmac.new(key.encode(), body, method).hexdigest()
            headers["X-Hub-Signature"] = f"{method}={signature}"
        async with self._http.post(
            form["hub.callback"], data=io.BytesIO(body), headers=headers
        ) as answer:
            return answer.status


@dataclass
class Subscriber:
    """All of our side, with a clock that stands where it is put."""

    now: datetime
    websub: WebSub
    pushes: Pushes
    received: list[tuple[str, bytes, str | None]] = field(default_factory=list)

    async def filed(self) -> None:
        await self.pushes.close()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def hub(site: Site, http: aiohttp.ClientSession) -> Hub:
    return Hub(site, http)


@pytest.fixture
async def us(store: Store, fetcher: Fetcher, now: datetime) -> AsyncIterator[Subscriber]:
    async def receive(source: Source, body: bytes, content_type: str | None) -> PollReport:
        if body == b"crash":
            raise RuntimeError("a bug")
        if body.startswith(b"%PDF"):
            return PollReport(source=source, error="no feed")
        made.received.append((source.title, body, content_type))
        return PollReport(source=source)

    async def later(request: web.Request) -> web.StreamResponse:
        handlers = {route.method: route.handler for route in push_routes(made.websub, made.pushes)}
        return await handlers[request.method](request)

    server = await serve(
        [web.get("/websub/{token}", later), web.post("/websub/{token}", later)],
        host="127.0.0.1",
        port=0,
    )
    made = Subscriber(
        now=now,
        websub=WebSub(
            store=store,
            post=fetcher.post,
            public_url=f"http://127.0.0.1:{server.port}/",
            clock=lambda: made.now,
        ),
        pushes=Pushes(store=store, receive=receive),
    )
    yield made
    await made.filed()
    await server.close()


@pytest.fixture
async def source(store: Store, now: datetime) -> Source:
    return await store.sources.add(NewSource(url="http://a.test/rss", title="Вести"), now=now)


@pytest.fixture
async def offered(store: Store, source: Source, hub: Hub, now: datetime) -> Offer:
    """The source's feed was read, and named the hub."""
    made = Offer(hub=hub.url, topic="http://a.test/rss?x=1&y=я")
    await note(store.hubs, source, made, now=now)
    return made


async def read(store: Store, source: Source) -> HubSubscription:
    stored = await store.hubs.get(source.id)
    assert stored is not None
    return stored


async def test_an_offered_hub_is_asked_verifies_and_pushes(
    store: Store, source: Source, us: Subscriber, hub: Hub, offered: Offer
) -> None:
    assert not is_pushed(await store.hubs.get(source.id), us.now)
    await us.websub.tend()
    [form] = hub.forms
    assert (form["hub.mode"], form["hub.topic"]) == ("subscribe", offered.topic)
    assert hub.verified == [True]
    active = await read(store, source)
    assert (active.state, active.lease_until) == (HubState.ACTIVE, us.now + timedelta(days=10))
    assert is_pushed(active, us.now)
    assert await hub.publish(FEED) == 202
    await us.filed()
    assert us.received == [("Вести", FEED, "application/rss+xml")]
    assert us.pushes.counted == {Push.TAKEN: 1}


async def test_nothing_more_is_asked_until_the_lease_needs_it(
    store: Store, source: Source, us: Subscriber, hub: Hub, offered: Offer
) -> None:
    await us.websub.tend()
    us.now += timedelta(days=7)
    await us.websub.tend()
    assert len(hub.forms) == 1
    us.now += timedelta(days=1)  # 80 % of ten days
    await us.websub.tend()
    assert hub.modes == ["subscribe", "subscribe"]
    assert hub.forms[0] == hub.forms[1]
    assert (await read(store, source)).lease_until == us.now + timedelta(days=10)


async def test_a_lease_of_seconds_is_not_renewed_every_second(
    store: Store, source: Source, us: Subscriber, hub: Hub, offered: Offer
) -> None:
    hub.lease_s = 1
    await us.websub.tend()
    us.now += timedelta(minutes=4)
    assert not is_pushed(await read(store, source), us.now)
    await us.websub.tend()
    assert len(hub.forms) == 1


@pytest.mark.parametrize(("status", "verifying"), [(500, False), (202, False)])
async def test_a_hub_that_does_not_come_back_is_asked_with_doubling_waits(
    us: Subscriber, hub: Hub, offered: Offer, status: int, verifying: bool
) -> None:
    hub.status, hub.verifying = status, verifying
    began, asked = us.now, []
    for _ in range(2 * 24 * 12):  # two days in steps of five minutes
        before = len(hub.forms)
        await us.websub.tend()
        if len(hub.forms) > before:
            asked.append((us.now - began) // timedelta(minutes=5))
        us.now += timedelta(minutes=5)
    assert asked == [0, 1, 3, 7, 15, 31, 63, 127, 255, 511]


async def test_a_renewal_that_fails_leaves_the_lease_to_its_end(
    store: Store, source: Source, us: Subscriber, hub: Hub, offered: Offer
) -> None:
    await us.websub.tend()
    end = us.now + timedelta(days=10)
    hub.status, hub.verifying = 503, False
    us.now += timedelta(days=9)
    await us.websub.tend()
    assert is_pushed(await read(store, source), us.now)
    us.now = end + timedelta(days=1)
    await us.websub.tend()
    assert (await read(store, source)).state is HubState.ASKED


async def test_only_what_we_asked_for_is_confirmed(
    store: Store, source: Source, us: Subscriber, hub: Hub, offered: Offer
) -> None:
    hub.verifying = False
    await us.websub.tend()
    form = hub.forms[0]
    assert await hub.verify(form, topic="http://other.test/") == 404
    assert await hub.verify(form, mode="unsubscribe") == 404
    assert await hub.verify(form, mode="publish") == 404
    assert await hub.verify(form, challenge="") == 404
    wrong = form["hub.callback"].rpartition("/")[0] + "/guessed"
    assert await hub.verify(form | {"hub.callback": wrong}) == 404
    assert (await read(store, source)).state is HubState.ASKED
    assert await hub.verify(form) == 200


async def test_a_denial_is_believed_and_asked_again_in_a_week(
    store: Store, source: Source, us: Subscriber, hub: Hub, offered: Offer
) -> None:
    hub.verifying = False
    await us.websub.tend()
    assert await hub.verify(hub.forms[0], mode="denied", challenge="", reason="no") == 200
    assert (await read(store, source)).state is HubState.REFUSED
    assert await hub.verify(hub.forms[0]) == 404
    us.now += timedelta(days=6)
    await us.websub.tend()
    assert len(hub.forms) == 1
    us.now += timedelta(days=1)
    hub.verifying = True
    await us.websub.tend()
    assert (await read(store, source)).state is HubState.ACTIVE


@pytest.mark.parametrize("secret", ["", "guessed"])
async def test_what_is_not_signed_is_acknowledged_and_ignored(
    us: Subscriber, hub: Hub, offered: Offer, secret: str
) -> None:
    await us.websub.tend()
    assert await hub.publish(FEED, secret=secret) == 202
    await us.filed()
    assert us.received == []
    assert us.pushes.counted == {Push.UNSIGNED: 1}


async def test_a_push_to_an_address_of_nobody_is_gone(
    store: Store, source: Source, us: Subscriber, hub: Hub, offered: Offer, now: datetime
) -> None:
    await us.websub.tend()
    await store.sources.enable(source.id, False, now=now)
    assert await hub.publish(FEED) == 410
    await store.hubs.drop(source.id)
    assert await hub.publish(FEED) == 410
    assert us.received == []


async def test_a_push_is_bounded(us: Subscriber, hub: Hub, offered: Offer) -> None:
    await us.websub.tend()
    assert await hub.publish(b" " * (2 << 20)) == 202  # more than the web server takes elsewhere
    assert await hub.publish(b" " * (PUSH_BYTES + 1)) == 413
    await us.filed()
    assert [len(body) for _, body, _ in us.received] == [2 << 20]


async def test_a_push_that_cannot_be_filed_costs_itself(
    us: Subscriber, hub: Hub, offered: Offer
) -> None:
    await us.websub.tend()
    for body in (b"%PDF-1.4", b"crash", FEED):
        assert await hub.publish(body) == 202
    await us.filed()
    assert [body for _, body, _ in us.received] == [FEED]
    assert us.pushes.counted == {Push.TAKEN: 3, Push.FAILED: 2}


async def test_more_than_fits_is_told_to_come_again(
    us: Subscriber, hub: Hub, offered: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await us.websub.tend()
    monkeypatch.setattr("bot.jobs.gathering.pushes.PENDING_BYTES", len(FEED) - 1)
    assert await hub.publish(FEED) == 503
    assert us.pushes.counted == {Push.BUSY: 1}


async def test_a_source_that_is_off_is_unsubscribed_and_comes_back(
    store: Store, source: Source, us: Subscriber, hub: Hub, offered: Offer
) -> None:
    await us.websub.tend()
    await store.sources.enable(source.id, False, now=us.now)
    for _ in range(3):
        await us.websub.tend()
    assert hub.modes == ["subscribe", "unsubscribe"]
    assert hub.verified == [True, True]
    resting = await read(store, source)
    assert (resting.state, resting.lease_until) == (HubState.ASKED, None)
    await store.sources.enable(source.id, True, now=us.now)
    us.now += timedelta(days=8)
    await us.websub.tend()
    assert is_pushed(await read(store, source), us.now)


async def test_a_removed_source_is_unsubscribed_and_forgotten(
    store: Store, source: Source, us: Subscriber, hub: Hub, offered: Offer
) -> None:
    await us.websub.tend()
    await store.sources.remove(source.id)
    await us.websub.tend()
    assert hub.modes == ["subscribe", "unsubscribe"]
    assert await store.hubs.all() == []


async def test_a_hub_that_hears_no_farewell_is_left_alone_in_the_end(
    store: Store, source: Source, us: Subscriber, hub: Hub, offered: Offer
) -> None:
    await us.websub.tend()
    hub.verifying = False
    await store.sources.remove(source.id)
    for _ in range(100):
        await us.websub.tend()
        us.now += timedelta(minutes=5)
    assert hub.modes == ["subscribe"] + ["unsubscribe"] * 4
    assert await store.hubs.all() == []


async def test_what_was_never_asked_needs_no_farewell(
    store: Store, source: Source, us: Subscriber, hub: Hub, offered: Offer
) -> None:
    await store.sources.remove(source.id)
    await us.websub.tend()
    assert (hub.forms, await store.hubs.all()) == ([], [])


async def test_a_hub_in_a_private_network_is_refused_unasked(
    store: Store, source: Source, us: Subscriber, hub: Hub, offered: Offer
) -> None:
    careful = Fetcher("Svodka/test")
    websub = WebSub(
        store=store, post=careful.post, public_url="http://a.test", clock=lambda: us.now
    )
    await websub.tend()
    await careful.close()
    assert hub.forms == []
    assert (await read(store, source)).state is HubState.REFUSED


async def test_another_public_address_makes_hubs_be_asked_anew(
    store: Store, source: Source, us: Subscriber, hub: Hub, offered: Offer, fetcher: Fetcher
) -> None:
    await us.websub.tend()
    moved = WebSub(
        store=store, post=fetcher.post, public_url="http://127.0.0.1:9", clock=lambda: us.now
    )
    hub.verifying = False
    for _ in range(2):
        await moved.tend()
    assert [form["hub.callback"].rpartition("/")[0] for form in hub.forms[1:]] == [
        "http://127.0.0.1:9/websub"
    ]
    assert not is_pushed(await read(store, source), us.now)


async def test_the_same_offer_changes_nothing_and_another_begins_anew(
    store: Store, source: Source, us: Subscriber, hub: Hub, offered: Offer, now: datetime
) -> None:
    await us.websub.tend()
    before = await read(store, source)
    await note(store.hubs, source, offered, now=us.now)
    assert await read(store, source) == before
    await note(store.hubs, source, replace(offered, topic="http://a.test/new"), now=us.now)
    other = await read(store, source)
    assert (other.topic, other.state) == ("http://a.test/new", HubState.ASKED)
    assert other.token != before.token
    assert other.secret != before.secret
    await note(store.hubs, source, None, now=us.now)
    assert await store.hubs.get(source.id) is None


async def test_a_hub_that_is_named_no_more_pushes_in_vain_until_its_lease_ends(
    store: Store, source: Source, us: Subscriber, hub: Hub, offered: Offer
) -> None:
    await us.websub.tend()
    assert await hub.publish(FEED) == 202
    await us.filed()
    us.received.clear()
    await note(store.hubs, source, replace(offered, hub="http://other.test/"), now=us.now)
    assert await hub.publish(FEED) == 410
    assert await hub.verify(hub.forms[0]) == 404  # nor is its lease renewed
    assert us.received == []
