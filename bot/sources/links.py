"""Links of feeds and pages as addresses, and which addresses are one article.

Two degrees: `canonical` is what is stored and shown, changed only where the same page surely
answers (no tracking, no AMP copy, one spelling). `variants` are the addresses under which the same
article may be stored: the other scheme, www, mobile and AMP hosts, with and without a slash at the
end. They are compared and never shown, since not every site answers under all of them.
"""

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

MAX_LENGTH = 2048

_FOLLOWS = """
    fbclid gclid yclid ysclid dclid msclkid twclid ttclid gbraid wbraid ymclid yrclid yadclid
    _openstat openstat mc_cid mc_eid mkt_tok igshid igsh _ga _gl etext rb_clickid vero_id _hsenc
    _hsmi at_medium at_campaign oly_enc_id oly_anon_id
"""
_TRACKING = frozenset(_FOLLOWS.split())
# Whose visit it is: no address to store, and none to show to others.
_VISITS = frozenset({"phpsessid", "jsessionid", "sessionid", "session_id", "oscsid", "sid"})
_VISIT = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{16,64}", re.I)
_VISIT_IN_PATH = re.compile(r";jsessionid=[\w.!-]*", re.I)
_CAME_FROM = frozenset({"from", "ref", "referrer", "partner"})  # tracking if it says one of these:
_PLACE = """
    rss feed rssfeed rss_feed yandex yandexnews yandex_news yanews zen dzen google googlenews
    telegram tg vk ok fb facebook twitter max
"""
_PLACES = frozenset(_PLACE.split())
_AMP = frozenset({"amp", "amp=", "amp=1", "amp=true", "amp=yes", "outputtype=amp"})
# Copies that others keep; the original's address is inside.
_COPY = re.compile(
    r"(?:[\w.-]{1,200}\.cdn\.ampproject\.org/[a-z]|(?:www\.)?google\.\w{2,3}/amp)/(s/)?"
    r"([\w-]{1,100}(?:\.[\w-]{1,100})+/.*)",
    re.I,
)
_TURBO = re.compile(
    r"[\w.-]{1,200}\.turbopages\.org/(?:turbo/)?()([\w-]{1,100}(?:\.[\w-]{1,100})+)/[a-z](/.*)",
    re.I,
)
_AMP_END = re.compile(r"/([^/]+)/amp(/?)$", re.I)
_ARTICLE = re.compile(r"[\d_-]|.{12}")  # the name of an article, not of a section
_AMP_START = re.compile(r"^/amp(?=/[^/]+/.*[^/])", re.I)
_AMP_NAME = re.compile(r"\.amp(?=\.html?$|$)", re.I)

_SAFE = "/:@!$&'()*+,;=~%?"
_PERCENT = re.compile(r"%(?![\da-fA-F]{2})")
_ESCAPED = re.compile(r"%[\da-fA-F]{2}")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~")

_AGAIN = re.compile(r"https?:/*(?=https?://)", re.I)  # a scheme that a site put before a whole link
_HOSTS = ("", "www.", "m.", "mobile.", "amp.")
_VARIANT = re.compile(r"^(?:www|m|mobile|amp)\.(?=[^.]+\.)")


def link(base: str, href: str | None) -> str | None:
    """A link of a feed or page as a canonical http(s) address; None for any other kind."""
    found = resolve(base, href)
    return canonical(found) if found else None


def passage(base: str, href: str | None) -> str | None:
    """As `link`, with the fragment: entries may be passages of one page."""
    found = resolve(base, href)
    if not found or "#" not in found:
        return canonical(found) if found else None
    page = canonical(found)
    return page if "#" in page else f"{page}#{found.partition('#')[2]}"


def resolve(base: str, href: str | None) -> str | None:
    """The whole http(s) address that a link leads to, with all that it says; None: another kind."""
    href = re.sub(r"\s*[\t\r\n]\s*", "", (href or "").strip())
    if not href or len(href) > MAX_LENGTH:
        return None
    if href.lower().startswith("www."):
        href = f"http://{href}"
    elif again := _AGAIN.match(href):
        href = href[again.end() :]
    try:
        url = urljoin(base, href)
        parts = _split(f"https:{url}" if url.startswith("//") else url)
    except ValueError:
        return None
    found = urlunsplit(parts)
    return found if parts.scheme and len(found) <= MAX_LENGTH * 3 else None


