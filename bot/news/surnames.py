"""A surname alone: «губернатор Цивилев», «по словам Лукашенко», where nobody is named in full."""

from collections.abc import Sequence
from functools import lru_cache

from bot.news.capitals import Word
from bot.news.families import in_nominative, looks_like_one
from bot.news.given import role
from bot.news.morphology import known_readings, parses

LEAST = 0.5  # how much of what a word may be is a surname


def surname(words: Sequence[Word], at: int) -> str | None:
    """The surname that the word is, in the nominative: behind what one is, or beside a verb."""
    word = words[at]
    if word.gap != " " or len(word.text) < 4 or not word.text[1:].islower():
        return None
    if at + 1 < len(words) and words[at + 1].gap == " " and words[at + 1].capital:
        return None  # a name of two words that nobody knows
    before = words[at - 1].text
    case = None if words[at - 1].capital else role(before, "ru")
    if case is not None and looks_like_one(word.text):
        return in_nominative(word.text, case)
    if not _is_surname(word.text):
        return None
    if before == "словам":
        return in_nominative(word.text, "gent")
    after = words[at + 1].text if at + 1 < len(words) and words[at + 1].gap == " " else ""
    subject = _may_be_subject(word.text) and (_acts(before) or _acts(after))
    return word.text if subject else None


@lru_cache(maxsize=8192)
def _is_surname(word: str) -> bool:
    known = known_readings(word)
    surnames = sum(one.score for one in known if "Surn" in one.tag)
    return surnames > LEAST and not any("Geox" in one.tag or "Name" in one.tag for one in known)


@lru_cache(maxsize=8192)
def _acts(word: str) -> bool:
    """A verb: who does is named beside it. Streets are named after people, but do nothing."""
    return len(word) > 2 and parses(word)[0].tag.POS == "VERB"


@lru_cache(maxsize=4096)
def _may_be_subject(word: str) -> bool:
    return any("Surn" in one.tag and one.tag.case == "nomn" for one in parses(word))
