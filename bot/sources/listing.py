"""The sources file: what a newsroom reads, with a mistake told by its line and reason."""

import re
import tomllib
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.sources.channels import channel_address
from bot.sources.errors import NotASource
from storage.models import POLLED, NewSource, SourceKind

WORDS = ("url", "title", "kind", "selector", "site", "region", "language", "zone")
FLAGS = ("enabled",)
_KINDS = tuple(kind.value for kind in SourceKind if kind in POLLED)


class SourcesError(Exception):
    """A sources file that cannot be used; str() names the file, the line and the reason."""


def parse_sources(toml: str, name: str) -> list[NewSource]:
    """The sources of a file of `[[source]]` tables; an empty file is a list of none.

    Each needs `url` and `title`; `kind`, `selector`, `site`, `region`, `language`, `zone` and
    `enabled` may be there.
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
        if not isinstance(value, str if key in WORDS else bool):
            wanted = "text in quotes" if key in WORDS else "true or false"
            raise SourcesError(f"{where}: {key} must be {wanted}.")
    for key in ("url", "title"):
        if not table.get(key, "").strip():
            raise SourcesError(f"{where}: a source needs {key}.")
    kind, url = _kind_and_url(table["url"].strip(), table.get("kind"), where)
    if "selector" in table:
        _check_selector(table["selector"], kind, where)
    if "zone" in table:
        _check_zone(table["zone"], where)
    return NewSource(
        url=url,
        title=table["title"].strip(),
        kind=kind,
        selector=table.get("selector"),
        site_url=table.get("site"),
        region=table.get("region"),
        language=table.get("language"),
        zone=table.get("zone"),
        enabled=table.get("enabled", True),
    )


def _kind_and_url(url: str, said: str | None, where: str) -> tuple[SourceKind, str]:
    """The kind, which channels and folders show of themselves, and the address of a source."""
    if said is not None and said not in _KINDS:
        raise SourcesError(f"{where}: unknown kind {said!r}; there are {', '.join(_KINDS)}.")
    try:
        channel = channel_address(url)
    except NotASource as e:
        raise SourcesError(f"{where}: {e}.") from e
    kind = SourceKind(said) if said else _kind_of(url, channel)
    if (kind is SourceKind.CHANNEL) != (channel is not None):
        raise SourcesError(f"{where}: url must be a Telegram channel if kind is, such as @name.")
    if channel is not None:
        return kind, channel
    if kind is SourceKind.FOLDER:
        path = Path(url.removeprefix("folder:"))
        if not path.is_absolute():
            raise SourcesError(f"{where}: url must be the whole path of a folder.")
        return kind, f"folder:{path}"
    if not url.startswith(("http://", "https://")):
        raise SourcesError(f"{where}: url must begin with https:// or http://.")
    return kind, url


def _kind_of(url: str, channel: str | None) -> SourceKind:
    if channel is not None:
        return SourceKind.CHANNEL
    return SourceKind.FOLDER if url.startswith("folder:") else SourceKind.FEED


def _check_selector(selector: str, kind: SourceKind, where: str) -> None:
    import cssselect

    if kind is not SourceKind.PAGE:
        raise SourcesError(f'{where}: selector is for pages; write kind = "page" too.')
    try:
        cssselect.parse(selector)
    except cssselect.SelectorError as e:
        raise SourcesError(f"{where}: selector is not CSS: {e}.") from e


def _check_zone(zone: str, where: str) -> None:
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        raise SourcesError(
            f"{where}: there is no time zone {zone!r}; write one like Europe/Minsk."
        ) from None
