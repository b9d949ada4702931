"""Lists of other articles in or below a text: each line begins with a headline that is a link,
and a sentence about it may follow. Lines that only have a link in them are the text's.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.sources.page.blocks import Document, ends
from bot.sources.page.parts import Part

HEADLINE, HEADLINE_WORDS = 20, 3  # characters, and words, of its link
TEASER = 320  # characters of it with what is told of it
LABEL = 70  # characters of what announces a list
BOXED = 12  # blocks of a box with a label and links
LISTED = 3  # of them without a label that says what they are

_OTHERS = re.compile(
    r"\W*(?:похож|падобн|подобн|популярн|папулярн|рекоменд|рэкаменд|связанн|лучш|сейчас|свеж|"
    r"главн|последни|апошні|новост|навін|другие|іншы|остальн|яшчэ|ещ[её]|также|таксама|чита|чыта|"
    r"смотр|глядз|вам|вас|не пропуст|актуальн|интересн|цікав|архив|из рубрики|по теме|па тэме|"
    r"в тему|на эту тему|related|similar|more|you may|popular|latest)",
    re.I,
)


def drop_related(document: Document, parts: Sequence[Part]) -> None:
    """Rows of teasers, and the label above each."""
    last = max((at for at, part in enumerate(parts) if _is_told(part)), default=-1)
    at = 0
    while at < len(parts):
        end = at
        while end < len(parts) and _is_teaser(parts[end]):
            end += 1
        if end > at:
            label = parts[at - 1] if at and _is_label(parts[at - 1]) else None
            named = label is not None and bool(_OTHERS.match(label.text))
            if named or (end - at >= LISTED and at > last >= 0):
                for part in parts[at:end]:
                    part.gone = True
                if label is not None:
                    label.gone = True
        at = end + 1
    _drop_box_labels(document, parts)


def _is_told(part: Part) -> bool:
    return part.prose > 0 and not part.gone and not _is_teaser(part)


def _is_teaser(part: Part) -> bool:
    """A headline that is a link, then nothing, or a sentence of its own."""
    block = part.blocks[0]
    if part.table or part.heading or block.led < HEADLINE or len(part.text) > TEASER:
        return False
    headline, rest = part.text[: block.led], part.text[block.led :].lstrip(' \t\n—–-:.|•·»"')
    if len(headline.split()) < HEADLINE_WORDS or not headline.strip("«„\"'—– ")[:1].isupper():
        return False
    return not rest or rest[0].isupper() or rest[0] in '«„"(' or rest[0].isdigit()


def _is_label(part: Part) -> bool:
    if len(part.text) > LABEL or part.prose or part.table:
        return False
    return part.heading or part.bold or part.text.endswith(":") or not ends(part.text)


def _drop_box_labels(document: Document, parts: Sequence[Part]) -> None:
    """A short line, whatever it says, that begins a box in which all else has gone."""
    for at, (part, below) in enumerate(pairwise(parts)):
        if part.gone or part.tag in ("p", "li") or not below.gone or not _is_label(part):
            continue
        node = document.nodes[part.blocks[0].node]
        box = node if node.end - node.start > 1 else document.nodes[node.parent]
        if box.start == part.next - 1 and 1 < box.end - box.start <= BOXED:
            inside = (one for one in parts[at + 1 : at + BOXED] if one.next <= box.end)
            part.gone = all(one.gone for one in inside)
