"""The optional tagger of names (extra `ner`): natasha's, for what rules and lists do not know.

It is loaded by the first Russian text that a process understands, takes 170 MB and some 50 ms a
text, and is asked only for names that the rules left alone. Without the extra nothing is imported.
"""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any

from bot.news.names.families import full_names
from bot.news.names.formal import role_before
from bot.news.names.given import stranger
from bot.news.names.persons import NAMED_AFTER
from bot.news.names.places import town
from bot.news.words.capitals import Said, Word
from bot.news.words.morphology import parses
from storage.models import Entity, EntityKind

READ = 10_000  # characters that it is asked about: news names everybody early
_KINDS = {"PER": EntityKind.PERSON, "LOC": EntityKind.PLACE, "ORG": EntityKind.ORG}

Tagged = tuple[int, int, EntityKind]  # text[start:stop] names one of that kind


def is_installed() -> bool:
    """Whether the extra is there; imports nothing."""
    return find_spec("natasha") is not None


def tagged(text: str) -> Iterator[Tagged]:
    """What the tagger takes for names in a Russian text; nothing without the extra."""
    tagger = _tagger()
    if tagger is not None:
        for span in tagger(text[:READ]).spans:
            yield span.start, span.stop, _KINDS[span.type]


def entity(said: Said, first: int, last: int, kind: EntityKind) -> Entity | None:
    """What the words first to last (without it) name, in the nominative; None: not believed.

    The tagger sees names in any capital word; it is believed of words that no dictionary knows.
    """
    words = said[first:last]
    if not words or words.opens(0) or not all(_is_strange(word, kind) for word in words):
        return None
    if kind is EntityKind.PERSON:
        name = _person(said, first, last)
    elif kind is EntityKind.PLACE:
        name = None if _is_street(said, first) else (town(_written(words)) or _phrase(words))
    else:
        name = _phrase(words)
    return Entity(kind=kind, name=name) if name else None


@cache
def _tagger() -> Any:
    if not is_installed():
        return None
    from natasha import NewsEmbedding, NewsNERTagger  # 170 MB: of a worker alone, when needed

    return NewsNERTagger(NewsEmbedding())


def _is_strange(word: Word, kind: EntityKind) -> bool:
    """Whether no dictionary knows it; a person's may be known for a name."""
    tags = [one.tag for one in parses(word.text) if one.is_known]
    if kind is EntityKind.PERSON:
        tags = [tag for tag in tags if "Name" not in tag and "Surn" not in tag]
    return word.capital and word.text[1:].islower() and not tags


def _is_street(said: Said, at: int) -> bool:
    return bool(at and NAMED_AFTER.fullmatch(said.texts[at - 1].lower()))


def _person(said: Said, first: int, last: int) -> str | None:
    """By given name and surname; a surname alone may be anything."""
    words = said[first:last]
    if len(words) == 1 or any(word.gap != " " for word in words):
        return None
    case = role_before(said, first) or "nomn"
    readings = stranger(words.texts[0], words.texts[-1], case, "ru")
    names = full_names(readings, words.texts[-1], "ru") if readings else ()
    return names[0] if names else None


def _phrase(words: Said) -> str:
    """One word in the nominative; more as they are written."""
    best = next((one for one in parses(words.texts[-1]) if one.tag.number == "sing"), None)
    if len(words) > 1 or best is None or words.texts[0].isupper():
        return _written(words)
    return str(best.normal_form).capitalize()


def _written(words: Said) -> str:
    return "".join(word.gap * (n > 0) + word.text for n, word in enumerate(words))
