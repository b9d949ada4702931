"""A feed's text made safe and, where it is broken, mended; every step takes linear time.

What stands before the root element is dropped: with it go entity definitions, the stuff of bombs
and of files that read the server's disk. What is cut off ends after its last whole item.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from bot.sources.errors import NotAFeed

_HEAD = 300_000  # characters in which the root element must begin
_MOST_TAGS, _MOST_AMPERSANDS = 2_000_000, 1_000_000  # ten megabytes of text have far fewer

# An Atom entry may be a document of its own.
_ROOT = re.compile(
    r"<((?:[a-z][\w.-]{0,50}:)?(?:rss|feed|rdf|channel|entry(?=\s[^<>]{0,500}/atom)))(?=[\s>])",
    re.I,
)
_TITLE = re.compile(r"<title[^<>]{0,100}>([^<]{1,300})", re.I)
_TOLD = 60  # characters of a page's title
_HTML = re.compile(r"<(?:!doctype\s+html|html)\b", re.I)
_ENDS = re.compile(r"</(?:[\w.-]{1,50}:)?(?:item|entry)\s*>", re.I)
_BARE = re.compile(r"&(?!#\d{1,7};|#[xX][\da-fA-F]{1,6};|\w{1,32};)")
_NAMED = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)(\w{1,32});")
_NUMBERED = re.compile(  # characters that XML does not know
    r"&#(?:x0*(?:[0-8bcef]|1[\da-f]|d[89a-f]..|fff[ef])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.I
)
_LARGE = re.compile(r"&#(\d{5,7}|x[1-9a-f][\da-f]{5});", re.I)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def rooted(text: str) -> str:
    """The text from its root element on, or NotAFeed."""
    root = _ROOT.search(text, 0, _HEAD)
    if root is None and (cleaned := _NO_XML.sub("", text[:_HEAD])) != text[:_HEAD]:
        return rooted(cleaned + text[_HEAD:])
    if root is None or _HTML.search(text, 0, root.start()):
        raise NotAFeed(_what_it_is(text))
    if text.count("<") > _MOST_TAGS:
        raise NotAFeed("the feed holds too much to be read")
    return text[root.start() :]


def is_cut_off(text: str) -> bool:
    """Whether a rooted text has no end of its root element."""
    root = _ROOT.match(text)
    return root is not None and f"</{root[1]}" not in text


def mend(text: str) -> str:
    """A rooted text with an end, without characters and entities that XML does not know.

    Raises NotAFeed when there are more of those than in any feed.
    """
    if text.count("&") > _MOST_AMPERSANDS:  # each may become five letters
        raise NotAFeed("the feed is too broken to be read")
    text = _NO_XML.sub("", text)
    root = _ROOT.match(text)
    text = _ended(text, root[1] if root else "rss")
    return "".join(
        piece if piece.startswith("<![CDATA[") else _references(piece) for piece in _pieces(text)
    )


def _what_it_is(text: str) -> str:
    if not text.strip():
        return "the address gives nothing, not a feed"
    if _HTML.search(text, 0, _HEAD):
        found = _TITLE.search(text, 0, _HEAD)
        title = " ".join(unescape(found[1]).split())[:_TOLD] if found else ""
        return f"the address gives a web page{title and f' («{title}»)'}, not a feed"
    return "the address gives something that is not a feed"


def _ended(text: str, root: str) -> str:
    """Without what follows the root element; if that never ends, up to the last whole item."""
    end = text.rfind(f"</{root}")
    if end >= 0:
        return f"{text[:end]}</{root}>"
    ends = [m.end() for m in _ENDS.finditer(text)]
    return text[: ends[-1]] if ends else text


def _pieces(text: str) -> Iterator[str]:
    """CDATA sections, and what stands between them; one that never closes is none."""
    position = 0
    while (opened := text.find("<![CDATA[", position)) >= 0:
        closed = text.find("]]>", opened)
        if closed < 0:
            yield text[position:].replace("<![CDATA[", "")
            return
        yield text[position:opened]
        yield text[opened : closed + 3]
        position = closed + 3
    yield text[position:]


def _references(text: str) -> str:
    """HTML's entities as characters, ours to keep; what is none as the text it looks like."""
    text = _BARE.sub("&amp;", text)
    text = _NAMED.sub(_letters, text)
    return _LARGE.sub(_character, _NUMBERED.sub("", text))


def _letters(m: re.Match[str]) -> str:
    letters = html5.get(f"{m[1]};", "")
    return letters if letters and letters not in "<&" else f"&amp;{m[1]};"


def _character(m: re.Match[str]) -> str:
    """A large number as the character it is, if it is one."""
    return _NO_XML.sub("", unescape(m[0]))
