"""Days that a sentence names, and times to come: each a range [since, until) in the article's zone.

A day without a year is the one nearest to the day of publication. A season, a month or a year that
is only hoped for («весной», «до конца года») is a range as long as it is.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as midnight
from typing import NamedTuple

from storage.models import FactKind

_MONTHS = (
    r"янв(?:\.|ар[яьею])|студз[а-яё]+|jan(?:uary|\.)",
    r"фев(?:р\.|рал[яьею])|лют(?:ага|ым|ы)|feb(?:ruary|\.)",
    r"март[ае]?|сакав[іи]к[а-яё]*|march|mar\.",
    r"апр(?:\.|ел[яьею])|красав[іи]к[а-яё]*|apr(?:il|\.)",
    r"ма[яйе]|тра[вў]н[а-яёіь]*|травень|may",
    r"июн[яьею]|чэрвен[а-яёіь]*|june?",
    r"июл[яьею]|л[іи]пен[а-яёіь]*|july?",
    r"авг(?:\.|уст[ае]?)|жні[а-яёіўь]+|aug(?:ust|\.)",
    r"сент(?:\.|ябр[яьею])|верас[а-яёіь]+|sept?(?:ember|\.)",
    r"окт(?:\.|ябр[яьею])|кастрычн[іи]к[а-яё]*|oct(?:ober|\.)",
    r"нояб(?:\.|р[яьею])|лістапад[а-яё]*|nov(?:ember|\.)",
    r"дек(?:\.|абр[яьею])|снеж(?:ань|ня|ні)|dec(?:ember|\.)",
)
_MONTH = "|".join(_MONTHS)
_ENGLISH = r"jan\w*|feb\w*|march|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*"
_NUMBERS = tuple(re.compile(pattern, re.I) for pattern in _MONTHS)
_YEAR = r"(?:\s(?P<year>20\d\d)(?:-?(?:го|м|му))?(?:\s?(?:года|году|г\.|годзе))?)?"
_SEASONS = {"зим": 12, "весн": 3, "лет": 6, "осен": 9, "вясн": 3, "восен": 9,
            "winter": 12, "spring": 3, "summer": 6, "autumn": 9}  # fmt: skip

_DIGIT = re.compile(r"\d")

Range = tuple[date | None, date | None]  # None: open to that side


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    hints: tuple[str, ...]  # a text without all of these has nothing of the kind
    range: Callable[[re.Match[str], date], Range]

    @property
    def of_days(self) -> bool:
        """Whether it reads a day's number."""
        return "day" in self.pattern.groupindex


Told = tuple[FactKind, datetime, datetime]  # (kind, since, until)


class Dates:
    """The times that the sentences of one text name: events if they end after its publication."""

    def __init__(self, text: str, published: datetime) -> None:
        self._published = published
        lower = text.lower()
        said = {
            hints: tuple(hint for hint in hints if hint in lower)
            for hints in {rule.hints for rule in _RULES}
        }
        self._rules = [
            (rule, rule.of_days, said[rule.hints]) for rule in _RULES if said[rule.hints]
        ]

    def of(self, sentence: str) -> Iterator[Told]:
        """Every time that the sentence names, each of its words taken once."""
        rest = sentence.lower()
        figured = _DIGIT.search(sentence) is not None
        for rule, of_days, hints in self._rules:
            if (of_days and not figured) or not any(hint in rest for hint in hints):
                continue
            for match in rule.pattern.finditer(rest):
                told = _range(rule, match, self._published)
                if told is not None:
                    gone = "_" * len(match[0])
                    rest = f"{rest[: match.start()]}{gone}{rest[match.end() :]}"
                    yield told


def _range(rule: _Rule, match: re.Match[str], published: datetime) -> Told | None:
    today = published.date()
    try:
        since, until = rule.range(match, today)
        since = since or today
        return _told(since, until or since + timedelta(days=1), published)
    except (ValueError, OverflowError):  # 31 ноября
        return None


def _told(since: date, until: date, published: datetime) -> Told:
    kind = FactKind.EVENT if until > published.date() + timedelta(days=1) else FactKind.DATE
    return kind, _instant(since, published), _instant(until, published)


def _instant(day: date, published: datetime) -> datetime:
    return datetime.combine(day, midnight(), published.tzinfo).astimezone(UTC)


def _month(word: str) -> int:
    return next(n for n, pattern in enumerate(_NUMBERS, 1) if pattern.fullmatch(word))


def _day(day: str, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year), month, int(day))
    return min(
        (
            date(today.year + n, month, int(day))
            for n in (-1, 0, 1)
            if _exists(today.year + n, month, day)
        ),
        key=lambda one: abs(one - today),
    )


def _exists(year: int, month: int, day: str) -> bool:
    try:
        date(year, month, int(day))
    except ValueError:
        return False
    return True


