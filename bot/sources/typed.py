"""What people type for an address: with quotes around it, without a scheme, in Cyrillic, a path."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from yarl import URL

from bot.sources.errors import BadAddress

_QUOTES = "<>«»“”„\"'`"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_PATH = re.compile(r"(?:folder:|file:|~|\.{0,2}/|\.\.?$|[a-z]:\\)", re.I)


def bare(text: str) -> str:
    """Without what stands around it."""
    return _INVISIBLE.sub("", text).strip().strip(_QUOTES).strip()


def has_scheme(text: str) -> bool:
    return "://" in _without_feed(bare(text))


def address_in(text: str) -> str:
    """The web address that is meant, in ASCII; `https://` may be left out. Raises BadAddress."""
    said = bare(text)
    address = _without_feed(said).rstrip(".,;" + _QUOTES)
    if not address:
        raise BadAddress("there is no address")
    if any(letter.isspace() for letter in address):
        raise BadAddress(f"there is a space in {_short(said)}; an address has none")
    if "://" not in address:
        address = f"https://{address}"
    try:
        host = URL(address).host or ""
        parts = urlsplit(str(URL(address).with_fragment(None)))
    except ValueError:
        raise BadAddress(f"{_short(said)} is not an address") from None
    if "." not in host and ":" not in host and host != "localhost":
        raise BadAddress(f"{_short(said)} is not an address")
    return urlunsplit(parts._replace(path=parts.path or "/"))


def folder_in(text: str) -> str | None:
    """The absolute path of the folder that is meant; None when no path is."""
    said = bare(text)
    if not _PATH.match(said):
        return None
    if said.lower().startswith("file:"):
        said = unquote(urlsplit(said).path)
    return str(Path(said.removeprefix("folder:")).expanduser().absolute())


def _without_feed(text: str) -> str:
    """`feed:https://…` and `feed://…` are how browsers once handed feeds to readers."""
    return re.sub(r"(?i)^feed:(?://)?(?=\S)", "", text)


def _short(text: str) -> str:
    return repr(text if len(text) <= 80 else text[:79] + "…")
