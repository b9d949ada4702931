"""Fits bot/news/stories/sameness.toml, and says of each set what the others teach about it.

    python -m bench.fit_sameness PAIRS.tsv… tests/golden/news/tune.articles.jsonl \\
        tests/golden/news/tune*.stories.jsonl tests/golden/news/blind_d.articles.jsonl \\
        tests/news/stories/told.toml tests/golden/sample_stories.toml [--write]

All pairs without dates are one set, all invented articles of the tests another, and each file of
dated articles one. Pairs are taken as they are; of dated articles, those that `bench.quality` asks
about, as they are and, if they are in one language, without outlets and times as a set of its own;
and each article with what the story index compares it with when it comes, and with all earlier ones
of its story. Plain Newton steps, no library.
"""

import argparse
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.logistic import Row, likeliest
from bench.pairs import AT, LATER
from bench.quality.measures import Score
from bench.quality.pairing import paired
from bench.quality.reading import Labelled, Pair, read_all, read_pairs
from bench.quality.texts import understood
from bot.jobs.life.startup import read_samples
from bot.news.stories.evidence import Evidence
from bot.news.stories.index import StoryIndex
from bot.news.stories.sameness import features
from storage.models import StoryPoint, Understanding

HERE = Path(__file__).parent.parent / "bot" / "news" / "stories" / "sameness.toml"
SAMPLES = Path(__file__).parent.parent / "bot" / "samples"
UNDATED = ", undated"
START = datetime(2026, 11, 16, tzinfo=UTC)
# What we believe before any data, of what few labelled pairs show: twins of one template.
PRIOR = {
    "words": 0.4, "names": 2.0, "named": 0.7, "title_told": 1.0, "title_told_once": 1.0,
    "details": 0.8, "unnamed": 0.3, "other_places": 1.0, "twin_days": 1.0, "twin_numbers": 1.5,
    "twin_names": 2.5,
    "other_numbers": 1.5, "other_figures": 1.2, "series": 3.0, "other_details": 0.5,
}  # fmt: skip
STIFF = 10.0  # how strongly a weight is held to its prior
# Held: how often outlets return to an event, and how late, differs most from set to set; what one
# town in common says is for the stream to weigh.
HELD = {"same_source": 0.5, "days_between": 0.6, "late": 2.0, "lone": 0.0}
# What the pairs of a set weigh together, half of it for those of one event: sets are equals.
WEIGHT = {"pairs": 200.0, "told": 300.0}
CAUTION = 0.4  # log-odds asked beyond the best F1: a mixed story is worse than two of one event
SHIFTS = [n / 10 for n in range(-25, 26)]  # of the bias, to where F1 is best over the sets

Model = Mapping[str, float]  # with "bias"


@dataclass(frozen=True, slots=True)
class Example:
    kind: str  # pairs, told
    group: str  # the set it is of
    found: Mapping[str, float]
    same: bool


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.fit_sameness", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="keep the weights")
    asked = parser.parse_args(arguments)
    examples = [one for path in asked.files for one in _examples(path)]
    for group, one in left_out(examples).items():
        print(f"{group}: F1 {one.f1:.3f}, precision {one.precision:.3f}, recall {one.recall:.3f}")
    model = fitted(examples)
    print("\n".join(f"{name} = {value:.3f}" for name, value in model.items()))
    if asked.write:
        HERE.write_text(_written(HERE.read_text("utf-8"), model), "utf-8")
    return 0


def _examples(path: Path) -> Iterator[Example]:
    if path.suffix == ".tsv":
        pairs = [pair for pair in read_pairs(path) if pair.same is not None]
        yield from _of_pairs("pairs without dates", pairs)
        return
    ours = path.suffix == ".toml"
    articles = _ours(path) if ours else read_all([path], dated=True)
    group = "invented" if ours else path.name
    pairs = [one for one in paired(articles) if _labelled(one)]
    undated = [_undated(one) for one in pairs if one.first.language == one.second.language]
    yield from _of_pairs(group, pairs)
    yield from _of_pairs(group + UNDATED, undated)
    yield from _of_stream(group, articles)


def _undated(pair: Pair) -> Pair:
    """As pairs of a .tsv come: no time and no outlet says anything."""
    first, second = (
        replace(one, published_at=None, outlet="") for one in (pair.first, pair.second)
    )
    return replace(pair, first=first, second=second)


