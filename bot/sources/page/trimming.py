"""From an article's blocks to its paragraphs: what links elsewhere, labels and captions go.

Only structure is judged here: how much of a block is links and where they lead, what stands before
the first sentence and after the last. bot.news.text.furniture knows what reads like furniture.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.sources.page.blocks import HEADINGS, Document, ancestors, ends, folded
from bot.sources.page.bylines import drop_bylines
from bot.sources.page.calls import CALL, drop_calls
from bot.sources.page.hints import Hint
from bot.sources.page.inserts import drop_inserts
from bot.sources.page.parts import Part, is_subtitle, joined, parts_of
from bot.sources.page.phrases import (
    ADVERT,
    ASIDE,
    CAPTION,
    COUNTER,
    CREDITED,
    ELSEWHERE,
    LEGAL,
    OF_CREDITS,
    OF_ITSELF,
    SIGNATURE,
    SIGNED,
    STAMP,
    TIME,
    speaks_of_rights,
)
from bot.sources.page.related import drop_related
from bot.sources.page.repeats import drop_refrains, drop_repeated

LINKED = 0.7  # of a block: it says where to go, not what happened
LABEL_LINKED = 0.5  # the same, of what is no sentence
HALF_LINKED = 0.35  # the same, of a block that begins as such lines do
LABEL = 70  # characters; a longer line before a link is a sentence
BOXED = 600  # characters of an advert
TOLD = 200  # characters of prose, after which another <h1> begins another article
QUOTED = 4  # blocks of a box with a quotation, its author, and who that is
LIVE = 3  # times of day on lines of their own: a report by the hour

_CONTACT = re.compile(r"\d{2,}|:\s*\S|@")


def trimmed(
    document: Document, places: Sequence[int], title: str | None, carded: Sequence[bool] = ()
) -> list[tuple[bool, str]]:
    """The article's paragraphs, and whether each is a heading.

    `carded` says of each block whether it stands in a teaser of another article.
    """
    parts = list(parts_of(document, places))
    parts = _of_one_article(parts)
    _drop_title(parts, title)
    _drop_links(parts)
    drop_related(document, parts)
    drop_calls(parts)
    drop_inserts(parts, title)
    _drop_adverts(document, parts)
    _drop_labels(parts, carded)
    _drop_framed(document, parts)
    _drop_of_itself(parts)
    _drop_sayers(document, parts)
    drop_refrains(parts)
    drop_bylines(parts)
    _drop_edges(parts)
    drop_repeated(document, parts)
    _drop_bare_headings(parts)
    return [(heading, text) for heading, text in joined(parts) if text]


def _of_one_article(parts: list[Part]) -> list[Part]:
    """Up to where, after some text, another <h1> begins."""
    told = 0
    for at, part in enumerate(parts):
        if part.tag == "h1" and told >= TOLD:
            return parts[:at]
        told += part.prose
    return parts


def _drop_title(parts: Sequence[Part], title: str | None) -> None:
    for part in parts[:12]:
        if part.tag == "h1" or (title and folded(part.text) == folded(title)):
            part.gone = True


def _drop_links(parts: Sequence[Part]) -> None:
    for part in parts:
        size = len(part.text)
        if TIME.fullmatch(part.text):
            continue
        if part.linked >= (LINKED if ends(part.text) else LABEL_LINKED) * size or (
            part.linked >= HALF_LINKED * size and size <= CALL and ELSEWHERE.match(part.text)
        ):
            part.gone = True


def _drop_adverts(document: Document, parts: Sequence[Part]) -> None:
    """Boxes that are marked as advertising, as the law has it: the whole small element."""
    first = next((part for part in parts if part.prose and not part.gone), None)
    for part in parts:
        if len(part.text) > CALL or not (ADVERT.fullmatch(part.text) or LEGAL.search(part.text)):
            continue
        part.gone = True
        box = document.nodes[part.blocks[0].node]
        if box.end - box.start == 1:
            box = document.nodes[box.parent]
        if box.hint & (Hint.BODY | Hint.STATED):
            continue
        if first is None or box.start <= first.next - 1 < box.end:
            continue
        inside = [one for one in parts if box.start <= one.next - 1 < box.end]
        if sum(len(one.text) for one in inside) <= BOXED:
            for one in inside:
                one.gone = True


def _drop_labels(parts: Sequence[Part], carded: Sequence[bool]) -> None:
    """«Читайте также:» and such, where what follows has gone for its links."""
    for part, following in reversed(list(pairwise([*parts, None]))):
        if part is None:
            continue
        gone = part.next < len(carded) and carded[part.next]
        if following is not None and following.gone:
            gone = gone or 2 * following.linked >= len(following.text)
        if gone and len(part.text) <= LABEL and _is_label(part):
            part.gone = True


def _is_label(part: Part) -> bool:
    if part.heading or part.bold or part.text.endswith(":"):
        return True
    return bool(ELSEWHERE.match(part.text)) and not ends(part.text)


def _drop_of_itself(parts: Sequence[Part]) -> None:
    """«О программе» and what is under it, where no other heading comes below."""
    last = next((at for at in reversed(range(len(parts))) if parts[at].heading), 0)
    if last and OF_ITSELF.fullmatch(parts[last].text):
        for part in parts[last:]:
            part.gone = True


def _drop_sayers(document: Document, parts: Sequence[Part]) -> None:
    """Who said it and who that is: below a quotation in one box with it, or on a plate."""
    for at, part in enumerate(parts):
        part.gone = part.gone or _is_plate(part)
        if part.tag != "blockquote" or part.gone:
            continue
        boxes = (document.nodes[node] for node in ancestors(document, part.blocks[0].node))
        end = max(box.end for box in boxes if box.end - box.start <= QUOTED)
        for line in parts[at + 1 : at + QUOTED]:
            if line.next > end or line.prose or line.heading or ends(line.text):
                break
            line.gone = line.gone or len(line.text) <= LABEL


def _is_plate(part: Part) -> bool:
    """A name in bold letters and an office, as of those who speak in a film."""
    block = part.blocks[0]
    if part.tag in ("p", "li") or part.heading or part.table or ends(part.text):
        return False
    name, office = part.text[: block.bold].strip(), part.text[block.bold :].strip()
    return len(part.text) <= LABEL and bool(office and SIGNATURE.fullmatch(name))


def _drop_framed(document: Document, parts: Sequence[Part]) -> None:
    """«Наша справка» and the paragraph below it, if its own style draws a frame around it."""
    for label, below in pairwise(parts):
        style = document.nodes[below.blocks[0].node].element.get("style") or ""
        if ASIDE.fullmatch(label.text) and re.search(r"\bborder\b", style[:300]):
            label.gone = below.gone = True


def _drop_edges(parts: Sequence[Part]) -> None:
    """What stands before the first sentence and after the last: date, counters, captions."""
    told = [at for at, part in enumerate(parts) if part.prose and not part.gone]
    if not told:
        return
    stamps = [part for part in parts if STAMP.fullmatch(part.text) and not part.gone]
    live = len(stamps) >= LIVE
    for part in parts[: told[0]]:
        hour = live and part is parts[told[0] - 1] and _is_hour(part, stamps[-1])
        chapter = part is parts[told[0] - 1] and _is_chapter(part, parts[told[0] :])
        part.gone = part.gone or not (hour or chapter or _opens(part))
    listed = True
    for part in parts[told[-1] + 1 :]:
        listed = listed and part.tag == "li"
        part.gone = part.gone or not (listed or _closes(part))
    for part in stamps if not live else ():
        part.gone = True
    for part in parts:
        if COUNTER.fullmatch(part.text) or ADVERT.fullmatch(part.text) or _is_caption(part):
            part.gone = part.gone or not part.table
    last = next((part for part in reversed(parts) if not part.gone), None)
    if last is not None and len(last.text) <= CALL and speaks_of_rights(last.text):
        last.gone = True


def _is_hour(part: Part, last: Part) -> bool:
    """Whether it is one of a report's times, and no date above them, as the last has none."""
    alike = part.text[:1].isdigit() and (" " in part.text) == (" " in last.text)
    return alike and bool(TIME.fullmatch(part.text))


