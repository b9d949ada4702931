"""Places of an adjective and a noun: «Чебулинский округ», «Красное озеро», «Мядзельскі раён»."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.news.agreement import agreeing, reading
from bot.news.capitals import Word
from bot.news.morphology import parses


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


def district(words: Sequence[Word], at: int, language: str | None) -> Place | None:
    """«в Ижморском и Чебулинском округах», «на Кировском мосту», «на Красном озере»."""
    if language == "be":
        return _belarusian(words, at)
    if language == "en":
        return None
    stem = _adjective(words[at].text)
    if stem is None:
        return _water(words, at)
    end = at + 1
    if _joined(words, end) and words[end].text == "и" and _joined(words, end + 1):
        end += 2 if _adjective(words[end + 1].text) else 0
    if not _joined(words, end) or words[end].capital:
        return None
    noun = _noun(words[end].text.lower())
    if noun is None:
        return None
    last = end + 1 if end == at + 1 else at + 1
    return Place(at, last, f"{stem}{_BEHIND[noun]} {noun}")


def _water(words: Sequence[Word], at: int) -> Place | None:
    """«Красного озера», but not where the sentence has the capital."""
    if words[at].opens or not _joined(words, at + 1) or _noun(words[at + 1].text) not in _WATERS:
        return None
    if not _describes(words[at].text):
        return None
    noun = reading(words[at + 1].text, "NOUN")
    name = agreeing([words[at].text], noun, words[at + 1].text)
    return Place(at, at + 2, " ".join(name))


def _belarusian(words: Sequence[Word], at: int) -> Place | None:
    if not _joined(words, at + 1) or words[at + 1].capital:
        return None
    for adjective, noun, nominative in _BELARUSIAN:
        if noun.fullmatch(words[at + 1].text) and (found := adjective.fullmatch(words[at].text)):
            return Place(at, at + 2, found[1] + nominative)
    return None


@lru_cache(maxsize=4096)
def _adjective(word: str) -> str | None:
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


@lru_cache(maxsize=2048)
def _noun(word: str) -> str | None:
    return next((noun for noun in _BEHIND if word[:4] == noun[:4] and _lemma(word) == noun), None)


@lru_cache(maxsize=4096)
def _lemma(word: str) -> str:
    return str(parses(word)[0].normal_form)


def _joined(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].gap == " "
