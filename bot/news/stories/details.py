"""Details: the figures, days and times that accounts of one event share, and hardly any others."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import chain

DAY = timedelta(days=1)
NEAR = 3  # days; every article of a day names that day: it tells nothing
NUMBERS = 4_096  # remembered
LEAST_ROUNDED = 15  # nobody rounds what is less
ROUGH = 0.5
ROUGHLY = 0.1  # of a number, by which one may be rounded
MOST_PLAIN = 1.0  # all that numbers below a hundred add up to; forecasts share them by dozens


def details(
    numbers: Iterable[str], days: Iterable[str], times: Iterable[str], published_at: datetime
) -> dict[str, float]:
    """Each with what it is worth: 1 if it is hardly met by chance. Takes the values of marks."""
    near = _around(published_at.date())
    worth = {number: _particular(number) for number in numbers}
    worth.update((day, 1.0) for day in days if day not in near)
    worth.update((time, 1.0) for time in times if not time.endswith("00"))
    return worth


@lru_cache(maxsize=64)
def _around(day: date) -> frozenset[str]:
    return frozenset(f"{day + n * DAY:%m-%d}" for n in range(-NEAR, NEAR + 1))


def in_common(a: Mapping[str, float], b: Mapping[str, float], *, roughly: bool = True) -> float:
    """What the details of both are worth together; `roughly`: one may round the other's numbers."""
    worth = [a[one] for one in a.keys() & b.keys()]
    if roughly:
        worth += [x for one in a.keys() - b.keys() if (x := _said(one, b))]
        worth += [x for one in b.keys() - a.keys() if (x := _said(one, a))]
    if not worth:
        return 0.0
    plain = sum([x for x in worth if x < 1])
    return sum([x for x in worth if x >= 1]) + min(MOST_PLAIN, plain)


@lru_cache(maxsize=NUMBERS)
def telling(number: str) -> float:
    """How much it means that two texts give this number: 61.48 much, 2 hardly anything."""
    digits = len(number.strip("0").replace(".", ""))
    if number.startswith(("19", "20")) and len(number) == 4:
        return 0.1  # a year
    return (0.1, 0.15, 0.5, 1.0)[min(digits, 3)] + (0.3 if "." in number else 0.0)


@lru_cache(maxsize=NUMBERS)
def _particular(number: str) -> float:
    """How little chance explains a number: 312 hardly, 27 and 1500 may be, 500 and 2026 are."""
    if telling(number) < 0.5:
        return 0.0
    value = float(number)
    round_off = value % 50 == 0 and len(number.strip("0")) < 3
    return 0.5 if round_off or (value < 100 and "." not in number) else 1.0


def _said(number: str, others: Mapping[str, float]) -> float:
    """What it is worth that others give the number roughly."""
    if others.keys().isdisjoint(rough := rounded(number)):
        return 0.0
    return min(ROUGH, max([others[one] for one in rough if one in others]))


def all_rounded(numbers: Iterable[str]) -> frozenset[str]:
    """How others may say any of these numbers."""
    return frozenset(chain.from_iterable(map(rounded, numbers)))


@lru_cache(maxsize=NUMBERS)
def rounded(number: str) -> tuple[str, ...]:
    """How others may say a number: 1 870 000 is «1,9 миллиона», «более 1,8 миллиона».

    A day or a time of day is nothing but itself.
    """
    if not number.replace(".", "").isdecimal() or (value := float(number)) < LEAST_ROUNDED:
        return ()
    found: dict[str, None] = {}
    for kept in range(1, len(number.strip("0").replace(".", ""))):
        step = 10.0 ** (len(str(int(value))) - kept)
        for near in (round(value / step) * step, value // step * step):
            if abs(near - value) <= ROUGHLY * value:
                found[f"{near:.10g}"] = None
    found.pop(number, None)
    return tuple(found)
