"""Times as people ask for them: «за неделю», «с понедельника», «у лістападзе», "last week".

Each is an interval of local time, half open, turned into UTC. Only the past: news has no other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.news.times import spans
from bot.news.times.spans import Present, Rule
from bot.news.times.timewords import COUNTS, DAYS, MONTHS, SEASONS, UNITS


@dataclass(frozen=True, slots=True)
class Period:
    """What a piece of text, [start:stop], says about time."""

    start: int
    stop: int
    since: datetime
    until: datetime | None


def find_period(text: str, *, now: datetime, zone: str) -> Period | None:
    """The first thing that the text says about time, if any."""
    present = Present(now.astimezone(ZoneInfo(zone)))
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


_UNIT = "(?P<unit>" + "|".join(unit for unit, _ in UNITS) + ")"
_COUNT = r"(?P<count>\d+|" + "|".join(COUNTS) + ")"
_RECENT = r"(?:последн\w+|прошедш\w+|апошн\w+|мінул\w+|эт\w{1,2})"
_LAST = r"(?:прошл\w+|минувш\w+|мінул\w+|last)"
_YEAR = r"(?:\s+(?P<year>20\d\d)(?:\s+(?:года|г\.?))?)?"

_PLAIN: tuple[tuple[str, Rule], ...] = (
    (r"на (?:этой|гэтым) (?:неделе|тыдні)|с начала недели|this week", spans.week(0)),
    (r"на (?:прошлой|минувшей|мінулым|тым) (?:неделе|тыдні)|last week", spans.week(1)),
    (r"за (?:прошлую|минувшую) неделю|за мінулы тыдзень", spans.week(1)),
    (r"с прошлой недели|з мінулага тыдня|since last week", spans.week(1, onwards=True)),
    (
        rf"(?:на|в|за|у|over the|at the|on the)?\s*(?:{_LAST}\s+|эт\w+\s+|гэт\w+\s+|this\s+)?"
        r"(?:выходны[ех]|выхадны[ях]|weekend)",
        spans.weekend,
    ),
    (r"[ву] (?:этом|гэтым) месяц[еы]|с начала месяца|this month", spans.month(0)),
    (r"[ву] (?:прошлом|мінулым) месяц[еы]|last month", spans.month(1)),
    (r"[ву] (?:этом|гэтым) год(?:у|зе)|с начала года|сёлета|this year", spans.year(0)),
    (r"[ву] (?:прошлом|мінулым) год(?:у|зе)|летась|last year", spans.year(1)),
    (r"(?:[ву]|in) (?P<year>20\d\d)(?:-м)?(?: год(?:у|зе))?", spans.said_year),
    (rf"(?:{_COUNT}\s+)?{_UNIT} (?:назад|таму(?: назад)?|ago)", spans.ago),
    (
        rf"(?:за|in the|over the|for the|the)?\s*(?:{_RECENT}|last|past)\s+"
        rf"(?:{_COUNT}\s+)?{_UNIT}",
        spans.lasting,
    ),
    (rf"за\s+(?:{_COUNT}[\s-]+)?{_UNIT}", spans.lasting),
    (r"на днях|гэтымі днямі|недавно|нядаўна|recently", spans.days_ago(14)),
    (r"(?:за )?(?:позавчера(?:шн\w+)?|пазаўчора|day before yesterday)", spans.days_ago(2, 1)),
    (r"(?:за )?(?:вчера(?:шн\w+)?|[уў]чора(?:шн\w+)?|yesterday'?s?)", spans.days_ago(1, 1)),
    (r"(?:за )?(?:сегодня(?:шн\w+)?|с[её]ння(?:шн\w+)?|today'?s?)", spans.days_ago(0)),
)


def _rules() -> Iterator[tuple[str, Rule]]:
    yield from _PLAIN
    for number, name in enumerate(DAYS):
        yield rf"(?:со?|з|ад|since|from) (?:{name})", spans.weekday(number, onwards=True)
        yield rf"(?:во?|[уў]|за|on) (?:{name})", spans.weekday(number, onwards=False)
    for number, name in enumerate(MONTHS, 1):
        yield from _of_month(number, f"(?:{name}){_YEAR}")
    for begins, name in SEASONS.items():
        yield rf"(?:{_LAST}|this) (?:{name})", spans.season(begins, past=True)
        yield rf"(?:этой|этим|гэтай|гэтым) (?:{name})", spans.season(begins, past=True)
        yield name, spans.season(begins)


def _of_month(number: int, name: str) -> Iterator[tuple[str, Rule]]:
    day, last = r"(?P<day>\d{1,2})", r"(?P<last>\d{1,2})"
    yield rf"(?:с|з|from)\s+{day}\s+(?:по|до|да|to)\s+{last}\s+{name}", spans.on_day(number)
    yield rf"(?:со?|з|since|from)\s+{day}\s+{name}", spans.on_day(number, onwards=True)
    yield rf"(?:за|от|ад|on)\s+{day}\s+{name}", spans.on_day(number)
    # Of what was on a day the next one tells too; «на 5 ноября» is no time of telling.
    before = r"(?<!\bна )(?<!\bдо )(?<!\bк )(?<!\bда )(?<!\d )"
    yield rf"{before}{day}\s+{name}", spans.on_day(number, told=2)
    yield rf"(?:во?|[уў]|за|in)\s+{name}", spans.in_month(number)


_RULES = tuple((re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I), span) for words, span in _rules())