def canonical(url: str) -> str:
    """The address by which an article is stored and shown; what is no http(s) one, as it is."""
    try:
        parts = _split(url.strip())
        if not parts.scheme or len(url) > MAX_LENGTH * 3:
            return url.strip()
        return urlunsplit(_known_as(parts))
    except ValueError:
        return url.strip()


def variants(url: str) -> tuple[str, ...]:
    """All addresses under which the article at this one may be stored, the canonical one first."""
    first = canonical(url)
    try:
        parts = urlsplit(first)
    except ValueError:
        return (first,)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return (first,)
    host = _VARIANT.sub("", parts.netloc)
    bare = parts.path.rstrip("/")
    said = _said(parts)
    ends = (f"{bare or '/'}{said}", f"{bare}/{said}")
    prefixes = _HOSTS if "." in host and not host[-1].isdigit() else ("",)
    origins = [f"{scheme}://{prefix}{host}" for scheme in ("https", "http") for prefix in prefixes]
    return tuple(dict.fromkeys([first, *(origin + end for origin in origins for end in ends)]))


@lru_cache(maxsize=2048)  # asked for when an entry is sifted, and soon again when it is filed
def addresses(url: str | None) -> tuple[str, ...]:
    """Where the article at that address may be stored; a passage of a page is only itself."""
    if url is None or "#" in url:
        return (url,) if url else ()
    return variants(url)


def _said(parts: SplitResult) -> str:
    """What follows the path."""
    query = f"?{parts.query}" if parts.query else ""
    return f"{query}#{parts.fragment}" if parts.fragment else query


def _split(url: str) -> SplitResult:
    """An http(s) address in one spelling; no scheme at all if it is none. Raises ValueError."""
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not parts.hostname:
        return SplitResult("", "", "", "", "")
    return SplitResult(
        scheme,
        _netloc(parts, scheme),
        _spelt(parts.path.replace("\\", "/") or "/"),
        _spelt(parts.query),
        _spelt(parts.fragment),
    )


def _netloc(parts: SplitResult, scheme: str) -> str:
    """Host in lower case, international names as DNS has them; no user, no port of course."""
    host = (parts.hostname or "").rstrip(".")
    try:
        if not host.isascii():
            host = host.encode("idna").decode()
    except UnicodeError as e:
        raise ValueError("this is no name of a host") from e
    host = f"[{host}]" if ":" in host else host
    own = {"http": 80, "https": 443}[scheme]
    return host if parts.port in (None, own) else f"{host}:{parts.port}"


def _spelt(text: str) -> str:
    """One spelling: what may stand as it is does, all else in %XX of UTF-8."""
    text = quote(_PERCENT.sub("%25", text), safe=_SAFE, errors="replace")
    return _ESCAPED.sub(_escape, text)


def _escape(m: re.Match[str]) -> str:
    letter = chr(int(m[0][1:], 16))
    return letter if letter in _PLAIN else m[0].upper()


def _known_as(parts: SplitResult) -> SplitResult:
    while original := _original(parts):
        parts = original
    query = "&".join(p for p in parts.query.split("&") if p and not _tracks(p))
    path = _VISIT_IN_PATH.sub("", parts.path)
    while (shorter := _without_amp(path)) != path:
        path = shorter
    # A page that is a program has its articles behind the fragment.
    program = parts.fragment.startswith(("!", "/")) and len(parts.fragment) > 1
    fragment = parts.fragment if program else ""
    return parts._replace(path=path, query=query, fragment=fragment)


def _original(parts: SplitResult) -> SplitResult | None:
    """What a cache of AMP or Turbo pages has a copy of; None if this is no copy."""
    said = parts.netloc + parts.path
    m = _COPY.fullmatch(said) or _TURBO.fullmatch(said)
    if m is None:
        return None
    scheme = "http" if m.re is _COPY and not m[1] else "https"
    rest = m[2] if m.re is _COPY else m[2] + m[3]
    query = f"?{parts.query}" if parts.query else ""
    return _split(f"{scheme}://{rest}{query}")


def _without_amp(path: str) -> str:
    m = _AMP_END.search(path)
    if m and _ARTICLE.search(m[1]):
        path = path[: m.end(1)] + m[2]
    path = _AMP_START.sub("", path)
    return _AMP_NAME.sub("", path) or "/"


def _tracks(pair: str) -> bool:
    name, _, value = unquote(pair).lower().partition("=")
    return (
        name in _TRACKING
        or name.startswith(("utm_", "at_custom"))
        or (name in _CAME_FROM and value in _PLACES)
        or (name in _VISITS and _VISIT.fullmatch(value) is not None)
        or pair.lower() in _AMP
    )
