"""Fits what bot/news/sameness.toml holds, and says by cross-validation what it is worth.

    python -m bench.fit_sameness PAIRS.tsv… ARTICLES.jsonl… tests/news/told.toml \\
        tests/golden/sample_stories.toml [--write]

Pairs are taken as they are. Of dated articles, each is paired with what the story index compares it
with when it comes, and with all earlier ones of its story. Plain Newton steps, no library.
"""

import argparse
import math
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

from bench.pairs import AT
from bench.quality.reading import Labelled, read_all, read_pairs
from bench.quality.texts import understood
from bot.jobs.startup import read_samples
from bot.news.evidence import Evidence
from bot.news.sameness import features, weights
from bot.news.stories import StoryIndex
from storage.models import StoryPoint, Understanding

HERE = Path(__file__).parent.parent / "bot" / "news" / "sameness.toml"
SAMPLES = Path(__file__).parent.parent / "bot" / "samples"
START = datetime(2026, 11, 16, tzinfo=UTC)
FOLDS = 6
STEPS = 30
# What we believe before any data, of what few labelled pairs show: twins of one template.
PRIOR = {
    "twin_days": 1.0, "twin_numbers": 1.5, "twin_names": 2.5, "other_numbers": 1.5,
    "other_figures": 1.2, "series": 3.0, "same_source": 0.8, "details": 0.8,
}  # fmt: skip
STIFF = 1.0  # how strongly a weight is held to its prior
# In a stream of news nearly all pairs are two events; a set of pairs is half and half.
WEIGHT = {("pairs", True): 1.0, ("pairs", False): 1.5, ("told", True): 2.5, ("told", False): 0.12}

Model = Mapping[str, float]  # with "bias"


@dataclass(frozen=True, slots=True)
class Example:
    kind: str  # pairs, told
    groups: tuple[str, ...]  # kept in one fold
    found: Mapping[str, float]
    same: bool

    @property
    def weight(self) -> float:
        return WEIGHT[self.kind, self.same]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.fit_sameness", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="keep the weights")
    asked = parser.parse_args(arguments)
    examples = [one for path in asked.files for one in _examples(path)]
    for kind, (f1, right, wrong, missed) in cross_validated(examples).items():
        print(f"{kind}: F1 {f1:.3f}, {right} right, {wrong} wrong, {missed} missed")
    model = fitted(examples)
    print("\n".join(f"{name} = {value:.3f}" for name, value in model.items()))
    if asked.write:
        HERE.write_text(_written(HERE.read_text("utf-8"), model), "utf-8")
    return 0


def _examples(path: Path) -> Iterator[Example]:
    if path.suffix == ".tsv":
        yield from _of_pairs(path)
    else:
        yield from _of_stream(
            _ours(path) if path.suffix == ".toml" else read_all([path], dated=True)
        )


def _of_pairs(path: Path) -> Iterator[Example]:
    pairs = [pair for pair in read_pairs(path) if pair.same is not None]
    known = understood([one for pair in pairs for one in (pair.first, pair.second)])
    for at, pair in enumerate(pairs):
        index = StoryIndex()
        index.add(_point(known[2 * at], 1, 1, AT))
        first, second = (
            _weighed(index, known[2 * at], 1, AT),
            _weighed(index, known[2 * at + 1], 2, AT),
        )
        yield Example("pairs", (f"{path}:{at}",), features(second, first), bool(pair.same))


def _of_stream(articles: Sequence[Labelled]) -> Iterator[Example]:
    index, here = StoryIndex(), list[tuple[Labelled, Evidence]]()
    outlets: dict[str, int] = defaultdict(lambda: len(outlets) + 1)
    for article, known in zip(articles, understood(articles), strict=True):
        new = _weighed(index, known, outlets[article.outlet], article.at)
        if new.roundup:
            continue
        compared = {kept.article_id for kept in index.compared(new)}
        for number, (other, theirs) in enumerate(here):
            same = article.story == other.story
            if (same or number in compared) and _comparable(article, other):
                groups = (f"{other.story}", f"{article.story}")
                yield Example("told", groups, features(new, theirs), same)
        index.add(_point(known, len(here), outlets[article.outlet], article.at))
        here.append((article, new))


def _comparable(a: Labelled, b: Labelled) -> bool:
    """The samples' groups do not say what an account in another language is of."""
    grouped = [not (one.story or "").startswith("/") for one in (a, b)]
    return a.language == b.language or grouped[0] == grouped[1]


def _ours(path: Path) -> list[Labelled]:
    """Invented articles of the tests: with their texts, or the paths of samples."""
    table = tomllib.loads(path.read_text("utf-8"))
    articles = _samples(table) if "follow_up" in table else map(_told, table["article"])
    return sorted(articles, key=lambda one: one.at)


def _told(row: Mapping[str, Any]) -> Labelled:
    return Labelled(
        id=row["title"],
        title=row["title"],
        text=row["text"].strip(),
        outlet=row["at"],
        published_at=START + timedelta(hours=row["hours"]),
        story=row["story"],
    )


