"""A feed's text in parts: where its items stand, found in one pass however broken the text is.

A feed of 50,000 items is read PART at a time, each part with the feed's own head and tail, so that
no part takes long or much memory.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

PART = 1000  # items read at a time
_MOST = 100_000  # items of a feed; there are no more in ten megabytes that say anything

# None of these looks further than the next "<": an item may be ten megabytes of them.
_FIRST = re.compile(r"<([\w.-]{1,50}:)?(?:item|entry)(?=[\s/>])", re.I)
_MARK = r"<(?:(/?){}(?:item|entry)(?:[\s/][^<>]*+)?>|!\[CDATA\[|!--)"
_CLOSED = {"<![CDATA[": "]]>", "<!--": "-->"}
_VALUE = r"\s*+(?:<!\[CDATA\[)?\s*+([^<\]]{0,3000}+)"
_NAMED = re.compile(rf"<(?:\w{{1,20}}:)?(guid|id|link)(\s[^<>]*+)?>{_VALUE}", re.I)
_SAID = re.compile(rf"<(?:\w{{1,20}}:)?(guid|id|title|link)(\s[^<>]*+)?>{_VALUE}", re.I)
_HREF = re.compile(r"\shref\s*=\s*[\"']?([^\"'<>\s]+)", re.I)
_REL = re.compile(r"\srel\s*=\s*[\"']?(\w+)", re.I)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """Some items of a feed. Guids and links that several items of the whole feed have are told."""

    text: str
    more: int | None = None  # the item at which the next part begins
    shared_guids: frozenset[str] = frozenset()
    shared_links: frozenset[str] = frozenset()


def part(text: str, start: int) -> Part:
    """The items from `start` on, at most PART; the text itself when that is all of them."""
    spans = item_spans(text)
    if len(spans) <= PART:
        return Part(text if start == 0 else _cut(text, spans, spans[start:]))
    guids, links = _shared(text, spans)
    more = start + PART if start + PART < len(spans) else None
    return Part(_cut(text, spans, spans[start : start + PART]), more, guids, links)


def item_spans(text: str) -> list[Span]:
    """Where each item begins and ends; one that never ends does so where the next begins."""
    first = _FIRST.search(text)
    marks = re.compile(_MARK.format(re.escape(first[1] or "")), re.I) if first else _FIRST
    spans: list[Span] = []
    begun = -1
    passed = 0  # what stands before is CDATA or a comment
    unclosed: set[str] = set()
    for m in marks.finditer(text):
        begin, end = m.span()
        if begin < passed or len(spans) == _MOST:
            continue
        if closing := _CLOSED.get(m[0].upper()):
            passed = -1 if closing in unclosed else text.find(closing, begin)
            unclosed |= {closing} if passed < 0 else set()
            continue
        if text[end - 2] == "/":
            continue  # an empty one
        if begun >= 0:
            spans.append((begun, end if m[1] else begin))
        begun = -1 if m[1] else begin
    return spans


def _cut(text: str, spans: list[Span], wanted: list[Span]) -> str:
    """The feed's head, these items, the feed's tail."""
    if not spans:
        return text
    items = text[wanted[0][0] : wanted[-1][1]] if wanted else ""
    tail = text[spans[-1][1] :]
    return text[: spans[0][0]] + items + ("" if _FIRST.search(tail) else tail)


def _shared(text: str, spans: Iterable[Span]) -> tuple[frozenset[str], frozenset[str]]:
    """The guids and the links that several different items have."""
    if not _some_repeat(text):
        return frozenset(), frozenset()
    different = {_said(text, span) for span in spans}
    guids = Counter(guid for guid, _, _ in different)
    links = Counter(link for _, link, _ in different)
    return _repeated(guids), _repeated(links)


def _some_repeat(text: str) -> bool:
    """Whether it may be that items share something: a quick look, which is enough for most."""
    said = Counter((name, (value or more).strip()) for name, more, value in _NAMED.findall(text))
    return any(times > 1 and value for (_, value), times in said.items())


def _repeated(counts: Counter[str]) -> frozenset[str]:
    return frozenset(said for said, times in counts.items() if times > 1 and said)


def _said(text: str, span: Span) -> tuple[str, str, str]:
    """Guid, link and title of an item."""
    said = {"guid": "", "link": "", "title": ""}
    for m in _SAID.finditer(text, *span):
        name = m[1].lower()
        value = m[3]
        if name == "link":
            value = (_alternate(m[2] or "") or m[3]).partition("#")[0]
        name = "guid" if name == "id" else name
        said[name] = said[name] or unescape(value).strip()
    return said["guid"], said["link"], said["title"]


def _alternate(attributes: str) -> str:
    rel = _REL.search(attributes)
    href = _HREF.search(attributes)
    return href[1] if href and (rel is None or rel[1].lower() == "alternate") else ""
