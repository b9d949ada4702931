"""What a question wants to hear, and whether a sentence says such a thing.

«Сколько» wants a number, «почём» a price, «когда» a time, «где» a place, «кто» a person: see
wishes.toml. The words that only wish (цена, счёт, причина …) are no subject: an answer may well do
without them.
"""

import re
import tomllib
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple


class Wish(StrEnum):
    PRICE = "price"
    HOUR = "hour"
    WEIGHT = "weight"
    LENGTH = "length"
    LASTING = "lasting"
    PEOPLE = "people"
    CHANGE = "change"
    AMOUNT = "amount"
    TIME = "time"
    UNTIL = "until"
    PLACE = "place"
    PERSON = "person"
    CAUSE = "cause"
    SCORE = "score"
    DAYS = "days"
    TERM = "term"
    HARM = "harm"


FIGURES = frozenset({Wish.PRICE, Wish.WEIGHT, Wish.PEOPLE, Wish.CHANGE, Wish.AMOUNT, Wish.TERM})


class _Rule(NamedTuple):
    asked: re.Pattern[str]
    holds: re.Pattern[str]
    without: re.Pattern[str] | None  # what is taken out of a sentence before it is looked at
    number: bool


_MONTH = (
    r"(?:январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентябр|октябр|ноябр|декабр|студзен|лют|"
    r"сакавік|красавік|тра[вў]|чэрвен|ліпен|жні[вў]|верас|кастрычнік|лістапад|снежн|january|february|"
    r"march|april|may|june|july|august|september|october|november|december)\w{0,3}"
)


@lru_cache(maxsize=256)
def wishes(question: str) -> frozenset[Wish]:
    """What is wished for; who asks «насколько подорожал» wants neither a price nor any number."""
    found = {wish for wish, rule in _rules().items() if rule.asked.search(question)}
    if any(_rules()[wish].number for wish in found):
        found.discard(Wish.AMOUNT)
    if Wish.CHANGE in found:
        found.discard(Wish.PRICE)
    return frozenset(found)


def wishing(question: str) -> list[str]:
    """The pieces of a question that only say what is wished for."""
    return [match[0] for rule in _rules().values() for match in rule.asked.finditer(question)]


def holds(wish: Wish, sentence: str) -> bool:
    """Whether the sentence says a thing of that kind."""
    rule = _rules()[wish]
    said = rule.without.sub(" ", sentence) if rule.without else sentence
    return bool(rule.holds.search(said))


@cache
def _rules() -> dict[Wish, _Rule]:
    text = files(__package__).joinpath("wishes.toml").read_text(encoding="utf-8")
    return {Wish(name): _rule(table) for name, table in tomllib.loads(text).items()}


def _rule(table: dict[str, Any]) -> _Rule:
    flags = re.NOFLAG if table.get("cased") else re.IGNORECASE
    asked = "|".join(table["asked"])
    without = table.get("without")
    return _Rule(
        asked=re.compile(rf"(?<!\w)(?:{asked})(?!\w)", re.IGNORECASE),
        holds=_any(table["holds"], flags),
        without=_any(without, flags) if without else None,
        number=table.get("number", False),
    )


def _any(patterns: Sequence[str], flags: re.RegexFlag) -> re.Pattern[str]:
    return re.compile("|".join(patterns).replace("MONTH", _MONTH), flags)
