"""The places and organisations readers of Kuzbass and Belarus know by name, in any of their forms.

gazetteer.toml lists them and says how. Russian names are declined here, so that no dictionary is
asked for «Кондома».
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from bot.news.words.capitals import Said, parts
from bot.news.words.declension import phrase
from bot.news.words.morphology import fold
from bot.news.words.romanising import romanised
from storage.models import Entity, EntityKind

_LEADING = """
в во из до под около через над с у ў з пад праз каля ля ад да са in from near to at outside
город города городе городом г горад горада горадзе реки реку реке река посёлок посёлке озеро озера
станции станция аэропорт житель жителя жители жителей жителям жительница жительницы жительнице
жыхар жыхара жыхары жыхароў жыхарка
"""
LEADS = frozenset(_LEADING.split())

_SIGNS = frozenset("?!^")
_TITLED = re.compile(r"[А-ЯЁ][а-яё]{5,}")  # an organisation whose name English texts spell out
_BETWEEN = frozenset(" -–‑\u00a0")  # what may stand between two words of a name


class Known(NamedTuple):
    """A spelling of a name: the forms of the words after its first, and what it names."""

    rest: tuple[frozenset[str], ...]
    name: str  # as it is shown, in the nominative
    entity: Entity  # by its first, Russian name: one for all spellings
    signs: frozenset[str]


class Spelling(NamedTuple):
    """One way to write a name, before it is declined."""

    words: tuple[str, ...]
    known: Known
    tongue: str  # ru, be, en
    hyphen: bool


def known(words: Said, at: int, language: str | None) -> tuple[int, Known] | None:
    """The longest name that begins at that word, and how many words it takes."""
    for one in _beginning(words.texts[at], "be" if language == "be" else "ru"):
        if not one.rest:
            return 1, one
        size = len(one.rest) + 1
        if at + size <= len(words) and all(
            words.gaps[there] in _BETWEEN and words.folded(there) in forms
            for there, forms in enumerate(one.rest, at + 1)
        ):
            return size, one
    return None


@lru_cache(maxsize=4096)
def _beginning(word: str, tongue: str) -> Sequence[Known]:
    """The names that begin with this word, longest first."""
    return _forms(tongue).get(fold(word), ())


def begins(word: str) -> bool:
    """Whether a known name begins with a word of a Russian text."""
    return fold(word) in _forms("ru")


def is_listed(word: str) -> bool:
    """Whether a name of that one word is known, in any Russian case."""
    return any(not one.rest for one in _beginning(word, "ru"))


def is_place(word: str) -> bool:
    """Whether the word, in any Russian case, names a place and is no common word besides."""
    return any(
        not one.rest and not one.signs and one.entity.kind is EntityKind.PLACE
        for one in _beginning(word, "ru")
    )


def main_name(entity: Entity) -> str:
    """The name that stands for all of its spellings: «Мінск» and Minsk are «Минск»."""
    return _mains().get((entity.kind, fold(entity.name)), entity.name)


def written(entity: Entity) -> tuple[Spelling, ...]:
    """Every way to write the name of a place or organisation that stands for all of them."""
    return _written().get((entity.kind, entity.name), ())


@cache
def _written() -> dict[tuple[EntityKind, str], tuple[Spelling, ...]]:
    found: dict[tuple[EntityKind, str], list[Spelling]] = {}
    for one in _spellings():
        found.setdefault((one.known.entity.kind, one.known.entity.name), []).append(one)
    return {name: tuple(spellings) for name, spellings in found.items()}


@cache
def _forms(tongue: str) -> dict[str, list[Known]]:
    """First word → names, longest first, and of one length those first that are in this tongue."""
    found: dict[str, list[Known]] = {}
    order = sorted(_spellings(), key=lambda one: (-len(one.words), one.tongue != tongue))
    for spelling in order:
        first, *rest = _cases(spelling)
        one = spelling.known._replace(rest=tuple(rest))
        for form in first:
            found.setdefault(form, []).append(one)
    return found


def _cases(one: Spelling) -> tuple[frozenset[str], ...]:
    if one.tongue == "en":
        return tuple(frozenset([word]) for word in one.words)
    return phrase(one.words, one.tongue, whole=one.hyphen)


@cache
def _mains() -> dict[tuple[EntityKind, str], str]:
    spelled = reversed(_spellings())
    return {(s.known.entity.kind, fold(s.known.name)): s.known.entity.name for s in spelled}


@cache
def _spellings() -> tuple[Spelling, ...]:
    return tuple(_lines())


def _lines() -> Iterator[Spelling]:
    text = files(__package__).joinpath("gazetteer.toml").read_text(encoding="utf-8")
    for kind, groups in tomllib.loads(text).items():
        for group in groups.values():
            for line in filter(None, group.splitlines()):
                yield from _line(EntityKind(kind), line)


def _line(kind: EntityKind, line: str) -> Iterator[Spelling]:
    fields = [field.strip() for field in line.split(" / ")]
    signs = frozenset(field for field in fields if field in _SIGNS)
    entity = Entity(kind=kind, name=fields[0].removesuffix(" ^"))
    shown = entity.name
    for field in fields:
        if field in _SIGNS:
            continue
        own = signs | ({"^"} if field.endswith(" ^") else set())
        spelling, tongue = _tongue(field.removesuffix(" ^"))
        if spelling.startswith("= "):
            spelling = spelling[2:]
        else:
            shown = spelling
        name = shown if tongue != "ru" or not field.startswith("= ") else entity.name
        words = tuple(fold(part) for part in parts(spelling))
        yield Spelling(words, Known((), name, entity, own), tongue, "-" in spelling)
    plain = kind is EntityKind.PLACE or _TITLED.fullmatch(entity.name)
    if plain and not any(_tongue(one)[1] == "en" for one in fields if one):
        name = romanised(entity.name)
        words = tuple(fold(part) for part in parts(name))
        yield Spelling(words, Known((), name, entity, signs), "en", "-" in name)


def _tongue(field: str) -> tuple[str, str]:
    for tongue in ("be", "en"):
        if field.startswith(f"{tongue} "):
            return field[3:], tongue
    return field, "en" if field.lstrip("= ").isascii() else "ru"
