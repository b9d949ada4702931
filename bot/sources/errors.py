"""What can go wrong while getting text in; str() of each is one sentence for whoever asked.

SourceError
├── FetchError         an address did not give its bytes
│   ├── BadAddress     not an address we follow (scheme, user name, port, nonsense)
│   │   └── PrivateAddress   it leads into somebody's own network
│   ├── Unreachable    no connection could be made; `no_network` is true
│   ├── TooSlow        it took longer than we wait
│   ├── TooBig         more bytes than we take
│   ├── TooManyRedirects
│   ├── Disallowed     the site's robots.txt asks us not to read it
│   │   └── RulesUnread   that file cannot be read for now, which forbids all
│   ├── ToldToWait     the host said to wait; nothing was asked
│   ├── BadAnswer      an HTTP status other than success
│   │   ├── Gone       410: it will never come back
│   │   └── TurnedAway a check for humans stands before the site
│   └── Broken         the connection broke off, or what came was no HTTP
│       └── Untrusted  nobody whom we trust says that it is the host it claims to be
├── NotAFeed           the bytes are no feed
│   └── NoPreview      the Telegram channel shows nothing to the web, or is none
│       └── NoChannel  the name is a group's, a bot's or a person's
├── NotASource         nothing behind the address can be followed
│   ├── Invitation     it leads into a private channel
│   ├── NoName         no Telegram channel can be called so
│   ├── Walled         a network that shows its posts only to those who log in
│   ├── OtherFile      it gives a PDF, a picture or such; `kind` says what
│   └── SameSource     it is a source already; `source_id` says which
├── NoText             the page has no article in it
│   └── NeedsLogin     it is shown only to those who log in, or pay
└── BadFile            the file cannot be read, or holds nothing we understand
"""

from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with an address, where it can be said."""

    SPACE = "space"
    EMAIL = "email"
    USER = "user"  # a user name, and perhaps a password
    PORT = "port"
    SCHEME = "scheme"  # neither http nor https
    ONION = "onion"


class SourceError(Exception):
    """Any failure to get text in."""


class FetchError(SourceError):
    """An address did not give its bytes."""

    no_network = False
    retry_after_s: float | None = None


class BadAddress(FetchError):
    """Not an address we follow."""

    def __init__(self, sentence: str, fault: Fault | None = None) -> None:
        super().__init__(sentence)
        self.fault = fault


class PrivateAddress(BadAddress):
    """It leads into a private network, or to this very machine."""


class Unreachable(FetchError):
    """No connection could be made: no name, no route, refused."""

    no_network = True


class TooSlow(FetchError):
    """It took longer than we wait."""


class TooBig(FetchError):
    """More bytes than we take."""


class TooManyRedirects(FetchError):
    """Each address sends to the next."""


class Disallowed(FetchError):
    """The site's robots.txt asks us not to read that address."""


class RulesUnread(Disallowed):
    """The site's robots.txt cannot be read for now, which forbids all (RFC 9309, §2.3.1.4)."""


class ToldToWait(FetchError):
    """The host said to wait, and the time has not come; nothing was asked of it."""

    def __init__(self, sentence: str, retry_after_s: float) -> None:
        super().__init__(sentence)
        self.retry_after_s = retry_after_s


class BadAnswer(FetchError):
    """The server answered with a status other than success."""

    def __init__(self, sentence: str, status: int, retry_after_s: float | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.retry_after_s = retry_after_s


class Gone(BadAnswer):
    """The server says it is gone for good."""


class TurnedAway(BadAnswer):
    """A check for humans stands before the site, and we are none."""


class Broken(FetchError):
    """The connection broke off, or what came was no HTTP."""


class Untrusted(Broken):
    """The certificate is expired, another host's, or nobody's whom this machine trusts."""


class NotAFeed(SourceError):
    """The bytes are no feed."""


class NoPreview(NotAFeed):
    """The Telegram channel shows nothing to the web, or there is none of that name."""


class NoChannel(NoPreview):
    """The name is a group's, a bot's or a person's."""


class NotASource(SourceError):
    """Nothing behind the address can be followed."""


class Invitation(NotASource):
    """It leads into a private channel."""


class NoName(NotASource):
    """No Telegram channel can be called so."""


class Walled(NotASource):
    """A network that shows its posts only to those who log in, and gives no feeds."""


class OtherFile(NotASource):
    """The address gives a file of a kind that holds no news for us, such as a PDF."""

    def __init__(self, sentence: str, kind: str) -> None:
        super().__init__(sentence)
        self.kind = kind


class SameSource(NotASource):
    """The address, or the feed behind it, is a source already."""

    def __init__(self, sentence: str, source_id: int) -> None:
        super().__init__(sentence)
        self.source_id = source_id


class NoText(SourceError):
    """The page has no article in it."""


class NeedsLogin(NoText):
    """The page is shown only to those who log in, or pay."""


class BadFile(SourceError):
    """The file cannot be read, or holds nothing we understand."""
