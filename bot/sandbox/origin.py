"""Who may ask: the page of this very server. Other sites in the same browser may not.

The sandbox listens where a browser runs, so any site could post to it, and a name that resolves
to 127.0.0.1 could even read the answers (DNS rebinding).
"""

import ipaddress
import re
from urllib.parse import urlsplit

from aiohttp import web

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]]+)(?::\d{1,5})?\Z", re.I)


def foreign(request: web.Request) -> str | None:
    """Why the request is not the page's own; None when it is."""
    host = request.headers.get("Host", "")
    if not _trusted(host):
        return f"the sandbox does not answer to the name {host!r}"
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
        return f"{origin!r} is another site"
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        return "another site asks"
    return None


def _trusted(host: str) -> bool:
    """A bare address, or localhost: no name that somebody else's DNS could point here."""
    match = _HOST.match(host)
    if match is None:
        return False
    name = match[1].strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
