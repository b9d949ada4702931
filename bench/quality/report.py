"""What a measurement found, for a person and as one JSON object."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.quality.measures import Score

SHOWN = 10  # mistakes, to a person
KEPT = 40  # mistakes, in JSON

Figures = Mapping[str, float | int | None]
Confusion = Mapping[str, Mapping[str, int]]  # what people said → what we said → how often


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`figures` are the keys that are promised; `errors` come worst first."""

    figures: Figures
    n: int
    overall: Score
    classes: Mapping[str, Score] = field(default_factory=dict)
    confusion: Confusion = field(default_factory=dict)
    errors: Sequence[Mapping[str, Any]] = ()
    left_out: Sequence[str] = ()  # sentences
    baseline: Figures | None = None


def as_json(report: Report, *, rows: bool) -> dict[str, Any]:
    """Plain values; without `rows` nothing that quotes the file."""
    found: dict[str, Any] = {name: _rounded(value) for name, value in report.figures.items()}
    found["n"] = report.n
    for name in ("precision", "recall", "f1"):
        found.setdefault(name, _rounded(getattr(report.overall, name)))
    found["classes"] = {name: _score(score) for name, score in report.classes.items()}
    found["confusion"] = report.confusion
    if rows:
        found["errors"] = list(report.errors[:KEPT])
    found["mistakes"] = len(report.errors)
    found["left_out"] = list(report.left_out)
    if report.baseline is not None:
        found["baseline"] = {name: _rounded(value) for name, value in report.baseline.items()}
    return found


def as_text(report: Report, *, rows: bool, short: bool) -> str:
    lines = [f"{name:>24}  {_rounded(value)}" for name, value in report.figures.items()]
    lines.append(f"{'n':>24}  {report.n}")
    lines += [f"{'left out':>24}  {sentence}" for sentence in report.left_out]
    if report.baseline is not None:
        lines += [f"{'baseline ' + k:>24}  {_rounded(v)}" for k, v in report.baseline.items()]
    if short:
        return "\n".join(lines)
    lines += ["", f"{'':>24}  precision  recall     F1      n", _line("overall", report.overall)]
    lines += [_line(name, score) for name, score in report.classes.items()]
    for name, row in report.confusion.items():
        said = ", ".join(f"{other} {n}" for other, n in sorted(row.items(), key=lambda x: -x[1]))
        lines.append(f"{name:>24}  found as: {said}")
    if rows and report.errors:
        lines += ["", f"Worst of {len(report.errors)} mistakes:"]
        for error in report.errors[:SHOWN]:
            lines.append("  " + "; ".join(f"{key}: {value}" for key, value in error.items()))
    return "\n".join(lines)


def _line(name: str, score: Score) -> str:
    return f"{name:>24}  {score.precision:9.3f}  {score.recall:6.3f}  {score.f1:5.3f}  {score.n:5d}"


def _score(score: Score) -> dict[str, float | int]:
    return {
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
        "n": score.n,
    }


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value
