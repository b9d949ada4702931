"""Places of an adjective and a noun: «Чебулинский округ», «Красное озеро», «Мядзельскі раён»."""

import re
from functools import lru_cache
from typing import NamedTuple

from bot.news.words.agreement import agreeing, reading
from bot.news.words.capitals import Said
from bot.news.words.morphology import normal_form, parses


class Place(NamedTuple):
    """Words first to last (without it) name a place."""

    first: int
    last: int
    name: str


_BEHIND = {  # nouns that an adjective with a capital makes a place of, and their endings of it
    "район": "ий", "округ": "ий", "край": "ий", "мост": "ий", "хребет": "ий", "кряж": "ий",
    "область": "ая", "республика": "ая", "море": "ое", "озеро": "ое", "водохранилище": "ое",
    "остров": "ий", "сельсовет": "ий",
}  # fmt: skip
_BY_START = {noun[:4]: noun for noun in _BEHIND}
_WATERS = frozenset(["озеро", "море", "водохранилище", "остров", "хребет", "болото", "ущелье"])
_ENDINGS = {
    "ий": ("ий", "ого", "ому", "им", "ом"),
    "ая": ("ая", "ой", "ую"),
    "ое": ("ое", "ого", "ому", "им", "ом"),
}
_BELARUSIAN = (  # of the adjective and the noun, and how both end in the nominative
    (re.compile(r"(\w+[сц]к)(?:і|ага|аму|ім)"), re.compile(r"раён(?:а|у|е|ам|)"), "і раён"),
    (re.compile(r"(\w+[сц]к)(?:ая|ай|ую)"), re.compile(r"вобласц(?:ь|і|ю)"), "ая вобласць"),
    (re.compile(r"(\w+[сц]к)(?:ае|ага|аму|ім)"), re.compile(r"возер(?:а|у|ы|ам)"), "ае возера"),
    (re.compile(r"(\w+[сц]к)(?:і|ага|аму|ім)"), re.compile(r"мос(?:т|ту|це|там)"), "і мост"),
    (re.compile(r"(\w+[сц]к)(?:і|ага|аму|ім)"), re.compile(r"сельсаве\w{1,3}"), "і сельсавет"),
)


def district(words: Said, at: int, language: str | None) -> Place | None:
    """«в Ижморском и Чебулинском округах», «на Кировском мосту», «на Красном озере»."""
    if language == "be":
        return _belarusian(words, at)
    if language == "en":
        return None
    stem = adjective(words.texts[at])
    if stem is None:
        return _water(words, at)
    end = at + 1
    if _joined(words, end) and words.texts[end] == "и" and _joined(words, end + 1):
        end += 2 if adjective(words.texts[end + 1]) else 0
    if not _joined(words, end) or words.capitals[end]:
        return None
    noun = _noun(words.texts[end].lower())
    if noun is None:
        return None
    last = end + 1 if end == at + 1 else at + 1
    return Place(at, last, f"{stem}{_BEHIND[noun]} {noun}")


def may_follow(word: str) -> bool:
    """Whether a word may be one of the nouns that make a place of the adjective before it."""
    return word[:4] in _BY_START


def _water(words: Said, at: int) -> Place | None:
    """«Красного озера», but not where the sentence has the capital."""
    if not _joined(words, at + 1) or _noun(words.texts[at + 1]) not in _WATERS or words.opens(at):
        return None
    if not _describes(words.texts[at]):
        return None
    noun = reading(words.texts[at + 1], "NOUN")
    name = agreeing([words.texts[at]], noun, words.texts[at + 1])
    return Place(at, at + 2, " ".join(name))


def _belarusian(words: Said, at: int) -> Place | None:
    if not _joined(words, at + 1) or words.capitals[at + 1]:
        return None
    for adjective, noun, nominative in _BELARUSIAN:
        if noun.fullmatch(words.texts[at + 1]) and (found := adjective.fullmatch(words.texts[at])):
            return Place(at, at + 2, found[1] + nominative)
    return None


@lru_cache(maxsize=4096)
def adjective(word: str) -> str | None:
    """The stem of «Чебулинского»; None if it is no such adjective."""
    if not word[0].isupper() or len(word) < 6:
        return None
    for endings in _ENDINGS.values():
        for ending in (*endings, "их", "ие"):
            stem = word.removesuffix(ending)
            if stem != word and stem.endswith(("ск", "цк")):
                return stem
    return None


@lru_cache(maxsize=4096)
def _describes(word: str) -> bool:
    return bool(parses(word)[0].tag.POS == "ADJF")


def _noun(word: str) -> str | None:
    noun = _BY_START.get(word[:4])
    return noun if noun and normal_form(word) == noun else None


def _joined(words: Said, at: int) -> bool:
    return at < len(words) and words.gaps[at] == " "
