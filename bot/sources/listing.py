"""The sources file: which feeds a newsroom reads, with a mistake told by its line and reason."""

import re
import tomllib
from typing import Any
from zoneinfo import ZoneInfo

from storage.models import NewSource

WORDS = ("url", "title", "site", "region", "language", "zone")
FLAGS = ("enabled",)


class SourcesError(Exception):
    """A sources file that cannot be used; str() names the file, the line and the reason."""


def parse_sources(toml: str, name: str) -> list[NewSource]:
    """The sources of a file of `[[source]]` tables; an empty file is a list of none.

    Each needs `url` and `title`; `site`, `region`, `language`, `zone` and `enabled` may be there.
    """
    try:
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as e:
        raise SourcesError(f"{name}: this is not TOML: {e}.") from e
    for key in tables:
        if key != "source":
            raise SourcesError(f"{name}: unknown table {key!r}; sources are [[source]] tables.")
    found = tables.get("source", [])
    if not isinstance(found, list):
        raise SourcesError(f"{name}: write [[source]], with two brackets.")
    lines = [
        toml[: m.start()].count("\n") + 1 for m in re.finditer(r"(?m)^[ \t]*\[\[source\]\]", toml)
    ]
    sources: dict[str, NewSource] = {}
    for table, line in zip(found, lines, strict=False):
        source = _source(table, f"{name}, line {line}")
        if source.url in sources:
            raise SourcesError(f"{name}, line {line}: {source.url} is there twice.")
        sources[source.url] = source
    return list(sources.values())


def _source(table: dict[str, Any], where: str) -> NewSource:
    for key, value in table.items():
        if key not in WORDS + FLAGS:
            known = ", ".join(WORDS + FLAGS)
            raise SourcesError(f"{where}: unknown key {key!r}; there are {known}.")
        kind = str if key in WORDS else bool
        if not isinstance(value, kind):
            wanted = "text in quotes" if kind is str else "true or false"
            raise SourcesError(f"{where}: {key} must be {wanted}.")
    for key in ("url", "title"):
        if not table.get(key, "").strip():
            raise SourcesError(f"{where}: a source needs {key}.")
    if not table["url"].startswith(("http://", "https://")):
        raise SourcesError(f"{where}: url must begin with https:// or http://.")
    if "zone" in table:
        _check_zone(table["zone"], where)
    return NewSource(
        url=table["url"],
        title=table["title"].strip(),
        site_url=table.get("site"),
        region=table.get("region"),
        language=table.get("language"),
        zone=table.get("zone"),
        enabled=table.get("enabled", True),
    )


def _check_zone(zone: str, where: str) -> None:
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        raise SourcesError(
            f"{where}: there is no time zone {zone!r}; write one like Europe/Minsk."
        ) from None
