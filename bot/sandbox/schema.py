"""Parameters held against the published schema: names, types, what is required.

The Bot API takes numbers as strings and objects as JSON in strings; `read` undoes that, so that
the methods see Python values: int, bool, str, list, dict, Upload.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.sandbox.errors import bad_request

Json = dict[str, Any]
Fields = Mapping[str, list[Any]]  # name → [types] or [types, required]

_INTEGER = re.compile(r"[+-]?\d{1,19}\Z")
_UNION = re.compile("BotCommandScope|MenuButton|InputMedia")
_HALF_LETTER = re.compile("[\ud800-\udfff]")
_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "file_id": "file_id not specified",
    "user_id": "invalid user_id specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "action": "wrong parameter action in request",
}
_EMPTY_ALLOWED = {("setMyCommands", "commands"), ("setWebhook", "url")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came with the request."""

    name: str
    mime_type: str
    body: bytes


@cache
def _schema() -> Json:
    text = files("bot.sandbox").joinpath("bot_api.json").read_text(encoding="utf-8")
    schema: Json = json.loads(text)
    schema["names"] = {name.lower(): name for name in schema["methods"]}
    schema["others"] = {name.lower(): name for name in schema["unimplemented"]}
    return schema


def method_name(word: str) -> str | None:
    """A method's own spelling; None when Telegram has no such method."""
    schema, low = _schema(), word.lower()
    name: str | None = schema["names"].get(low) or schema["others"].get(low)
    return name


def implemented(method: str) -> bool:
    """Whether the sandbox does this method of Telegram's."""
    return method in _schema()["methods"]


def read(method: str, raw: Mapping[str, Any]) -> Json:
    """The method's parameters as values; raises ApiError 400 for missing and mistyped ones.

    Parameters Telegram does not know are ignored, as Telegram ignores them.
    """
    fields: Fields = _schema()["methods"][method]
    values: Json = {}
    for name in sorted(fields, key="chat_id".__eq__):  # as there, the chat is looked at last
        types, *required = fields[name]
        value = raw.get(name)
        if value is None or value == "" or (name == "reply_markup" and value in ({}, "{}")):
            if required and (method, name) not in _EMPTY_ALLOWED:
                raise bad_request(_MISSING.get(name, f'parameter "{name}" is required'))
            continue
        values[name] = _top(name, types, value, raw)
        if types == ["InputMedia"]:
            values[name]["media"] = _file(values[name]["media"], raw)
    return values


def _top(name: str, types: list[str], value: Any, raw: Mapping[str, Any]) -> Any:
    """A parameter: scalars may be strings, everything else may be JSON in a string."""
    if "InputFile" in types:
        return _file(value, raw)
    if isinstance(value, str) and not {"String", "Integer", "Boolean"} & set(types):
        try:
            value = json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None
    return _typed(name, types, value, lenient=True)


def _file(value: Any, raw: Mapping[str, Any]) -> Any:
    if isinstance(value, str) and value.startswith("attach://"):
        value = raw.get(value.removeprefix("attach://"))
    if not isinstance(value, (str, Upload)):
        raise bad_request("file must be uploaded or given by its file_id or URL")
    return value


def _typed(name: str, types: list[str], value: Any, *, lenient: bool) -> Any:
    """The value as the first of `types` that takes it."""
    refused: Exception | None = None
    for kind in types:
        try:
            return _as(name, kind, value, lenient=lenient)
        except Mistyped as error:
            refused = refused or error
    raise bad_request(str(refused))


class Mistyped(Exception):
    """This type does not take the value; another one of the field's may."""


def _as(name: str, kind: str, value: Any, *, lenient: bool) -> Any:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            raise Mistyped(f'field "{name}" must be of type Array')
        inner = kind.removeprefix("Array of ")
        return [_typed(name, [inner], item, lenient=False) for item in value]
    if kind in _SCALARS:
        return _SCALARS[kind](name, value, lenient)
    return _object(name, kind, value)


def _integer(name: str, value: Any, lenient: bool) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _INTEGER.match(value):
        return int(value)  # Telegram takes numbers in strings everywhere
    raise Mistyped(f'field "{name}" must be of type Number')


def _boolean(name: str, value: Any, lenient: bool) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).lower()
    if lenient and isinstance(value, (str, int)) and word in _BOOLEANS:
        return _BOOLEANS[word]
    raise Mistyped(f'field "{name}" must be of type Boolean')


def _float(name: str, value: Any, lenient: bool) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    raise Mistyped(f'field "{name}" must be of type Number')


def _string(name: str, value: Any, lenient: bool) -> str:
    if isinstance(value, str):
        if _HALF_LETTER.search(value):
            raise bad_request("strings must be encoded in UTF-8")
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)  # as Telegram: a JSON number where a string is wanted
    raise Mistyped(f'field "{name}" must be of type String')


_SCALARS = {"Integer": _integer, "Boolean": _boolean, "Float": _float, "String": _string}


def _object(name: str, kind: str, value: Any) -> Any:
    """An object of a type in the schema; types it leaves out pass as they are."""
    if not isinstance(value, dict):
        raise Mistyped(f'field "{name}" must be of type Object')
    fields = _schema()["types"].get(kind)
    if fields is None:
        return value
    if "|" in fields:
        return _one_of(fields["|"], value)
    if _foreign(kind, fields, value):
        raise Mistyped(f'field "{name}" must be of type {kind}')
    return fill(fields, value)


def fill(fields: Fields, value: Mapping[str, Any]) -> Json:
    """The known fields of an object, each held against its types."""
    filled: Json = {}
    for name, (types, *required) in fields.items():
        if value.get(name) is not None:
            filled[name] = _typed(name, types, value[name], lenient=False)
        elif required:
            raise bad_request(f'can\'t find field "{name}"')
    return filled


def of_type(kind: str, value: Mapping[str, Any]) -> Json:
    """The object held against a type of the schema."""
    return fill(_schema()["types"][kind], value)


def _one_of(kinds: list[str], value: Json) -> Json:
    """Unions here are told apart by `type`: what follows the union's name, in snake_case."""
    word = str(value.get("type", "")).replace("_", "")
    for kind in kinds:
        if word and _UNION.sub("", kind).lower() == word:
            return of_type(kind, value)
    raise bad_request("unsupported type specified")


def _foreign(kind: str, fields: Fields, value: Mapping[str, Any]) -> bool:
    """True when a reply markup lacks the one field that makes it of this kind."""
    if kind not in {"InlineKeyboardMarkup", "ReplyKeyboardMarkup", "ReplyKeyboardRemove"}:
        return False
    return next(name for name, (_, *required) in fields.items() if required) not in value
