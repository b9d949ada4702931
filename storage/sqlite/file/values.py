"""How values stand in columns: instants as microseconds of UTC, lists and maps as JSON text."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, overload

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
HOUR_US = 3_600_000_000


@overload
def micros(instant: datetime) -> int: ...
@overload
def micros(instant: None) -> None: ...
@overload
def micros(instant: datetime | None) -> int | None: ...
def micros(instant: datetime | None) -> int | None:
    """An aware instant as a column holds it; exact, unlike timestamp()."""
    return None if instant is None else (instant - EPOCH) // MICROSECOND


def instant(value: int) -> datetime:
    """The instant a column holds."""
    return EPOCH + timedelta(microseconds=value)


def instant_or_none(value: int | None) -> datetime | None:
    return None if value is None else instant(value)


ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dump(value: object) -> str:
    return ENCODER.encode(value)


def load(text: str) -> Any:
    return json.loads(text)
