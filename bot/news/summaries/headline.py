"""Which of several headlines to print: the one that says most, that others bear out, unshouted.

All by hand, on 26 stories of the gold set's tune half: too few to fit anything to.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from sys import intern

from bot.news.words import stopwords
from bot.news.words.morphology import words

STEM = 5  # letters of a word that are compared: no dictionary, and any of our languages
SHARED = 1.5  # all of its words are in every other account
TELLING = 1.2  # has as many words that mean something as count
FACTS = 0.8  # has as many numbers and names as count
MOST_WORDS, MOST_FACTS = 7, 3
SHORT, LONG = 25, 110  # characters of a headline that reads well
SHOUTS = 1.0  # for each way in which it does
CHATTY = 0.8
REMEMBERED = 2_048  # texts

_LOUD_WORD = re.compile(r"\b[A-ZА-ЯЁЎІ]{5,}\b")
_LOUD = re.compile(r"!|\?!|[\u2600-\u27bf\U0001f300-\U0001faff]")
_ASKS = re.compile(r"\?|…|\.\.\.")
_QUOTE = re.compile(r"\s*[«“\"„][^»”\"]+[»”\"“]\s*:")
_BAIT = re.compile(
    r"\b(?:шок|шокиру\w+|сенсаци\w+|срочно|внимание|молни[яи]|вы не поверите|"
    r"вот (?:что|как|почему)|"
    r"стало известно|назван[аыо]?|раскры\w+ секрет|узнали|рассказали,? (?:как|что|почему)|"
    r"как оказалось|жесть|увага|тэрмінова|стала вядома|breaking|shock\w*|you won't believe)\b"
    r"|: (?:чем|как|что|почему|зачем|кто|где|куда|когда|сколько|чаму|хто|дзе|why|how|what|who)\b"
)
_TALK = re.compile(
    r"\b(?:мы|нас|нам|наш\w*|вы|вас|вам|ваш\w*|we|our|you|your)\b"
    r"|^(?:он|она|они|это|ён|яна|яны|гэта|he|she|they|it|this)\b"
)
_CORRECTION = re.compile(
    r"\b(?:уточнени[ея]|уточн[её]нн\w+|исправлен\w+|поправка|опровержение|удакладненн[ея]|папраўка|"
    r"correction|corrected)\b"
)
_UPDATE = re.compile(  # «Число пострадавших возросло до 31»
    r"\b(?:числ[оа]|количество|колькасць|toll|number)\b.{3,80}"
    r"\b(?:возросл|выросл|увеличил|достигл|узрасл|вырасл|павялічыл|rise|climb|reach|grow)"
)
_NAME = re.compile(r"(?: |^[«\"“])[«\"“]?[A-ZА-ЯЁЎІЄЇ]")


@lru_cache(maxsize=REMEMBERED)  # a story's accounts are weighed anew with each that joins it
def stems(text: str) -> frozenset[str]:
    """The words of a text by their beginnings; numbers whole."""
    said = set(words(text)) - stopwords.ALL
    return frozenset(
        [
            intern(word if number else word[:STEM])
            for word in said
            if (number := word[0].isdigit()) or len(word) > 2
        ]
    )


def worth(title: str, accounts: Collection[frozenset[str]]) -> float:
    """How good a headline is; `accounts` are the stems of what the others tell of the event."""
    return SHARED * borne_out(stems(title), accounts) + _merit(title)


@lru_cache(maxsize=REMEMBERED)
def _merit(title: str) -> float:
    """What is good and bad about it, whoever bears it out."""
    own = stems(title)
    figures = sum([word[0].isdigit() for word in own]) + len(_NAME.findall(title))
    return (
        TELLING * min(len(own), MOST_WORDS) / MOST_WORDS
        + FACTS * min(figures, MOST_FACTS) / MOST_FACTS
        - SHOUTS * loudness(title)
        - CHATTY * bool(_TALK.search(title.lower()))
        - min(1.0, max(0, len(title) - LONG) / 50)
        - (len(title) < SHORT)
    )


def borne_out(own: frozenset[str], accounts: Collection[frozenset[str]]) -> float:
    """The share of these stems that other accounts have too, on average; 0 if there are none."""
    if not own or not accounts:
        return 0.0
    return sum([len(own & account) for account in accounts]) / len(own) / len(accounts)


def loudness(title: str) -> int:
    """In how many ways it shouts, teases or lets somebody speak; more for all capitals."""
    low = title.lower()
    letters = [sign for sign in title if sign.isalpha()]
    capitals = sum([sign.isupper() for sign in letters]) > 0.5 * max(10, len(letters))
    loud = bool(_LOUD.search(title)) + len(_LOUD_WORD.findall(title)) // 2 + 2 * capitals
    return loud + sum([bool(p.search(low)) for p in (_ASKS, _BAIT)]) + bool(_QUOTE.match(title))


def updates(title: str) -> bool:
    """Whether it says what a number has grown to, so that what was told before is too little."""
    return bool(_UPDATE.search(title.lower()))


def corrects(title: str) -> bool:
    """Whether it says that what was said before is not so."""
    return bool(_CORRECTION.search(title.lower()))
