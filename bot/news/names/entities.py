"""Who, what and where: persons by their names' grammar, places and organisations by a gazetteer.

What no list holds is found by what stands around it (see persons, orgs, places). One person,
organisation or place is one entity, whatever its case and spelling in the text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from bot.news.names import tagger
from bot.news.names.compounds import foreign_town, organisation
from bot.news.names.districts import district
from bot.news.names.gazetteer import LEADS, Known, known, main_name
from bot.news.names.institutions import institution
from bot.news.names.orgs import marked
from bot.news.names.persons import persons
from bot.news.names.places import place
from bot.news.names.silent import is_silent
from bot.news.names.surnames import describes
from bot.news.words.capitals import Said, beginnings, words
from bot.news.words.morphology import fold
from storage.models import Entity, EntityKind

READ = 50_000  # characters that are read
_LISTED = frozenset([", ", " — ", " – "])
_STOPS = ("пропуск", "погранпереход", "станци", "аэропорт", "курорт", "пераход", "станцы")
_ROADS = ("трасс", "автодорог", "поезд", "шоссе")
_OF_LAW = frozenset(["РФ", "РБ"])
_CODE = re.compile("УК|УПК|УИК|ГК|ГПК|ТК|НК|ЖК|СК|ЗК|БК|КоАП")  # «статья 162 УК РФ»
_AND = frozenset(["и", "или", "і", "ды", "and", "or"])
MOST = 40  # entities of one article


def find(text: str, language: str | None) -> tuple[Entity, ...]:
    """The entities of a text, the most often named first."""
    text = text[:READ]
    found: dict[
        tuple[EntityKind, str], tuple[int, Entity]
    ] = {}  # by the main name → times, as first written
    for entity in _named(text, words(text), language):
        main = entity.kind, _key(entity.kind, entity.name)
        times, shown = found.get(main, (0, entity))
        if entity.kind is EntityKind.ORG:
            shown = min(shown, entity, key=lambda one: len(one.name))  # by its short form
        found[main] = times + 1, shown
    ranked = sorted(found.values(), key=lambda one: -one[0])
    return tuple(entity for _, entity in ranked[:MOST])


def key(entity: Entity) -> str:
    """Folded, and the same for all spellings of one name: Minsk and «Мінск» are «минск»."""
    return _key(entity.kind, entity.name)


@lru_cache(maxsize=4096)
def _key(kind: EntityKind, name: str) -> str:
    return fold(main_name(Entity(kind=kind, name=name)))


def _named(text: str, said: Said, language: str | None) -> Iterator[Entity]:
    capitals = beginnings(said, language or "ru")
    taken = bytearray(len(said) + 1)
    for one in persons(said, capitals, language):
        taken[one.first : one.last] = b"\1" * (one.last - one.first)
        yield Entity(kind=EntityKind.PERSON, name=one.name)
    for start, stop, name in marked(text):
        at = bisect_left(said.starts, start)
        listed = known(said, at, language)
        if (
            listed
            and listed[1].entity.kind is EntityKind.ORG
            and not _goes_on(said, at + listed[0])
        ):
            continue  # the list knows its spelling better
        if not taken[at]:
            _take(said, at, stop, taken)
            if name:
                yield Entity(kind=EntityKind.ORG, name=name)
    last = 0  # the word behind the last place
    russian = language in ("ru", None)
    for at in capitals:
        if russian and is_silent(said, at):
            continue
        beside = last > 0 and _in_a_row(said, last, at)
        if not taken[at] and (found := _at(text, said, at, language, beside=beside)):
            stop, entity = found
            behind = _take(said, at, stop, taken)
            last = behind if entity.kind is EntityKind.PLACE else 0
            yield entity
    if russian:
        yield from _left(text, said, taken)


def _left(text: str, said: Said, taken: bytearray) -> Iterator[Entity]:
    """What the tagger, if it is installed, finds among the words that name nothing yet."""
    for start, stop, kind in tagger.tagged(text):
        first, last = (bisect_left(said.starts, at) for at in (start, stop))
        if not any(taken[first:last]) and (one := tagger.entity(said, first, last, kind)):
            taken[first:last] = b"\1" * (last - first)
            yield one


def _goes_on(said: Said, at: int) -> bool:
    """«Водоканал-Плюс» is not «Водоканал»."""
    return at < len(said) and said.gaps[at] == "-" and said.capitals[at]


def _in_a_row(said: Said, last: int, at: int) -> bool:
    """Whether the word stands in a row with a place that ended before `last`."""
    gap = said.gaps[at]
    return (at == last and gap in _LISTED) or (
        at == last + 1 and gap == " " and said.gaps[last] == " " and said.texts[last] in _AND
    )


def _take(said: Said, at: int, stop: int, taken: bytearray) -> int:
    """Mark the words from there to the character `stop`; the word behind them."""
    while at < len(said) and said.starts[at] < stop:
        taken[at] = 1
        at += 1
    return at


def _at(
    text: str, said: Said, at: int, language: str | None, *, beside: bool
) -> tuple[int, Entity] | None:
    """What the capital word begins to name, and the character behind it."""
    russian = language in ("ru", None)
    if spot := district(said, at, language):
        return said.stop(spot.last - 1), Entity(kind=EntityKind.PLACE, name=spot.name)
    named = institution(text, said, at, language)
    if found := known(said, at, language):
        size, one = found
        longer = named is not None and named[1] > said.stop(at + size - 1)
        if not longer and _is_meant(text, said, at, size, one, beside=beside):
            kind = _kind(text, said, at, size, one)
            return said.stop(at + size - 1), Entity(kind=kind, name=one.name)
    if named:
        return named[1], Entity(kind=EntityKind.ORG, name=named[2])
    if russian and (name := organisation(said.texts[at])):
        return said.stop(at), Entity(kind=EntityKind.ORG, name=name)
    if russian and not _quoted(text, said, at, 1) and (spot := place(said, at, beside=beside)):
        return said.stop(spot.last - 1), Entity(kind=EntityKind.PLACE, name=spot.name)
    if town := foreign_town(said, at, language):
        return said.stop(at + town[0] - 1), Entity(kind=EntityKind.PLACE, name=town[1])
    return None


def _kind(text: str, said: Said, at: int, size: int, one: Known) -> EntityKind:
    """A place's name alone in quotation marks is a club's, a hotel's, or a border crossing."""
    if one.entity.kind is EntityKind.PLACE and _quoted(text, said, at, size):
        before = said.texts[at - 1].lower() if at else ""
        return EntityKind.PLACE if before.startswith(_STOPS) else EntityKind.ORG
    return one.entity.kind


def _quoted(text: str, said: Said, at: int, size: int) -> bool:
    return said.gaps[at].endswith("«") and text.startswith("»", said.stop(at + size - 1))


def _is_meant(text: str, said: Said, at: int, size: int, one: Known, *, beside: bool) -> bool:
    word, gap = said.texts[at], said.gaps[at]
    if "^" in one.signs and not word.isupper():
        return False
    if word in _OF_LAW and at and _CODE.fullmatch(said.texts[at - 1]):
        return False
    if size == 1 and gap == " " and describes(said, at):
        return False  # «в Кузбасском управлении»
    quoted = _quoted(text, said, at, size)
    if quoted and any(w.lower().startswith(_ROADS) for w in said.texts[max(0, at - 3) : at]):
        return False
    if one.entity.kind is EntityKind.ORG and "!" in one.signs:
        return quoted
    if "!" in one.signs and not quoted:
        led = at > 0 and gap in (" ", ". ") and said.texts[at - 1].lower() in LEADS
        return beside or led
    named = quoted and one.entity.kind is EntityKind.ORG  # «на шахте „Распадская“»
    return named or "?" not in one.signs or not said.opens(at)
