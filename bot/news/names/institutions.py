"""Institutions named by what they are: «Гомельская областная больница», «Департамент заторов»."""

import re
from functools import lru_cache
from typing import Any

from bot.news.names.establishments import belarusian, english
from bot.news.words.agreement import agreeing, genitives, is_dative, reading
from bot.news.words.capitals import Said
from bot.news.words.morphology import parses

Found = tuple[int, int, str]  # where it is named, and its name in the nominative

_MAY_BE_LONGER = (  # «драмтеатр», «облисполком»
    r"театр|музе|университет|институт|больниц|поликлиник|колледж|техникум|завод|комбинат|фабрик|"
    r"исполком|совет|центр|служб|инспекци|компани|банк|академи|метрополитен|диспансер|училищ"
)
_NOUNS = (
    r"филармони|консерватори|митрополи|епархи|суд|прокуратур|таможн|цирк|библиотек|зоопарк|"
    r"планетари|заповедник|бирж|роддом|железн\w+ дорог|исправительн\w+ колони|федераци|лиг|"
    r"ассоциаци|палат|союз|комитет|агентств|фонд|издательств|оркестр|ансамбл|птицефабрик|гимнази|"
    r"лице|лесхоз|лесничеств|музе\w{1,2}-заповедник|горсовет|рынок|рынк|обсерватори|"
    r"ботаническ\w+ сад|ипподром|драм|военкомат|госархив"
)
_ABBREVIATED = "ТЭЦ|ГРЭС|ГЭС|АЭС|ЦРБ|СДЮШОР|СШОР|ДЮСШ|НПЗ|ГОК"
_ENDINGS = ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ый", "ым")
_ADJECTIVE = rf"[а-яё]+(?:-[А-ЯЁа-яё]?[а-яё]+)?(?:{'|'.join(_ENDINGS)})"
_INSTITUTION = re.compile(
    rf"([А-ЯЁ]{_ADJECTIVE}(?: {_ADJECTIVE}){{0,3}})"
    rf" ((?:[а-яё]{{0,9}}?(?:{_MAY_BE_LONGER})|(?:{_NOUNS}))[а-яё]{{0,3}}|{_ABBREVIATED})(?![\w-])"
    r"((?: [а-яё]+){0,4})"
)
_FIRST = "|".join(noun.split()[0] for noun in _NOUNS.split("|"))  # of each noun's words
_BEHIND = re.compile(
    rf"[а-яё]*(?:{'|'.join(_ENDINGS)})$|[а-яё]{{0,9}}?(?:{_MAY_BE_LONGER})|{_FIRST}|{_ABBREVIATED}"
)
_REGION = re.compile(r" [А-ЯЁ][а-яё]+ской (?:области|республики)")
_NUMBER = re.compile(r" № ?(\d+)")
_QUOTES = ("«", "“", "„", '"')
_OFFICES = (
    *("Министерств", "Департамент", "Комитет", "Управлени", "Агентств", "Фонд", "Центр", "Служб"),
    *("Совет", "Банк", "Союз", "Федераци", "Ассоциаци", "Инспекци", "Палат", "Институт", "Музе"),
    *("Корпораци", "Академи"),
)
_OFFICE = re.compile(rf"((?:{'|'.join(_OFFICES)})[а-яё]{{0,2}})((?: [а-яё]+){{1,7}})")
_OF_A_PLACE = re.compile(r"\w+(?:-\w+)?(?:ск|цк)\w{2,3}\b")
# Adjectives that make no name of an institution by themselves: «Городская больница закрыта».
_COMMON = re.compile(
    r"(?:городск|детск|сельск|женск|мужск|медицинск|районн|областн|местн|русск|гражданск|"
    r"отечественн|российск|белорусск|крупн|нов|стар|перв|втор|частн|крупнейш)\w{2,3}\b",
    re.I,
)
_OFFICIAL = re.compile(r"(?:районн|областн|городск|арбитражн|государственн|военн|федеральн)\w{2,3}")
# What a common noun's genitive says of it, and is no name.
_NO_TAIL = frozenset(
    [
        "города",
        "села",
        "деревни",
        "посёлка",
        "внимания",
        "событий",
        "директоров",
        "жизни",
        "тяжести",
    ]
)
_WHERE = frozenset(["области", "региона", "края", "района", "республики", "округа", "страны"])


