"""Interests and tastes, to and from columns of JSON: lists of [kind, value, label, …]."""

from collections.abc import Iterable
from functools import lru_cache

from storage.models import Interest, InterestKind, Taste, Verdict
from storage.sqlite.file.values import dump, load


def write_interests(interests: Iterable[Interest]) -> str:
    return dump([[one.kind, one.value, one.label] for one in interests])


@lru_cache(maxsize=256)  # most chats have none, and many a channel the same
def read_interests(text: str) -> tuple[Interest, ...]:
    return tuple(
        Interest(kind=InterestKind(kind), value=value, label=label)
        for kind, value, label in load(text)
    )


def write_tastes(tastes: Iterable[Taste]) -> str:
    return dump(
        [
            [taste.interest.kind, taste.interest.value, taste.interest.label, taste.verdict]
            for taste in tastes
        ]
    )


@lru_cache(maxsize=256)
def read_tastes(text: str) -> tuple[Taste, ...]:
    return tuple(
        Taste(
            interest=Interest(kind=InterestKind(kind), value=value, label=label),
            verdict=Verdict(verdict),
        )
        for kind, value, label, verdict in load(text)
    )