def _one_day(match: re.Match[str], today: date) -> Range:
    day = _day(match["day"], _month(match["month"]), match["year"], today)
    return day, day + timedelta(days=1)


def _between(match: re.Match[str], today: date) -> Range:
    """«с 25 декабря по 11 января», «21–22 ноября»; the second month counts where one is missing."""
    last = _day(match["day"], _month(match["month"]), match["year"], today)
    month = match.groupdict().get("month1")
    first = _day(match["day1"], _month(month) if month else last.month, None, last)
    if first > last:
        first = first.replace(year=first.year - 1)
    return first, last + timedelta(days=1)


def _till(match: re.Match[str], today: date) -> Range:
    last = _day(match["day"], _month(match["month"]), match["year"], today)
    return min(today, last), last + timedelta(days=1)


def _in_month(match: re.Match[str], today: date) -> Range:
    month = _month(match["month"])
    first = _nearest(month, match["year"], today)
    return first, _after(first, 1)


def _in_season(match: re.Match[str], today: date) -> Range:
    start = next(n for word, n in _SEASONS.items() if match["season"].lower().startswith(word))
    year = match["year"]
    if year and start == 12:  # «зимой 2027 года» began in December before
        year = str(int(year) - 1)
    first = date(int(year), start, 1) if year else _season(start, today)
    if not year and first > today and _tells_of_past(match.string):
        first = first.replace(year=first.year - 1)
    return first, _after(first, 3)


def _tells_of_past(sentence: str) -> bool:
    """«Летом летали три компании»: verbs of the past, and none of what will be."""
    return bool(_WAS.search(sentence)) and not _WILL.search(sentence)


_WAS = re.compile(r"[а-яёіў]{2}(?:л|ла|ло|ли|лся|лась|лось|лись|ў|лі)\b|\b(?:was|were|had)\b")
_WILL = re.compile(
    r"(?:[еёую]т|[ия]т|уць|юць|ць)(?:ся|ца)?\b|план|намер|долж|обеща|собира|\b(?:will|to|plans?)\b"
)


def _season(start: int, today: date) -> date:
    """The one to come, or the one that is on; a past season is told with a year."""
    year = today.year - (start == 12 and today.month < 3)
    first = date(year, start, 1)
    return first if _after(first, 3) > today else date(year + 1, start, 1)


def _nearest(month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year), month, 1)
    around = (date(today.year + n, month, 1) for n in (-1, 0, 1))
    return min(around, key=lambda one: abs(one - today.replace(day=1)))


