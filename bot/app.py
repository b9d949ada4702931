"""The composition root: the one place that chooses the parts of Svodka and joins them."""

import asyncio
import logging
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import __version__, config, logs
from bot import clock as real_clock
from bot.clock import Clock
from bot.config import Settings
from bot.jobs import notices, plan, remembering, upkeep
from bot.jobs.duties import Duty, keep
from bot.jobs.editing import Editing
from bot.jobs.ingest import Ingest
from bot.jobs.instance import Instance
from bot.jobs.outbox import Outbound
from bot.jobs.pacing import Pacer
from bot.jobs.pushes import Push, Pushes
from bot.jobs.reindexing import Reindexing
from bot.jobs.sending import TokenRefused
from bot.jobs.startup import load_samples, remember_waits, sync_sources
from bot.jobs.websub import WebSub
from bot.news.topics import Topics, TopicsError, parse_topics
from bot.sources.http import Fetcher, user_agent
from bot.sources.listing import SourcesError, parse_sources
from bot.sources.wire.manners import Manners
from bot.web import Figures, WebError, house_routes, push_routes, serve
from bot.workers import Workers
from storage.connect import open_store
from storage.models import NewSource
from storage.ports import Store

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox
    from bot.telegram.life import Telegram
    from bot.telegram.verifying import Seen

log = logging.getLogger("svodka")

T = TypeVar("T")

FINISH_S = 20  # what has begun may take this long to end when the bot stops
POLL_S, PLAN_S, RECONCILE_S, SOURCES_OFF_S, HUBS_S, TIDY_S = 20, 2, 15, 60, 60, 6 * 3600
INDEX_S, WORDS_S, AMEND_S = 3600, 600, 5


class CannotStart(Exception):
    """What an operator must mend before Svodka can go on; str() is one sentence that says how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What every command needs: the settings, the store and the topics."""

    settings: Settings
    store: Store
    topics: Topics
    topics_toml: str

    @property
    def zone(self) -> str:
        return self.settings.timezone

    @property
    def reindexing(self) -> Reindexing:
        return Reindexing(store=self.store, topics_toml=self.topics_toml, zone=self.zone)


