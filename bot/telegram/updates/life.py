"""The bot's life with Telegram: meet it, set the menus, listen to updates, answer, send."""

import asyncio
import gc
import logging
from collections.abc import Awaitable

from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import Update, User
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from bot.clock import Clock, Ticks
from bot.config import FREE_RATE, Settings
from bot.jobs.delivery.hearing import Hearing
from bot.jobs.delivery.pacing import Pacer
from bot.jobs.gathering.ingest import Ingest
from bot.news.topics.scores import Topics
from bot.telegram.conversation.answers import Ring
from bot.telegram.conversation.menu import set_menus, set_menus_of_admins, set_profile
from bot.telegram.network.sender import TelegramSender
from bot.telegram.network.session import build_bot
from bot.telegram.rendering.amending import Amend
from bot.telegram.rendering.render import Render
from bot.telegram.updates.dispatcher import build_dispatcher, build_gate
from bot.telegram.updates.ears import Ears
from bot.telegram.updates.hooking import be_called
from bot.telegram.updates.polling import meet, poll
from bot.telegram.updates.rivals import Rivals
from bot.telegram.writing.texts import Texts
from storage.ports import Store

log = logging.getLogger("svodka.telegram")


def spare_the_collector() -> None:
    """What is here by now is here for good: Python need not look through it again and again.

    Each full collection would hold up all answers for a tenth of a second.
    """
    gc.collect()
    gc.freeze()


class Telegram:
    """One bot, one dispatcher, one pacer for all that leaves."""

    def __init__(
        self,
        *,
        store: Store,
        settings: Settings,
        topics: Topics,
        ingest: Ingest,
        ring: Ring,
        clock: Clock,
        monotonic: Ticks,
        token: str,
        api_url: str,
        alone: bool = True,
    ) -> None:
        texts = Texts(settings.default_language)
        self._monotonic = monotonic
        self.pacer = Pacer(settings.send_rate, monotonic=monotonic)
        self.render = Render(
            texts,
            topics,
            default_zone=settings.timezone,
            default_language=settings.default_language,
        )
        self.amend = Amend(texts, default_zone=settings.timezone)
        self.online = False
        self._alone = alone
        self.hearing = None if settings.webhook_url else Hearing(monotonic)
        self._ears = Ears(store.outbox, self.hearing)
        self.admin_ids = settings.admin_ids
        self._bot = build_bot(
            token,
            pacer=self.pacer,
            api_url=api_url,
            proxy=settings.telegram_proxy,
            noted=store.outbox.saw_message,
            paid=settings.send_rate > FREE_RATE,
        )
        self.sender = TelegramSender(self._bot)
        self._texts, self._topics, self._settings = texts, topics, settings
        self._store = store
        self._gate = build_gate(settings, topics, clock)
        self._dispatcher = build_dispatcher(
            store=store,
            texts=texts,
            topics=topics,
            render=self.render,
            settings=settings,
            clock=clock,
            ring=ring,
            ingest=ingest,
            gate=self._gate,
            ears=self._ears if settings.webhook_url else None,
        )
        self._kinds = self._dispatcher.resolve_used_update_types()
        self._hook = SimpleRequestHandler(
            self._dispatcher, self._bot, secret_token=settings.webhook_secret
        )

    async def meet(self) -> User:
        """Wait until Telegram answers. Raises TokenRefused."""
        me = await meet(self._bot)
        self.online = True
        spare_the_collector()
        log.info("Telegram knows this bot as @%s.", me.username)
        return me

    async def listen(self) -> None:
        """Take updates until cancelled. Raises TokenRefused, AnotherCopy."""
        menus = asyncio.create_task(self._set_menus())
        try:
            if url := self._settings.webhook_url:
                secret = self._settings.webhook_secret
                await be_called(self._bot, url, secret=secret, kinds=self._kinds)
            else:
                await self._ask()
        finally:
            menus.cancel()

    async def hook(self, request: web.Request) -> web.StreamResponse:
        """What answers at WEBHOOK_URL; a wrong secret is refused."""
        return await self._hook.handle(request)

    async def close(self) -> None:
        await self._bot.session.close()

    async def _ask(self) -> None:
        await self._tried(self._bot.delete_webhook())  # or getUpdates is refused

        async def handle(update: Update) -> None:
            await self._dispatcher.feed_update(self._bot, update)

        rivals = Rivals(self._monotonic, hold=self.pacer.hold, alone=self._alone)
        await poll(
            self._bot,
            handle,
            kinds=self._kinds,
            monotonic=self._monotonic,
            rivals=rivals,
            admits=self._gate.admits,
            heard=self._ears.heard,
        )

    async def _set_menus(self) -> None:
        await self._tried(set_menus(self._bot, self._texts, self._topics))
        await self._tried(set_profile(self._bot, self._texts))
        admins = sorted(self.admin_ids)
        await set_menus_of_admins(self._bot, admins, self._store, self.render, self._topics)

    async def _tried(self, request: Awaitable[object]) -> bool:
        """Whether a request of small importance was granted; if not, a line says so."""
        try:
            await request
        except (TelegramAPIError, ClientDecodeError) as e:
            log.warning("Telegram did not take a setting: %s", e)
            return False
        return True
