"""What a page says more than once: copies for phones, sentences shown large, lines that recur."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import category

from bot.sources.page.blocks import HEADINGS, Document, ends, folded
from bot.sources.page.parts import Part
from bot.sources.page.phrases import TIME

SAME = 60  # characters; shorter lines may come twice
OPENING = 3  # paragraphs with one of which a copy of the text begins
PULL, PULLED = 40, 60_000  # characters of a sentence shown twice; of a text looked through
SAID_BY = 70  # characters of a line that says whose sentence is shown so
LONGEST_PULL = 260  # characters of a sentence that is shown so, at most
REFRAIN, SEVERAL = 40, 3  # characters of a line that comes again; how often

_LETTERS = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[«\"„“][^«»\"„“”]+ [^«»\"„“”]+[»\"“”][.!?…]?")
_NO_PULL = HEADINGS | {"li", "td", "th", "dt"}


def drop_refrains(parts: Sequence[Part]) -> None:
    """Short lines that come again under each piece, but for their numbers; marks of reactions."""
    lines = [
        (part, " ".join(_LETTERS.findall(part.text)).casefold())
        for part in parts
        if not (part.gone or part.table or part.prose or part.heading or part.bold)
        and part.tag not in ("p", "li", "td", "th")
        and len(part.text) <= REFRAIN
        and not ends(part.text)
        and not TIME.fullmatch(part.text)
    ]
    times = Counter(words for _, words in lines)
    for part, words in lines:
        reacts = not words and any(category(letter) == "So" for letter in part.text)
        part.gone = reacts or times[words] >= SEVERAL


def drop_repeated(document: Document, parts: Sequence[Part]) -> None:
    """Copies for phones and for desks; a lead that the text itself begins with.

    A copy begins as the text does; elsewhere a recipe or a rule may well be said twice.
    """
    seen: set[str] = set()
    opening: set[str] = set()
    again = False  # within a copy: its short lines go with the others
    for part in parts:
        if part.gone:
            continue
        words = folded(part.text)
        again = words in (seen if again else opening)
        part.gone = again
        seen.add(words)
        if len(part.text) >= SAME and len(opening) < OPENING:
            opening.add(words)
    _drop_pulled(document, parts)
    first = next((part for part in parts if not part.gone), None)
    if first is not None and len(first.text) >= SAME:
        begins = folded(first.text)
        for other in parts[1:6]:
            longer = other is not first and not other.gone and len(other.text) > len(first.text)
            if longer and folded(other.text).startswith(begins):
                first.gone = True


def _drop_pulled(document: Document, parts: Sequence[Part]) -> None:
    """Sentences of the text that are shown once more beside it, larger, and who said them."""
    texts = [(part, folded(part.text)) for part in parts if not part.gone]
    whole = "\n".join(words for _, words in texts)
    if len(whole) > PULLED:
        return
    for part, words in texts:
        pulled = len(words) >= PULL or _is_quoted(part)
        if pulled and len(part.text) <= LONGEST_PULL and not part.lead:
            part.gone = any(words in other and words != other for _, other in texts)
    for part, following in pairwise(parts):
        said_by = following.text if part.gone and not following.prose else ""
        if said_by and folded(part.text) in whole and len(part.text) >= PULL:
            box = document.nodes[document.nodes[part.blocks[0].node].parent]
            beside = box.start <= following.next - 1 < box.end and box.end - box.start == 2
            following.gone = following.gone or (beside and len(said_by) <= SAID_BY)


def _is_quoted(part: Part) -> bool:
    """Words between marks in a line of their own: a shorter one is shown large, too."""
    return part.tag not in _NO_PULL and bool(_QUOTED.fullmatch(part.text))
