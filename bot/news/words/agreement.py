"""Russian phrases in the nominative: a noun with its adjectives, and whose or of what it is."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from bot.news.words.morphology import parses

_OF_A_PLACE = re.compile(r"(\w+(?:ск|цк))(?:ий|ого|ому|им|ом|ая|ой|ую|ое)")
_NAMED = frozenset(["имени", "им"])  # what follows is no longer what it is
_ENDINGS = {"masc": "ий", "femn": "ая", "neut": "ое"}


def agreeing(adjectives: Sequence[str], noun: Any, written: str) -> tuple[str, ...]:
    """The noun in the nominative, and its adjectives with it. `noun`: a reading of it, if any."""
    inflected = noun.inflect({"nomn"}) if noun is not None else None
    if inflected is None:
        return (*adjectives, written)
    tag = inflected.tag
    wanted = {"nomn", *filter(None, [tag.number, tag.gender if tag.number == "sing" else None])}
    found = [_with_hyphen(word, wanted) for word in adjectives]
    return (*found, str(inflected.word))


def reading(word: str, part: str) -> Any:
    """The likeliest reading of a word in the singular as that part of speech, or None."""
    return next(
        (one for one in parses(word) if part == one.tag.POS and "plur" not in one.tag), None
    )


def genitives(words: Sequence[str], most: int = 2) -> tuple[str, ...]:
    """The words that say whose or of what: «охраны объектов», «спорта и туризма»."""
    end = nouns = 0
    for at, word in enumerate(words):
        if word == "и" and end == at and at + 1 < len(words) and _is_genitive(words[at + 1]):
            nouns -= 1
            continue
        if not _is_genitive(word) or nouns >= most or word in _NAMED:
            break
        goes_on = _is_genitive("".join(words[at + 1 : at + 2]))
        if not goes_on or (_is_noun(word) and not _describes(word)):
            end, nouns = at + 1, nouns + 1
    return tuple(words[:end])


@lru_cache(maxsize=4096)
def is_dative(word: str) -> bool:
    """Whether a noun may say with what somebody is occupied: «по авиации»."""
    return any(one.tag.case == "datv" and one.tag.POS == "NOUN" for one in parses(word))


@lru_cache(maxsize=4096)
def _is_genitive(word: str) -> bool:
    readings = parses(word) if len(word) > 2 else []
    if readings and readings[0].tag.POS == "VERB":  # «больницы начал работу»
        return False
    return any(
        one.tag.case == "gent" and one.tag.POS in ("NOUN", "ADJF", "PRTF") for one in readings
    )


@lru_cache(maxsize=4096)
def _describes(word: str) -> bool:
    """«животного мира»: what may be an adjective is one before a noun."""
    return any(one.tag.POS == "ADJF" for one in parses(word))


@lru_cache(maxsize=4096)
def _is_noun(word: str) -> bool:
    return any(one.tag.POS == "NOUN" for one in parses(word))


def _with_hyphen(word: str, wanted: set[str]) -> str:
    """Of «Западно-Сибирская» the last part alone is an adjective."""
    head, hyphen, last = word.rpartition("-")
    return head + hyphen + _inflected(last, wanted)


def _inflected(word: str, wanted: set[str]) -> str:
    found = reading(word, "ADJF")
    inflected = found.inflect(wanted) if found is not None else None
    if inflected is None:
        return _by_ending(word, wanted)
    return str(inflected.word).capitalize() if word[0].isupper() else str(inflected.word)


def _by_ending(word: str, wanted: set[str]) -> str:
    """«Вороновского», which the dictionary takes for a surname."""
    ending = next((_ENDINGS[gender] for gender in wanted & _ENDINGS.keys()), None)
    found = _OF_A_PLACE.fullmatch(word)
    return found[1] + ending if found and ending else word
