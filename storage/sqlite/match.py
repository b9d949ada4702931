"""Writing FTS5 expressions. A user's words reach the index only as quoted strings."""

from collections.abc import Iterable, Sequence

from storage.models import Query

NOTHING = '""'  # an expression that matches no row


def expression(query: Query, *, any_word: bool) -> str | None:
    """All the words and phrases (or any of them), none of the excluded; None if no word is left."""
    wanted = [quoted(word) for word in query.terms if indexable(word)]
    wanted += [phrase for lemmas in query.phrases if (phrase := _phrase(lemmas)) is not None]
    if not wanted:
        return None
    together = (" OR " if any_word else " AND ").join(wanted)
    excluded = any_of(query.excluded)
    return together if excluded is None else f"({together}) NOT {excluded}"


def any_of(words: Iterable[str]) -> str | None:
    """An expression for any of the words; None when none of them could be in an index."""
    usable = [quoted(word) for word in words if indexable(word)]
    return f"({' OR '.join(usable)})" if usable else None


def quoted(word: str) -> str:
    """A word as FTS5 takes it literally; one with a hyphen becomes a phrase of its parts."""
    return '"' + word.replace("\0", " ").replace('"', '""') + '"'


def indexable(word: str) -> bool:
    """Whether anything of it is a token: a string of signs alone would match no row at all."""
    return any(sign.isalnum() for sign in word)


def _phrase(lemmas: Sequence[str]) -> str | None:
    usable = [lemma for lemma in lemmas if indexable(lemma)]
    return quoted(" ".join(usable)) if usable else None
