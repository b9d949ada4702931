"""Summaries against the sentences an editor would print: ROUGE-L, lead-2's beside it."""

from collections.abc import Sequence
from pathlib import Path

from bench.quality import baselines
from bench.quality.measures import folded, rouge_l, tally, together
from bench.quality.reading import Labelled, read_all
from bench.quality.report import Report
from bench.quality.texts import understood

LEAD = 2
POOR = 0.6  # a summary that agrees less is a mistake


def measure(files: Sequence[Path], *, compare: bool) -> Report:
    articles = read_all(files)
    labelled = [a for a in articles if a.best_sentences]
    ours = [one.summary for one in understood(labelled)]
    agreed = _agreed(labelled, ours)
    leads = [baselines.lead(a.text, LEAD) for a in labelled]
    lead_2 = _mean(_agreed(labelled, leads))
    chosen = tally([_plain(a.best_sentences) for a in labelled], [_plain(one) for one in ours])
    count = together(chosen.values())
    errors = [
        {
            "rouge_l": round(score, 3),
            "id": a.id,
            "title": a.title,
            "expected": " ".join(a.best_sentences),
            "found": " ".join(summary),
        }
        for score, a, summary in sorted(
            zip(agreed, labelled, ours, strict=True), key=lambda row: row[0]
        )
        if score < POOR
    ]
    left_out = len(articles) - len(labelled)
    return Report(
        figures={"rouge_l": _mean(agreed), "rouge_l_lead_2": lead_2},
        n=len(labelled),
        overall=count,
        classes={"sentences": count},
        errors=errors,
        left_out=[f"{left_out} articles without best sentences"] if left_out else (),
        baseline={"rouge_l": lead_2} if compare else None,
    )


def _agreed(articles: Sequence[Labelled], summaries: Sequence[Sequence[str]]) -> list[float]:
    return [
        rouge_l(" ".join(ours), " ".join(a.best_sentences))
        for a, ours in zip(articles, summaries, strict=True)
    ]


def _plain(summary: Sequence[str]) -> frozenset[str]:
    return frozenset(map(folded, summary))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))
