"""«Имя Фамилия» in any case, brought to the nominative; then the surname alone, which is the same.

The given name decides: its case and gender tell how the surname is declined.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.news.names.establishments import is_institution
from bot.news.names.families import forms_of, full_names
from bot.news.names.firstnames import first_name, known_as
from bot.news.names.formal import Person, agreed, initials, surname_first
from bot.news.names.gazetteer import is_listed, known
from bot.news.names.given import Reading, given, is_patronymic, patronymic, role, stranger
from bot.news.names.surnames import surname
from bot.news.words.capitals import Said, Word
from bot.news.words.morphology import fold, parses

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


def persons(words: Said, capitals: Sequence[int], language: str | None) -> list[Person]:
    """Who is named: in full, and by surname alone. `capitals` are where capital words stand."""
    tongue = language or "ru"
    found = _joined(_agreed(list(_named(words, capitals, tongue)), tongue))
    by_family = _by_family(found, tongue)
    named = {at for one in found for at in range(one.first, one.last)}
    for at in capitals:
        if at in named:
            continue
        size, name = _again(words, at, by_family) if by_family else (1, None)
        if name is None and tongue == "ru" and words.gaps[at] == " ":
            name = surname(words, at)
        if name is None and (alone := first_name(words, at, tongue)):
            name = known_as(alone, by_family.values())
        if name is not None:
            found.append(Person(at, at + size, name))
    return [one for one in found if not _is_namesake(words, one)]


def _again(words: Said, at: int, named: dict[str, str]) -> tuple[int, str | None]:
    """Somebody known by the surname there, which may be of two words: «Крымову-Дёмину»."""
    if at + 1 < len(words) and words.gaps[at + 1] == "-":
        name = named.get(f"{words.folded(at)}-{words.folded(at + 1)}")
        if name is not None:
            return 2, name
    return 1, named.get(words.folded(at))


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


def _named(words: Said, capitals: Sequence[int], language: str) -> Iterator[Person]:
    done = 0
    for at, after in zip(capitals, (*capitals[1:], 0), strict=False):
        if at < done or not (after == at + 1 or len(words.texts[at]) == 1):
            continue  # nobody's name is one word
        person = initials(words, at, language) if _near_letters(words, at) else None
        if person is None and _follows(words, at + 1):
            person = surname_first(words, at) if language == "ru" else None
            person = person or _in_full(words, at, language)
        if person is not None:
            done = person.last
            yield person


def _near_letters(words: Said, at: int) -> bool:
    return len(words.texts[at]) == 1 or (at + 1 < len(words) and len(words.texts[at + 1]) == 1)


def _in_full(words: Said, at: int, language: str) -> Person | None:
    readings = given(words.texts[at], language)
    if language == "en" and is_institution(words.texts[at + 1]):
        return None
    may_be = language == "en" or not words.opens(at)
    if not readings and may_be and words.gaps[at] != "-":
        case = _case(words, at, language)
        if not known(words, at, language):
            readings = stranger(words.texts[at], words.texts[at + 1], case, language)
    return _person(words, at, readings, language) if readings else None


def _case(words: Said, at: int, language: str) -> str | None:
    """What is known of the case of a name by the words before it: «глава города», «с»."""
    if not at or words.gaps[at] != " " or words.capitals[at - 1]:
        return None
    before = words.texts[at - 1]
    if language == "en" and (before in _SPOKE or _speaks(words, at + 2)):
        return "nomn"
    if before == "с" and words.texts[at].endswith(("ом", "ем")):
        return "ablt" if words.texts[at + 1].endswith(("ом", "ем", "ым", "им")) else None
    for back in range(at - 1, max(-1, at - 1 - _BACK), -1):
        if words.capitals[back] or (case := role(words.texts[back], language)):
            return None if words.capitals[back] else case
        if words.gaps[back] != " " or (language == "ru" and not _is_of(words.texts[back])):
            break
    return None


def _speaks(words: Said, at: int) -> bool:
    return at < len(words) and words.texts[at] in _SPOKE


@lru_cache(maxsize=4096)
def _is_of(word: str) -> bool:
    """Whether it may say of what somebody is the head: a genitive."""
    return any(one.tag.case == "gent" for one in parses(word))


def _person(words: Said, at: int, readings: tuple[Reading, ...], language: str) -> Person | None:
    end = at + 1
    fathers = patronymic(words.texts[end]) if _follows(words, end) else ()
    if fathers and _follows(words, end + 1):
        readings = agreed(readings, fathers)
        end += 1
    elif fathers and is_patronymic(fathers[0].name, language):
        return _without_surname(words, at, agreed(readings, fathers), fathers)
    if _follows(words, end) and not words.texts[end].isupper() | words.texts[at].isupper():
        stop = end + 1
        while stop < len(words) and words.gaps[stop] == "-" and _is_part(words[stop]):
            stop += 1
        if _follows(words, stop) and given(words.texts[end], language):
            return None  # «жительнице Лиды Яне Скуратович»
        family = "-".join(word.text for word in words[end:stop])
        if names := full_names(tuple(_likeliest(words, at, readings)), family, language):
            return Person(at, stop, names[0], names[1:])
    return None


def _without_surname(
    words: Said,
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


def _follows(words: Said, at: int) -> bool:
    return (
        at < len(words)
        and words.gaps[at] == " "
        and words.capitals[at]
        and len(words.texts[at]) > 1
    )


def _likeliest(words: Said, at: int, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """«у Александра» is no nominative, nor is it in «заместителя главы города Александра»."""
    if len({one.case == "nomn" for one in readings}) == 1:
        return readings
    oblique = at > 0 and words.gaps[at] == " " and words.texts[at - 1].lower() in _ASKS_OBLIQUE
    for back in range(at, max(0, at - 5), -1):
        if oblique or words.gaps[back] != " " or not _goes_on(words.texts[back - 1]):
            break
        oblique = _is_oblique(words.texts[back - 1])
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


def _is_namesake(words: Said, one: Person) -> bool:
    """A street or a school bears the name; or it is a whole quotation: «Салават Юлаев»."""
    word = words[one.first]
    closed = one.last == len(words) or words.gaps[one.last].startswith("»")
    if word.gap.endswith("«") and closed:
        return True
    before = words.texts[one.first - 1].lower() if one.first else ""
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
