"""What a sentence is worth in a summary: how much of the news it tells, and how it tells it.

The weights were fitted by a logistic regression of «an editor chose it» to the 93 summaries of the
gold set's tune half (short regional news, two sentences each) and rounded; those of what leans,
speaks and lists were too rare there to fit, and are set by hand, as all that has to do with parts.
How central a sentence is (TextRank) was tried beside them, and said nothing more.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.news.sentences import is_chatty, is_listed

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


class Candidate(NamedTuple):
    """A sentence that may be chosen, and where it stood."""

    text: str
    words: frozenset[str]  # lemmas that mean something
    part: int  # how many headings are before it
    in_part: int  # its paragraph's number in that part
    opens: bool  # begins its paragraph
    speech: bool  # is somebody's words
    unsaid: bool  # and does not tell whose
    leans: bool  # on the one before it


def worth(one: Candidate, title: frozenset[str], theme: frozenset[str]) -> float:
    """What a sentence is worth by itself; that it leans is left to whoever chooses."""
    return (
        TITLE * _covered(title, one.words)
        + THEME * _covered(theme, one.words)
        + PLACE / (1 + one.part / 2 + one.in_part)
        + OPENS * one.opens
        + FACTS * _share(facts(one.words), MOST_FACTS)
        + NAMES * _share(len(_NAME.findall(one.text)), MOST_NAMES)
        + FULL * _share(len(one.words), MOST_WORDS)
        - _manner(one)
    )


def facts(words: frozenset[str]) -> int:
    """How many of the words are numbers."""
    return len(words & _NUMBERS) + sum([word[0].isdigit() for word in words])


def words_alone(words: frozenset[str]) -> frozenset[str]:
    """The words that are no numbers."""
    return frozenset([word for word in words - _NUMBERS if not word[0].isdigit()])


def bare(one: Candidate, persons: Sequence[tuple[str, str]]) -> bool:
    """Whether it has a surname without the first name; `persons` are such pairs of lemmas."""
    return any(last in one.words and first not in one.words for first, last in persons)


def _manner(one: Candidate) -> float:
    lost = CHATTY * is_chatty(one.text) + LISTED * is_listed(one.text)
    lost += UNATTRIBUTED if one.unsaid else SPOKEN * one.speech
    return lost + TOO_LONG * min(1.0, max(0, len(one.text) - LONG) / LONG)


def _covered(theme: frozenset[str], words: frozenset[str]) -> float:
    """How much of a title or heading a sentence takes up."""
    return len(theme & words) / len(theme) if theme else 0.0


def _share(count: int, most: int) -> float:
    return min(count, most) / most
