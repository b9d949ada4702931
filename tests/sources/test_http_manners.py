"""The fetcher among hosts: turns, pauses, connections; and that it goes only where it checked."""

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.sources import errors
from bot.sources.http import Fetcher
from bot.sources.wire import connecting as module
from bot.sources.wire.manners import Manners


class Watch:
    """Time that goes on only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def read(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Names(AbstractResolver):
    """Leads each name to the next of these addresses."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = list(addresses)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        address = self.addresses.pop(0) if len(self.addresses) > 1 else self.addresses[0]
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [
            ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=0)
        ]

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
async def watch() -> Watch:
    return Watch()


@pytest.fixture
async def polite(watch: Watch) -> AsyncIterator[Fetcher]:
    made = Fetcher(
        "Svodka/test",
        allow_private=True,
        manners=Manners(monotonic=watch.read, sleep=watch.sleep),
        resolver=Names("127.0.0.1"),
    )
    yield made
    await made.close()


def port_of(site: Any) -> int:
    return int(site.url.rpartition(":")[2])


async def test_each_hop_takes_its_hosts_turn(site: Any, polite: Fetcher, watch: Watch) -> None:
    port = port_of(site)
    site.answers["/a"] = web.Response(status=302, headers={"Location": "/b"})
    site.answers["/b"] = web.Response(
        status=302, headers={"Location": f"http://other.example:{port}/c"}
    )
    site.answers["/c"] = b"here"
    assert (await polite.get(f"http://www.news.example:{port}/a")).body == b"here"
    assert len(watch.slept) == 1
    await polite.get(f"http://news.example:{port}/c")  # with www. or without: one site
    assert len(watch.slept) == 2
    assert all(1 <= rest <= 1.25 for rest in watch.slept)


async def test_one_connection_to_a_host_is_kept_and_used_again(site: Any, polite: Fetcher) -> None:
    site.answers |= {f"/{number}": b"x" for number in range(6)}
    await asyncio.gather(*(polite.get(f"{site.url}/{number}") for number in range(6)))
    peers = {request.transport.get_extra_info("peername") for request in site.requests}
    assert len({id(request.protocol) for request in site.requests}) == len(peers) == 1


async def test_connections_that_are_kept_are_few(
    site: Any, polite: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT", 5)
    site.answers["/"] = b"x"
    for number in range(20):
        await polite.get(f"http://{number}.example:{port_of(site)}/")
    assert len(polite._connections) <= 6
    kept = [r for r in site.requests if r.headers.get("Connection") != "close"]
    assert len(kept) >= 5


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"Retry-After": "600"}, 600),
        (503, {"Retry-After": "Wed, 18 Nov 2026 01:10:00 GMT"}, 600),
        (429, {}, 900),
        (503, {}, 300),
    ],
)
async def test_who_was_told_to_wait_waits_and_so_do_all(
    site: Any,
    polite: Fetcher,
    watch: Watch,
    status: int,
    headers: dict[str, str],
    seconds: float,
) -> None:
    headers = {"Date": "Wed, 18 Nov 2026 01:00:00 GMT", **headers}
    site.answers |= {"/a": web.Response(status=status, headers=headers), "/b": b"x"}
    with pytest.raises(errors.BadAnswer):
        await polite.get(f"{site.url}/a")
    with pytest.raises(errors.ToldToWait) as told:
        await polite.get(f"{site.url}/b")
    assert told.value.retry_after_s == pytest.approx(seconds)
    assert site.paths() == ["/a"]
    watch.now += seconds
    assert (await polite.get(f"{site.url}/b")).body == b"x"


