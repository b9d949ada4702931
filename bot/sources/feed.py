"""What a feed, channel, sitemap or list page comes to: one value for all kinds of sources."""

from dataclasses import dataclass

from storage.models import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says of itself, and what it lists, in its own order."""

    title: str
    site_url: str | None
    language: str | None
    entries: tuple[Entry, ...]
    wordless: int = 0  # items without a word: pictures, videos, polls; they are no entries
    says_utc: bool = False  # all its dates name it, rightly or not
    ttl_s: int | None = None  # how long it asks to be left alone
    skip_hours: frozenset[int] = frozenset()  # of UTC, in which it wants to be left alone
    skip_days: frozenset[int] = frozenset()  # ISO weekdays, of UTC
    hub: str | None = None  # where it pushes (WebSub)
    self_url: str | None = None  # the address it knows itself by
    more: int | None = None  # the item at which the next part begins; None: this was the last
    older: str | None = None  # the address of what came before, where a page lists only so many
    cut_off: bool = False  # it has no end: more of it may be there than came
    maps: tuple[str, ...] = ()  # lists of lists: addresses to read in its place, likeliest first


def language_of(code: str) -> str | None:
    """The two letters of a language (ISO 639-1), of a longer code the first two."""
    code = code.strip().lower()[:2]
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None
