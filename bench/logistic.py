"""Logistic regression by plain Newton steps: the weights that make outcomes likeliest."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

STEPS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One outcome, and what it was seen with."""

    values: Sequence[float]
    given: float  # log-odds that no weight changes
    outcome: bool
    weight: float


def likeliest(rows: Sequence[Row], prior: Sequence[float], stiff: Sequence[float]) -> list[float]:
    """A weight for each value, held to its prior as strongly as `stiff` says."""
    now = list(prior)
    for _ in range(STEPS):
        slope = [s * (p - w) for s, p, w in zip(stiff, prior, now, strict=True)]
        bend = [[stiff[i] * (i == j) for j in range(len(now))] for i in range(len(now))]
        for row in rows:
            _add(row, now, slope, bend)
        step = _solved(bend, slope)
        now = [w + s for w, s in zip(now, step, strict=True)]
        if max(map(abs, step)) < 1e-4:
            break
    return now


def _add(row: Row, now: Sequence[float], slope: list[float], bend: list[list[float]]) -> None:
    values = row.values
    z = row.given + sum(w * x for w, x in zip(now, values, strict=True))
    p = 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
    there = [i for i, x in enumerate(values) if x]
    for i in there:
        slope[i] += row.weight * (row.outcome - p) * values[i]
        for j in there:
            bend[i][j] += row.weight * p * (1 - p) * values[i] * values[j]


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
