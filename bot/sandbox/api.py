"""A call of the Bot API from its token to its answer: faults, schema, method, log."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox import schema
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.faults import Fault
from bot.sandbox.methods import METHODS
from bot.sandbox.sandbox import Call, Sandbox
from bot.sandbox.world import Json

_TOKEN = re.compile(r"[1-9]\d*:[^/]{1,78}\Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back: a status with JSON, unless the connection is to be cut."""

    status: int = 200
    body: bytes = b""
    retry_after_s: int | None = None
    cut: bool = False


async def answer(box: Sandbox, token: str, word: str, raw: Mapping[str, Any]) -> Answer:
    """Carry out one request; refusals and faults become answers too."""
    method = word
    try:
        _check_token(box, token)
        name = schema.method_name(word)
        if name is None:
            raise ApiError(404, "Not Found: method not found")
        method = name
        return await _faulty(box, method, raw)
    except ApiError as error:
        _note(box, method, raw, error.code)
        return refusal(error)


async def call(box: Sandbox, method: str, raw: Mapping[str, Any]) -> Any:
    """Carry out a method and log it; raises ApiError."""
    if not schema.implemented(method):
        raise bad_request(f"the sandbox does not implement {method}")
    params = schema.read(method, raw)
    result = await METHODS[method](box, params)
    message_id = result.get("message_id") if isinstance(result, dict) else None
    if method != "getUpdates":  # there are too many of them, and updates.polled_at tells
        _note(box, method, params, 200, message_id)
    return result


def refusal(error: ApiError) -> Answer:
    """The error as Telegram writes it."""
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return Answer(
        status=error.code,
        body=_json(body),
        retry_after_s=error.parameters.get("retry_after"),
    )


async def _faulty(box: Sandbox, method: str, raw: Mapping[str, Any]) -> Answer:
    """The method, with the faults that are due."""
    spoilt: Fault | None = None
    for fault in box.faults.take(method, {"chat_id": _chat_id(raw)}):
        if fault.kind == "slow":
            await box.sleep(fault.delay_s)
        else:
            spoilt = fault
    if spoilt is not None and not spoilt.accepts:
        error = spoilt.refusal(_chat_kind(box, raw))
        if error is not None:
            raise error
        _note(box, method, raw, 0)
        return Answer(cut=True)
    body = _json({"ok": True, "result": await call(box, method, raw)})
    if spoilt is None:
        return Answer(body=body)
    if spoilt.kind == "truncated":
        return Answer(body=body[: len(body) // 2])
    error = spoilt.refusal(_chat_kind(box, raw))
    return refusal(error) if error else Answer(cut=True)


def _check_token(box: Sandbox, token: str) -> None:
    if not _TOKEN.match(token):
        raise ApiError(404, "Not Found")
    if token != box.token:
        raise ApiError(401, "Unauthorized")


def _chat_id(raw: Mapping[str, Any]) -> int | str | None:
    """The chat of a request not yet read, for the rules to match on."""
    given = raw.get("chat_id")
    if isinstance(given, str):
        return int(given) if re.fullmatch(r"-?\d{1,19}", given, re.ASCII) else given
    return given if isinstance(given, int) else None


def _chat_kind(box: Sandbox, raw: Mapping[str, Any]) -> str:
    chat_id = _chat_id(raw)
    chat = box.world.chats.get(chat_id) if isinstance(chat_id, int) else None
    return chat.kind if chat else "group"


def _note(
    box: Sandbox, method: str, params: Mapping[str, Any], status: int, message_id: int | None = None
) -> None:
    box.log.append(
        Call(
            at=box.clock(),
            at_s=box.monotonic(),
            method=method,
            params=dict(params),
            accepted=status == 200,
            status=status,
            message_id=message_id,
        )
    )


def _json(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
