"""Pairs of articles that people call one story or two, asked of our story index."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.pairs import placed
from bench.quality import baselines
from bench.quality.measures import Score, tally, together
from bench.quality.pairing import paired
from bench.quality.reading import Pair, read_all, read_pairs
from bench.quality.report import Report
from bench.quality.texts import understood

SAME, APART = "same", "apart"


def measure(files: Sequence[Path], *, compare: bool) -> Report:
    rows = [pair for path in files if path.suffix == ".tsv" for pair in read_pairs(path)]
    articles = [path for path in files if path.suffix != ".tsv"]
    rows += paired(read_all(articles, dated=True)) if articles else []
    labelled = [pair for pair in rows if pair.same is not None]
    left_out = len(rows) - len(labelled)
    return _judged(
        labelled,
        left_out=[f"{left_out} pairs neither OK nor BAD"] if left_out else [],
        compare=compare,
    )


def _judged(rows: Sequence[Pair], *, left_out: Sequence[str], compare: bool) -> Report:
    sides = understood([one for row in rows for one in (row.first, row.second)])
    placements = [
        placed(row, first, second)
        for row, first, second in zip(rows, sides[::2], sides[1::2], strict=True)
    ]
    expected = [SAME if row.same else APART for row in rows]
    found = [APART if one.story_id is None else SAME for one in placements]
    scores = tally([{one} for one in expected], [{one} for one in found])
    counts = Counter(zip(expected, found, strict=True))
    same = scores.get(SAME, Score())
    return Report(
        figures={
            "f1": same.f1,
            "precision": same.precision,
            "recall": same.recall,
            "accuracy": together(scores.values()).recall,
        },
        n=len(rows),
        overall=together(scores.values()),
        classes=scores,
        confusion={a: {b: counts[a, b] for b in (SAME, APART)} for a in (SAME, APART)},
        errors=[
            {
                "expected": wanted,
                "first": row.first.title,
                "second": row.second.title,
                "why": placement.why,
            }
            for row, placement, wanted, got in zip(rows, placements, expected, found, strict=True)
            if wanted != got
        ],
        left_out=left_out,
        baseline=baselines.pairs(rows) if compare else None,
    )
