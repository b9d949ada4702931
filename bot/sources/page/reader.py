"""Reading the blocks of a page out of its markup, in one walk through all elements."""

import re
from itertools import accumulate
from typing import Any

from bot.sources.markup import tidy
from bot.sources.page.blocks import HEADINGS, Block, Document, Node
from bot.sources.page.elements import (
    BORDERS,
    CONTROLS,
    NOTED,
    PLAYERS,
    SILENT,
    is_button,
    is_footnote,
    is_link,
    is_own_box,
    is_short,
    is_stacked,
)
from bot.sources.page.hints import Hint, hints

MAX_ELEMENTS = 150_000
MAX_BLOCKS = 40_000

_INLINE_BODIES = frozenset({"span", "font", "td"})
_PARAGRAPH_ENDS = re.compile(r"[.!?…»]\n\n(?=\S)")
_ENDS = frozenset(".!?…»")
_SAID = 60  # characters of a heading with a full stop: it is none


def read_blocks(root: Any) -> Document:
    """The blocks of a page, those of its hidden parts too, marked by their nodes."""
    reader = _Reader()
    reader.read(root)
    prose = [0, *accumulate(block.prose for block in reader.blocks)]
    linked = [0, *accumulate(block.linked for block in reader.blocks)]
    return Document(
        nodes=reader.nodes,
        blocks=reader.blocks,
        players=reader.players,
        images=reader.images,
        controls=reader.controls,
        choices=reader.choices,
        prose=prose,
        linked=linked,
    )


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.nodes: list[Node] = []
        self.players = 0
        self.images: list[tuple[int, int, Any]] = []
        self.controls: list[tuple[int, int]] = []
        self.choices: list[int] = []
        self._open: list[int] = []  # nodes around us
        self._run: list[str] = []
        self._linked = self._bold = self._led = 0
        self._leading = True  # nothing but a link so far
        self._links = self._bolds = 0  # how deep in <a>, in <b>
        self._hrefs: list[str] = []
        self._picture = False
        self._pre = 0
        self._broken = 0  # line breaks since the last text
        self._joined = False

    def read(self, root: Any) -> None:
        from lxml import etree

        unread = SILENT if root.find("body") is not None else SILENT - {"head"}
        walk = etree.iterwalk(root, events=("start", "end"))
        seen = 0
        for event, element in walk:
            tag = element.tag
            if event == "start":
                seen += 1
                if tag in unread:
                    self._silent(element, tag)
                    walk.skip_subtree()
                elif seen > MAX_ELEMENTS or len(self.blocks) > MAX_BLOCKS:
                    break
                elif not self._start(element, tag):
                    walk.skip_subtree()
            else:
                self._end(element, tag)
        self._flush()
        for at in self._open:
            self.nodes[at].end = len(self.blocks)

    def _silent(self, element: Any, tag: str) -> None:
        if tag in PLAYERS:
            self.players += 1
        elif tag in CONTROLS:
            self._control(element)
        elif tag == "img":
            self._picture = True
            self.images.append((len(self.blocks), self._open[-1] if self._open else -1, element))

    def _control(self, element: Any) -> None:
        if element.get("type") != "hidden" and self._open:
            self.controls.append((len(self.blocks), self._open[-1]))
            if element.get("type") in ("radio", "checkbox"):
                self.choices.append(self._open[-1])

    def _start(self, element: Any, tag: str) -> bool:
        """Take an element's own text; False: what is in it is left out."""
        hint = hints(element)
        if tag == "sup" and (is_footnote(element) or self._is_note(element)):
            return False
        if tag == "span" and self._begins_sentence(element):
            self._flush()
        if tag in BORDERS or is_own_box(element, tag):
            self._flush()
            self._node(element, hint)
            self._pre += tag == "pre"
        elif tag == "br":
            self._break()
        elif tag == "a" and len(element) > 1 and "class" in element.attrib:
            self._flush()  # a teaser of an article, all of it a link
            self._node(element, hint)
        elif hint:
            if hint & (Hint.HIDDEN | Hint.FURNITURE) or (hint & Hint.CAPTION):
                return not is_short(element)
            if hint & (Hint.STATED | Hint.BODY) and tag in _INLINE_BODIES:
                self._flush()
                self._node(element, hint)
        if tag == "a" and is_link(element):
            self._links += 1
            if href := element.get("href"):
                self._hrefs.append(href)
            if is_button(element):
                self._control(element)
        elif tag in ("b", "strong"):
            self._bolds += 1
        if element.text:
            if (
                tag == "span"
                and self._run
                and self._run[-1][-1:].isdigit()
                and element.text[0].isdigit()
            ):
                self._run.append(" ")  # a year and a counter, parted by their style only
            self._add(element.text)
        return True

    def _is_note(self, sup: Any) -> bool:
        """A number or an asterisk right behind a sentence: no power, no unit."""
        behind = self._run[-1][-1:] if self._run else ""
        return behind in _ENDS and bool(NOTED.fullmatch(sup.text or "-"))

    def _begins_sentence(self, span: Any) -> bool:
        """Whether a sentence or a link ends right before it, without a space or with a line to
        itself: only styles part such spans into paragraphs."""
        before = span.getprevious()
        if not self._run or before is None or before.tag != "span":
            return False
        stacked = bool(before.tail) and is_stacked(before, span)
        if (before.tail and not stacked) or not (
            "class" in span.attrib and "class" in before.attrib
        ):
            return False
        first = (span.text or (span[0].text if len(span) else "") or "")[:1]
        last = "".join(self._run[-2:]).rstrip()[-1:]
        linked = len(before) == 1 and before[0].tag == "a" and not (before.text or before[0].tail)
        ended = linked or last in _ENDS or (not before.tail and last.islower() and first.isupper())
        return ended and (stacked or first.isupper() or first in {"—", "–", "«"})

    def _end(self, element: Any, tag: str) -> None:
        if self._open and self.nodes[self._open[-1]].element is element:
            self._flush()
            self.nodes[self._open.pop()].end = len(self.blocks)
            self._pre -= tag == "pre"
        if tag == "a" and is_link(element):
            self._links = max(0, self._links - 1)
        elif tag in ("b", "strong"):
            self._bolds = max(0, self._bolds - 1)
        if element.tail:
            self._add(element.tail)

    def _node(self, element: Any, hint: int) -> None:
        parent = self._open[-1] if self._open else -1
        self._open.append(len(self.nodes))
        self.nodes.append(Node(element, parent, hint, len(self.blocks)))

    def _add(self, text: str) -> None:
        if not self._pre and ("\n" in text or "\r" in text) and not _is_laid_out(text):
            text = text.replace("\r", " ").replace("\n", " ")
        self._run.append(text)
        size = 0 if text.isspace() else len(text)
        if size:
            self._broken = 0
        if self._links:
            self._linked += size
            self._led += size if self._leading else 0
        elif size and any(map(str.isalnum, text)):
            self._leading = False
        if self._bolds:
            self._bold += size

    def _break(self) -> None:
        """One line break begins a line, two a paragraph."""
        self._broken += 1
        self._cut()
        self._joined = self._broken == 1

    def _flush(self) -> None:
        self._cut()
        self._joined = False
        self._broken = 0

    def _cut(self) -> None:
        """Close the run; in <pre> it may be several paragraphs."""
        if not self._run:
            return
        whole = _tidied("".join(self._run))
        self._run.clear()
        if whole:
            for part in whole.split("\n\n"):
                self._block(part, len(part) / len(whole))
        self._linked = self._bold = self._led = 0
        self._leading = True
        self._hrefs = []
        self._picture = self._picture and not whole

    def _block(self, text: str, share: float) -> None:
        at = self._open[-1] if self._open else 0
        tag = self.nodes[at].element.tag
        if len(text) >= _SAID and tag in HEADINGS and tag != "h1" and text[-1] == ".":
            tag = "p"  # a paragraph made large
        block = Block(
            text=text,
            tag=tag,
            linked=min(len(text), round(self._linked * share)),
            bold=min(len(text), round(self._bold * share)),
            node=at,
            hrefs=self._hrefs,
            picture=self._picture,
            joined=self._joined,
            led=self._led if share == 1 else 0,
        )
        self.blocks.append(block)
        self._joined = False


def _tidied(text: str) -> str:
    """What most runs need is less than all that `tidy` does."""
    if not text or text.isspace():
        return ""
    return text.strip() if text.isprintable() and "  " not in text else tidy(text)


def _is_laid_out(text: str) -> bool:
    """Several paragraphs in one piece, which `white-space: pre-line` shows as such."""
    return text.count("\n\n") > 1 and len(_PARAGRAPH_ENDS.findall(text)) > 1