def _after(first: date, months: int) -> date:
    ahead = first.month - 1 + months
    return date(first.year + ahead // 12, ahead % 12 + 1, 1)


def _till_end(match: re.Match[str], today: date) -> Range:
    """«до конца года», «до конца ноября», «к концу недели»."""
    unit = match["unit"].lower()
    if unit.startswith(("год", "the year", "year")):
        return today, date(int(match["year"] or today.year) + 1, 1, 1)
    if unit.startswith(("нед", "тыд", "the week", "week")):
        return today, today + timedelta(days=7 - today.weekday())
    if unit.startswith(("мес", "the month", "month")):
        return today, _after(today.replace(day=1), 1)
    first = _nearest(_month(match["unit"]), match["year"], today)
    return min(today, first), _after(first, 1)


def _year(match: re.Match[str], today: date) -> Range:
    year = today.year + 1 if match["next"] else int(match["year"])
    if year <= today.year and not match["next"]:
        raise ValueError("a year that is no plan")
    return date(year, 1, 1), date(year + 1, 1, 1)


def _quarter(match: re.Match[str], today: date) -> Range:
    number = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(match["quarter"].lower()) or (
        ("перв", "втор", "трет", "четв").index(match["quarter"].lower()[:4]) + 1
        if not match["quarter"].isdecimal()
        else int(match["quarter"])
    )
    first = date(int(match["year"] or today.year), 3 * number - 2, 1)
    return first, _after(first, 3)


def _days_on(days: int) -> Callable[[re.Match[str], date], Range]:
    def one(_: re.Match[str], today: date) -> Range:
        day = today + timedelta(days=days)
        return day, day + timedelta(days=1)

    return one


def _next_week(_: re.Match[str], today: date) -> Range:
    monday = today + timedelta(days=7 - today.weekday())
    return monday, monday + timedelta(days=7)


def _next_month(_: re.Match[str], today: date) -> Range:
    first = _after(today.replace(day=1), 1)
    return first, _after(first, 1)


def _dotted(match: re.Match[str], today: date) -> Range:
    year = match["year"]
    day = _day(match["day"], int(match["month"]), f"20{year[-2:]}" if year else None, today)
    return day, day + timedelta(days=1)


_DAY = r"(?P<day>[0-3]?\d)(?:-?(?:го|е|га))?"
_DAY1 = r"(?P<day1>[0-3]?\d)(?:-?(?:го|е|га))?"
_END = r"(?![\w])"
_HINTS = """
янв студз jan фев лют feb март сакав march mar апр красав apr мая мае май трав траў may июн чэрв
june июл ліп july авг жні aug сент верас sept окт кастр oct нояб лістап nov дек снеж dec
"""
_MONTHS_SAID = tuple(_HINTS.split())
_ENDS = ("кон", "кан", "end")
_SEASONS_SAID = (*_SEASONS, "зім")
_YEARS = ("год", "year", " 20")
_NEXT = ("следующ", "будущ", "наступн", "next")
_TOMORROW = ("завтра", "заўтра", "tomorrow")
_RULES = tuple(
    _Rule(re.compile(pattern), hints, told)
    for pattern, hints, told in (
        (
            rf"\b(?:с|со|з|from|between) {_DAY1}(?:\s(?P<month1>{_MONTH}))? (?:по|до|да|to|and) "
            rf"{_DAY}\s(?P<month>{_MONTH}){_END}{_YEAR}",
            _MONTHS_SAID, _between,
        ),
        (
            rf"\b{_DAY1}(?:\s?[-–—]\s?| и | да | і | and ){_DAY}\s(?P<month>{_MONTH})"
            rf"{_END}{_YEAR}",
            _MONTHS_SAID, _between,
        ),
        (rf"\b(?:до|да|к|until|by) {_DAY}\s(?P<month>{_MONTH}){_END}{_YEAR}", _MONTHS_SAID, _till),
        (rf"\b{_DAY}\s(?P<month>{_MONTH}){_END}{_YEAR}", _MONTHS_SAID, _one_day),
        (
            rf"\b(?P<month>{_ENGLISH})\s(?P<day>[0-3]?\d)(?:,?\s(?P<year>20\d\d))?(?!\d)",
            _MONTHS_SAID,
            _one_day,
        ),
        (
            r"(?<![\d.,])(?P<day>[0-3]?\d)\.(?P<month>[01]\d)\.(?P<year>(?:20)?\d\d)(?!\.?\d)",
            (".",), _dotted,
        ),
        (
            r"\b(?:до|к|да|by|until|till) (?:конца|концу|канца|the end of) "
            rf"(?P<unit>(?:the )?(?:year|month|week)|год[ау]?|недел[иь]|тыдня|месяц[ау]?|{_MONTH})"
            rf"{_END}{_YEAR}",
            _ENDS, _till_end,
        ),
        (
            r"\b(?:до|к|да|by) (?:конца|концу|канца|the end of) (?P<unit>год|)(?P<year>20\d\d)"
            r"(?:-го)?(?: года)?",
            _ENDS, lambda match, today: (today, date(int(match["year"]) + 1, 1, 1)),
        ),
        (
            r"\b(?:в|во|у|ў|in|с|к|до) (?:конце |начале |середине |early |late |mid-)?"
            rf"(?P<month>{_MONTH}){_END}{_YEAR}",
            _MONTHS_SAID, _in_month,
        ),
        (
            r"\b(?:(?:следующ\w+|будущ\w+|наступн\w+|next|in|this) )?(?:the )?"
            r"(?P<season>зимой|весной|летом|осенью|зім[ао]й|вясной|летам|увосень|восенню|"
            r"(?<=к )весне|(?<=к )лету|(?<=к )осени|(?<=к )зиме|winter|spring|summer|autumn)"
            rf"{_END}{_YEAR}",
            _SEASONS_SAID, _in_season,
        ),
        (
            r"\b(?P<quarter>i{1,3}|iv|[1-4]|перв\w+|втор\w+|треть\w+|четв[её]рт\w+)(?:-[а-я]+)? "
            rf"квартал\w*{_YEAR}",
            ("квартал",), _quarter,
        ),
        (
            r"\b(?:в|у|ў|к|in|by) (?:(?P<next>следующем|будущем|наступным|next) "
            r"(?:году|годзе|year)|"
            r"(?P<year>20\d\d)(?:-м|-му)?(?: году| годзе|(?![\d])))",
            _YEARS, _year,
        ),
        (r"\bна (?:следующей|будущей|наступным) (?:неделе|тыдні)|\bnext week", _NEXT, _next_week),
        (r"\b[ву] (?:следующем|будущем|наступным) месяц[еы]|\bnext month", _NEXT, _next_month),
        (r"\b(?:послезавтра|паслязаўтра)", _TOMORROW, _days_on(2)),
        (r"\b(?:завтра|заўтра|tomorrow)(?!шн)", _TOMORROW, _days_on(1)),
    )
)  # fmt: skip
