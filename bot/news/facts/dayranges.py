"""Ranges of days that words of time name, each [since, until) from the day of publication.

A day without a year is the one nearest to that day. None stands for an open end: «с 1 декабря».
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.news.times.coming import tells_of_future

MONTHS = (
    r"янв(?:\.|ар[яьею])|студз[а-яё]+|jan(?:uary|\.)?",
    r"фев(?:р\.|рал[яьею])|лют(?:ага|ым|ы)|feb(?:ruary|\.)?",
    r"март[ае]?|сакав[іи]к[а-яё]*|march|mar\.",
    r"апр(?:\.|ел[яьею])|красав[іи]к[а-яё]*|apr(?:il|\.)?",
    r"ма[яйе]|тра[вў]н[а-яёіь]*|травень|may",
    r"июн[яьею]|чэрвен[а-яёіь]*|june?",
    r"июл[яьею]|л[іи]пен[а-яёіь]*|july?",
    r"авг(?:\.|уст[ае]?)|жні[а-яёіўь]+|aug(?:ust|\.)?",
    r"сент(?:\.|ябр[яьею])|верас[а-яёіь]+|sept?(?:ember|\.)?",
    r"окт(?:\.|ябр[яьею])|кастрычн[іи]к[а-яё]*|oct(?:ober|\.)?",
    r"нояб(?:\.|р[яьею])|лістапад[а-яё]*|nov(?:ember|\.)?",
    r"дек(?:\.|абр[яьею])|снеж(?:ань|ня|ні)|dec(?:ember|\.)?",
)
_NUMBERS = tuple(re.compile(pattern, re.I) for pattern in MONTHS)
SEASONS = {"зим": 12, "весн": 3, "лет": 6, "осен": 9, "зім": 12, "вясн": 3, "восен": 9,
            "увосен": 9, "winter": 12, "spring": 3, "summer": 6, "autumn": 9}  # fmt: skip

NEARLY_OVER = timedelta(days=14)

Range = tuple[date | None, date | None]  # None: open to that side


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


def one_day(match: re.Match[str], today: date) -> Range:
    """«1 декабря»; without an end where the match is `open`: «с 1 декабря»."""
    day = _day(match["day"], _month(match["month"]), match["year"], today)
    return day, None if match["open"] else day + timedelta(days=1)


def between(match: re.Match[str], today: date) -> Range:
    """«с 25 декабря по 11 января», «21–22 ноября»; the second month counts where one is missing."""
    last = _day(match["day"], _month(match["month"]), match["year"], today)
    month = match.groupdict().get("month1")
    first = _day(match["day1"], _month(month) if month else last.month, None, last)
    if first > last:
        first = first.replace(year=first.year - 1)
    return first, last + timedelta(days=1)


def till(match: re.Match[str], today: date) -> Range:
    last = _day(match["day"], _month(match["month"]), match["year"], today)
    return min(today, last), last + timedelta(days=1)


def in_month(match: re.Match[str], today: date) -> Range:
    month = _month(match["month"])
    first = _nearest(month, match["year"], today)
    if not match["year"] and first > today and _tells_of_past(match.string):
        first = first.replace(year=first.year - 1)
    return first, _after(first, 1)


def in_season(match: re.Match[str], today: date) -> Range:
    start = _begins(match["season"])
    year = match["year"]
    if year and start == 12:  # «зимой 2027 года» began in December before
        year = str(int(year) - 1)
    first = date(int(year), start, 1) if year else _season(start, today)
    said_next = match.groupdict().get("next")
    if said_next and not year and first <= today:  # «к следующей осени», said in autumn
        return first.replace(year=first.year + 1), _after(first, 15)
    if not year and first > today and _tells_of_past(match.string):
        first = first.replace(year=first.year - 1)
    if not year and _is_nearly_over(first, today) and _promises(match):
        first = first.replace(year=first.year + 1)
    return first, _after(first, 3)


def _is_nearly_over(first: date, today: date) -> bool:
    """Whether «осенью», said of what will be at the end of November, is the next one."""
    return first <= today and _after(first, 3) - today <= NEARLY_OVER


def _promises(match: re.Match[str]) -> bool:
    """«Обещает показать осенью»; not «этой осенью»."""
    this = match[0].lower().startswith("this") or _THIS.search(match.string[: match.start()])
    return not this and bool(_PROMISED.search(match.string))


def _begins(season: str) -> int:
    """The month that a season begins with."""
    return next(n for word, n in SEASONS.items() if season.lower().startswith(word))


def _tells_of_past(sentence: str) -> bool:
    """«Летом летали три компании»: verbs of the past, and none of what will be."""
    return bool(_WAS.search(sentence)) and not _WILL.search(sentence)


_WAS = re.compile(r"[а-яёіў]{2}(?:л|ла|ло|ли|лся|лась|лось|лись|ў|лі)\b|\b(?:was|were|had)\b")
_WILL = re.compile(
    r"(?:[еёую]т|[ия]т|уць|юць|ць)(?:ся|ца)?\b|план|намер|долж|обеща|собира|\b(?:will|to|plans?)\b"
)

_THIS = re.compile(r"\b(?:эт|нынешн|гэт|this)\w* $", re.I)
_PROMISED = re.compile(
    r"\b(?:обеща|планир|намер|собира|начн|начат|буд[еуз]|абяца|плану|збіра|will\b|plans?\b|promis)",
    re.I,
)


def _announces(sentence: str) -> bool:
    return bool(_BEGINS.search(sentence)) or tells_of_future(sentence)


_BEGINS = re.compile(
    r"(?:начина|ввод|открыва|запуска|возобновля|пачына|адкрыва|аднаўля)\w*[тць]\b|\bстартуе"
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


def till_month(match: re.Match[str], today: date) -> Range:
    """«до января»: until it begins."""
    return today, _ahead(_nearest(_month(match["month"]), match["year"], today), today)


def from_month(match: re.Match[str], today: date) -> Range:
    """«с января»; «с ноября по март»."""
    first = _nearest(_month(match["month"]), match["year"], today)
    if not match["last"]:
        return first, None
    return first, _after(first, (_month(match["last"]) - first.month) % 12 + 1)


def beside_season(match: re.Match[str], today: date) -> Range:
    """«с весны»; «закрыли до весны», until it begins, whatever tense the verb has.

    «С лета работает» tells of the last one, «с лета начинает» and «заработает» of the next.
    """
    if match["side"] in ("с", "з"):
        since = in_season(match, today)[0]
        begun = since and since > today and not match["year"] and not _announces(match.string)
        return since.replace(year=since.year - 1) if since and begun else since, None
    start = _begins(match["season"])
    first = date(int(match["year"]), start, 1) if match["year"] else _season(start, today)
    return today, _ahead(first, today)


def _ahead(day: date, today: date) -> date:
    if day <= today:
        raise ValueError("a time that is no longer to come")
    return day


def till_end(match: re.Match[str], today: date) -> Range:
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


def year(match: re.Match[str], today: date) -> Range:
    year = today.year + 1 if match["next"] else int(match["year"])
    if year <= today.year and not match["next"]:
        raise ValueError("a year that is no plan")
    return date(year, 1, 1), date(year + 1, 1, 1)


def quarter(match: re.Match[str], today: date) -> Range:
    number = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(match["quarter"].lower()) or (
        ("перв", "втор", "трет", "четв").index(match["quarter"].lower()[:4]) + 1
        if not match["quarter"].isdecimal()
        else int(match["quarter"])
    )
    first = date(int(match["year"] or today.year), 3 * number - 2, 1)
    return first, _after(first, 3)


def days_on(days: int) -> Callable[[re.Match[str], date], Range]:
    def one(_: re.Match[str], today: date) -> Range:
        day = today + timedelta(days=days)
        return day, day + timedelta(days=1)

    return one


def next_week(_: re.Match[str], today: date) -> Range:
    monday = today + timedelta(days=7 - today.weekday())
    return monday, monday + timedelta(days=7)


def next_month(_: re.Match[str], today: date) -> Range:
    first = _after(today.replace(day=1), 1)
    return first, _after(first, 1)


def dotted(match: re.Match[str], today: date) -> Range:
    year = match["year"]
    day = _day(match["day"], int(match["month"]), f"20{year[-2:]}" if year else None, today)
    return day, day + timedelta(days=1)
