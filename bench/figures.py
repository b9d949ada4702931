"""What a bench gives: figures, each measured in several runs made together."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table. Its value is the median of the runs."""

    name: str
    unit: str  # ms, s, MB, /s, × …
    runs: tuple[float, ...]
    at_most: float | None = None
    at_least: float | None = None

    @property
    def value(self) -> float:
        return statistics.median(self.runs)

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None when there is none."""
        if self.at_most is not None:
            return self.value <= self.at_most
        return None if self.at_least is None else self.value >= self.at_least


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much to measure, and where files may be put that several benches share."""

    folder: Path
    runs: int = 5
    quick: bool = False  # sizes that only prove that the bench works

    def of(self, full: int, quick: int) -> int:
        return quick if self.quick else full


def p99(values: Sequence[float]) -> float:
    return sorted(values)[(len(values) * 99 - 1) // 100]


def ratios(ours: Sequence[float], bare: Sequence[float]) -> tuple[float, ...]:
    """Each run against the bare one beside it."""
    return tuple(a / b for a, b in zip(ours, bare, strict=True))
