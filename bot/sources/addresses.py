"""Addresses: which we follow, which two are the same, and which lead into a private network."""

import ipaddress
import socket
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from bot.sources.errors import BadAddress, PrivateAddress

_IP = ipaddress.IPv4Address | ipaddress.IPv6Address

# Public by number, yet a cloud's own services answer there.
_METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # an IPv4 address in an IPv6 coat

_TRACKING = frozenset(
    {"fbclid", "gclid", "yclid", "ysclid", "dclid", "msclkid", "_openstat", "mc_cid", "mc_eid"}
)


def check_url(url: str, *, allow_private: bool) -> str:
    """The address without its fragment, or BadAddress. Names are resolved later, and checked."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadAddress(f"{_short(url)} is not an address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise BadAddress(f"{_short(url)} is not an http or https address")
    if "@" in parts.netloc:
        raise BadAddress(f"{host}: addresses with a user name are not followed")
    if not allow_private:
        if port is not None and port not in (80, 443) and port < 1024:
            raise BadAddress(f"{host}: port {port} belongs to another service than the web")
        check_host(host)
    return urlunsplit(parts._replace(fragment=""))


def check_host(host: str) -> None:
    """Refuse a private address written as a number, and this machine by name."""
    try:
        private = is_private(ipaddress.ip_address(_spelt(host.partition("%")[0])))
    except ValueError:
        private = host.rstrip(".").lower().rpartition(".")[2] in ("localhost", "local", "internal")
    if private:
        raise PrivateAddress(f"{host} is an address of a private network")


def _spelt(host: str) -> str:
    """IPv4 in the old spellings that a connection would understand: 127.1, 0x7f.1, 2130706433."""
    try:
        return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
    except (OSError, UnicodeError, ValueError):
        return host


def is_private(ip: _IP) -> bool:
    """Whether an address is anything else than one host on the public internet."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_private(inner)
        if ip.teredo is not None or ip.is_site_local:
            return True
    return not ip.is_global or ip.is_multicast or ip.is_reserved or ip in _METADATA


def canonical(url: str) -> str:
    """The address by which an article is known: host in lower case, no tracking, no fragment."""
    parts = urlsplit(url.strip())
    netloc = parts.netloc.lower()
    for scheme, port in (("http", ":80"), ("https", ":443")):
        if parts.scheme.lower() == scheme:
            netloc = netloc.removesuffix(port)
    query = parts.query
    if query:
        kept = [
            (name, value)
            for name, value in parse_qsl(query, keep_blank_values=True)
            if not _tracks(name)
        ]
        if len(kept) < len(parse_qsl(query, keep_blank_values=True)):
            query = urlencode(kept)
    return urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", query, ""))


def _tracks(parameter: str) -> bool:
    return parameter.lower() in _TRACKING or parameter.lower().startswith(("utm_", "at_"))


def link(base: str, href: str | None) -> str | None:
    """A link of a feed or page as a canonical http(s) address; None for any other kind."""
    if not href or not href.strip():
        return None
    try:
        url = urljoin(base, "".join(href.split()))
        parts = urlsplit(url)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return None
        return canonical(url) if len(url) <= 2048 else None
    except ValueError:
        return None


def host_of(url: str) -> str:
    """The host, without www., as a person would name the site."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _short(url: str) -> str:
    return repr(url if len(url) <= 80 else url[:79] + "…")
