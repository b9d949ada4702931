"""/deliveries for admins: how broadcasts are going, their buttons, and the dead letters."""

from datetime import UTC, datetime

from aiogram import F, Router
from aiogram.filters import BaseFilter, Command
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.jobs.planning.broadcasts import SHOWN, cancel, progress
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.answers import Ring, answer, redraw
from bot.telegram.conversation.guards import Press
from bot.telegram.handlers.extra_words import extra_words
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import delivery_screens as screens
from bot.telegram.writing.texts import Text
from storage.models import Broadcast, Post
from storage.ports import Store

LETTERS = 10


def router() -> Router:
    made = Router(name="deliveries")
    by_admins = F.chat.type == "private", FromAdmin()
    with_words = Command("deliveries", ignore_case=True, magic=F.args)
    made.message.register(extra_words, with_words, *by_admins)
    made.message.register(deliveries, Command("deliveries", ignore_case=True), *by_admins)
    on = made.callback_query.register
    on(show, cb.Broadcast.filter(F.do == "show"), FromAdmin())
    on(dead, cb.Broadcast.filter(F.do == "dead"), FromAdmin())
    on(ask, cb.Broadcast.filter(F.do == "cancel"), FromAdmin())
    on(steer, cb.Broadcast.filter(F.do.in_({"pause", "resume", "sure"})), FromAdmin())
    return made


class FromAdmin(BaseFilter):
    async def __call__(self, event: Message | CallbackQuery, settings: Settings) -> bool:
        return event.from_user is not None and event.from_user.id in settings.admin_ids


async def deliveries(message: Message, store: Store, reader: Reader, now: datetime) -> None:
    await answer(message, await _screen(store, reader, now=now))


async def show(
    query: CallbackQuery, store: Store, reader: Reader, press: Press, now: datetime
) -> None:
    press.words = reader.text("deliveries-did-show")  # nothing may have changed
    await redraw(query, await _screen(store, reader, now=now))


async def dead(query: CallbackQuery, store: Store, reader: Reader, now: datetime) -> None:
    letters = await store.outbox.letters(limit=LETTERS)
    await redraw(query, screens.dead_letters(reader, letters, now=now))


async def ask(
    query: CallbackQuery,
    callback_data: cb.Broadcast,
    store: Store,
    reader: Reader,
    press: Press,
    now: datetime,
) -> None:
    broadcast = await _of(store, callback_data)
    if broadcast is None:
        press.words = reader.text("deliveries-over")
        return
    [one] = await progress(store.broadcasts, [broadcast], now=now)
    await redraw(query, screens.sure_to_cancel(reader, one, now=now))


async def steer(
    query: CallbackQuery,
    callback_data: cb.Broadcast,
    store: Store,
    reader: Reader,
    press: Press,
    ring: Ring,
    text: Text,
    now: datetime,
) -> None:
    """Pause, resume or cancel it, and show how things are then."""
    broadcast, done = await _of(store, callback_data), False
    if broadcast is not None and callback_data.do == "pause":
        done = await store.broadcasts.pause(broadcast.id, now=now)
    elif broadcast is not None and callback_data.do == "resume":
        done = await store.broadcasts.resume(broadcast.id, now=now)
    elif broadcast is not None:
        done = await cancel(store.broadcasts, broadcast.id, now=now)
    ring()
    press.words = text(f"deliveries-did-{callback_data.do}") if done else text("deliveries-over")
    await redraw(query, await _screen(store, reader, now=now))


async def _screen(store: Store, reader: Reader, *, now: datetime) -> Post:
    found = await store.broadcasts.list(limit=SHOWN)
    shown = await progress(store.broadcasts, found[: 2 * SHOWN], now=now)
    return screens.broadcasts(reader, shown, await store.outbox.counts(), now=now)


async def _of(store: Store, pressed: cb.Broadcast) -> Broadcast | None:
    return await store.broadcasts.of(datetime.fromtimestamp(60 * pressed.minute, UTC))
