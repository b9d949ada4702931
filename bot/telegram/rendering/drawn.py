"""What /pulse showed in this hour: counted for a zone, drawn and sent up once for all alike."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, Message

from bot.news.digests.pulse import Pulse, pulse, spans
from bot.pictures.chart import Chart, draw
from bot.pictures.palette import Theme
from storage.ports import Store

KNOWN = 256  # weeks counted, and as many pictures that Telegram has
DRAWN = 8  # pictures, some on their way to it

Key = tuple[datetime, str, str, Theme]  # hour, zone, language
Send = Callable[[str | BufferedInputFile], Awaitable[Message | bool]]

K = TypeVar("K")
V = TypeVar("V")


def hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


class Drawn:
    def __init__(self) -> None:
        self._weeks: OrderedDict[tuple[datetime, str], Pulse] = OrderedDict()
        self._pictures: OrderedDict[Key, bytes] = OrderedDict()
        self._sent: OrderedDict[Key, str] = OrderedDict()  # file ids
        self._pen = asyncio.Lock()  # a picture takes a core for a tenth of a second

    async def week(self, store: Store, zone: str, *, now: datetime) -> Pulse:
        """The week as it was when somebody first asked in this hour: words fit the picture."""
        key = (hour(now), zone)
        if (known := self._weeks.get(key)) is not None:
            return known
        counted = await store.stories.counted(spans(now, zone))
        week = pulse(counted, now=now, zone=zone)
        if week.whole.total:  # or the first news of all are a moment away
            _keep(self._weeks, key, week, KNOWN)
        return week

    async def hand(self, key: Key, chart: Chart, send: Send) -> None:
        """Send the picture by the id that Telegram knows it by; upload it where there is none."""
        if (known := self._sent.get(key)) is not None:
            try:
                await send(known)
            except TelegramBadRequest as e:
                if "file" not in e.message.lower():
                    raise
                del self._sent[key]  # Telegram has forgotten it
            else:
                return
        sent = await send(BufferedInputFile(await self._picture(key, chart), "pulse.png"))
        if isinstance(sent, Message) and sent.photo:
            _keep(self._sent, key, sent.photo[-1].file_id, KNOWN)

    async def _picture(self, key: Key, chart: Chart) -> bytes:
        async with self._pen:
            if key not in self._pictures:
                body = await asyncio.to_thread(draw, chart, key[-1])
                _keep(self._pictures, key, body, DRAWN)
            return self._pictures[key]


def _keep(shelf: OrderedDict[K, V], key: K, value: V, most: int) -> None:
    shelf[key] = value
    while len(shelf) > most:
        shelf.popitem(last=False)
