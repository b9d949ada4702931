"""What a sentence is worth in a summary: how much of the news it tells, and how it tells it.

The weights were fitted by a logistic regression of «an editor chose it» to the 93 summaries of the
gold set's tune half (short regional news, two sentences each) and rounded; those of what leans,
speaks and lists were too rare there to fit, and are set by hand, as all that has to do with parts.
How central a sentence is (TextRank) was tried beside them, and said nothing more.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from bot.news.text.sentences import (
    dangles,
    is_attributed,
    is_chatty,
    is_listed,
    is_speech,
    points_back,
)

TITLE = 2.4  # takes up all words of the title
THEME = 1.5  # takes up all words of its part's heading
PLACE = 1.7  # stands in the first paragraph; in the second half of that, in the third a third
OPENS = 0.5  # is the first of its paragraph
FACTS = 1.5  # has as many numbers as count
NAMES = 1.0  # has as many names as count
FULL = 2.7  # has as many words that mean something as count
MOST_FACTS, MOST_NAMES, MOST_WORDS = 4, 3, 14

LONG = 220  # characters from which a sentence is too long
TOO_LONG = 2.0  # twice that
CHATTY = 0.6
SPOKEN, UNATTRIBUTED = 1.2, 5.0  # somebody's words; without whose they are
LISTED = 1.0
LEANS = 2.0  # on the sentence before it, if that is not told too
BARE = 0.4  # names somebody by surname whose full name is elsewhere

_NAME = re.compile(r" [«\"“]?[A-ZА-ЯЁЎІЄЇ]")
_SPELT = """
два две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать
четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать тридцать сорок
пятьдесят шестьдесят семьдесят восемьдесят девяносто сто двести триста четыреста пятьсот тысяча
миллион миллиард полтора дюжина десяток сотня половина треть четверть вдвое втрое процент
дзв дзве тры чатыр пяць шэсць сем восем дзевяць дзесяць сорак тысяч мильен мильярд працэнт
two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty fifty hundr
hundred thousand million billion half third twice percent
"""
_NUMBERS = frozenset(_SPELT.split())
_first = itemgetter(0)  # letter


class Candidate(NamedTuple):
    """A sentence that may be chosen, and where it stood."""

    text: str
    words: frozenset[str]  # lemmas that mean something
    part: int  # how many headings are before it
    in_part: int  # its paragraph's number in that part
    opens: bool  # begins its paragraph
    inside: bool  # somebody's words that began before it


class Manner(NamedTuple):
    """How a sentence tells what it tells."""

    costs: float
    unsaid: bool  # somebody's words, without whose they are
    leans: bool  # on the one before it


def worth(one: Candidate, title: frozenset[str], theme: frozenset[str]) -> float:
    """What a sentence is worth at most: its manner, which takes longer to tell, may cost some."""
    return (
        TITLE * _covered(title, one.words)
        + THEME * _covered(theme, one.words)
        + PLACE / (1 + one.part / 2 + one.in_part)
        + OPENS * one.opens
        + FACTS * _share(facts(one.words), MOST_FACTS)
        + NAMES * _share(len(_NAME.findall(one.text)), MOST_NAMES)
        + FULL * _share(len(one.words), MOST_WORDS)
    )


@lru_cache(maxsize=64)  # of the few that may be chosen it is asked each time one is
def manner(one: Candidate) -> Manner:
    speech = one.inside or is_speech(one.text)
    unsaid = speech and (one.inside or not is_attributed(one.text))
    costs = CHATTY * is_chatty(one.text) + LISTED * is_listed(one.text)
    costs += UNATTRIBUTED if unsaid else SPOKEN * speech
    costs += TOO_LONG * min(1.0, max(0, len(one.text) - LONG) / LONG)
    return Manner(costs, unsaid, leans=dangles(one.text) or points_back(one.text))


def facts(words: frozenset[str]) -> int:
    """How many of the words are numbers."""
    return len(words & _NUMBERS) + sum(map(str.isdigit, map(_first, words)))


def words_alone(words: frozenset[str]) -> frozenset[str]:
    """The words that are no numbers."""
    return frozenset([word for word in words - _NUMBERS if not word[0].isdigit()])


def bare(one: Candidate, persons: Sequence[tuple[str, str]]) -> bool:
    """Whether it has a surname without the first name; `persons` are such pairs of lemmas."""
    return any(last in one.words and first not in one.words for first, last in persons)


def _covered(theme: frozenset[str], words: frozenset[str]) -> float:
    """How much of a title or heading a sentence takes up."""
    return len(theme & words) / len(theme) if theme else 0.0


def _share(count: int, most: int) -> float:
    return min(count, most) / most
