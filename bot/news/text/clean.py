"""From what a page gave us to an article's own words: no furniture, credits in fields."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.news.text import credits
from bot.news.text.furniture import is_furniture, marked
from bot.news.text.sentences import split
from bot.news.words.lookalikes import cyrillic

MAX_TITLE = 300  # characters
LONG_LINE = 160  # a first line of more is a paragraph, not a headline
SHORT_TITLE = 20  # of a paragraph; a shorter sentence is "Внимание!"
MAX_TEXT = 200_000
MAX_HEADINGS = 100
PASSES = 6  # what one pass uncovers (a share line under a credit) the next takes away

_BREAKS = re.compile("[\r\u2028\u2029\u0085\v\f](?:(?<=\r)\n)?")
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")  # all but a single plain one
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# A zero-width joiner is kept where it joins: between the parts of an emoji.
_STRAY_JOINER = re.compile("(?<![\u2190-\U0001faff])\u200d+|\u200d+(?![\u2190-\U0001faff])")
_BLANK = re.compile(r"\n\s*\n")
_NO_TITLE = re.compile(r"(?:без (?:названия|заголовка|темы)|untitled|no title|без назвы)\.?", re.I)
_ENDED = re.compile(r"[.!?…:;,]['\"»”)\]]*$")
_TAGS = re.compile(r"(?:\W{0,5}#\w+){1,20}\W*")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article's own words. Paragraphs of `text` are parted by a blank line, `headings` are some
    of them."""

    title: str
    text: str
    headings: tuple[str, ...] = ()
    author: str | None = None
    photo_credit: str | None = None
    dateline: str | None = None


def clean(title: str, text: str, headings: Sequence[str] = ()) -> Cleaned:
    """Take the furniture away and lift the credits; cleaning what is clean changes nothing."""
    given = frozenset(one_line(heading) for heading in headings[:MAX_HEADINGS]) - {""}
    lines = _lines(_cut(normalise(text)))
    now = Cleaned(shorten(_own_title(one_line(title)), MAX_TITLE), "\n\n".join(lines))
    for _ in range(PASSES):
        before, now = now, _pass(now, given)
        if now == before:
            break
    paragraphs = dict.fromkeys(_paragraphs(now.text))
    kept = tuple(p for p in paragraphs if p in given and not is_furniture(p))
    return replace(now, headings=kept[:MAX_HEADINGS] or _subheadings(_paragraphs(now.text)))


def normalise(text: str) -> str:
    """One kind of line break, one kind of space, no control or zero-width characters, NFC; Latin
    letters within Cyrillic words as Cyrillic."""
    text = text.replace("\xa0", " ")
    printable = text.replace("\n", "").isprintable()  # as most are: there plain spaces alone part
    if not printable:
        text = _INVISIBLE.sub("", _BREAKS.sub("\n", text))
        if "\u200d" in text:
            text = _STRAY_JOINER.sub("", text)
    text = unicodedata.normalize("NFC", text)
    if not printable or "  " in text:
        text = _SPACES.sub(" ", text)
    return cyrillic("\n".join(line.strip() for line in text.split("\n")).strip())


def one_line(text: str) -> str:
    """The same, on one line."""
    return " ".join(normalise(text[: 4 * MAX_TITLE]).split())


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words and marked with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > limit // 2 else cut).rstrip(" ,;:—–-") + "…"


def _pass(now: Cleaned, headings: frozenset[str]) -> Cleaned:
    lines = _paragraphs(now.text)
    drop = marked(lines, keep=headings)
    kept: list[str] = []
    for line, gone in zip(lines, drop, strict=True):
        if gone:
            continue
        if line not in headings and (found := credits.read(line)):
            now = _credited(now, found)
        else:
            kept.append(line)
    if not now.title and len(kept) > 1 and _TAGS.fullmatch(kept[0]):
        kept.append(kept.pop(0))  # "#Кемерово #ДТП" heads a post, yet is no headline
    now = replace(now, title=now.title or _title_of(kept))
    while kept and kept[0].casefold() == now.title.casefold():
        del kept[0]
    now = _signed(now, kept, headings)
    if kept:
        kept[0], dateline = credits.read_dateline(kept[0])
        kept[-1], found = credits.read_tail(kept[-1])
        now = replace(_credited(now, found), dateline=now.dateline or dateline)
    return replace(now, text="\n\n".join(kept))


