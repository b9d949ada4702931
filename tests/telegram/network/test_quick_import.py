"""That putting off aiogram's models costs nothing but the time of their first use."""

import inspect
import subprocess
import sys

from aiogram import methods, types
from pydantic import BaseModel


def models() -> list[type[BaseModel]]:
    found = [getattr(module, name) for module in (types, methods) for name in module.__all__]
    return [m for m in found if inspect.isclass(m) and issubclass(m, BaseModel)]


def test_every_type_and_method_still_builds() -> None:
    assert len(models()) > 500
    for model in models():
        model.model_rebuild()
        assert model.__pydantic_complete__, model


def test_a_nested_update_is_read_on_first_use() -> None:
    code = """
import bot.telegram
from aiogram.types import Update
assert not Update.__pydantic_complete__, "built at import: nothing was put off"
update = Update.model_validate({"update_id": 1, "message": {"message_id": 2, "date": 3,
    "chat": {"id": 4, "type": "private"}, "text": "hi", "reply_markup": {"inline_keyboard":
    [[{"text": "a", "callback_data": "b"}]]}}})
assert update.message.reply_markup.inline_keyboard[0][0].callback_data == "b"
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
