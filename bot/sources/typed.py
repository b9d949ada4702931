"""What people type for an address: with quotes around it, without a scheme, in Cyrillic, a path."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from yarl import URL

from bot.sources.errors import BadAddress, Fault

_QUOTES = "<>«»“”„\"'`"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# http and https with a letter too few or twice, no colon, one slash or three.
_SCHEME = re.compile(r"(?i)h{0,2}t{1,3}p{1,2}(s{0,2})(?::/*|/{2,})(?=[^\s/:])")
_EMAIL = re.compile(r"(?i)(?:mailto:\s*)?[^\s/@:?#]+@[^\s/@:?#]+\.[^\s/@:?#]+")
_PATH = re.compile(r"(?:folder:|file:|~|\.{0,2}/|\.\.?$|[a-z]:\\)", re.I)


def bare(text: str) -> str:
    """Without what stands around it."""
    return _INVISIBLE.sub("", text).strip().strip(_QUOTES).strip()


def has_scheme(text: str) -> bool:
    return "://" in _mended(_without_feed(bare(text)))


def address_in(text: str) -> str:
    """The web address that is meant, in ASCII; `https://` may be left out. Raises BadAddress."""
    said = bare(text)
    address = _mended(_without_feed(said).rstrip(".,;" + _QUOTES))
    if not address:
        raise BadAddress("there is no address")
    if any(letter.isspace() for letter in address):
        sentence = f"there is a space in {_short(said)}; an address has none"
        raise BadAddress(sentence, Fault.SPACE)
    if _EMAIL.fullmatch(address):
        sentence = f"{_short(said)} is an e-mail address; give that of a site, or a @channel"
        raise BadAddress(sentence, Fault.EMAIL)
    if "://" not in address:
        address = f"https://{address}"
    try:
        host = URL(address).host or ""
        parts = urlsplit(str(URL(address).with_fragment(None)))
    except ValueError:
        raise _none(said) from None
    if "." not in host and ":" not in host and host != "localhost":
        raise _none(said)
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


def _mended(text: str) -> str:
    """With a scheme as it is spelt; of several in a row the last one counts."""
    scheme = ""
    while m := _SCHEME.match(text):
        scheme, text = f"http{'s' if m[1] else ''}://", text[m.end() :]
    return scheme + text


def _none(said: str) -> BadAddress:
    return BadAddress(f"{_short(said)} is not an address; give that of a site, or a @channel")


def _short(text: str) -> str:
    return repr(text if len(text) <= 80 else text[:79] + "…")
