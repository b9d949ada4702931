"""The whole bot, as a process, against a Bot API and a feed on loopback: from /start to a digest
on time, to a person and to a channel, exactly once over a kill; no waiting, its clock is moved."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.clock import now as present
from bot.sandbox.sandbox import CHANNEL_ID, READER_ID, Sandbox
from bot.sandbox.server import start_sandbox
from storage.models import DeliveryState
from storage.ports import Store
from tests.acceptance.process import PATIENCE_S, Bot, happens, next_eight, until
from tests.conftest import opened

TOKEN = "1:x"
ITEM = (
    "<item><guid>{n}</guid><title>{title}</title><link>{site}/{n}</link>"
    "<pubDate>{date}</pubDate><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
)
BEFORE = {
    1: ("Аэропорт Кемерова открыл второй терминал", "Новый терминал принял первый рейс из Омска."),
    2: ("В Гомеле запустили линию сборки тракторов", "Завод выпустит 400 тракторов за год."),
}
AFTER = {
    3: (
        "Шерегеш принял первых лыжников сезона",
        "На курорте открыли девять трасс и два подъёмника.",
    ),
}


class Paper:
    """A feed that can get more items."""

    def __init__(self) -> None:
        self.items = dict(BEFORE)

    async def answer(self, request: web.Request) -> web.Response:
        date = f"{present() - timedelta(minutes=30):%a, %d %b %Y %H:%M:%S +0000}"
        items = "".join(
            ITEM.format(n=n, title=title, text=text * 20, date=date, site=str(request.url.origin()))
            for n, (title, text) in self.items.items()
        )
        feed = f"<rss version='2.0'><channel><title>Газета</title>{items}</channel></rss>"
        return web.Response(text=feed, content_type="application/rss+xml")


@asynccontextmanager
async def served(paper: Paper) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/rss", paper.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/rss"
    finally:
        await runner.cleanup()


async def count(store: Store, state: DeliveryState) -> int:
    return (await store.outbox.counts()).get(state, 0)


async def none(store: Store, state: DeliveryState) -> bool:
    return not await count(store, state)


async def taken_over(store: Store, since: datetime) -> bool:
    """Whether all that is in doubt waits anew since then: a clock that was set settles nothing."""
    doubtful = await store.outbox.in_doubt(before=since + timedelta(days=1), limit=9)
    return bool(doubtful) and all(delivery.changed_at >= since for delivery in doubtful)


def buttons(message: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        for button in row:
            if "callback_data" in button:
                yield button["text"], button["callback_data"]


class Person:
    """The reader's hands and eyes."""

    def __init__(self, box: Sandbox, bot: Bot) -> None:
        self._box = box
        self._bot = bot

    def sees(self, words: str, chat_id: int = READER_ID) -> list[dict[str, Any]]:
        return [m for m in self._box.sent(chat_id) if words in m.get("text", "")]

    async def press(self, words: str) -> None:
        """Press the newest button that says so, as soon as there is one."""

        def found() -> tuple[int, str] | None:
            for message in reversed(self._box.sent(READER_ID)):
                for text, data in buttons(message):
                    if words in text:
                        return message["message_id"], data
            return None

        message_id, data = await until(found, self._bot)
        query = self._box.acts.press(message_id, data)
        await self._box.queries.answered(query.id, timeout_s=PATIENCE_S)

    async def reads(self, words: str, chat_id: int = READER_ID) -> dict[str, Any]:
        return (await until(lambda: self.sees(words, chat_id), self._bot))[-1]


async def test_from_start_to_digests_on_time_exactly_once_over_a_kill(tmp_path: Path) -> None:
    may_arrive = asyncio.Event()

    async def on_its_way(_: float) -> None:
        await may_arrive.wait()

    box = Sandbox(present, token=TOKEN, limits=False, sleep=on_its_way)
    paper = Paper()
    async with AsyncExitStack() as stack:
        feed_url = await stack.enter_async_context(served(paper))
        api_url = await stack.enter_async_context(start_sandbox(box))
        bot = Bot(
            tmp_path,
            sources=f'[[source]]\nurl = "{feed_url}"\ntitle = "Газета"\n',
            BOT_TOKEN=TOKEN,
            TELEGRAM_API_URL=api_url,
            ALLOW_PRIVATE_HOSTS="true",
        )
        person = Person(box, bot)
        store = await stack.enter_async_context(opened(bot.database_url))
        async with bot.running() as child:
            await until(lambda: "Telegram knows this bot" in bot.log, bot)
            await bot.command("poll")  # a command beside the running bot
            box.acts.send("/start")
            await person.press("Русский")
            await person.press("Минск")
            await person.press("Пропустить")
            await person.press("08:00")
            first = await person.reads(BEFORE[1][0])
            assert BEFORE[2][0] in first["text"]

            box.acts.promote()
            await person.reads("Мой канал")
            box.acts.send(f"/subscribe {CHANNEL_ID} 08:00")
            await person.reads("Буду публиковать")  # nothing more is to leave but the digests

            paper.items |= AFTER
            await bot.command("poll")
            box.faults.add("slow", method="sendMessage", times=2)
            bot.move_to(next_eight() + timedelta(minutes=1))
            await until(lambda: not box.faults.rules, bot)  # both have left
            child.kill()
            assert await count(store, DeliveryState.SENDING)
            await child.wait()
        may_arrive.set()
        await person.reads(AFTER[3][0])  # what had left arrives, though nobody hears of it
        await person.reads(AFTER[3][0], CHANNEL_ID)
        async with bot.running():
            await happens(lambda: none(store, DeliveryState.SENDING), bot)
        again = next_eight() + timedelta(minutes=4)
        bot.move_to(again)
        async with bot.running() as child:
            await happens(lambda: taken_over(store, again), bot)
            bot.let_pass(timedelta(minutes=4))  # time to settle what is in doubt
            box.acts.send("/help")  # and with it all is heard that was written before
            await person.reads(AFTER[3][0])
            await person.reads(AFTER[3][0], CHANNEL_ID)
            await happens(lambda: none(store, DeliveryState.UNKNOWN), bot)
        assert len(person.sees(AFTER[3][0])) == 1
        assert len(person.sees(AFTER[3][0], CHANNEL_ID)) == 1
        assert child.returncode == 0
        assert f"bot{TOKEN}" not in bot.log
