"""Places that no list holds: «посёлок Точилино», towns of the dictionary, «в Эстерсунде»."""

import re
from functools import lru_cache

from bot.news.names.districts import Place
from bot.news.names.gazetteer import known
from bot.news.words.agreement import agreeing, reading
from bot.news.words.capitals import Said, Word
from bot.news.words.capitals import words as split
from bot.news.words.morphology import known_readings, normal_form, parses
from storage.models import EntityKind

_NOUNS = """
посёлок деревня село хутор агрогородок станция разъезд микрорайон город городок река речка озеро
гора аэропорт остров райцентр пгт водопад хребет пик перевал урочище ущелье залив
провинция штат уезд
"""
BEFORE = frozenset(_NOUNS.split())  # nouns that a place's name stands behind, by their lemmas
_BEGINNINGS = frozenset(noun[:3].replace("ё", "е") for noun in BEFORE)  # in all their cases
_DOTS = (". ", ".")
_ABBREVIATED = frozenset(["г", "д", "с", "п", "пос", "дер"])
# What is called after somebody whose name a town has too: «закон Ома», «премия Нансена».
_EPONYM = re.compile(
    r"(?:закон|теорем|бином|эффект|формул|правил|постоянн|шкал|синдром|болезн|преми|орден|принцип|"
    r"парадокс|клятв|кубок|кубк|мемориал|метод|число|числа)\w{0,4}"
)
_OF_TWO = ("ая", "ой", "ую", "ое", "ый", "ий", "ые", "ие", "ых", "их", "ом")
_GENITIVE = frozenset(["gent", "gen2"])
_INTO = {  # prepositions that lead to places, and the cases they ask for
    **dict.fromkeys(["в", "во"], frozenset(["loct", "loc2", "accs"])),
    **dict.fromkeys(["из", "до", "вблизи", "около", "возле", "близ"], _GENITIVE),
    **dict.fromkeys(["житель", "жителя", "жительница", "жители", "жителей"], _GENITIVE),
    "под": frozenset(["accs", "ablt"]),
    "через": frozenset(["accs"]),
}
_ANY = frozenset().union(*_INTO.values())


def place(words: Said, at: int, *, beside: bool = False) -> Place | None:
    """The place that a Russian text names with the capital word there, by what is around it.

    `beside`: it stands in a row with a place before it, «в Тайге и Барзасе».
    """
    return _behind_noun(words, at) or _town(words, at, beside=beside)


@lru_cache(maxsize=4096)
def town(name: str) -> str | None:
    """A town's name in any case, in the nominative; None if it is nothing known for a place."""
    said = split(name)
    found = known(said, 0, None) or known(said, 0, "be")
    if found and found[0] == len(said) and found[1].entity.kind is EntityKind.PLACE:
        return found[1].name
    return _geographic(name) or (_village(name) if len(said) == 1 else None)


def is_led(words: Said, at: int) -> bool:
    """Whether a noun that a place's name stands behind may stand before the word: «в посёлке»."""
    gap, before = words.gaps[at], words.texts[at - 1] if at else ""
    if gap == " ":
        return before[:3].lower().replace("ё", "е") in _BEGINNINGS
    return gap in _DOTS and before in _ABBREVIATED


def may_be_town(word: str) -> bool:
    """Whether a word is a place to the dictionary, or nothing that it knows."""
    return not known_readings(word) or bool(_geographic(word))


def _behind_noun(words: Said, at: int) -> Place | None:
    """«в посёлке Точилино»; an adjective may stand before a noun: «Лесная Поляна»."""
    if not is_led(words, at):
        return None
    before = words.texts[at - 1]
    if words.gaps[at] != " ":
        if words.gaps[at - 1][-1:] not in (" ", "("):
            return None
    elif normal_form(before) not in BEFORE:
        return None
    end = at + 1
    while end < len(words) and words.capitals[end] and _goes_on(words[end - 1], words[end]):
        end += 1
    name = "".join(
        word.gap * (n > 0) + _beside(word.text, before) for n, word in enumerate(words[at:end])
    )
    return Place(at, end, name)


def _goes_on(word: Word, after: Word) -> bool:
    """«Лесная Поляна», «Абагур-Лесной»; not «Яськи Беляевского района»."""
    return after.gap == "-" or (after.gap == " " and word.text.endswith(_OF_TWO))


def _town(words: Said, at: int, *, beside: bool) -> Place | None:
    """A word the dictionary takes for a place, or one unknown to it behind a preposition."""
    word, gap = words.texts[at], words.gaps[at]
    hyphened = at + 1 < len(words) and words.gaps[at + 1] == "-"
    before = words.texts[at - 1].lower() if at and gap == " " else ""
    if hyphened or gap == "-" or word.isupper() or _EPONYM.fullmatch(before):
        return None
    if name := _geographic(word):
        return Place(at, at + 1, name)
    cases = _INTO.get(before, _ANY if beside else None)
    if (cases or "—" in gap) and (name := _village(word)):
        return Place(at, at + 1, name)
    alone = at + 1 == len(words) or words.gaps[at + 1] != " " or not words.capitals[at + 1]
    if cases and alone and (name := _unheard(word, cases)):
        return Place(at, at + 1, name)
    return None


@lru_cache(maxsize=8192)
def _geographic(word: str) -> str | None:
    """The town, river or country; None if the word is as likely anything else."""
    found = known_readings(word)
    if not found or "Geox" not in found[0].tag or found[0].tag.POS != "NOUN":
        return None
    if not word[1:].islower() or any("Surn" in one.tag or "Name" in one.tag for one in found):
        return None
    return str(found[0].normal_form).capitalize()


_VILLAGES = (
    ("ово", "овом", "ова", "ову", "ове"), ("ево", "евом", "ева", "еву", "еве"),
    ("ёво", "ёвом", "ёва", "ёву", "ёве"), ("ино", "ином", "ина", "ину", "ине"),
)  # fmt: skip


@lru_cache(maxsize=4096)
def _village(word: str) -> str | None:
    """«Костёнкова» → «Костёнково», when the dictionary does not know the word."""
    if len(word) < 6 or known_readings(word):
        return None
    for forms in _VILLAGES:
        for form in forms:
            if word.endswith(form):
                return word[: -len(form)] + forms[0]
    for ending in ("", "а", "е", "у", "ом"):
        if word.endswith("ск" + ending):
            return word[: len(word) - len(ending)]
    return None


@lru_cache(maxsize=4096)
def _unheard(word: str, cases: frozenset[str]) -> str | None:
    """«Барзасе» → «Барзас»: a name the dictionary guesses to be in one of those cases."""
    if len(word) < 4 or not word[1:].islower() or known_readings(word):
        return None
    fits = [
        one
        for one in parses(word)
        if one.tag.POS == "NOUN" and one.tag.case in cases and len(one.normal_form) <= len(word)
    ]
    things = [one for one in fits if "inan" in one.tag and one.tag.number == "sing"]
    best = next(iter(things or fits), None)
    return str(best.normal_form).capitalize() if best is not None else None


@lru_cache(maxsize=4096)
def _beside(word: str, noun: str) -> str:
    """«озера Рыбного» is «Рыбное», «в посёлке Итатском» «Итатский»."""
    adjective = parses(word)[0].tag.POS == "ADJF" and not _geographic(word)
    thing = reading(noun, "NOUN") if adjective else None
    return agreeing([word], thing, noun)[0] if thing else _nominative(word)


@lru_cache(maxsize=4096)
def _nominative(word: str) -> str:
    return _geographic(word) or _village(word) or word
