"""Other words an article may have for a word of a question: in Belarusian, in Russian, or by habit.

alike.tsv holds them; beyond it a Russian word is looked for by its Belarusian stem too.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from bot.news import stems
from bot.news.morphology import fold, in_russian, is_known, lemma

SHORTEST = 4  # letters of a stem that is looked for beside its word


def alike(word: str, term: str, language: str) -> tuple[str, ...]:
    """Other terms for a word as it was typed, whose own term is `term`."""
    found = dict.fromkeys(_groups().get(term, ()))
    if language == "be":
        found |= dict.fromkeys(_in_russian(word))
    else:
        found |= dict.fromkeys(_in_belarusian(word, term))
    found.pop(term, None)
    return tuple(found)


def _in_russian(word: str) -> Iterator[str]:
    """A word that both languages have is found in Russian articles by its Russian lemma."""
    for form in in_russian(fold(word)):
        yield (russian := lemma(form))
        yield from _groups().get(russian, ())


def _in_belarusian(word: str, term: str) -> Iterator[str]:
    for form in (term, fold(word)):
        stem = stems.belarusian(form)
        if len(stem) >= SHORTEST and not is_known(stem):
            yield stem


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """By term, all the terms of its lines."""
    found: dict[str, dict[str, None]] = {}
    text = (files("bot.news") / "alike.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        russian, _, belarusian = line.partition("\t")
        terms = [lemma(word) for word in russian.split()]
        terms += [lemma(word, "be") for word in belarusian.split()]
        for term in terms:
            found.setdefault(term, {}).update(dict.fromkeys(terms))
    return {term: tuple(one for one in group if one != term) for term, group in found.items()}
