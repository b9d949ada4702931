"""One sentence on why nothing came of an address, a text or a file, in the reader's language."""

from bot.sources import errors
from bot.sources.addresses import host_of
from bot.sources.typed import address_in
from bot.telegram.writing.posts import shorten
from bot.telegram.writing.texts import Text
from bot.workers import WorkerFailed

FAILURES = (errors.SourceError, WorkerFailed, MemoryError)
ADDRESS = 200


def regret(text: Text, e: BaseException, url: str) -> str:
    """What to say of a failure with what is at that address."""
    site = _site(url)
    match e:
        case errors.TurnedAway():
            return text("adding-turned-away", site=site)
        case errors.BadAnswer():
            return _of_status(text, e.status, site)
        case errors.BadAddress(fault=errors.Fault() as fault):
            return _of_fault(text, fault, site, shorten(url, ADDRESS))
        case errors.FetchError():
            return _of_fetching(text, e, site)
        case errors.NoChannel():
            return text("adding-no-channel")
        case errors.NoPreview():
            return text("admin-no-preview")
        case errors.Invitation():
            return text("adding-invitation")
        case errors.NoName():
            return text("adding-no-name", name=shorten(url, ADDRESS))
        case errors.Walled():
            return text("adding-walled", site=site)
        case errors.OtherFile():
            return text("admin-pdf" if "pdf" in e.kind else "admin-other-file")
        case errors.NeedsLogin():
            return text("admin-login", site=site)
        case errors.NotAFeed() | errors.NotASource():
            return text("admin-no-feed", site=site)
        case errors.NoText():
            return text("admin-no-text", site=site)
        case _:
            return text("admin-not-read")


def _site(url: str) -> str:
    """Who was asked; for a @channel it is Telegram's own site."""
    if url.startswith("@"):
        return "t.me"
    try:
        return shorten(host_of(address_in(url)), ADDRESS)
    except errors.BadAddress:
        return shorten(url, ADDRESS)


def _of_fault(text: Text, fault: errors.Fault, site: str, address: str) -> str:
    match fault:
        case errors.Fault.SPACE:
            return text("admin-space", address=address)
        case errors.Fault.EMAIL:
            return text("adding-email", address=address)
        case errors.Fault.USER:
            return text("adding-user-name")
        case errors.Fault.PORT:
            return text("adding-port", site=site)
        case errors.Fault.SCHEME:
            return text("adding-scheme")
        case errors.Fault.ONION:
            return text("adding-onion")


def _of_status(text: Text, status: int, site: str) -> str:
    if status in (404, 410):
        return text("admin-missing", site=site, status=str(status))
    if status in (401, 402, 403, 451):
        return text("admin-closed", site=site, status=str(status))
    return text("admin-bad-answer", site=site, status=str(status))


def _of_fetching(text: Text, e: errors.FetchError, site: str) -> str:
    match e:
        case errors.PrivateAddress():
            return text("admin-private", site=site)
        case errors.BadAddress():
            return text("admin-bad-address", site=site)
        case errors.TooSlow():
            return text("admin-too-slow", site=site)
        case errors.TooBig():
            return text("admin-too-big", site=site)
        case errors.Disallowed():
            return text("admin-robots", site=site)
        case errors.ToldToWait():
            return text("admin-wait", site=site)
        case errors.Untrusted():
            return text("adding-untrusted", site=site)
        case errors.Broken():
            return text("admin-broken", site=site)
        case _:
            return text("admin-unreachable", site=site)
