"""Lists of sources, as OPML carries them: added at once, those that are known left as they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from storage.models import NewSource, Source
from storage.ports import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What became of a list: sources that are new, and for each line that is not, its source."""

    new: tuple[Source, ...]
    known: tuple[Source, ...]


async def add_listed(store: Store, listed: Sequence[NewSource], *, now: datetime) -> Listed:
    """Add those of the list that are no source yet; they are due at once."""
    met = {_same(source.url): source for source in await store.sources.all()}
    new: list[Source] = []
    known: list[Source] = []
    for source in listed:
        address = _same(source.url)
        if address in met:
            known.append(met[address])
        else:
            met[address] = await store.sources.add(source, now=now)
            new.append(met[address])
    return Listed(new=tuple(new), known=tuple(known))


def _same(url: str) -> str:
    """What two spellings of one address have in common: no scheme, no www., no last slash."""
    parts = urlsplit(url)
    host = parts.netloc.lower().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