def _signed(now: Cleaned, kept: list[str], headings: frozenset[str]) -> Cleaned:
    """Take off the lines who signs them; people whom a colon announces have trades, too."""
    names: list[str] = []
    if len(kept) > 1 and kept[0] not in headings and (name := credits.read_byline(kept[0])):
        names.append(name)
        del kept[0]
    end = len(kept)
    while end > 1 and kept[end - 1] not in headings and credits.read_byline(kept[end - 1]):
        end -= 1
    if end < len(kept) and not kept[end - 1].endswith(":"):
        names += filter(None, map(credits.read_byline, kept[end:]))
        del kept[end:]
    for name in names:
        now = _credited(now, credits.Credits(name))
    return now


def _credited(now: Cleaned, found: credits.Credits) -> Cleaned:
    return replace(
        now,
        author=_joined(now.author, found.author),
        photo_credit=_joined(now.photo_credit, found.photo),
    )


def _joined(known: str | None, more: str | None) -> str | None:
    if known is None or more is None:
        return known or more
    return known if more in known or len(known) > MAX_TITLE else f"{known}, {more}"


def _own_title(title: str) -> str:
    return "" if not title or _NO_TITLE.fullmatch(title) or is_furniture(title) else title


def _title_of(lines: Sequence[str]) -> str:
    """The first line; of a long one, its first sentence, the line itself staying in the text."""
    if not lines:
        return ""
    if len(lines[0]) <= LONG_LINE:
        return lines[0]
    first = next((s for s in split(lines[0][: 2 * MAX_TITLE]) if len(s) >= SHORT_TITLE), lines[0])
    return shorten(first, MAX_TITLE)


def _lines(text: str) -> list[str]:
    """Paragraphs, and the lines of those that are lists of lines rather than wrapped prose."""
    found: list[str] = []
    for block in _BLANK.split(text):
        lines = [line for line in block.split("\n") if line]
        found += [" ".join(lines)] if _is_wrapped(lines) else lines
    return found


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Prose broken at a fixed width: all but the last line about as long, most of them unended."""
    if len(lines) < 2 or not all(40 <= len(line) <= 100 for line in lines[:-1]):
        return False
    unended = sum(not _ENDED.search(line) for line in lines[:-1])
    return unended * 2 >= len(lines) - 1 and not any(map(is_furniture, lines))


def _paragraphs(text: str) -> list[str]:
    return text.split("\n\n") if text else []


def _cut(text: str) -> str:
    """At most MAX_TEXT characters: whole paragraphs, else whole sentences, else words."""
    if len(text) <= MAX_TEXT:
        return text
    head = text[:MAX_TEXT]
    breaks: tuple[Callable[[], int], ...] = (
        lambda: head.rfind("\n"),
        lambda: head.rfind(". ") + 1,
        lambda: head.rfind(" "),
    )
    at = next((found for find in breaks if (found := find()) > MAX_TEXT // 2), MAX_TEXT)
    return head[:at].rstrip()


def _subheadings(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Short unended paragraphs between long ended ones."""
    found = [
        middle
        for before, middle, after in zip(paragraphs, paragraphs[1:], paragraphs[2:], strict=False)
        if _looks_like_heading(middle)
        and _ENDED.search(before)
        and len(after) >= max(80, 2 * len(middle))
        and _ENDED.search(after)
    ]
    return tuple(dict.fromkeys(found[:MAX_HEADINGS]))


def _looks_like_heading(line: str) -> bool:
    if not 2 <= len(line) <= 90 or len(line.split()) > 12:
        return False
    if line.endswith("?"):
        return line[0].isupper() and "? " not in line and ". " not in line
    return not _ENDED.search(line) and (line[0].isupper() or line[0] in '«"„“' or line[0].isdigit())