def _of_pairs(group: str, pairs: Sequence[Pair]) -> Iterator[Example]:
    known = understood([one for pair in pairs for one in (pair.first, pair.second)])
    for pair, first, second in zip(pairs, known[::2], known[1::2], strict=True):
        index = StoryIndex()
        at, later = pair.first.published_at or AT, pair.second.published_at or AT + LATER
        index.add(_point(first, 1, 1, at))
        one_outlet = bool(pair.first.outlet) and pair.first.outlet == pair.second.outlet
        new = _weighed(index, second, 1 if one_outlet else 2, later)
        for kept in index.compared(new):
            if not new.roundup:
                yield Example("pairs", group, features(new, kept.evidence), bool(pair.same))


def _of_stream(group: str, articles: Sequence[Labelled]) -> Iterator[Example]:
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
                yield Example("told", group, features(new, theirs), same)
        index.add(_point(known, len(here), outlets[article.outlet], article.at))
        here.append((article, new))


def _labelled(pair: Pair) -> bool:
    return pair.same is not None and _comparable(pair.first, pair.second)


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


def left_out(examples: Sequence[Example]) -> dict[str, Score]:
    """How well the pairs of each set are told by what the other sets taught."""
    return {
        group: _scored(fitted([one for one in examples if not _kin(one.group, group)]), pairs)
        for group, pairs in _asked(examples).items()
    }


def _kin(group: str, other: str) -> bool:
    """Whether they are of the same articles."""
    return group.removesuffix(UNDATED) == other.removesuffix(UNDATED)


def _asked(examples: Sequence[Example]) -> dict[str, list[Example]]:
    """The pairs of each set, without those that only a stream compares."""
    sets: defaultdict[str, list[Example]] = defaultdict(list)
    for one in examples:
        if one.kind == "pairs":
            sets[one.group].append(one)
    return sets


def _scored(model: Model, examples: Sequence[Example], shift: float = 0.0) -> Score:
    ours = [score(model, one.found) + shift > 0 for one in examples]
    return Score(
        both=sum(same and one.same for same, one in zip(ours, examples, strict=True)),
        ours=sum(same and not one.same for same, one in zip(ours, examples, strict=True)),
        theirs=sum(one.same and not same for same, one in zip(ours, examples, strict=True)),
    )


def score(model: Model, found: Mapping[str, float]) -> float:
    return model["bias"] + sum(model[name] * value for name, value in found.items())


def fitted(examples: Sequence[Example]) -> Model:
    """The weights that make the labels likeliest; none below zero, each near its prior."""
    names = list(examples[0].found)
    held = dict(HELD)
    while True:
        free = [name for name in names if name not in held]
        found = dict(zip(["bias", *free], _newton(examples, free, held), strict=True))
        negative = min(free, key=lambda name: found[name])
        if found[negative] >= 0:
            return _shifted(
                {"bias": found["bias"]} | {n: (found | held)[n] for n in names}, examples
            )
        held[negative] = 0.0


def _shifted(model: Model, examples: Sequence[Example]) -> Model:
    """With the bias at which the sets have, on average, the best F1, less our caution."""
    sets = _asked(examples).values()
    best = max(SHIFTS, key=lambda by: (sum(_scored(model, one, by).f1 for one in sets), -abs(by)))
    return {**model, "bias": model["bias"] + best - CAUTION}


def _weights(examples: Sequence[Example]) -> list[float]:
    counts = Counter((one.kind, one.group, one.same) for one in examples)
    return [WEIGHT[one.kind] / 2 / counts[one.kind, one.group, one.same] for one in examples]


def _newton(
    examples: Sequence[Example], names: Sequence[str], held: Mapping[str, float]
) -> list[float]:
    rows = [
        Row(
            values=[1.0, *(one.found[name] for name in names)],
            given=sum(by * one.found[name] for name, by in held.items()),
            outcome=one.same,
            weight=weight,
        )
        for one, weight in zip(examples, _weights(examples), strict=True)
    ]
    prior = [0.0, *(PRIOR.get(name, 0.0) for name in names)]
    return likeliest(rows, prior, [1e-6, *(STIFF for _ in names)])


def _written(text: str, model: Model) -> str:
    """The file with these weights; the words for them stay."""
    head, _, _ = text.partition("bias =")
    _, _, reasons = text.partition("[reasons]")
    lines = [f"{name} = {value:.3f}" for name, value in model.items() if name != "bias"]
    return (
        f"{head}bias = {model['bias']:.3f}\n\n[weights]\n" + "\n".join(lines) + "\n\n[reasons]"
        f"{reasons}"
    )


if __name__ == "__main__":
    sys.exit(main())
