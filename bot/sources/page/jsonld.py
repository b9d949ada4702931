"""JSON-LD as sites write it: in lists and graphs, nested, with line ends and commas too many."""

import json
import re
from collections.abc import Iterator
from typing import Any

MAX = 1_000_000  # characters of one script
DEEPEST = 6
MOST = 2000  # objects

_TRAILING = re.compile(r",(?=\s*[}\]])")
_WRAPPED = re.compile(
    r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|\]\]>)\s*$"
)
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart", "item")


def objects(root: Any) -> Iterator[dict[str, Any]]:
    """All objects of a page's scripts, the outer before those in them."""
    left = MOST
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        for thing in _things(_loaded(script.text or ""), DEEPEST):
            left -= 1
            if left < 0:
                return
            yield thing


def kinds(thing: dict[str, Any]) -> list[str]:
    """Its types, without schema.org's address."""
    said = thing.get("@type")
    names = said if isinstance(said, list) else [said]
    return [name.rpartition("/")[2] for name in names if isinstance(name, str)]


def first_text(value: Any, *keys: str) -> str | None:
    """A text, or that of an object's keys, or of the first in a list of such."""
    if isinstance(value, list):
        return next((text for one in value[:5] if (text := first_text(one, *keys))), None)
    if isinstance(value, dict):
        return next((text for key in keys if (text := first_text(value.get(key)))), None)
    return value if isinstance(value, str) and value.strip() else None


def _loaded(text: str) -> Any:
    if len(text) > MAX:
        return None
    text = _WRAPPED.sub("", _WRAPPED.sub("", text)).strip().rstrip(";")
    for attempt in (text, _TRAILING.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _things(value: Any, deeper: int) -> Iterator[dict[str, Any]]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield one
            if deeper:
                for key in _NESTED:
                    if isinstance(one.get(key), dict | list):
                        yield from _things(one[key], deeper - 1)