def settings(env: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process. Raises ConfigError."""
    return config.load(env)


@asynccontextmanager
async def open_house(given: Settings | None = None) -> AsyncIterator[House]:
    """The store and the topics, open. Raises ConfigError, StorageError, CannotStart."""
    given = given or settings()
    topics_toml, topics = load_topics(given)
    store = await open_store(given.database_url)
    try:
        yield House(settings=given, store=store, topics=topics, topics_toml=topics_toml)
    finally:
        await store.close()


@asynccontextmanager
async def owned(house: House, clock: Clock = real_clock.now) -> AsyncIterator[None]:
    """The store as its one owner, for long work beside which no bot may run. Raises StoreBusy."""
    instance = Instance(house.store, clock=clock, monotonic=time.monotonic)
    await instance.begin()
    async with instance.beating():
        yield


async def verify_telegram(house: House, chat: int | str) -> AsyncIterator["Seen"]:
    """What the real service does of what reconciliation relies on. Raises CannotStart."""
    from bot.telegram.session import build_bot
    from bot.telegram.verifying import CannotVerify, verify

    given = house.settings
    if given.sandbox:
        raise CannotStart("There is no BOT_TOKEN, so there is no real service to ask.")
    bot = build_bot(
        given.bot_token,
        pacer=Pacer(given.send_rate, monotonic=time.monotonic),
        api_url=given.telegram_api_url,
        proxy=given.telegram_proxy,
        noted=house.store.outbox.saw_message,
    )
    try:
        async for seen in verify(bot, chat):
            yield seen
    except CannotVerify as e:
        raise CannotStart(str(e)) from e
    finally:
        await bot.session.close()


@asynccontextmanager
async def open_newsroom(house: House, clock: Clock = real_clock.now) -> AsyncIterator[Ingest]:
    """What takes news in: HTTP and worker processes, started when first needed."""
    given = house.settings
    await house.reindexing.begin()
    workers = Workers(prepare=partial(remembering.preparation, house.store))
    fetcher = Fetcher(
        user_agent(given.user_agent_contact),
        allow_private=given.allow_private_hosts,
        manners=Manners(monotonic=time.monotonic, at_once=given.fetches_at_once),
    )
    remember_waits(await house.store.sources.all(), fetcher, now=clock())
    ingest = Ingest(
        store=house.store,
        fetcher=fetcher,
        workers=workers,
        topics_toml=house.topics_toml,
        clock=clock,
        at_once=given.fetches_at_once,
        zone=given.timezone,
    )
    try:
        yield ingest
    finally:
        await ingest.close()
        await fetcher.close()
        await workers.close()


async def list_sources(house: House, clock: Clock = real_clock.now) -> None:
    """Put what the sources file lists into the store. Raises CannotStart."""
    await sync_sources(house.store, load_sources(house.settings), now=clock())


def load_topics(given: Settings) -> tuple[str, Topics]:
    """The topics file, as text and understood; the shipped one unless TOPICS_FILE names another."""
    text, name = _text_of(given.topics_file, "bot.news", "topics.toml")
    try:
        return text, parse_topics(text, name=name)
    except TopicsError as e:
        raise CannotStart(str(e)) from e


def load_sources(given: Settings) -> list[NewSource]:
    """The sources file; the shipped one unless SOURCES_FILE names another."""
    text, name = _text_of(given.sources_file, "bot.sources", "sources.toml")
    try:
        return parse_sources(text, name)
    except SourcesError as e:
        raise CannotStart(str(e)) from e


def _text_of(path: Path | None, package: str, shipped: str) -> tuple[str, str]:
    try:
        if path is None:
            return (files(package) / shipped).read_text(encoding="utf-8"), shipped
        return path.read_text(encoding="utf-8"), str(path)
    except (OSError, UnicodeDecodeError) as e:
        raise CannotStart(f"{path} cannot be read ({e}); save it as UTF-8 text.") from e


async def run(
    given: Settings,
    *,
    clock: Clock = real_clock.now,
    drop_samples: bool = False,
    standby: bool = False,
) -> None:
    """Be the bot until SIGTERM or Ctrl-C; with `standby`, once no other copy is.

    Raises CannotStart, StorageError.
    """
    secrets = (given.bot_token, given.webhook_secret or "")
    logs.set_up(level=given.log_level, form=given.log_format, secrets=secrets)
    stopped = _signalled()
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(open_house(given))
        instance = Instance(house.store, clock=clock, monotonic=time.monotonic)
        goes_on = await _unless(stopped, instance.begin(standby=standby))
        if goes_on is None:
            return
        heart = await stack.enter_async_context(instance.beating())
        await _mind_samples(house, drop=drop_samples)
        await list_sources(house, clock)
        ingest = await stack.enter_async_context(open_newsroom(house, clock))
        ring = asyncio.Event()
        websub = _websub(house, ingest, clock)
        pushes = Pushes(store=house.store, receive=ingest.receive)
        stack.push_async_callback(pushes.close)
        telegram = await stack.enter_async_context(
            _on_air(house, ingest, ring, clock, websub=websub, pushes=pushes, alone=goes_on)
        )
        outbound = Outbound(
            house.store,
            telegram.sender,
            telegram.pacer,
            owner=_owner(),
            clock=clock,
            bell=ring,
            renderer=telegram.render,
            ask=given.reconcile,
        )
        duties = _duties(house, ingest, telegram, outbound, clock)
        editing = Editing(
            house.store,
            telegram.sender,
            telegram.amend,
            telegram.pacer,
            clock=clock,
            network=outbound.network,
            renderer=telegram.render,
        )
        duties.append(Duty(name="planning edits", every_s=AMEND_S, work=editing.amend))
        if websub is not None:
            duties.append(Duty(name="tending hubs", every_s=HUBS_S, work=websub.tend))
        await _live(stopped, telegram, outbound, editing, duties, heart)


async def _unless(stopped: asyncio.Event, work: Coroutine[object, object, T]) -> T | None:
    """What the work gives; None, and the work cancelled, when told to stop first."""
    working, told = asyncio.create_task(work), asyncio.create_task(stopped.wait())
    await asyncio.wait([working, told], return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if working.done():
        return working.result()
    working.cancel()
    await asyncio.wait([working])
    return None


def _websub(house: House, ingest: Ingest, clock: Clock) -> WebSub | None:
    """Hubs push only to those whom they can reach."""
    public_url = house.settings.public_url
    if public_url is None:
        return None
    return WebSub(store=house.store, post=ingest.fetcher.post, public_url=public_url, clock=clock)


@asynccontextmanager
async def _on_air(
    house: House,
    ingest: Ingest,
    ring: asyncio.Event,
    clock: Clock,
    *,
    websub: WebSub | None,
    pushes: Pushes,
    alone: bool,
) -> AsyncIterator["Telegram"]:
    """The web server and the way to Telegram, or to a sandbox of our own, until the block ends.

    `alone`: no other copy can be there, since this one was the last.
    """
    from bot.telegram.life import Telegram  # seconds and 70 MB: only the bot itself pays for it

    given = house.settings
    async with AsyncExitStack() as stack:
        sandbox, routes, max_bytes = _sandbox(clock) if given.sandbox else (None, [], 1 << 20)

        async def hook(request: web.Request) -> web.StreamResponse:
            return await telegram.hook(request)

        if given.webhook_url:
            routes.append(web.post(urlsplit(given.webhook_url).path or "/", hook))
        if websub is not None:
            routes += push_routes(websub, pushes)
        routes += house_routes(lambda: _health(house, telegram), lambda: _figures(house, pushes))
        try:
            server = await serve(
                routes, host=given.http_host, port=given.http_port, max_bytes=max_bytes
            )
        except WebError as e:
            raise CannotStart(str(e)) from e
        stack.push_async_callback(server.close)
        here = f"http://{_reachable(given.http_host)}:{server.port}"
        if sandbox:
            stack.push_async_callback(sandbox.close)
        telegram = Telegram(
            store=house.store,
            settings=given if sandbox is None else _with_admin(given, sandbox.reader.id),
            topics=house.topics,
            ingest=ingest,
            ring=ring.set,
            clock=clock,
            token=sandbox.token if sandbox else given.bot_token,
            api_url=here if sandbox else given.telegram_api_url,
            alone=alone or sandbox is not None,
        )
        stack.push_async_callback(telegram.close)
        if sandbox:
            log.info("No BOT_TOKEN, so this is the sandbox: open %s", here)
            await load_samples(house.store, ingest.filing, _sample_files(), now=clock())
            if await house.store.chats.get(sandbox.reader.id):
                sandbox.resume()
        yield telegram


def _sandbox(clock: Clock) -> tuple["Sandbox", list[web.RouteDef], int]:
    """A sandbox, what it serves, and how large a request to it may be."""
    from bot.sandbox.sandbox import Sandbox
    from bot.sandbox.server import BODY_BYTES, routes

    sandbox = Sandbox(clock)
    return sandbox, routes(sandbox), BODY_BYTES


def _with_admin(given: Settings, person_id: int) -> Settings:
    """In the sandbox the person at the chat page may do all that an admin may."""
    return replace(given, admin_ids=given.admin_ids | {person_id})


def _sample_files() -> dict[str, str]:
    """The texts of bot/samples/*.toml, by name."""
    shipped = files("bot.samples").iterdir()
    return {f.name: f.read_text("utf-8") for f in shipped if f.name.endswith(".toml")}


def _duties(
    house: House, ingest: Ingest, telegram: "Telegram", outbound: Outbound, clock: Clock
) -> list[Duty]:
    store, ring = house.store, outbound.bell

    async def plan_digests() -> None:
        await plan.plan_due(
            store,
            telegram.render,
            now=clock(),
            default_zone=house.zone,
            spread_min=house.settings.spread_min,
            ring=ring.set,
        )

    async def tell_of_sources_off() -> None:
        if await notices.tell_of_sources_off(
            store, telegram.render, telegram.admin_ids, now=clock()
        ):
            ring.set()

    async def tidy() -> None:
        await upkeep.tidy(store, now=clock())

    async def index_anew() -> None:
        await house.reindexing.run(ingest.workers, renew=ingest.filing.renew)

    async def remember_words() -> None:
        await remembering.refresh(store, ingest.workers)

    return [
        Duty(name="polling sources", every_s=POLL_S, work=ingest.poll_due),
        Duty(name="planning digests", every_s=PLAN_S, work=plan_digests),
        Duty(name="settling doubts", every_s=RECONCILE_S, work=outbound.settle),
        Duty(
            name="telling admins of switched-off sources",
            every_s=SOURCES_OFF_S,
            work=tell_of_sources_off,
        ),
        Duty(name="tidying", every_s=TIDY_S, work=tidy),
        Duty(name="indexing anew", every_s=INDEX_S, work=index_anew),
        Duty(name="remembering words", every_s=WORDS_S, work=remember_words),
    ]


async def _live(
    stopped: asyncio.Event,
    telegram: "Telegram",
    outbound: Outbound,
    editing: Editing,
    duties: list[Duty],
    heart: asyncio.Task[None],
) -> None:
    """Do everything beside each other until told to stop, or one thing ends the whole."""
    from bot.telegram.rivals import AnotherCopy

    async def speak() -> None:
        await telegram.meet()
        async with asyncio.TaskGroup() as together:
            together.create_task(outbound.run())
            together.create_task(editing.run())
            together.create_task(telegram.listen())

    bells = AsyncIOScheduler(timezone="UTC")
    tasks = [heart, asyncio.create_task(speak()), *(_begin(duty, bells) for duty in duties)]
    told = asyncio.create_task(stopped.wait())
    bells.start()
    try:
        await asyncio.wait([told, *tasks], return_when=asyncio.FIRST_COMPLETED)
        log.info("Stopping; what has begun is finished first.")
    finally:
        bells.shutdown(wait=False)
        ended = [task for task in tasks if task.done()]
        for task in [told, *tasks]:
            task.cancel()
        await asyncio.wait([told, *tasks], timeout=FINISH_S)
    try:
        for task in ended:
            task.result()
    except* (TokenRefused, AnotherCopy) as group:
        raise CannotStart(_first(group)) from None


def _first(group: BaseExceptionGroup[BaseException]) -> str:
    """What the first error within a group says."""
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return str(error)


def _begin(duty: Duty, bells: AsyncIOScheduler) -> asyncio.Task[None]:
    """Hang the duty's bell and start the task that answers it; it rings at once, then every so
    often. The scheduler only sets an Event: its shutdown cancels what it runs itself."""
    bell = asyncio.Event()
    bell.set()

    async def ring() -> None:
        bell.set()

    bells.add_job(
        ring,
        "interval",
        seconds=duty.every_s,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,  # the default drops a ring that is a second late
    )
    return asyncio.create_task(keep(duty, bell))


async def _mind_samples(house: House, *, drop: bool) -> None:
    """Samples are for the sandbox: a live bot must not send them to people."""
    if drop:
        log.info("%d sample articles deleted.", await house.store.articles.drop_samples())
    if not house.settings.sandbox and (count := await house.store.articles.samples()):
        raise CannotStart(
            f"This database holds {count} sample articles of the sandbox; start with "
            "`svodka run --drop-samples` to delete them, or name another in DATABASE_URL."
        )


async def _health(house: House, telegram: "Telegram") -> dict[str, object]:
    return {
        "ok": True,
        "version": __version__,
        "mode": "sandbox" if house.settings.sandbox else "live",
        "telegram": "online" if telegram.online else "waiting",
        "articles": await house.store.articles.count(),
    }


async def _figures(house: House, pushes: Pushes) -> Figures:
    counted = await upkeep.counts(house.store)
    return {
        "svodka_articles": counted.articles,
        "svodka_articles_to_index": (await house.reindexing.progress()).left,
        "svodka_stories": counted.stories,
        "svodka_subscriptions": counted.subscriptions,
        "svodka_sources": counted.sources,
        "svodka_deliveries": {state.value: n for state, n in counted.deliveries.items()},
        "svodka_hubs": counted.hubs,
        "svodka_pushes": {push.value: pushes.counted[push] for push in Push},
    }


def _signalled() -> asyncio.Event:
    """An Event that SIGTERM and Ctrl-C set."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError, RuntimeError):  # not the main thread, or Windows
            loop.add_signal_handler(number, stopped.set)
    return stopped


def _reachable(host: str) -> str:
    """An address by which this machine reaches a server that listens on `host`."""
    if host in ("0.0.0.0", "", "::"):  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _owner() -> str:
    """Who holds leases: this process."""
    return f"{socket.gethostname()}:{os.getpid()}"
