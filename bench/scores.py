"""F1 of labels."""

from collections.abc import Sequence


def f1(expected: Sequence[str], found: Sequence[str], label: str) -> float:
    """F1 of one label; 0 when it is neither expected nor found."""
    both = sum(a == b == label for a, b in zip(expected, found, strict=True))
    return 2 * both / max(1, expected.count(label) + found.count(label))


def macro_f1(expected: Sequence[str], found: Sequence[str]) -> float:
    """The mean of F1 over the labels that are expected or found."""
    labels = {*expected, *found}
    return sum(f1(expected, found, label) for label in labels) / max(1, len(labels))
