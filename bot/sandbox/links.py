"""Which addresses Telegram takes for links, as tdlib's LinkManager checks them."""

import re
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address

_URL_PART = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=]|%[0-9A-Fa-f]{2}|[^\x00-\x7f])*\Z")
_USERINFO = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=:]|%[0-9A-Fa-f]{2}|[^\x00-\x7f])*\Z")
_OWN_HOST = re.compile(r"[A-Za-z0-9\-_]*\Z")
_SITE_HOST = re.compile(r"[A-Za-z0-9\-_.]*\Z")
_SPACES = " \t\r\n\0\v"
_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


class BadLink(ValueError):
    """Telegram takes no link of this; the reason is tdlib's."""


@lru_cache(maxsize=4096)
def checked_link(link: str) -> str:
    """The link as Telegram keeps it; empty when it takes none: it then loses it silently."""
    try:
        return normal_link(link)
    except BadLink:
        return ""


def normal_link(link: str) -> str:
    """The link as Telegram keeps it. Raises BadLink."""
    for scheme in ("tg", "ton", "tonsite"):
        if lower(link).startswith(f"{scheme}:"):
            return _own(scheme, link[len(scheme) + 1 :].removeprefix("//"))
    url = _Url(link)
    if "." not in url.host and not url.ipv6:
        raise BadLink("Wrong HTTP URL")
    port = f":{url.port}" if url.port else ""
    userinfo = f"{url.userinfo}@" if url.userinfo else ""
    return f"{url.scheme}://{userinfo}{url.host}{port}{url.query}"


def mentioned_user(link: str) -> int | None:
    """The user id of a `tg://user?id=…` link."""
    rest = lower(link)
    if not rest.startswith("tg:"):
        return None
    rest = rest.removeprefix("tg:").removeprefix("//")
    if not rest.startswith("user") or (rest[4:] and rest[4] not in "/?#"):
        return None
    rest = rest[4:].removeprefix("/")
    if not rest.startswith("?"):
        return None
    for parameter in rest[1:].partition("#")[0].split("&"):
        key, _, value = parameter.partition("=")
        if key == "id":
            valid = re.fullmatch(r"-?[0-9]+", value, re.ASCII)
            number = int(value) if valid else 0
            return number if 0 < number < 2**53 else None
    return None


def lower(text: str) -> str:
    """ASCII letters lowered, nothing else: as tdlib does."""
    return text.translate(_ASCII_LOWER)


def _own(scheme: str, rest: str) -> str:
    """A link of Telegram's own schemes."""
    url = _Url(rest)
    plain = not (lower(rest).startswith("http://") or url.scheme == "https")
    if not plain or url.userinfo or url.port or url.ipv6:
        raise BadLink("Wrong tg URL" if scheme == "tg" else "Wrong ton URL")
    if not (_SITE_HOST if scheme == "tonsite" else _OWN_HOST).match(url.host):
        raise BadLink("Unallowed characters in URL host")
    query = url.query[1:] if url.query[1:2] == "?" else url.query
    return f"{scheme}://{url.host}{query}"


class _Url:
    """scheme, userinfo, host, port (0: none) and query (path and all) of an address."""

    def __init__(self, url: str) -> None:
        scheme, colon, rest = url.partition("://")
        if colon and not set(scheme) & set(":/?#@[]"):
            self.scheme = lower(scheme)
            if self.scheme not in ("http", "https"):
                raise BadLink("Unsupported URL protocol")
        else:
            self.scheme, rest = "http", url
        end = re.search(r"[/?#]", rest)
        where = rest[: end.start()] if end else rest
        self.query = _query(rest[len(where) :])
        where, self.port = _port(where)
        self.userinfo, _, host = where.rpartition("@")
        self.ipv6 = host.startswith("[") and host.endswith("]") and bool(host)
        if self.ipv6:
            _check_ipv6(host)
        if not host:
            raise BadLink("URL host is empty")
        if host == ".":
            raise BadLink("Host is invalid")
        self.host = lower(host)
        if not self.ipv6 and not _URL_PART.match(self.host):
            raise BadLink("Disallowed character in URL host")
        if not self.ipv6 and not _USERINFO.match(self.userinfo):
            raise BadLink("Disallowed character in URL userinfo")


def _port(where: str) -> tuple[str, int]:
    """The place without its port, and the port; 0 when none is given."""
    colon = max(where.rfind(mark) for mark in ":]@")
    if colon <= 0 or where[colon] != ":":
        return where, 0
    digits = where[colon + 1 :].lstrip("0") or where[colon + 1 :][-1:]
    if not re.fullmatch(r"-?[0-9]{1,10}", digits, re.ASCII) or not 0 < int(digits) <= 65535:
        raise BadLink("Wrong port number specified in the URL")
    return where[:colon], int(digits)


def _query(rest: str) -> str:
    rest = rest.rstrip(_SPACES) or "/"
    if not rest.startswith("/"):
        rest = "/" + rest
    return "".join(f"%{ord(c):02X}" if ord(c) <= 0x20 else c for c in rest)


def _check_ipv6(host: str) -> None:
    try:
        IPv6Address(host[1:-1])
    except AddressValueError:
        raise BadLink("Wrong IPv6 address specified in the URL") from None
