"""Pairs of articles that people call one story or two, asked of our story index."""

from collections.abc import Sequence
from pathlib import Path

from bench.pairs import placed
from bench.quality import baselines
from bench.quality.measures import tally, together
from bench.quality.reading import read_pairs
from bench.quality.report import Report
from bench.quality.texts import understood

SAME, APART = "same", "apart"


def measure(files: Sequence[Path], *, compare: bool) -> Report:
    pairs = [pair for path in files for pair in read_pairs(path)]
    labelled = [pair for pair in pairs if pair.same is not None]
    articles = understood([one for pair in labelled for one in (pair.first, pair.second)])
    sides = list(zip(articles[::2], articles[1::2], strict=True))
    placements = [placed(first, second) for first, second in sides]
    expected = [SAME if pair.same else APART for pair in labelled]
    found = [APART if one.story_id is None else SAME for one in placements]
    scores = tally([{one} for one in expected], [{one} for one in found])
    errors = [
        {"expected": wanted, "first": a.title, "second": b.title, "why": placement.why}
        for (a, b), placement, wanted, got in zip(sides, placements, expected, found, strict=True)
        if wanted != got
    ]
    left_out = len(pairs) - len(labelled)
    same = scores.get(SAME)
    return Report(
        figures={
            "f1": same.f1 if same else 0.0,
            "precision": same.precision if same else 0.0,
            "recall": same.recall if same else 0.0,
            "accuracy": together(scores.values()).recall,
        },
        n=len(labelled),
        overall=together(scores.values()),
        classes=scores,
        confusion={
            wanted: {
                got: sum((a, b) == (wanted, got) for a, b in zip(expected, found, strict=True))
                for got in (SAME, APART)
            }
            for wanted in (SAME, APART)
        },
        errors=errors,
        left_out=[f"{left_out} pairs neither OK nor BAD"] if left_out else (),
        baseline=baselines.pairs(sides, expected) if compare else None,
    )
