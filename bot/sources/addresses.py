"""Addresses: which we follow, and which lead into a private network. What links say is in links."""

import ipaddress
import socket
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

from bot.sources.errors import BadAddress, Fault, PrivateAddress
from bot.sources.links import canonical, link, resolve, variants

__all__ = [
    "canonical",
    "check_host",
    "check_url",
    "host_of",
    "is_private",
    "link",
    "resolve",
    "variants",
]

REMEMBERED = 2_048  # addresses: the same are asked each round, and each time twice

_IP = ipaddress.IPv4Address | ipaddress.IPv6Address

# Public by number, yet a cloud's own services answer there.
_METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # an IPv4 address in an IPv6 coat


@lru_cache(maxsize=REMEMBERED)
def check_url(url: str, *, allow_private: bool) -> str:
    """The address without its fragment, or BadAddress. Names are resolved later, and checked."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadAddress(f"{_short(url)} is not an address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise BadAddress(f"{_short(url)} is not an http or https address", Fault.SCHEME)
    if "@" in parts.netloc:
        sentence = f"there is a user name before {host}; an address with one is not followed"
        raise BadAddress(sentence, Fault.USER)
    if host.rstrip(".").endswith(".onion"):  # RFC 7686: no resolver may be asked for it
        raise BadAddress(f"{host} can be reached through Tor only, where we do not go", Fault.ONION)
    if not allow_private:
        if port is not None and port not in (80, 443) and port < 1024:
            sentence = f"{host}: port {port} belongs to another service than the web"
            raise BadAddress(sentence, Fault.PORT)
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


@lru_cache(maxsize=REMEMBERED)
def host_of(url: str) -> str:
    """The host, without www., as a person would name the site."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _short(url: str) -> str:
    return repr(url if len(url) <= 80 else url[:79] + "…")
