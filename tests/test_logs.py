"""The log never shows the token, whatever library wrote the line."""

import json
import logging
import sys

import pytest

from bot.logs import JsonLines, WithoutSecrets

TOKEN = "123456:ABC-def"


def record(message: str, *args: object, failed: bool = False) -> logging.LogRecord:
    trouble = None
    if failed:
        try:
            raise OSError(f"http://host/bot{TOKEN}/getMe")
        except OSError:
            trouble = sys.exc_info()
    return logging.LogRecord("svodka", logging.ERROR, __file__, 1, message, args, trouble)


@pytest.mark.parametrize("kind", [WithoutSecrets, JsonLines])
def test_the_token_is_taken_out(kind: type[WithoutSecrets]) -> None:
    line = kind((TOKEN, "")).format(record("asked /bot%s/getMe", TOKEN, failed=True))
    assert TOKEN not in line
    assert "/bot***/getMe" in line


def test_fields_are_shown() -> None:
    line = record("took over")
    line.deliveries = 3
    assert WithoutSecrets(()).format(line).endswith("took over deliveries=3")
    assert json.loads(JsonLines(()).format(line))["deliveries"] == 3


def test_json_is_one_object_a_line() -> None:
    line = JsonLines(()).format(record("две\nстроки", failed=True))
    assert "\n" not in line
    assert json.loads(line)["message"] == "две\nстроки"