def institution(text: str, words: Said, at: int, language: str | None) -> Found | None:
    """The institution that this capital word of the text begins to name.

    Where a sentence opens, a capital makes a name only of an adjective that is made of one.
    """
    word, start = words.texts[at], words.starts[at]
    if language == "be":
        return belarusian(text, start, opens=words.opens(at))
    if language == "en":
        return english(text, start)
    adjective = is_adjective(word) or text.startswith("-", start + len(word))
    if adjective and (match := _INSTITUTION.match(text, start)):
        found = _institution(match)
        if text[found[1] : found[1] + 2].endswith(_QUOTES):
            return None  # «новосибирский банк „Левобережный“» is no name but says what it is
        return None if words.opens(at) and not _tells(match[1], found[2]) else found
    office = _OFFICE.match(text, start) if is_office(word) else None
    return _office(office) if office else None


def is_adjective(word: str) -> bool:
    """Whether a Russian institution's name may begin with a word that has no hyphen behind it."""
    return word.endswith(_ENDINGS)


def is_office(word: str) -> bool:
    """«Департамент», «Комитет»."""
    return word.startswith(_OFFICES)


@lru_cache(maxsize=4096)
def may_follow(word: str) -> bool:
    """Whether a word may stand behind the first adjective of an institution's name."""
    return bool(_BEHIND.match(word))


def _tells(adjectives: str, name: str) -> bool:
    """Whether adjectives make a name although it is the sentence that has the capital."""
    first, *others = adjectives.split()
    if _OF_A_PLACE.match(first):
        return not _COMMON.match(first) or name.count(" ") > 1 + len(others)
    return any(_OFFICIAL.match(word) for word in others) or first.startswith("Арбитражн")


def _institution(match: re.Match[str]) -> Found:
    *more, noun = match[2].split()  # «железной дороги»
    name = _agreeing((*match[1].split(), *more), noun)
    tail = _without_place(genitives(match[3].split()))
    stop = match.start(3) + len("".join(f" {word}" for word in tail))
    found = " ".join((*name, *tail))
    if region := _REGION.match(match.string, stop):
        return match.start(), stop, found + region[0] if match[2].startswith("суд") else found
    if number := _NUMBER.match(match.string, stop):
        return match.start(), number.end(), f"{found} № {number[1]}"
    return match.start(), stop, found


@lru_cache(maxsize=2048)
def _agreeing(adjectives: tuple[str, ...], noun: str) -> tuple[str, ...]:
    if noun.isupper():  # all but one are feminine: станция, школа, больница
        alike = reading("завод" if noun in ("НПЗ", "ГОК") else "школа", "NOUN")
        return (*agreeing(adjectives, alike, noun)[:-1], noun)
    return agreeing(adjectives, reading(noun, "NOUN") or _one_of(noun), noun)


def _one_of(nouns: str) -> Any:
    """«Слонимского мясокомбинатов», behind «Берёзовского и», is one of them."""
    several = (one for one in parses(nouns) if one.tag.POS == "NOUN" and one.tag.case == "gent")
    return next((one.inflect({"sing", "nomn"}) for one in several), None)


def _office(match: re.Match[str]) -> Found | None:
    """«Департамент заторов», «Комитет по делам семьи»; a noun alone names nothing."""
    words = match[2].split()
    if words[0] == "по":
        rest = genitives(words[2:])
        tail = (*words[:2], *rest) if rest or is_dative("".join(words[1:2])) else ()
    else:
        tail = genitives(words)
    tail = _without_place(tail)
    if not tail or tail[0] in _NO_TAIL:
        return None
    (head,) = _agreeing((), match[1])
    stop = match.end(1) + len("".join(f" {word}" for word in tail))
    return match.start(), stop, " ".join((head.capitalize(), *tail))


def _without_place(tail: tuple[str, ...]) -> tuple[str, ...]:
    """«Министерство финансов области» is a ministry of finance."""
    return next((tail[:at] for at, word in enumerate(tail) if word in _WHERE), tail)
