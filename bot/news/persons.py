"""«Имя Фамилия» in any case, brought to the nominative; then the surname alone, which is the same.

The given name decides: its case and gender tell how the surname is declined.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.news.capitals import Word
from bot.news.establishments import is_institution
from bot.news.families import forms_of, full_names
from bot.news.formal import Person, agreed, initials, surname_first
from bot.news.gazetteer import is_listed, known
from bot.news.given import Reading, given, is_patronymic, patronymic, role, stranger
from bot.news.morphology import fold, parses
from bot.news.surnames import surname

_PREPOSITIONS = """
у от для из с со без против к по за о об перед между ад з аб праз паводле
"""
_ASKS_OBLIQUE = frozenset(_PREPOSITIONS.split())
# What a street, a school or an airport is named after is nobody of whom the text tells.
NAMED_AFTER = re.compile(
    r"имени|им|ул|пр|имя|імя|шоссе|"
    r"(?:улиц|проспект|бульвар|площад|переул|набережн|вуліц|праспек|плошч)\w{0,3}"
)
_ELDER = re.compile(r"(?:старш|младш|старэйш|малодш)\w+")
_BACK = 3  # words between who somebody is and the name
_SPOKE = frozenset(["said", "says", "told", "added"])


def persons(words: Sequence[Word], capitals: Sequence[int], language: str | None) -> list[Person]:
    """Who is named: in full, and by surname alone. `capitals` are where capital words stand."""
    tongue = language or "ru"
    found = _joined(_agreed(list(_named(words, capitals, tongue)), tongue))
    by_family = _by_family(found, tongue)
    named = {at for one in found for at in range(one.first, one.last)}
    for at in capitals:
        if at in named:
            continue
        size, name = _again(words, at, by_family)
        if name is None and language in ("ru", None):
            name = surname(words, at)
        if name is not None:
            found.append(Person(at, at + size, name))
    return [one for one in found if not _is_namesake(words, one)]


def _again(words: Sequence[Word], at: int, named: dict[str, str]) -> tuple[int, str | None]:
    """Somebody known by the surname there, which may be of two words: «Крымову-Дёмину»."""
    if not named:
        return 1, None
    if at + 1 < len(words) and words[at + 1].gap == "-":
        name = named.get(f"{words[at].folded}-{words[at + 1].folded}")
        if name is not None:
            return 2, name
    return 1, named.get(words[at].folded)


def _agreed(found: list[Person], language: str) -> list[Person]:
    """«Вадима Верника» may be a woman's name, unless the text names «Вадим Верник» too.

    So may «Клавы Коки» be of one Коки, unless it names «Клава Кока».
    """
    sure = {one.name for one in found if not one.others}
    return [
        one._replace(name=next((s for s in sure if _is_form(one, s, language)), one.name))
        for one in found
    ]


def _is_form(one: Person, name: str, language: str) -> bool:
    if name in one.others:
        return True
    first, _, family = one.name.partition(" ")
    same = not one.short and name != one.name and name.startswith(f"{first} ")
    return same and fold(family) in forms_of(name, language)


def _joined(found: list[Person]) -> list[Person]:
    """Who is named by initials or without a surname is the one whom the text names in full."""
    full = {one.name for one in found if not one.short}
    joined = []
    for one in found:
        same = [name for name in full if _is_short_for(one.name, name)] if one.short else []
        joined.append(one._replace(name=same[0]) if len(same) == 1 else one)
    return joined


def _is_short_for(short: str, name: str) -> bool:
    """«С. Е. Цивилев», or a given name and patronymic, of «Сергей Цивилев»."""
    first, *_, last = short.split()
    given, *_, family = name.split()
    if first.endswith("."):
        return first[0] == given[0] and fold(last) == fold(family)
    return fold(first) == fold(given)


def _named(words: Sequence[Word], capitals: Sequence[int], language: str) -> Iterator[Person]:
    done = 0
    for at in capitals:
        if at < done:
            continue
        person = initials(words, at, language) if _near_letters(words, at) else None
        if person is None and _follows(words, at + 1):
            person = surname_first(words, at) if language == "ru" else None
            person = person or _in_full(words, at, language)
        if person is not None:
            done = person.last
            yield person


def _near_letters(words: Sequence[Word], at: int) -> bool:
    return len(words[at].text) == 1 or (at + 1 < len(words) and len(words[at + 1].text) == 1)


def _in_full(words: Sequence[Word], at: int, language: str) -> Person | None:
    readings = given(words[at].text, language)
    if language == "en" and is_institution(words[at + 1].text):
        return None
    may_be = language == "en" or not words[at].opens
    if not readings and may_be and words[at].gap != "-":
        case = _case(words, at, language)
        if not known(words, at, language):
            readings = stranger(words[at].text, words[at + 1].text, case, language)
    return _person(words, at, readings, language) if readings else None


def _case(words: Sequence[Word], at: int, language: str) -> str | None:
    """What is known of the case of a name by the words before it: «глава города», «с»."""
    if not at or words[at].gap != " " or words[at - 1].capital:
        return None
    before = words[at - 1].text
    if language == "en" and (before in _SPOKE or _speaks(words, at + 2)):
        return "nomn"
    if before == "с" and words[at].text.endswith(("ом", "ем")):
        return "ablt" if words[at + 1].text.endswith(("ом", "ем", "ым", "им")) else None
    for back in range(at - 1, max(-1, at - 1 - _BACK), -1):
        if words[back].capital or (case := role(words[back].text, language)):
            return None if words[back].capital else case
        if words[back].gap != " " or (language == "ru" and not _is_of(words[back].text)):
            break
    return None


def _speaks(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].text in _SPOKE


@lru_cache(maxsize=4096)
def _is_of(word: str) -> bool:
    """Whether it may say of what somebody is the head: a genitive."""
    return any(one.tag.case == "gent" for one in parses(word))


def _person(
    words: Sequence[Word], at: int, readings: tuple[Reading, ...], language: str
) -> Person | None:
    end = at + 1
    fathers = patronymic(words[end].text) if _follows(words, end) else ()
    if fathers and _follows(words, end + 1):
        readings = agreed(readings, fathers)
        end += 1
    elif fathers and is_patronymic(fathers[0].name, language):
        return _without_surname(words, at, agreed(readings, fathers), fathers)
    if _follows(words, end) and not words[end].text.isupper() | words[at].text.isupper():
        stop = end + 1
        while stop < len(words) and words[stop].gap == "-" and _is_part(words[stop]):
            stop += 1
        if _follows(words, stop) and given(words[end].text, language):
            return None  # «жительнице Лиды Яне Скуратович»
        family = "-".join(word.text for word in words[end:stop])
        if names := full_names(tuple(_likeliest(words, at, readings)), family, language):
            return Person(at, stop, names[0], names[1:])
    return None


def _without_surname(
    words: Sequence[Word],
    at: int,
    readings: tuple[Reading, ...],
    fathers: tuple[Reading, ...],
) -> Person | None:
    """«Валентине Фёдоровне»."""
    first = _likeliest(words, at, readings)[0]
    father = next((one for one in fathers if one.gender == first.gender), None)
    if father is None:
        return None
    return Person(at, at + 2, f"{first.name} {father.name.capitalize()}", short=True)


def _is_part(word: Word) -> bool:
    """What may stand behind a surname's hyphen: another surname, «младший»."""
    return word.capital or bool(_ELDER.fullmatch(word.text))


