"""`кто:Ковалёва`, `где:Белове` in a question: who or what must be named, in whatever case."""

import re
from collections.abc import Iterator

from bot.news.names.families import families
from bot.news.names.gazetteer import known, main_name
from bot.news.names.given import given
from bot.news.names.persons import persons
from bot.news.names.places import town
from bot.news.words.capitals import Said, words
from bot.news.words.crossing import crossed
from bot.news.words.morphology import fold, normal_form
from storage.models import EntityKind, NameWanted

MOST = 4  # names of one question
MOST_SPELLINGS = 16

_WHO = frozenset({EntityKind.PERSON, EntityKind.ORG})
_WHERE = frozenset({EntityKind.PLACE})
_CUE = re.compile(
    r"(?<!\w)(?:(?P<who>кто|хто|who)|где|дзе|where):\s*"
    r"(?:[«\"“„](?P<quoted>[^«»\"“”„]+)[»\"”“]|(?=(?P<bare>[^\W_].*)))",
    re.I,
)


def take_names(text: str) -> tuple[str, tuple[NameWanted, ...]]:
    """The question without its names, and these."""
    found: list[NameWanted] = []
    while len(found) < MOST and (match := _CUE.search(text)):
        kinds = _WHO if match["who"] else _WHERE
        if match["quoted"]:
            said, stop = words(match["quoted"]), match.end()
        else:
            said = _name(words(match["bare"]), who=bool(match["who"]))
            stop = match.start("bare") + said.stop(-1)
        found_as = tuple(dict.fromkeys(spellings(said, kinds)))[:MOST_SPELLINGS]
        if found_as:
            found.append(NameWanted(kinds=kinds, spellings=found_as))
        text = f"{text[: match.start()]} {text[stop:]}"
    return text, tuple(found)


def _name(said: Said, *, who: bool) -> Said:
    """How many of the words are the name: a known one's, a given name's and its surname, or one."""
    if listed := _listed(said):
        return said[: listed[0]]
    size = 1
    while size < len(said) and said.gaps[size] == "-":
        size += 1
    if who and size == 1 and len(said) > 1 and said.gaps[1] == " " and _is_given(said.texts[0]):
        size = 2
    return said[:size]


def spellings(said: Said, kinds: frozenset[EntityKind]) -> Iterator[tuple[str, ...]]:
    """The keys that the name may stand under in the index, as folded words."""
    folded = tuple(word.folded for word in said)
    if not folded:
        return
    listed = _listed(said)
    if listed and listed[0] == len(said):
        yield (listed[1],)
    if EntityKind.PERSON in kinds:
        yield from _people(said)
    else:
        name = town(" ".join(word.text.capitalize() for word in said))
        yield from [(fold(name),)] if name else []
    yield folded
    yield tuple(fold(normal_form(word)) for word in folded)


def _people(said: Said) -> Iterator[tuple[str, ...]]:
    if len(said) == 1:
        names = sorted(families(said.texts[0]))
        yield from ((name,) for name in names)
        yield from ((other,) for name in names for other in crossed(name))
        return
    capitals = words(" ".join(word.text.capitalize() for word in said))
    for language in ("ru", "be", "en"):
        for one in persons(capitals, range(len(capitals)), language):
            yield from (tuple(fold(name).split()) for name in (one.name, *one.others))


def _listed(said: Said) -> tuple[int, str] | None:
    """A name of the gazetteer that the words begin with: its size and key."""
    for language in ("ru", "be"):
        if said and (found := known(said, 0, language)):
            return found[0], fold(main_name(found[1].entity))
    return None


def _is_given(word: str) -> bool:
    return any(given(word.capitalize(), language) for language in ("ru", "be", "en"))
