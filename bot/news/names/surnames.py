"""A surname alone: «губернатор Цивилев», «по словам Лукашенко», where nobody is named in full."""

from functools import lru_cache

from bot.news.names.families import in_nominative, looks_like_one
from bot.news.names.given import role
from bot.news.words.capitals import Said
from bot.news.words.morphology import known_readings, parses

_OF_A_PLACE = tuple(
    stem + end
    for stem in ("ск", "цк")
    for end in ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими")
)
LEAST = 0.5  # how much of what a word may be is a surname


def surname(words: Said, at: int) -> str | None:
    """The surname that a word behind a space is, in the nominative: by who one is, or a verb."""
    word = words.texts[at]
    if not _may_be_one(word):
        return None
    if at + 1 < len(words) and words.gaps[at + 1] == " " and words.capitals[at + 1]:
        return None  # a name of two words that nobody knows
    before = words.texts[at - 1]
    case = None if words.capitals[at - 1] else role(before, "ru")
    if case is not None and not describes(words, at):
        return in_nominative(word, case)
    if not _is_surname(word):
        return None
    if before == "словам":
        return in_nominative(word, "gent")
    after = words.texts[at + 1] if at + 1 < len(words) and words.gaps[at + 1] == " " else ""
    subject = _may_be_subject(word) and (_acts(before) or _acts(after))
    return word if subject and not _is_preposition(before) else None


@lru_cache(maxsize=8192)
def _may_be_one(word: str) -> bool:
    return len(word) >= 4 and word[1:].islower() and looks_like_one(word)


def describes(words: Said, at: int) -> bool:
    """Whether it is an adjective of the word behind it: «председатель Минского облисполкома»."""
    if not words.texts[at].endswith(_OF_A_PLACE) or at + 1 >= len(words):
        return False
    after = at + 1
    return (
        words.gaps[after] == " "
        and not words.capitals[after]
        and _is_described(words.texts[after], words.texts[at])
    )


@lru_cache(maxsize=4096)
def _is_described(noun: str, adjective: str) -> bool:
    cases = {one.tag.case for one in parses(adjective) if one.tag.POS == "ADJF"}
    return any(one.tag.case in cases for one in parses(noun)[:3] if one.tag.POS in ("NOUN", "ADJF"))


@lru_cache(maxsize=4096)
def _is_preposition(word: str) -> bool:
    return bool(parses(word)[0].tag.POS == "PREP")


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