def _follows(words: Sequence[Word], at: int) -> bool:
    return (
        at < len(words) and words[at].gap == " " and words[at].capital and len(words[at].text) > 1
    )


def _likeliest(
    words: Sequence[Word], at: int, readings: tuple[Reading, ...]
) -> tuple[Reading, ...]:
    """«у Александра» is no nominative, nor is it in «заместителя главы города Александра»."""
    if len({one.case == "nomn" for one in readings}) == 1:
        return readings
    oblique = at > 0 and words[at].gap == " " and words[at - 1].text.lower() in _ASKS_OBLIQUE
    for back in range(at, max(0, at - 5), -1):
        if oblique or words[back].gap != " " or not _goes_on(words[back - 1].text):
            break
        oblique = _is_oblique(words[back - 1].text)
    return tuple(sorted(readings, key=lambda one: (one.case == "nomn") == oblique))


@lru_cache(maxsize=4096)
def _goes_on(word: str) -> bool:
    """What may stand between who somebody is and the name: «водителя из Казахстана»."""
    return word == "из" or parses(word)[0].tag.POS in ("NOUN", "ADJF")


@lru_cache(maxsize=4096)
def _is_oblique(word: str) -> bool:
    """Whether it is somebody, and in no reading the subject; «из Прокопьевска» is nobody."""
    if word == "из" or is_listed(word):
        return False
    somebody = [one.tag for one in parses(word) if one.tag.POS == "NOUN" and "anim" in one.tag]
    return bool(somebody) and all(tag.case != "nomn" for tag in somebody)


def _is_namesake(words: Sequence[Word], one: Person) -> bool:
    """A street or a school bears the name; or it is a whole quotation: «Салават Юлаев»."""
    word = words[one.first]
    closed = one.last == len(words) or words[one.last].gap.startswith("»")
    if word.gap.endswith("«") and closed:
        return True
    before = words[one.first - 1].text.lower() if one.first else ""
    return word.gap in (" ", ". ", ".") and bool(NAMED_AFTER.fullmatch(before))


def _by_family(found: Sequence[Person], language: str) -> dict[str, str]:
    """Folded forms of the surnames of those who were named in full → their full names."""
    known: dict[str, str] = {}
    for person in found:
        if person.short and person.name[1] != ".":
            continue  # a patronymic alone names nobody else
        for form in forms_of(person.name, language):
            known.setdefault(form, person.name)
    return known
