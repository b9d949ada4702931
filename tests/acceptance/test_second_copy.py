"""Two copies with one database, as processes: one stops with a sentence, or stands by."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from bot.clock import now as present
from bot.sandbox.sandbox import READER_ID, Sandbox
from bot.sandbox.server import start_sandbox
from tests.acceptance.process import Bot, until


def answers(box: Sandbox) -> list[str]:
    return [message["text"] for message in box.sent(READER_ID)]


async def test_a_second_copy_says_so_and_stops_and_a_standby_takes_over(tmp_path: Path) -> None:
    box = Sandbox(present, "1:x", limits=False)
    async with start_sandbox(box) as api:
        bot = Bot(tmp_path, BOT_TOKEN="1:x", TELEGRAM_API_URL=api)
        async with bot.running() as first:
            await until(lambda: "Telegram knows this bot" in bot.log, bot)
            second = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                env=bot.settings,
                stderr=asyncio.subprocess.PIPE,
            )
            _, said = await second.communicate()
            assert second.returncode == 1
            [line] = said.decode().splitlines()
            assert line.startswith("svodka: Another Svodka is running with the database")
            async with bot.running("--standby"):
                await until(lambda: "Standing by." in bot.log, bot)
                box.acts.send("/help")
                await until(lambda: answers(box), bot)
                os.kill(first.pid, signal.SIGKILL)
                await first.wait()
                await until(lambda: "This copy is the bot from now on." in bot.log, bot)
                box.acts.send("/about")
                await until(lambda: len(answers(box)) == 2, bot)
    assert "Traceback" not in bot.log
