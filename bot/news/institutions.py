"""Institutions named by what they are: «Гомельская областная больница», «Департамент заторов»."""

import re
from typing import Any

from bot.news.morphology import parses

_RU_NOUN = (
    r"(?:драм)?театр|музе|(?:гос|мед)?университет|институт|(?:гор|обл)?больниц|поликлиник|"
    r"филармони|консерватори|колледж|техникум|училищ|завод|комбинат|фабрик|академи|митрополи|"
    r"епархи|суд|прокуратур|таможн|цирк|библиотек|зоопарк|планетари|заповедник|бирж|диспансер|"
    r"роддом|онкоцентр|кардиоцентр|железн\w+ дорог|исправительн\w+ колони"
)
_RU_INSTITUTION = re.compile(
    r"([А-ЯЁ][а-яё]+(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ый|ым)"
    r"(?: [а-яё]+(?:ый|ий|ого|ому|им|ым|ом|ая|ой|ую|ое)){0,3})"
    rf" ((?:{_RU_NOUN})[а-яё]{{0,3}})(?![\w-])((?: [а-яё]+){{0,3}})"
)
_BE_INSTITUTION = re.compile(
    r"([А-ЯЁІЎ][а-яёіў]+(?:і|ы|ага|аму|ім|ым|ая|ай|ой|ую)"
    r"(?: [а-яёіў]+(?:і|ы|ага|аму|ім|ым|ая|ай|ой|ую)){0,3})"
    r" ((?:тэатр|музе|універсітэт|інстытут|бальніц|паліклінік|філармоні|каледж|завод|камбінат|"
    r"фабрык|суд|пракуратур|мытн|цырк|бібліятэк)[а-яёіў]{0,3})(?![\w-])"
)
_OFFICE = re.compile(
    r"((?:Министерств|Департамент|Комитет|Управлени|Агентств|Фонд|Центр|Служб)[а-яё]{0,2})"
    r"((?: [а-яё]+){1,4})"
)

_OF_A_PLACE = re.compile(r"\w+(?:ск|цк)\w{2,3}\b")

Found = tuple[int, int, str]  # where it is named, and its name in the nominative


def institution(text: str, at: int, language: str | None, *, opens: bool) -> Found | None:
    """The institution that the capital word at that character begins to name.

    Where a sentence opens, a capital makes a name only of an adjective that is made of one.
    """
    if language == "be":
        found = _BE_INSTITUTION.match(text, at)
        return _belarusian(found) if found else None
    if found := _RU_INSTITUTION.match(text, at):
        if opens and not _OF_A_PLACE.match(found[1]):
            return None
        return _institution(found)
    found = _OFFICE.match(text, at)
    return _office(found) if found else None


def _institution(match: re.Match[str]) -> Found:
    noun = _reading(match[2], "NOUN")
    name = agreeing(match[1].split(), noun, match[2])
    tail = _genitives(match[3].split())
    stop = match.start(3) + len("".join(f" {word}" for word in tail))
    return match.start(), stop, " ".join((*name, *tail))


def _office(match: re.Match[str]) -> Found | None:
    """«Департамент заторов»; a noun alone names nothing in particular."""
    words = match[2].split()
    if words[0] == "по":
        words = words[:3]
        tail = words if len(words) > 2 else []
    else:
        tail = list(_genitives(words))
    if not tail:
        return None
    (head,) = agreeing([], _reading(match[1], "NOUN"), match[1])
    stop = match.end(1) + len("".join(f" {word}" for word in tail))
    return match.start(), stop, " ".join((head.capitalize(), *tail))


def agreeing(adjectives: list[str], noun: Any, written: str) -> tuple[str, ...]:
    """The noun in the nominative, and its adjectives with it."""
    inflected = noun.inflect({"nomn"}) if noun is not None else None
    if inflected is None:
        return (*adjectives, written)
    tag = inflected.tag
    wanted = {"nomn", *filter(None, [tag.number, tag.gender if tag.number == "sing" else None])}
    found = [_inflected(word, wanted) for word in adjectives]
    return (*found, str(inflected.word))


def _inflected(word: str, wanted: set[str]) -> str:
    reading = _reading(word, "ADJF")
    inflected = reading.inflect(wanted) if reading is not None else None
    if inflected is None:
        return word
    return str(inflected.word).capitalize() if word[0].isupper() else str(inflected.word)


def _genitives(words: list[str]) -> tuple[str, ...]:
    """The words that say whose or of what: adjectives in the genitive and their noun."""
    for at, word in enumerate(words):
        tag = parses(word)[0].tag
        if tag.case != "gent" and not (tag.POS == "ADJF" and word.endswith(("ых", "их"))):
            break
        if tag.POS == "NOUN":
            return tuple(words[: at + 1])
    return ()


def _reading(word: str, part: str) -> Any:
    return next(
        (one for one in parses(word) if part == one.tag.POS and "plur" not in one.tag), None
    )


def _belarusian(match: re.Match[str]) -> Found:
    """By endings: the nouns are few."""
    stem = re.sub(r"(?:[аыуоіяею]|ам|ай|ой|ем|эй|ею)$", "", match[2])
    feminine = stem.endswith(("бальніц", "паліклінік", "фабрык", "пракуратур", "мытн", "бібліятэк"))
    if stem.startswith(("музе", "філармоні")):
        noun = "музей" if stem.startswith("музе") else "філармонія"
        feminine = noun == "філармонія"
    else:
        noun = stem + ("а" if feminine else "")
    adjectives = [_be_adjective(word, feminine) for word in match[1].split()]
    return *match.span(), " ".join((*adjectives, noun))


def _be_adjective(word: str, feminine: bool) -> str:
    stem = re.sub(r"(?:ага|аму|ая|ай|ой|ую|ім|ым|і|ы)$", "", word)
    if feminine:
        return stem + "ая"
    return stem + ("і" if stem[-1] in "кгх" else "ы")
