"""Names of XML elements that do not vary: `content:encoded`, whatever prefix a feed gave it."""

from collections.abc import Mapping

_ATOM = ("http://www.w3.org/2005/atom", "http://purl.org/atom/ns", "http://purl.org/atom")
_RSS = """
    http://purl.org/rss/1.0 http://my.netscape.com/rdf/simple/0.9 http://purl.org/net/rss1.1
    http://channel.netscape.com/rdf/simple/0.9 http://backend.userland.com/rss2
    http://backend.userland.com/rss http://blogs.law.harvard.edu/tech/rss
    http://cyber.law.harvard.edu/rss http://my.netscape.com/publish/formats/rss-0.91.dtd
"""
# The usual prefix of a namespace; a feed's own elements have none.
_PREFIXES = dict.fromkeys(_RSS.split(), "") | {
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/rss/1.0/modules/syndication": "sy",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://news.yandex.ru": "yandex",
    "http://turbo.yandex.ru": "turbo",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
}
_MOST = 200  # prefixes known at a time


class Names:
    """Knows which prefixes mean what, as far as the parser has come."""

    def __init__(self) -> None:
        self._scopes: list[tuple[int, dict[str, str]]] = [(0, {})]  # from which depth on, and what
        self._atom: bool | None = None  # whether the feed's own elements are Atom's

    def learn(self, attributes: Mapping[str, str], depth: int) -> None:
        """Note the prefixes that an element at that depth declares, in lower case."""
        new = {
            name[6:]: uri.strip().lower().rstrip("/#")
            for name, uri in attributes.items()
            if name.startswith("xmlns:")
        }
        known = self._scopes[-1][1]
        if new and len(known) < _MOST:
            self._scopes.append((depth, known | new))

    def forget(self, depth: int) -> None:
        """The element at that depth has ended, and with it what it declared."""
        if self._scopes[-1][0] == depth:
            self._scopes.pop()

    def usual(self, name: str) -> str:
        """A name, in lower case, with its namespace's usual prefix. The first is the root's."""
        prefix, colon, local = name.rpartition(":")
        if self._atom is None:
            self._atom = local in ("feed", "entry")
        if not colon:
            return local
        uri = self._scopes[-1][1].get(prefix, "")
        if uri in _ATOM:
            prefix = "" if self._atom else "atom"
        prefix = _PREFIXES.get(uri, prefix)
        return f"{prefix}:{local}" if prefix else local