def _samples(table: Mapping[str, Any]) -> Iterator[Labelled]:
    """Those that begin no chapter; one that is in no group has its path for a story."""
    stories = {path: group["name"] for group in table["story"] for path in group["paths"]}
    later = {pair["later"] for pair in table["follow_up"]}
    files = {file.name: file.read_text("utf-8") for file in SAMPLES.glob("*.toml")}
    for outlet, pieces in read_samples(files, now=START):
        for piece in pieces:
            if piece.entry.key not in later:
                yield Labelled(
                    id=piece.entry.key,
                    title=piece.entry.title,
                    text=piece.text,
                    outlet=outlet.title,
                    published_at=piece.entry.published_at or START,
                    language=outlet.language,
                    story=stories.get(piece.entry.key, piece.entry.key),
                )


def _weighed(index: StoryIndex, known: Understanding, source: int, at: datetime) -> Evidence:
    return index.weigh(known, source_id=source, published_at=at)


def _point(known: Understanding, number: int, source: int, at: datetime) -> StoryPoint:
    return StoryPoint(
        article_id=number,
        story_id=number,
        source_id=source,
        published_at=at,
        terms=known.terms,
        marks=known.marks,
        fingerprint=known.fingerprint,
    )


def cross_validated(
    examples: Sequence[Example],
) -> dict[str, tuple[float, int, int, int]]:
    """F1, right, wrong and missed of each kind, each example judged by what the others taught."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for fold in range(FOLDS):
        others = [one for one in examples if all(_fold(group) != fold for group in one.groups)]
        model = fitted(others)
        for one in examples:
            if _fold(one.groups[-1]) == fold:
                ours = score(model, one.found) > 0
                outcome = (ours and one.same, ours and not one.same, one.same and not ours)
                counts[one.kind] = [
                    n + hit for n, hit in zip(counts[one.kind], outcome, strict=True)
                ]
    return {
        kind: (2 * both / max(1, 2 * both + wrong + missed), both, wrong, missed)
        for kind, (both, wrong, missed) in counts.items()
    }


def _fold(group: str) -> int:
    return crc32(group.encode()) % FOLDS


def score(model: Model, found: Mapping[str, float]) -> float:
    return model["bias"] + sum(model[name] * value for name, value in found.items())


def fitted(examples: Sequence[Example]) -> Model:
    """The weights that make the labels likeliest; none below zero, each near its prior."""
    names = list(examples[0].found)
    held: dict[str, float] = {}
    while True:
        free = [name for name in names if name not in held]
        model = dict(zip(["bias", *free], _newton(examples, free), strict=True))
        negative = min(free, key=lambda name: model[name])
        if model[negative] >= 0:
            return {"bias": model.pop("bias")} | {n: model.get(n, 0.0) for n in names}
        held[negative] = 0.0


def _newton(examples: Sequence[Example], names: Sequence[str]) -> list[float]:
    rows = [([1.0, *(one.found[name] for name in names)], one.same, one.weight) for one in examples]
    prior = [0.0, *(PRIOR.get(name, 0.0) for name in names)]
    stiff = [1e-6, *(STIFF for _ in names)]
    now = list(prior)
    for _ in range(STEPS):
        slope = [s * (p - w) for s, p, w in zip(stiff, prior, now, strict=True)]
        bend = [[stiff[i] * (i == j) for j in range(len(now))] for i in range(len(now))]
        for row, same, weight in rows:
            z = sum(w * x for w, x in zip(now, row, strict=True))
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
            there = [i for i, x in enumerate(row) if x]
            for i in there:
                slope[i] += weight * (same - p) * row[i]
                for j in there:
                    bend[i][j] += weight * p * (1 - p) * row[i] * row[j]
        step = _solved(bend, slope)
        now = [w + s for w, s in zip(now, step, strict=True)]
        if max(map(abs, step)) < 1e-4:
            break
    return now


def _solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Gauss, for a matrix that is positive."""
    rows = [[*row, b] for row, b in zip(matrix, right, strict=True)]
    for i, pivot in enumerate(rows):
        for row in rows[i + 1 :]:
            by = row[i] / pivot[i]
            row[i:] = [x - by * y for x, y in zip(row[i:], pivot[i:], strict=True)]
    found = [0.0] * len(rows)
    for i in reversed(range(len(rows))):
        rest = sum(rows[i][j] * found[j] for j in range(i + 1, len(rows)))
        found[i] = (rows[i][-1] - rest) / rows[i][i]
    return found


def _written(text: str, model: Model) -> str:
    """The file with these weights; the words for them stay."""
    head, _, _ = text.partition("bias =")
    _, _, reasons = text.partition("[reasons]")
    lines = [f"{name} = {model[name]:.3f}" for name in weights().features]
    return (
        f"{head}bias = {model['bias']:.3f}\n\n[weights]\n" + "\n".join(lines) + "\n\n[reasons]"
        f"{reasons}"
    )


if __name__ == "__main__":
    sys.exit(main())
