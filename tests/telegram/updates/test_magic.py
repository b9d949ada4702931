"""Magic filters are looked at where the handlers run, not in threads."""

import bot.telegram  # noqa: F401, I001  -- first, so that aiogram is imported the quick way

import threading

from aiogram import Bot, Dispatcher, F, Router

from bot.telegram.updates.magic import in_the_loop

MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "да"}


async def test_a_magic_filter_needs_no_thread() -> None:
    threads, heard = [], []

    def note(text: str) -> bool:
        threads.append(threading.get_ident())
        return text == "да"

    async def hear(message: object, kept: str) -> None:
        heard.append(kept)

    router = Router()
    router.message.register(hear, F.text.func(note), F.text.as_("kept"))
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_router(router)
    in_the_loop(dispatcher)
    bot = Bot("1:x")
    await dispatcher.feed_raw_update(bot, {"update_id": 1, "message": MESSAGE})
    await dispatcher.feed_raw_update(bot, {"update_id": 2, "message": MESSAGE | {"text": "нет"}})
    assert heard == ["да"]
    assert set(threads) == {threading.get_ident()}
