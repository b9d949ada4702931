"""Days that a sentence names, and times to come: each a range [since, until) in the article's zone.

A season, a month or a year that is only hoped for («весной», «до конца года») is a range as long as
it is; «с 1 декабря» has no end. What the words come to is told by dayranges.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as midnight
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from bot.news.facts import dayranges
from bot.news.facts.dayranges import MONTHS, SEASONS, Range
from bot.news.text.reading import sentence_words
from storage.models import FactKind

_MONTH = "|".join(MONTHS)
_ENGLISH = (  # before its day; «Novgorod 2» is none
    r"jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|"
    r"sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?"
)
_YEAR = r"(?:\s(?P<year>20\d\d)(?:-?(?:го|м|му))?(?:\s?(?:года|году|г\.|годзе))?)?"
_DIGIT = re.compile(r"\d")


class _Rule(NamedTuple):
    pattern: str
    hints: frozenset[str]  # what words begin with, one of which must be there
    range: Callable[[re.Match[str], date], Range]
    of_days: bool  # reads a day's number


_compiled = cache(re.compile)  # a tenth of a second for all, of which only workers have need
Told = tuple[FactKind, datetime, datetime | None]  # (kind, since, until); None: open


def told(sentence: str, published: datetime) -> Iterator[Told]:
    """Every time that the sentence names, each of its words taken once.

    It is an event if it ends after the publication, in whose zone days begin.
    """
    said = _hinted(sentence)
    if not said:  # most sentences name no time
        return
    rest = sentence.lower()
    figured = _DIGIT.search(sentence) is not None
    for rule in _RULES:
        if rule.hints not in said or (rule.of_days and not figured):
            continue
        for match in _compiled(rule.pattern).finditer(rest):
            found = _range(rule, match, published)
            if found is not None:
                gone = "_" * len(match[0])
                rest = f"{rest[: match.start()]}{gone}{rest[match.end() :]}"
                yield found


def _hinted(sentence: str) -> set[frozenset[str]]:
    """The hints of rules that the sentence has one of."""
    words = sentence_words(sentence)
    said = set()
    if not _BEGINNINGS.keys().isdisjoint(map(_first_letters, words)):
        said = {
            hints
            for word in words
            for hint, hints in _BEGINNINGS.get(word[:3], ())
            if word.startswith(hint)
        }
    if ".0" in sentence or ".1" in sentence:
        said.add(_DOTS)
    return said


def _range(rule: _Rule, match: re.Match[str], published: datetime) -> Told | None:
    today = published.date()
    try:
        since, until = rule.range(match, today)
    except (ValueError, OverflowError):  # 31 ноября
        return None
    return _told(since or today, until, published)


def _told(since: date, until: date | None, published: datetime) -> Told:
    """What has an open end is to come if it has not begun."""
    today = published.date()
    to_come = until > today + timedelta(days=1) if until else since > today
    kind = FactKind.EVENT if to_come else FactKind.DATE
    return kind, _instant(since, published), _instant(until, published) if until else None


def _instant(day: date, published: datetime) -> datetime:
    return datetime.combine(day, midnight(), published.tzinfo).astimezone(UTC)


_DAY = r"(?P<day>[0-3]?\d)(?:-?(?:го|е|га))?"
_DAY1 = r"(?P<day1>[0-3]?\d)(?:-?(?:го|е|га))?"
_SINCE = r"(?:(?P<open>с|со|з|from|since) )?"
_END = r"(?![\w])"
_HINTS = """
янв студз jan фев лют feb март сакав march mar апр красав apr мая мае май трав траў may июн чэрв
june июл ліп july авг жні aug сент верас sept окт кастр oct нояб лістап nov дек снеж dec
"""
_MONTHS_SAID = frozenset(_HINTS.split())
_ENDS = frozenset(["кон", "кан", "end"])
_SEASONS_SAID = frozenset(SEASONS)
_YEARS = frozenset(["год", "year", *(f"20{n}" for n in range(10))])
_NEXT = frozenset(["следующ", "будущ", "наступн", "next"])
_TOMORROW = frozenset(["завтра", "послезавтра", "заўтра", "паслязаўтра", "tomorrow"])
_DOTS = frozenset([".0", ".1"])  # these begin no word
_RULES = tuple(
    _Rule(pattern, hints, told, "(?P<day>" in pattern)
    for pattern, hints, told in (
        (
            rf"\b(?:с|со|з|from|between) {_DAY1}(?:\s(?P<month1>{_MONTH}))? (?:по|до|да|to|and) "
            rf"{_DAY}\s(?P<month>{_MONTH}){_END}{_YEAR}",
            _MONTHS_SAID, dayranges.between,
        ),
        (
            rf"\b{_DAY1}(?:\s?[-–—]\s?| и | да | і | and ){_DAY}\s(?P<month>{_MONTH})"
            rf"{_END}{_YEAR}",
            _MONTHS_SAID, dayranges.between,
        ),
        (
            rf"\b(?:до|да|к|until|by) {_DAY}\s(?P<month>{_MONTH}){_END}{_YEAR}",
            _MONTHS_SAID, dayranges.till,
        ),
        (
            rf"\b{_SINCE}{_DAY}\s(?P<month>{_MONTH}){_END}{_YEAR}",
            _MONTHS_SAID, dayranges.one_day,
        ),
        (
            rf"\b{_SINCE}(?P<month>{_ENGLISH})\s(?P<day>[0-3]?\d)"
            r"(?:,?\s(?P<year>20\d\d))?(?!\d)",
            _MONTHS_SAID, dayranges.one_day,
        ),
        (
            r"(?<![\d.,])(?P<day>[0-3]?\d)\.(?P<month>[01]\d)\.(?P<year>(?:20)?\d\d)(?!\.?\d)",
            _DOTS, dayranges.dotted,
        ),
        (
            r"\b(?:до|к|да|by|until|till) (?:конца|концу|канца|the end of) "
            rf"(?P<unit>(?:the )?(?:year|month|week)|год[ау]?|недел[иь]|тыдня|месяц[ау]?|{_MONTH})"
            rf"{_END}{_YEAR}",
            _ENDS, dayranges.till_end,
        ),
        (
            r"\b(?:до|к|да|by) (?:конца|концу|канца|the end of) (?P<unit>год|)(?P<year>20\d\d)"
            r"(?:-го)?(?: года)?",
            _ENDS, lambda match, today: (today, date(int(match["year"]) + 1, 1, 1)),
        ),
        (
            rf"\b(?:с|со|з|from|since) (?P<month>{_MONTH})"
            rf"(?: (?:по|до|да|to) (?P<last>{_MONTH}))?{_END}{_YEAR}",
            _MONTHS_SAID, dayranges.from_month,
        ),
        (
            rf"\b(?:до|да|until|till) (?P<month>{_MONTH}){_END}{_YEAR}",
            _MONTHS_SAID, dayranges.till_month,
        ),
        (
            rf"\b(?P<side>с|з|до|да) (?P<season>весны|лета|осени|зимы|вясны|восені){_END}{_YEAR}",
            _SEASONS_SAID, dayranges.beside_season,
        ),
        (
            r"\b(?:намечен|назначен|заплан|планир|перен[её]с|отлож|прызнач|запланав)\w*"
            r"(?: [\w-]+){0,3} на (?:конец |начало |середину |канец |пачатак |сярэдзіну )?"
            rf"(?P<month>{_MONTH}){_END}{_YEAR}",
            _MONTHS_SAID, dayranges.in_month,
        ),
        (
            r"\b(?:в|во|у|ў|in|к) (?:конце |начале |середине |early |late |mid-)?"
            rf"(?P<month>{_MONTH}){_END}{_YEAR}",
            _MONTHS_SAID, dayranges.in_month,
        ),
        (
            r"\b(?:(?:(?P<next>следующ\w+|будущ\w+|наступн\w+|next)|in|this) )?(?:the )?"
            r"(?P<season>зимой|весной|летом|осенью|зім[ао]й|вясной|летам|увосень|восенню|"
            r"winter|spring|summer|autumn)"
            rf"{_END}{_YEAR}",
            _SEASONS_SAID, dayranges.in_season,
        ),
        (
            rf"\bк (?P<next>следующ\w+ |будущ\w+ )?(?P<season>весне|лету|осени|зиме){_END}{_YEAR}",
            _SEASONS_SAID, dayranges.in_season,
        ),
        (
            r"\b(?P<quarter>i{1,3}|iv|[1-4]|перв\w+|втор\w+|треть\w+|четв[её]рт\w+)(?:-[а-я]+)? "
            rf"квартал\w*{_YEAR}",
            frozenset(["квартал"]), dayranges.quarter,
        ),
        (
            r"\b(?:в|у|ў|к|in|by) (?:(?P<next>следующем|будущем|наступным|next) "
            r"(?:году|годзе|year)|"
            r"(?P<year>20\d\d)(?:-м|-му)?(?: году| годзе|(?![\d])))",
            _YEARS, dayranges.year,
        ),
        (
            r"\bна (?:следующей|будущей|наступным) (?:неделе|тыдні)|\bnext week",
            _NEXT, dayranges.next_week,
        ),
        (
            r"\b[ву] (?:следующем|будущем|наступным) месяц[еы]|\bnext month",
            _NEXT, dayranges.next_month,
        ),
        (r"\b(?:послезавтра|паслязаўтра)(?!\w)", _TOMORROW, dayranges.days_on(2)),
        (r"\b(?:завтра|заўтра|tomorrow)(?!\w)", _TOMORROW, dayranges.days_on(1)),
    )
)  # fmt: skip
_first_letters = itemgetter(slice(3))
_BEGINNINGS: dict[str, list[tuple[str, frozenset[str]]]] = {}  # by them
for _hints in {rule.hints for rule in _RULES}:
    for _hint in _hints:
        _BEGINNINGS.setdefault(_hint[:3], []).append((_hint, _hints))