async def test_waiting_for_a_turn_is_not_slowness(
    site: Any, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, total_s = asyncio.get_running_loop(), 30
    ticks = loop.time
    monkeypatch.setattr(loop, "time", lambda: ticks() + watch.now)  # timeouts see it sleep, too
    manners = Manners(monotonic=watch.read, sleep=watch.sleep, between_s=2 * total_s)
    fetcher = Fetcher("Svodka/test", allow_private=True, manners=manners, total_s=total_s)
    site.answers["/"] = b"x"
    answers = await asyncio.gather(*(fetcher.get(f"{site.url}/") for _ in range(5)))
    assert len(answers) == 5
    assert sum(watch.slept) > 4 * total_s
    await fetcher.close()


async def test_a_form_is_posted_and_its_answer_is_a_status(site: Any, polite: Fetcher) -> None:
    form: dict[str, object] = {}

    async def hub(request: web.Request) -> web.StreamResponse:
        form.update(await request.post())
        return web.Response(status=202, body=b"x" * (1 << 20))

    site.answers |= {
        "/hub": hub,
        "/moved": web.Response(status=307, headers={"Location": "/hub"}),
        "/other": web.Response(status=302, headers={"Location": "/hub"}),
        "/round": web.Response(status=308, headers={"Location": "/round"}),
        "/out": web.Response(status=307, headers={"Location": "ftp://a.example/"}),
    }
    sent = {"hub.mode": "subscribe", "hub.topic": "https://a.example/ф?x&y"}
    assert await polite.post(f"{site.url}/hub", sent) == 202
    assert form == sent
    form.clear()
    assert await polite.post(f"{site.url}/moved", sent) == 202
    assert form == sent
    assert await polite.post(f"{site.url}/other", sent) == 302  # would make it a GET
    assert await polite.post(f"{site.url}/none", sent) == 404
    assert site.paths() == ["/hub", "/moved", "/hub", "/other", "/none"]
    with pytest.raises(errors.TooManyRedirects):
        await polite.post(f"{site.url}/round", sent)
    with pytest.raises(errors.BadAddress):
        await polite.post(f"{site.url}/out", sent)


async def test_a_hub_at_home_is_refused() -> None:
    fetcher = Fetcher("Svodka/test", resolver=Names("127.0.0.1"))
    with pytest.raises(errors.PrivateAddress):
        await fetcher.post("http://127.0.0.1/hub", {})
    with pytest.raises(errors.PrivateAddress):
        await fetcher.post("http://hub.example/", {})
    await fetcher.close()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "fd00:ec2::254",
        "fe80::1",
    ],
)
async def test_a_name_that_leads_into_a_private_network_is_refused(address: str) -> None:
    fetcher = Fetcher("Svodka/test", resolver=Names(address))
    with pytest.raises(errors.PrivateAddress, match=r"news\.example leads to an address"):
        await fetcher.get("http://news.example/")
    await fetcher.close()


async def test_a_name_that_turns_private_after_it_was_checked_is_refused(
    site: Any, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: what is checked is the address of the connection, each time."""
    tried: list[Any] = []

    async def connect(_loop: object, _socket: object, address: Any) -> None:
        tried.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(type(loop), "sock_connect", connect)
    fetcher = Fetcher(
        "Svodka/test",
        manners=Manners(monotonic=watch.read, sleep=watch.sleep),
        resolver=Names("93.184.216.34", "127.0.0.1"),
    )
    url = f"http://news.example:{port_of(site)}/"
    with pytest.raises(errors.Unreachable):
        await fetcher.get(url)
    await fetcher.close()  # and its names are forgotten
    with pytest.raises(errors.PrivateAddress):
        await fetcher.get(url)
    assert [address[0] for address in tried] == ["93.184.216.34"]
    await fetcher.close()


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest/", "https://127.1/", "http://[::1]/", "//0x7f.1/"]
)
async def test_a_redirect_into_a_private_network_is_refused(
    site: Any, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    site.answers["/"] = web.Response(status=301, headers={"Location": target})
    fetcher = Fetcher("Svodka/test", resolver=Names("127.0.0.1"))
    monkeypatch.setattr(module, "is_private", lambda ip: False)  # the first hop is our own server
    with pytest.raises(errors.PrivateAddress):
        await fetcher.get(f"http://news.example:{port_of(site)}/")
    assert len(site.requests) == 1
    await fetcher.close()


async def test_headers_that_drip_are_left(watch: Watch) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        try:
            while not reader.at_eof():
                writer.write(b"X-Drip: x\r\n")
                await writer.drain()
                await asyncio.sleep(0.01)
        except ConnectionError:
            return
        finally:
            writer.close()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    fetcher = Fetcher("Svodka/test", allow_private=True, total_s=0.1, idle_s=5)
    with pytest.raises(errors.TooSlow):
        await fetcher.get(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
    await fetcher.close()
    server.close()


async def test_headers_without_end_are_nonsense(fetcher: Fetcher) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nX: " + b"x" * (1 << 20) + b"\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    with pytest.raises(errors.Broken):
        await fetcher.get(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
    server.close()


@pytest.mark.parametrize(
    "location", ["http://[", "http://exa mple/", "http://\x7f/", "http://a:x/"]
)
async def test_a_redirect_to_nonsense_is_one_clear_sentence(
    site: Any, fetcher: Fetcher, location: str
) -> None:
    site.answers["/"] = web.Response(status=302, headers={"Location": location})
    with pytest.raises(errors.FetchError):
        await fetcher.get(f"{site.url}/")
