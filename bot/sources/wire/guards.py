"""Guards: the checks for humans that stand before some sites, by what such pages are made of.

A guarded site also writes some of it into its own pages, so only what is nothing but a door counts.
"""

from collections.abc import Mapping

LARGEST = 48 << 10  # bytes of such a page
PARAGRAPHS = 10  # from which on there is a text

_SERVERS = ("ddos-guard", "qrator", "servicepipe")
_REFUSALS = frozenset({401, 403})
_SIGNS = """
    _cf_chl_opt
    cf-browser-verification
    <title>just a moment
    <title>ddos-guard
    <title>attention required! | cloudflare
    ddos-guard/js-challenge
    check.ddos-guard.net
    /__qrator/
    servicepipe.ru/static/
    /showcaptcha
    verifying you are human
    checking your browser before
    проверка браузера перед
    подтвердите, что вы не робот
    подтвердите, что вы человек
    вы не робот?
"""
_DOOR = tuple(line.strip() for line in _SIGNS.strip().splitlines())
_ARTICLE = ("<article", "articlebody")


def refuses(status: int, headers: Mapping[str, str]) -> bool:
    """Whether it is a guard, not the site, that answers so."""
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return True
    server = headers.get("Server", "").lower()
    return status in _REFUSALS and server.startswith(_SERVERS)


def is_door(body: bytes, content_type: str | None) -> bool:
    """Whether a page is a check and nothing else."""
    if "html" not in (content_type or "html").lower() or len(body) > LARGEST:
        return False
    text = body.decode("utf-8", "replace").lower()
    if not any(sign in text for sign in _DOOR):
        return False
    return text.count("<p") < PARAGRAPHS and not any(sign in text for sign in _ARTICLE)
