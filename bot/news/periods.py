"""Times as people ask for them: «за неделю», «с понедельника», «у лістападзе», "last week".

Each is an interval of local time, half open, turned into UTC. Only the past: news has no other.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as midnight
from zoneinfo import ZoneInfo

SOON = timedelta(days=92)
MOST = 3660  # days back; «за 999999 лет» is everything

_DAY_NAMES = (
    r"понедельник\w*|панядзел\w*|monday",
    r"вторник\w*|а[ўу]тор\w*|tuesday",
    r"сред[уыа]|серад[уыа]|wednesday",
    r"четверг\w*|чацв[её]р\w*|чацьв\w*|thursday",
    r"пятниц\w*|пятніц\w*|friday",
    r"суббот\w*|субот\w*|saturday",
    r"воскресень\w*|нядзел[юяі]|sunday",
)
_MONTH_NAMES = (
    r"январ\w*|студзен\w*|january",
    r"феврал\w*|лют(?:ым|ага)|february",
    r"март[ае]?|сакавік\w*|march",
    r"апрел\w*|красавік\w*|april",
    r"ма[йяеі]|тра(?:вень|ўня|ўні)|may",
    r"июн\w*|чэрвен\w*|june",
    r"июл\w*|ліпен\w*|july",
    r"август\w*|жні(?:вень|ўня|ўні)|august",
    r"сентябр\w*|верас(?:ень|ня|ні)|september",
    r"октябр\w*|кастрычнік\w*|october",
    r"ноябр\w*|лістапад\w*|november",
    r"декабр\w*|снеж(?:ань|ня|ні)|december",
)
_UNITS = (
    (r"час(?:а|ов|ы|у)?|гадзін\w*|hours?", 1 / 24),
    (r"сутк\w*|суток|сутак|д[её]нь|дня|дней|дзень|дні|дз[её]н|days?", 1),
    (r"недел[юьяие]|тыдз[её]нь|тыдні|тыдняў|weeks?", 7),
    (r"месяц(?:а|ев|ы|аў)?|months?", 30),
    (r"год(?:а|ы)?|лет|гадоў|гады|years?", 365),
)
_COUNTS = {
    r"пару?|дв[аеу]х?|дзв[ея]|two|couple of": 2,
    r"три|трох|тры|three": 3,
    r"четыре|чатыры|four": 4,
    r"пять|пяць|five": 5,
    r"семь|сем|seven": 7,
    r"десять|дзесяць|ten": 10,
}


@dataclass(frozen=True, slots=True)
class Period:
    """What a piece of text, [start:stop], says about time."""

    start: int
    stop: int
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class _Present:
    now: datetime  # in the reader's zone

    def day(self, back: int = 0) -> datetime:
        """The midnight that began the day so many days ago."""
        return self.at(self.now.date() - timedelta(days=back))

    def at(self, day: date) -> datetime:
        return datetime.combine(day, midnight(), self.now.tzinfo)


Span = tuple[datetime, datetime | None]


def find_period(text: str, *, now: datetime, zone: str) -> Period | None:
    """The first thing that the text says about time, if any."""
    present = _Present(now.astimezone(ZoneInfo(zone)))
    for pattern, span in _RULES:
        if match := pattern.search(text):
            try:
                since, until = span(match, present)
            except (OverflowError, ValueError):  # 31 ноября; a month to come
                continue
            return Period(
                match.start(),
                match.end(),
                since.astimezone(UTC),
                until.astimezone(UTC) if until else None,
            )
    return None


def _lasting(match: re.Match[str], present: _Present) -> Span:
    """«за три дня»: so long before now."""
    days = next(days for unit, days in _UNITS if re.fullmatch(unit, match["unit"], re.I))
    back = timedelta(days=min(MOST, days * _count(match["count"])))
    return (present.now.astimezone(UTC) - back), None


def _count(word: str | None) -> int:
    if not word:
        return 1
    if word.isdecimal():
        return min(MOST, int(word[:9]))
    return next((n for spelled, n in _COUNTS.items() if re.fullmatch(spelled, word, re.I)), 1)


def _days_ago(back: int, lasting: int | None = None) -> Callable[[re.Match[str], _Present], Span]:
    def span(_: re.Match[str], present: _Present) -> Span:
        until = present.day(back - lasting) if lasting is not None else None
        return present.day(back), until

    return span


def _week(back: int) -> Callable[[re.Match[str], _Present], Span]:
    def span(_: re.Match[str], present: _Present) -> Span:
        monday = present.now.date().weekday() + 7 * back
        return present.day(monday), present.day(monday - 7) if back else None

    return span


def _month(back: int) -> Callable[[re.Match[str], _Present], Span]:
    def span(_: re.Match[str], present: _Present) -> Span:
        first = present.now.date().replace(day=1)
        if not back:
            return present.at(first), None
        return present.at((first - timedelta(days=1)).replace(day=1)), present.at(first)

    return span


def _weekday(number: int, *, onwards: bool) -> Callable[[re.Match[str], _Present], Span]:
    def span(_: re.Match[str], present: _Present) -> Span:
        back = (present.now.date().weekday() - number) % 7
        return present.day(back), None if onwards else present.day(back - 1)

    return span


def _in_month(number: int, *, day: bool = False) -> Callable[[re.Match[str], _Present], Span]:
    def span(match: re.Match[str], present: _Present) -> Span:
        today = present.now.date()
        first = date(today.year, number, int(match["day"]) if day else 1)
        if today < first <= today + SOON:
            raise ValueError("a month to come: «откроют в декабре» asks for a word, not a time")
        if first > today:
            first = first.replace(year=today.year - 1)
        if day:
            onwards = match["from"].casefold() in {"с", "со", "з", "since", "from"}
            return present.at(first), None if onwards else present.at(first + timedelta(days=1))
        return present.at(first), present.at((first + timedelta(days=31)).replace(day=1))

    return span


def _rules() -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str], _Present], Span]]]:
    units = "|".join(unit for unit, _ in _UNITS)
    counts = "|".join(_COUNTS)
    recent = r"(?:последн\w+|прошедш\w+|апошн\w+|мінул\w+|эт\w{1,2})"
    written: list[tuple[str, Callable[[re.Match[str], _Present], Span]]] = [
        (r"на (?:этой|гэтым) (?:неделе|тыдні)|this week", _week(0)),
        (r"на (?:прошлой|минувшей|мінулым|тым) (?:неделе|тыдні)|last week", _week(1)),
        (r"за (?:прошлую|минувшую) неделю|за мінулы тыдзень", _week(1)),
        (r"[ву] (?:этом|гэтым) месяц[еы]|this month", _month(0)),
        (r"[ву] (?:прошлом|мінулым) месяц[еы]|last month", _month(1)),
        (
            rf"(?:за|in the|over the|for the|the)?\s*(?:{recent}|last|past)\s+"
            rf"(?:(?P<count>\d+|{counts})\s+)?(?P<unit>{units})",
            _lasting,
        ),
        (rf"за\s+(?:(?P<count>\d+|{counts})[\s-]+)?(?P<unit>{units})", _lasting),
        (r"(?:за )?(?:позавчера(?:шн\w+)?|пазаўчора|day before yesterday)", _days_ago(2, 1)),
        (r"(?:за )?(?:вчера(?:шн\w+)?|[уў]чора(?:шн\w+)?|yesterday'?s?)", _days_ago(1, 1)),
        (r"(?:за )?(?:сегодня(?:шн\w+)?|с[её]ння(?:шн\w+)?|today'?s?)", _days_ago(0)),
    ]
    for number, name in enumerate(_DAY_NAMES):
        written.append((rf"(?:со?|з|ад|since|from) (?:{name})", _weekday(number, onwards=True)))
        written.append((rf"(?:во?|[уў]|за|on) (?:{name})", _weekday(number, onwards=False)))
    for number, name in enumerate(_MONTH_NAMES, 1):
        dated = rf"(?P<from>со?|з|за|от|since|from|on)\s+(?P<day>\d{{1,2}})\s+(?:{name})"
        written.append((dated, _in_month(number, day=True)))
        written.append((rf"(?:во?|[уў]|за|in)\s+(?:{name})", _in_month(number)))
    for pattern, span in written:
        yield re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.I), span


_RULES = tuple(_rules())
