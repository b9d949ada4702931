"""The life of a bot: its parts are joined, do everything beside each other, and end together."""

import asyncio
import logging
import os
import signal
import socket
import time
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING, TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import clock as real_clock
from bot import logs
from bot.app.air import on_air
from bot.app.house import CannotStart, House, list_sources, open_house, open_newsroom
from bot.clock import Clock, Ticks
from bot.config import Settings
from bot.jobs.articles import remembering
from bot.jobs.delivery import notices
from bot.jobs.delivery.editing import Editing
from bot.jobs.delivery.outbox import Outbound
from bot.jobs.delivery.sending import TokenRefused
from bot.jobs.gathering.ingest import Ingest
from bot.jobs.gathering.pushes import Pushes
from bot.jobs.gathering.websub import WebSub
from bot.jobs.life import upkeep
from bot.jobs.life.instance import Instance
from bot.jobs.planning import alerts, plan
from bot.jobs.work.duties import Duty, keep

if TYPE_CHECKING:
    from bot.telegram.updates.life import Telegram

log = logging.getLogger("svodka")

T = TypeVar("T")

FINISH_S = 20  # what has begun may take this long to end when the bot stops
POLL_S, PLAN_S, RECONCILE_S, SOURCES_OFF_S, HUBS_S, TIDY_S = 20, 2, 15, 60, 60, 6 * 3600
INDEX_S, WORDS_S, AMEND_S, ALERT_S, LATE_S = 3600, 600, 5, 5, 60


async def run(
    given: Settings,
    *,
    clock: Clock = real_clock.now,
    monotonic: Ticks = time.monotonic,
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
        instance = Instance(house.store, clock=clock, monotonic=monotonic)
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
            on_air(
                house,
                ingest,
                ring,
                clock,
                monotonic=monotonic,
                websub=websub,
                pushes=pushes,
                alone=goes_on,
            )
        )
        outbound = _outbound(house, telegram, ring, clock, monotonic)
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
        await remembering.refresh_at_last(house.store, ingest.workers)


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


def _outbound(
    house: House, telegram: "Telegram", ring: asyncio.Event, clock: Clock, monotonic: Ticks
) -> Outbound:
    return Outbound(
        house.store,
        telegram.sender,
        telegram.pacer,
        owner=_owner(),
        clock=clock,
        monotonic=monotonic,
        bell=ring,
        renderer=telegram.render,
        ask=house.settings.reconcile,
        hearing=telegram.hearing,
    )


def _websub(house: House, ingest: Ingest, clock: Clock) -> WebSub | None:
    """Hubs push only to those whom they can reach."""
    public_url = house.settings.public_url
    if public_url is None:
        return None
    return WebSub(store=house.store, post=ingest.fetcher.post, public_url=public_url, clock=clock)


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

    async def watch_for_alerts() -> None:
        await alerts.watch(store, now=clock())

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
        Duty(name="asking for late pages", every_s=LATE_S, work=ingest.awaiting.ask_again),
        Duty(name="planning digests", every_s=PLAN_S, work=plan_digests),
        Duty(name="watching for alerts", every_s=ALERT_S, work=watch_for_alerts),
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
    from bot.telegram.updates.rivals import AnotherCopy

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


def _signalled() -> asyncio.Event:
    """An Event that SIGTERM and Ctrl-C set."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError, RuntimeError, ValueError):  # no main thread, Windows
            loop.add_signal_handler(number, stopped.set)
    return stopped


def _owner() -> str:
    """Who holds leases: this process."""
    return f"{socket.gethostname()}:{os.getpid()}"
