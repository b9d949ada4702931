"""Roundups: one text about several events. It joins no story, and no story is joined through it.

What gives it away: its paragraphs tell of different things, so that hardly two of them share a
telling word; and the title or the opening says so («пять новостей», «неделя за минуту»), or the
title is a list («Гуси, школа и поезда»), each thing in it told in a paragraph of its own.
"""

import re
from collections.abc import Sequence, Set
from functools import lru_cache
from math import comb

from bot.news.text.reading import paragraph_lemmas
from bot.news.words.commonness import ROOT_SHARE
from bot.news.words.morphology import is_stop
from bot.news.words.skeletons import root

ITEMS = 3
MANY_ITEMS = 8  # a long text about so many things is one whatever it says
READ = 14  # paragraphs
LEAST = 3  # telling words of a paragraph that is an item
ALIKE = 0.25  # of the pairs of items share a telling word, at most, in a roundup that says so
ALIKE_UNTOLD = 0.2

_TELLS = re.compile(  # matched with lower case: ignoring case is ten times as slow
    r"(?:тр[ие]|четыре|пять|шесть|семь|восемь|девять|десять|\d+) (?:\w+ )?(?:событ|истори|тем\b)|"
    r"одной строкой|вкратце|топ-\d|новост(?:ей|и|ях)\b|\bкоротко\b|дайджест|подборка|"
    r"главн(?:ое|ые|ых) (?:за|событи|новост|из|к)|главное, что|"
    r"(?:недел|ден|дня|сут|меся|год|утр|вечер)\w* (?:за|в) \w+ (?:минут|строк|абзац|факт|событ)|"
    r"(?:итоги|события|хроника|картина) (?:недели|дня|месяца|выходных|суток)|"
    r"что (?:произошло|случилось|было) (?:за|на|в|к)|обзор (?:новостей|событий|прессы)|"
    r"навін\w*|галоўнае|коратка|вынікі (?:тыдня|дня)|падзеі (?:тыдня|дня)|агляд|"
    r"in brief|(?:week|day|news|morning|evening) (?:in|at|round|digest)|round-?up|top stories|"
    r"news digest|headlines|briefing|(?:three|four|five|six|seven|ten) (?:stories|things|news)"
)
_BETWEEN = re.compile(r"[,;:.]|\s(?:и|і|and)\s")


def is_roundup(title: str, text: str, language: str | None = None) -> bool:
    """Whether the text tells of several events that have nothing to do with each other."""
    paragraphs = text.split("\n\n", READ)[:READ]
    if len(paragraphs) == 1:
        paragraphs = text.split("\n", READ)[:READ]
    if len(paragraphs) < ITEMS:
        return False
    told = bool(_TELLS.search(title.lower()) or _TELLS.search(paragraphs[0].lower()))
    parts = () if told else _BETWEEN.split(title)
    if not told and len(parts) < ITEMS and len(paragraphs) < MANY_ITEMS:
        return False
    items = _items(paragraphs, ALIKE if told else ALIKE_UNTOLD, language)
    return len(items) >= ITEMS and (
        told or len(items) >= MANY_ITEMS or _one_each(parts, items, language)
    )


def _items(paragraphs: Sequence[str], alike: float, language: str | None) -> list[Set[str]]:
    """The telling words of each item; none if more of their pairs than that have one in common."""
    items: list[Set[str]] = []
    sharing = 0
    most = alike * comb(len(paragraphs), 2)
    for one in paragraphs:
        if len(words := _telling(one, language)) >= LEAST:
            sharing += sum([not words.isdisjoint(item) for item in items])
            items.append(words)
            if sharing > most:  # as most stories soon do
                return []
    return items if sharing <= alike * comb(len(items), 2) else []


def _telling(text: str, language: str | None) -> frozenset[str]:
    """The roots of words that are not everybody's."""
    return frozenset(map(_root, paragraph_lemmas(text, language))) - {""}


@lru_cache(maxsize=16_384)
def _root(word: str) -> str:
    """The root of a lemma that tells something; of any other, nothing."""
    found = root(word) if len(word) > 2 and not is_stop(word) else ""
    return found if found.isalpha() and found not in ROOT_SHARE else ""


def _one_each(parts: Sequence[str], items: Sequence[Set[str]], language: str | None) -> bool:
    """Whether the title lists things, each of them told in a paragraph of its own."""
    places = []
    for words in filter(None, (_telling(part, language) for part in parts)):
        told_in = [n for n, item in enumerate(items) if not words.isdisjoint(item)]
        places.append(told_in[0] if len(told_in) == 1 else None)
    return len(places) >= ITEMS and None not in places and len({*places}) == len(places)
