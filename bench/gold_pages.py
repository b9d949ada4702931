"""How well articles are found in pages with gold text, beside bare trafilatura.

    python -m bench.gold_pages [--half tune|report|…] [--json] [--errors] [FOLDER]

FOLDER is tests/golden/pages, or a copy of scrapinghub's article-extraction-benchmark. F1 is that
benchmark's: shingles of four words, each page of equal weight, F1 of mean precision and recall.
A line is furniture if under half of its shingles are in the gold text. `--errors` tells of the
pages of the half that may be tuned on, and of foreign ones, what went wrong.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from statistics import mean

import trafilatura

from bench.goldset import OURS, Gold, read
from bot.sources.errors import SourceError
from bot.sources.pages import Page, extract_page
from bot.sources.zones import zone_named

PARTS = (
    *("tune", "report", "odd", "even"),
    *("third", "fourth", "fifth", "sixth", "seventh"),
    *("eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"),
    *("sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
SHINGLE = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one extractor made of all pages."""

    f1: float
    precision: float
    recall: float
    furniture_pages: int  # of those with an article, that let a line of furniture through
    furniture_lines: int
    lost: int  # articles of which nothing was got
    invented: int  # pages without an article that gave text


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.gold_pages", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=OURS, metavar="FOLDER")
    parser.add_argument(
        "--half", choices=PARTS, help="a part of the folder; all but two are of tuning"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--errors", action="store_true", help="what went wrong, on stderr")
    asked = parser.parse_args(arguments)
    golds = read(asked.folder, asked.half)
    pages = {gold.name: _ours(gold) for gold in golds}
    texts: dict[str, Callable[[Gold], str]] = {
        "ours": lambda gold: page.text if (page := pages[gold.name]) else "",
        "trafilatura fast": lambda gold: _bare(gold, fast=True),
        "trafilatura": lambda gold: _bare(gold, fast=False),
    }
    found = {who: {gold.name: text(gold) for gold in golds} for who, text in texts.items()}
    scores = {who: score(golds, made) for who, made in found.items()}
    about = _about(golds, pages)
    if asked.errors:
        _tell(_open(golds, asked), found["ours"], pages)
    if asked.json:
        rows = {who: asdict(one) for who, one in scores.items()}
        print(json.dumps({"pages": len(golds), **rows, "about": about}, ensure_ascii=False))
    else:
        _print(golds, scores, about)
    return 0


def _ours(gold: Gold) -> Page | None:
    try:
        return extract_page(gold.body, gold.content_type, gold.url, gold.zone)
    except SourceError:
        return None


def _bare(gold: Gold, *, fast: bool) -> str:
    return trafilatura.extract(gold.body, fast=fast, include_comments=False) or ""


def score(golds: Sequence[Gold], found: Mapping[str, str]) -> Score:
    """The figures of one extractor, by the text it gave for each name."""
    articles = [gold for gold in golds if gold.text is not None]
    single = {gold.name: _single(gold.text or "", found[gold.name]) for gold in articles}
    # As in the benchmark: an empty text is not precise, and not imprecise either.
    precision = mean([single[name][0] for name in single if found[name].strip()] or [0.0])
    recall = mean(recall for _, recall in single.values())
    lines = {gold.name: list(furniture(gold.text or "", found[gold.name])) for gold in articles}
    return Score(
        f1=_f1(precision, recall),
        precision=precision,
        recall=recall,
        furniture_pages=sum(map(bool, lines.values())),
        furniture_lines=sum(map(len, lines.values())),
        lost=sum(not found[gold.name].strip() for gold in articles),
        invented=sum(bool(found[gold.name].strip()) for gold in golds if gold.text is None),
    )


def _single(gold: str, text: str) -> tuple[float, float]:
    """Precision and recall of one page."""
    right, got = shingles(gold), shingles(text)
    both = (right & got).total()
    return both / max(1, got.total()), both / max(1, right.total())


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words; a shorter text is one."""
    words = _WORD.findall(text)
    return Counter(
        tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)) if words
    )


def furniture(gold: str, text: str) -> Iterator[str]:
    """The lines that are not of the article."""
    right = shingles(gold)
    whole = f" {' '.join(_WORD.findall(gold))} "
    for line in text.splitlines():
        words = _WORD.findall(line)
        if len(words) < SHINGLE:
            if words and f" {' '.join(words)} " not in whole:
                yield line
        else:
            runs = shingles(line)
            if sum(run in right for run in runs) < len(runs) / 2:
                yield line


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _about(golds: Sequence[Gold], pages: Mapping[str, Page | None]) -> dict[str, str]:
    """Of what the pages say of themselves: how many we understood right, as "12/15"."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for gold in golds:
        wrong = dict(_wrong(gold, pages[gold.name]))
        for key in _wanted(gold):
            asked[key] += 1
            right[key] += key not in wrong
    return {key: f"{right[key]}/{asked[key]}" for key in asked}


def _wanted(gold: Gold) -> list[str]:
    return [*(["title"] if gold.title else []), *gold.about]


def _wrong(gold: Gold, page: Page | None) -> Iterator[tuple[str, str]]:
    """What we understood otherwise, and how."""
    if gold.title and (
        page is None or _WORD.findall(page.title or "") != _WORD.findall(gold.title)
    ):
        yield "title", repr(page and page.title)
    for key, wanted in gold.about.items():
        got = _understood(page, key, gold.zone, str(wanted)) if page else None
        if page is None or got not in (wanted if isinstance(wanted, list) else [wanted]):
            yield key, f"{got!r} for {wanted!r}"


def _understood(page: Page, key: str, zone: str | None, wanted: str) -> str:
    if key == "date":
        return _date(page.published_at, zone, wanted)
    values = {"author": page.author, "picture": page.image_url, "canonical": page.canonical_url}
    return values[key] or ""


def _date(at: datetime | None, zone: str | None, wanted: str) -> str:
    """As exactly as it is wanted: the day alone is the day in the source's zone."""
    if at is None:
        return ""
    if len(wanted) == len("2025-11-05"):
        return at.astimezone(zone_named(zone)).date().isoformat()
    return at.isoformat(timespec="seconds")


def _open(golds: Sequence[Gold], asked: argparse.Namespace) -> list[Gold]:
    """The pages that may be looked at."""
    if asked.folder != OURS:
        return list(golds)
    tune = {gold.name for gold in read(OURS, "tune")}
    return [gold for gold in golds if gold.name in tune]


def _tell(
    golds: Sequence[Gold], found: Mapping[str, str], pages: Mapping[str, Page | None]
) -> None:
    for gold in golds:
        text = found[gold.name]
        if gold.text is None:
            faults = [f"  ! gave text: {text[:100]!r}"] if text else []
        else:
            f1 = _f1(*_single(gold.text, text))
            faults = [f"  + {line[:100]}" for line in furniture(gold.text, text)]
            faults += [f"  - {line[:100]}" for line in furniture(text, gold.text)]
            faults += [f"  {key}: {how}" for key, how in _wrong(gold, pages[gold.name])]
            faults += [f"  F1 {f1:.3f}"] if faults or f1 < 1 else []
        if faults:
            print("\n".join([gold.name, *faults]), file=sys.stderr)


def _print(golds: Sequence[Gold], scores: Mapping[str, Score], about: Mapping[str, str]) -> None:
    articles = sum(gold.text is not None for gold in golds)
    print(f"{articles} articles, {len(golds) - articles} pages that are none")
    print(f"{'':>18}  F1     precision  recall  furniture: pages  lines  lost  invented")
    for who, one in scores.items():
        print(
            f"{who:>18}  {one.f1:.4f}  {one.precision:.4f}  {one.recall:.4f}"
            f"{one.furniture_pages:14} {one.furniture_lines:10} {one.lost:5} {one.invented:8}"
        )
    if about:
        print("understood by ours:", ", ".join(f"{key} {share}" for key, share in about.items()))


if __name__ == "__main__":
    sys.exit(main())