def _is_chapter(part: Part, following: Sequence[Part]) -> bool:
    """A first short subheading, of several alike."""
    return part.heading and any(one.tag == part.tag and not one.gone for one in following)


def _opens(part: Part) -> bool:
    """A subtitle, or a short sentence: «Дополнено в 14:20» stands there too."""
    if part.heading or part.lead or part.tag in ("p", "li", "blockquote"):
        least = 15 if ends(part.text) and not part.lead else 30
        return len(part.text) >= least and not _is_caption(part)
    if is_subtitle(part.blocks[0]):
        return True
    return len(part.text) >= 20 and part.text[-1] in ".!?…" and not _is_caption(part)


def _closes(part: Part) -> bool:
    """A last short sentence, or where to call."""
    if part.heading or part.bold:
        return False
    if SIGNED.fullmatch(part.text) or SIGNATURE.fullmatch(part.text):
        return False
    return part.text[-1] in ".!?…" or (len(part.text) >= 12 and bool(_CONTACT.search(part.text)))


def _is_caption(part: Part) -> bool:
    if len(part.text) > CALL or part.heading:
        return False
    if CAPTION.match(part.text):
        return True
    low = part.text.casefold()
    return any(word in low for word in OF_CREDITS) and bool(CREDITED.fullmatch(part.text))


def _drop_bare_headings(parts: Sequence[Part]) -> None:
    """Headings with nothing left under them: neither text nor a lesser heading."""
    under = ""  # the tag of what stands next below
    for part in reversed(parts):
        if part.gone:
            continue
        if part.heading:
            part.gone = not under or (under in HEADINGS and under <= part.tag)
        if not part.gone:
            under = part.tag
