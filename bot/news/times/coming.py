"""Days to come as people ask for them: «завтра», «в декабре», «в выходные», "next week".

Many of these words may mean days gone by («в субботу», «весной»): a verb of what will be, or a word
for plans, tells. What articles say of such days is read by bot.news.facts.events.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.news.times.timewords import COUNTS, DAYS, MONTHS, SEASONS, UNITS
from bot.news.words.cues import PLANS
from bot.news.words.morphology import parses, words

A_DAY = timedelta(days=1)
A_WEEK = 7 * A_DAY
SOON = timedelta(days=14)  # «в ближайшее время», «на днях»
NEAR = timedelta(days=92)  # a month named alone is the next one if it is as near as that

Days = tuple[date, date | None]
Rule = Callable[[re.Match[str], date], Days]


@dataclass(frozen=True, slots=True)
class Coming:
    """The days since ≤ day < until that a piece of text, [start:stop], names."""

    start: int
    stop: int
    since: date
    until: date | None
    named: bool  # an article calls them so too: «декабрь»; not «завтра»


class _Way(NamedTuple):
    pattern: re.Pattern[str]
    days: Rule
    sure: bool = False  # it cannot mean the past
    named: bool = False


def find_coming(text: str, *, now: datetime, zone: str) -> Coming | None:
    """The days to come that a question names, if it is about what will be."""
    today, future = now.astimezone(ZoneInfo(zone)).date(), tells_of_future(text)
    for way in _WAYS:
        for match in way.pattern.finditer(text):
            try:
                since, until = way.days(match, today)
            except (ValueError, OverflowError):  # 31 ноября
                continue
            if not way.sure and not future and (not way.named or since - today > NEAR):
                continue
            if (future or way.sure or since > today) and (until is None or until > today):
                since = max(since, today)
                return Coming(match.start(), match.end(), since, until, way.named)
    return None


def tells_of_future(question: str) -> bool:
    """Whether it has a verb of what will be, or a word for plans: «откроют», «ожидается»."""
    if _FUTURE.search(question):
        return True
    return any(one.tag.tense == "futr" for w in words(question) for one in parses(w)[:1])


def tells_of_past(question: str) -> bool:
    """Whether it has a verb of what has been, and none of what will be: «открыли»."""
    past = any(one.tag.tense == "past" for w in words(question) for one in parses(w)[:1])
    return past and not tells_of_future(question)


def _on(days: int) -> Rule:
    return lambda _, today: (today + days * A_DAY, today + (days + 1) * A_DAY)


def _within(span: timedelta) -> Rule:
    return lambda _, today: (today, today + span)


def _next_week(_: re.Match[str], today: date) -> Days:
    monday = today + (7 - today.weekday()) * A_DAY
    return monday, monday + A_WEEK


def _this_week(_: re.Match[str], today: date) -> Days:
    return today, today + (7 - today.weekday()) * A_DAY


def _month_on(months: int) -> Rule:
    return lambda _, today: (_first(today, months), _first(today, months + 1))


def _year_on(years: int) -> Rule:
    return lambda _, today: (date(today.year + years, 1, 1), date(today.year + years + 1, 1, 1))


def _first(day: date, months: int) -> date:
    """The first of the month so many months on."""
    ahead = day.month - 1 + months
    return date(day.year + ahead // 12, ahead % 12 + 1, 1)


def _after(match: re.Match[str], today: date) -> Days:
    """«через неделю»: that day; of longer units, about then."""
    unit = next(days for unit, days in UNITS if re.fullmatch(unit, match["unit"], re.I))
    days = round(unit * _count(match["count"]))
    near = days // 7
    return today + (days - near) * A_DAY, today + (days + near + 1) * A_DAY


def _count(word: str | None) -> int:
    if not word:
        return 1
    if word.isdecimal():
        return min(3660, int(word[:9]))
    return next((n for spelled, n in COUNTS.items() if re.fullmatch(spelled, word, re.I)), 1)


def _weekend(_: re.Match[str], today: date) -> Days:
    saturday = today + (5 - today.weekday()) * A_DAY
    return saturday, saturday + 2 * A_DAY


def _weekday(number: int) -> Rule:
    def days(_: re.Match[str], today: date) -> Days:
        day = today + (number - today.weekday()) % 7 * A_DAY
        return day, day + A_DAY

    return days


def _month(number: int) -> Rule:
    def days(match: re.Match[str], today: date) -> Days:
        first = date(int(match["year"] or today.year), number, 1)
        if not match["year"] and first < today.replace(day=1):
            first = first.replace(year=first.year + 1)
        return first, _first(first, 1)

    return days


def _day(number: int) -> Rule:
    def days(match: re.Match[str], today: date) -> Days:
        day = date(int(match["year"] or today.year), number, int(match["day"]))
        if not match["year"] and day < today:
            day = day.replace(year=day.year + 1)
        last = match["last"] and day.replace(day=int(match["last"]))
        return day, (last or day) + A_DAY

    return days


def _season(begins: int) -> Rule:
    def days(match: re.Match[str], today: date) -> Days:
        first = date(int(match["year"] or today.year), begins, 1)
        if not match["year"] and _first(first, 3) <= today:
            first = first.replace(year=first.year + 1)
        return first, _first(first, 3)

    return days


def _said_year(match: re.Match[str], today: date) -> Days:
    first = date(int(match["year"]), 1, 1)
    return first, first.replace(year=first.year + 1)


_UNIT = "(?P<unit>" + "|".join(unit for unit, _ in UNITS) + ")"
_COUNT = r"(?P<count>\d+|" + "|".join(COUNTS) + ")"
_YEAR = r"(?:\s+(?P<year>20\d\d)(?:\s+(?:года|г\.?))?)?"
_NOT_LAST = "".join(f"(?<!{word} )" for word in ("прошлой", "минувшей", "мінулай", "last"))
_NEXT = r"(?:следующ\w+|будущ\w+|наступн\w+|next)"
_FUTURE = re.compile(
    rf"(?<!\w)(?:{PLANS}|буд(?:зе|уць)|адбуд\w+|адкры[юе]ц\w+|запусц\w+|пачн\w+|will|going to)"
    r"(?!\w)|when (?:does|do|is|are)(?!\w)|"
    # Belarusian: a verb that is not of the past («паляціць», not «паляцеў»).
    r"(?<!\w)калі\W+(?!.*\w(?:ў|ла|ло|лі)(?:ся)?(?!\w))(?=.*\w(?:ць|цца)(?!\w))",
    re.I,
)


def _ways() -> Iterator[_Way]:
    yield _way(r"послезавтра|паслязаўтра|day after tomorrow", _on(2), sure=True)
    yield _way(r"(?:на )?(?:завтра\w*|заўтра\w*|tomorrow'?s?)", _on(1), sure=True)
    yield _way(rf"на {_NEXT} (?:неделе|неделю|тыдні)|next week", _next_week, sure=True)
    yield _way(rf"[ву] {_NEXT} месяц[еы]|next month", _month_on(1), sure=True)
    yield _way(rf"(?:[ву] {_NEXT} год(?:у|зе)|next year)", _year_on(1), sure=True)
    yield _way(
        r"(?:до конца|да канца|by the end of the|by the end of) (?:этого |гэтага )?"
        r"(?:года|year)",
        lambda _, today: (today, date(today.year + 1, 1, 1)),
        sure=True,
    )
    yield _way(r"до конца (?:этого )?месяца|да канца месяца", _month_end, sure=True)
    yield _way(r"до конца (?:этой )?недели|да канца тыдня", _this_week, sure=True)
    yield _way(rf"(?:через|праз|in)\s+(?:{_COUNT}\s+)?{_UNIT}", _after, sure=True)
    yield _way(
        r"(?:в|на) ближайш\w+ (?:время|дни|недел\w+)|[уў] бліжэйш\w+ (?:час|дні)|"
        r"(?:in )?the (?:coming|next) days",
        _within(SOON),
        sure=True,
    )
    yield _way(r"на днях|гэтымі днямі", _within(SOON))
    yield _way(
        r"(?:на|в|у|on|at|over)?\s*(?:эт\w+ |ближайш\w+ |гэт\w+ |бліжэйш\w+ |the |this )?"
        r"(?:выходны[ех]|выхадны[ях]|weekend)",
        _weekend,
    )
    yield _way(r"на (?:этой|гэтым) (?:неделе|тыдні)|this week", _this_week)
    yield _way(r"[ву] (?:этом|гэтым) месяц[еы]|this month", _month_on(0))
    yield _way(r"[ву] (?:этом|гэтым) год(?:у|зе)|сёлета|this year", _year_on(0))
    for number, name in enumerate(MONTHS, 1):
        day = rf"(?P<day>\d{{1,2}})(?:\s*[-–—]\s*(?P<last>\d{{1,2}}))?\s+(?:{name}){_YEAR}"
        yield _way(rf"(?:на |к |до |on |с |да )?{day}", _day(number), named=True)
        yield _way(
            rf"(?:во?|на|к|до|[уў]|да|in|for|by)\s+(?:{name}){_YEAR}", _month(number), named=True
        )
    for begins, name in SEASONS.items():
        own = rf"{_NOT_LAST}(?:этой |гэтай |this )?(?:{name}){_YEAR}"
        yield _way(own, _season(begins), named=True)
    for number, name in enumerate(DAYS):
        yield _way(rf"(?:во?|[уў]|на|on) (?:эт\w+ |ближайш\w+ |this )?(?:{name})", _weekday(number))
    yield _way(r"(?:[ву]|к|in|by) (?P<year>20\d\d)(?:-м)?(?: год(?:у|зе))?", _said_year, named=True)
    yield _way(
        rf"{_NEXT}|ближайш\w+|бліжэйш\w+|upcoming", lambda _, today: (today, None), sure=True
    )


def _month_end(_: re.Match[str], today: date) -> Days:
    return today, _first(today, 1)


def _way(pattern: str, days: Rule, *, sure: bool = False, named: bool = False) -> _Way:
    return _Way(re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.I), days, sure, named)


_WAYS = tuple(_ways())
