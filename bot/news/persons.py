"""«Имя Фамилия» in any case, brought to the nominative by the dictionary's tags (Russian only)."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from bot.news.morphology import parses

LEAST_NAME = 0.05  # how likely a word must be a given name: «роман» and «вера» are words too

_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_PAIR = re.compile(rf"\b({_WORD}) (?=({_WORD})\b(?: ({_WORD})\b)?)")


def persons(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each person is named, and the name in the nominative."""
    done = 0
    for match in _PAIR.finditer(text):
        if match.start() < done:
            continue
        given, second, third = match.groups()
        patronymic = third is not None and _is_patronymic(second)
        if name := _full_name(given, third if patronymic else second):
            done = match.end(3 if patronymic else 2)
            yield match.start(), done, name


@lru_cache(maxsize=8192)
def _full_name(given: str, family: str) -> str | None:
    """Both in the nominative, if they agree in case; None if that is nobody's name."""
    names = [one for one in parses(given) if "Name" in one.tag and one.score >= LEAST_NAME]
    families = [one for one in parses(family) if _may_be_family(one)]
    pairs = [
        (name.score * (other.score + ("Surn" in other.tag)), name, other)
        for name in names
        for other in families
        if _agree(name.tag, other.tag)
    ]
    if not pairs:
        return None
    _, name, other = max(pairs, key=lambda pair: float(pair[0]))
    gender = name.tag.gender if name.tag.gender in ("masc", "femn") else other.tag.gender
    first = _nominative(name, gender, given) or name.normal_form
    last = _nominative(other, gender, family) or family
    last = last if "ё" in family.lower() else last.replace("ё", "е")
    return f"{_capitals(first)} {_capitals(last)}"


def _may_be_family(one: Any) -> bool:
    tag = one.tag
    if "Name" in tag or "Patr" in tag or "Geox" in tag or "Orgn" in tag or "Abbr" in tag:
        return False
    return "Surn" in tag or tag.POS in ("NOUN", "ADJF")


def _agree(name: Any, family: Any) -> bool:
    """Same case, singular, no clash of genders."""
    if "plur" in family or "plur" in name:
        return False
    if "Fixd" not in family and name.case != family.case:
        return False
    genders = {name.gender, family.gender} & {"masc", "femn"}
    return len(genders) < 2 or ("Surn" not in family and family.POS == "NOUN")


def _nominative(one: Any, gender: str | None, written: str) -> str | None:
    if one.tag.case == "nomn":
        return written
    wanted = {"nomn", "sing"}
    if gender and ("Surn" in one.tag or one.tag.POS == "ADJF"):
        wanted.add(gender)
    found = one.inflect(wanted) or one.inflect({"nomn", "sing"})
    return str(found.word) if found else None


def _is_patronymic(word: str) -> bool:
    return any("Patr" in one.tag for one in parses(word))


def _capitals(name: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in name.split("-"))
