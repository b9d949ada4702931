"""What «/subscribe торговля, БелАЗ по воскресеньям 10:00» asks for: words into a wish."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.news.times.schedule import parse_time
from bot.news.topics.scores import Topics
from bot.telegram.subscriptions.subscribing import EVERY_DAY, WORKDAYS
from storage.models import Interest

WORDS_IN_A_TITLE = 4
MOST_TIMES = 12  # of day
LONGEST = 400  # characters that are read
ALL = frozenset(("все", "всё", "усе", "ўсе", "all", "*"))  # said instead of topics
AT_ONCE = frozenset(("сразу", "срочно", "адразу", "тэрмінова", "instantly", "instant", "alerts"))

# «рейсы в 8 и в 19», "trade at 8 and 19", «по воскресеньям», «каждый день»
LINKING = frozenset((
    "и", "в", "о", "про", "на", "по", "і", "у", "ў", "пра", "па", "and", "at", "on", "about",
    "каждый", "каждое", "каждую", "кожны", "кожную", "every", "день", "дзень", "day",
))  # fmt: skip

_DAYS = (
    (EVERY_DAY, r"ежедневно|штодня|штодзень|daily|everyday"),
    (WORKDAYS, r"будни|будням|будние|буднях|буднi|будні|weekdays?|workdays?"),
    ((6, 7), r"выходны[емх]|выходным|weekends?"),
    ((7,), r"еженедельно|штотыдзень|штотыднёва|weekly"),
    ((1,), r"пн|понедельник(?:ам|и)?|панядзел(?:ак|кам|кі|ках)|mon(?:days?)?"),
    ((2,), r"вт|вторник(?:ам|и)?|аўтор(?:ак|кам|кі|ках)|tue(?:sdays?)?"),
    ((3,), r"ср|сред[ауы]|средам|серад[ауы]|серадах|wed(?:nesdays?)?"),
    ((4,), r"чт|четверг(?:ам|и)?|чацвер|чацвяргах|чацвяргам|thu(?:rsdays?)?"),
    ((5,), r"пт|пятниц[ауы]|пятницам|пятніц[ауы]|пятніцах|fri(?:days?)?"),
    ((6,), r"сб|суббот[ауы]|субботам|субот[ауы]|суботах|sat(?:urdays?)?"),
    ((7,), r"вс|воскресенье|воскресенья|воскресеньям|нд|нядзел[яюі]|нядзелях|sun(?:days?)?"),
)
DAYS = [(days, re.compile(pattern, re.I)) for days, pattern in _DAYS]
PARTING = ALL | AT_ONCE | LINKING | {","}
A_TIME = re.compile(r"\d+(?:[:.]\d*)?")  # what was meant as one


@dataclass(frozen=True, slots=True)
class Wish:
    """`unknown` words stand as they were typed: perhaps names or words to follow."""

    topics: tuple[str, ...] = ()
    minutes: tuple[int, ...] = ()
    days: tuple[int, ...] = ()  # none named: every day
    instant: bool = False
    follows: tuple[Interest, ...] = ()
    unknown: tuple[str, ...] = ()


def read_wish(words: str, topics: Topics) -> Wish:
    """Topics by slug or title, of several words too, times and days, in any order."""
    left, said = words[:LONGEST].replace(",", " , ").split(), _Said()
    while left:
        slug, taken = _longest_topic(left, topics)
        if slug is None:
            said.take(left[0])
        else:
            said.topics.append(slug)
            said.part()
        del left[:taken]
    return said.wish()


def days_of(word: str) -> tuple[int, ...]:
    """The ISO weekdays that a word names; () if it names none."""
    return next((days for days, pattern in DAYS if pattern.fullmatch(word)), ())


@dataclass(slots=True)
class _Said:
    """What was understood so far; words that were not stay together while nothing parts them."""

    topics: list[str] = field(default_factory=list)
    minutes: set[int] = field(default_factory=set)
    days: set[int] = field(default_factory=set)
    instant: bool = False
    unknown: list[list[str]] = field(default_factory=lambda: [[]])

    def take(self, word: str) -> None:
        minute, days, plain = parse_time(word), days_of(word), word.casefold()
        parts = plain in PARTING or A_TIME.fullmatch(word) is not None
        if minute is None and not days and not parts:
            self.unknown[-1].append(word)
            return
        self.part()
        self.days.update(days)
        if minute is not None:
            self.minutes.add(minute)
        elif plain in AT_ONCE:
            self.instant = True
        elif A_TIME.fullmatch(word):
            self.unknown[-1].append(word)
            self.part()

    def part(self) -> None:
        self.unknown.append([])

    def wish(self) -> Wish:
        return Wish(
            topics=tuple(dict.fromkeys(self.topics)),
            minutes=tuple(sorted(self.minutes)),
            days=tuple(sorted(self.days)),
            instant=self.instant,
            unknown=tuple(" ".join(some) for some in self.unknown if some),
        )


def _longest_topic(words: Sequence[str], topics: Topics) -> tuple[str | None, int]:
    """The topic that the most of the first words name, and how many they are (at least one)."""
    for count in range(min(WORDS_IN_A_TITLE, len(words)), 0, -1):
        if (slug := topics.find(" ".join(words[:count]))) is not None:
            return slug, count
    return None, 1
