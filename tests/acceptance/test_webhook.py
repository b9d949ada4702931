"""With a webhook, Telegram calls the bot; whoever does not know the secret is turned away."""

from pathlib import Path

import aiohttp

from bot.clock import now as present
from bot.sandbox.sandbox import READER_ID, Sandbox
from bot.sandbox.server import start_sandbox
from tests.acceptance.process import Bot, free_port, until

SECRET = "only-telegram"
PERSON = {"id": READER_ID, "is_bot": False, "first_name": "Вы", "language_code": "ru"}
UPDATE = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": READER_ID, "type": "private", "first_name": "Вы"},
        "from": PERSON,
        "text": "/about",
    },
}


async def test_updates_come_by_webhook(tmp_path: Path) -> None:
    box = Sandbox(present, token="1:x", limits=False)
    box.acts.send("/start")  # a bot may write only to those who wrote first
    port = free_port()
    async with start_sandbox(box) as api_url:
        bot = Bot(
            tmp_path,
            BOT_TOKEN="1:x",
            TELEGRAM_API_URL=api_url,
            HTTP_PORT=str(port),
            WEBHOOK_URL="https://bot.example/hook",
            WEBHOOK_SECRET=SECRET,
        )

        async def told(secret: str) -> int:
            headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
            async with (
                aiohttp.ClientSession(headers=headers) as http,
                http.post(f"http://127.0.0.1:{port}/hook", json=UPDATE) as answer,
            ):
                return answer.status

        async with bot.running():
            await until(lambda: box.webhook.info()["url"] == "https://bot.example/hook", bot)
            assert await told("a guess") == 401
            assert not box.sent(READER_ID)
            assert await told(SECRET) == 200
            await until(lambda: box.sent(READER_ID), bot)
            assert len(box.sent(READER_ID)) == 1
