"""Writing FTS5 expressions. A user's words reach the index only as quoted strings.

Source and topics stand in the index too, as labels: words with a letter of Unicode's private use
area, which no text and no question can hold. So a rare topic within a common word is found by the
index itself, not by looking at every article that has the word.
"""

import re
from collections.abc import Iterable, Sequence

from storage.models import EntityKind, NameWanted, Query

APART = 8  # words that may stand between those that are to be near each other
NOTHING = '""'  # an expression that matches no row

TOPIC_MARK, SOURCE_MARK, JOINT = "\ue000", "\ue001", "\ue002"
NAME_MARKS = {
    EntityKind.PERSON: "\ue003",
    EntityKind.ORG: "\ue004",
    EntityKind.PLACE: "\ue005",
}
_PART = re.compile(r"[^\W_]+")  # as the index parts words, and no mark of ours


def expression(query: Query, sources: Sequence[int] | None, *, any_word: bool) -> str | None:
    """All the words (or any of them) and phrases, none of the excluded, within topics and sources.

    `sources` are ids, None for all. None when no word is left that an index could hold.
    """
    words = [_or_alike(query, word) for word in query.terms if indexable(word)]
    phrases = [phrase for lemmas in query.phrases if (phrase := _phrase(lemmas)) is not None]
    phrases += [near for lemmas in query.near if (near := _near(lemmas)) is not None]
    worded = query.terms or query.phrases or query.near
    if not (words or phrases) and (worded or not (query.names or sources or query.topics)):
        return None
    parts = [f"({(' OR ' if any_word else ' AND ').join(words)})"] if words else []
    parts += phrases
    parts += [_named(name) for name in query.names]
    if query.topics:
        parts.append(_any(topic_label(slug) for slug in query.topics))
    if sources is not None:
        parts.append(_any(source_label(id_) for id_ in sources))
    together = " AND ".join(parts)
    excluded = any_of(query.excluded)
    return together if excluded is None else f"({together}) NOT {excluded}"


def any_of(words: Iterable[str]) -> str | None:
    """An expression for any of the words; None when none of them could be in an index."""
    usable = [quoted(word) for word in words if indexable(word)]
    return f"({' OR '.join(usable)})" if usable else None


def topic_label(slug: str) -> str:
    return TOPIC_MARK + "".join(sign if sign.isalnum() else JOINT for sign in slug)


def name_labels(kind: EntityKind, words: Iterable[str]) -> list[str]:
    """The words of a name, each marked by what it names."""
    parts = [part for word in words for part in _PART.findall(word)]
    return [NAME_MARKS[kind] + part for part in parts]


def source_label(source_id: int) -> str:
    return f"{SOURCE_MARK}{source_id}"


def quoted(word: str) -> str:
    """A word as FTS5 takes it literally; one with a hyphen becomes a phrase of its parts."""
    plain = "".join(" " if sign == "\0" or is_private(sign) else sign for sign in word)
    return '"' + plain.replace('"', '""') + '"'


def indexable(word: str) -> bool:
    """Whether anything of it is a token: a string of signs alone would match no row at all."""
    return any(sign.isalnum() for sign in word)


def is_private(sign: str) -> bool:
    return "\ue000" <= sign <= "\uf8ff"


def _or_alike(query: Query, word: str) -> str:
    return any_of((word, *query.also.get(word, ()))) or NOTHING


def _any(labels: Iterable[str]) -> str:
    return "(" + " OR ".join(f'"{label}"' for label in labels) + ")"


def _named(name: NameWanted) -> str:
    """An expression for any spelling of a name, as any of the kinds."""
    phrases = [
        '"' + " ".join(labels) + '"'
        for kind in sorted(name.kinds)
        for words in name.spellings
        if (labels := name_labels(kind, words))
    ]
    return f"({' OR '.join(phrases)})" if phrases else NOTHING


def _near(lemmas: Sequence[str]) -> str | None:
    usable = [quoted(lemma) for lemma in lemmas if indexable(lemma)]
    return f"NEAR({' '.join(usable)}, {APART})" if usable else None


def _phrase(lemmas: Sequence[str]) -> str | None:
    usable = [lemma for lemma in lemmas if indexable(lemma)]
    return quoted(" ".join(usable)) if usable else None
