"""Other words an article may have for one of a question: in another language, case, or by habit.

alike.tsv holds them; beyond it a place is looked for by its names in all languages and the lemmas
of their forms («Белове» may be «белов»), and a Russian word by its Belarusian stem too.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from bot.news.names.gazetteer import Spelling, known, written
from bot.news.words import stems
from bot.news.words.capitals import words
from bot.news.words.crossing import crossed
from bot.news.words.declension import forms
from bot.news.words.morphology import fold, in_russian, is_known, lemma, parses
from storage.models import EntityKind

SHORTEST = 4  # letters of a stem that is looked for beside its word
LIKELY = 0.1  # a reading of a word that may be meant: «озёрах» is of «озеро» as well as of «Озёры»


def alike(word: str, term: str, language: str) -> tuple[str, ...]:
    """Other terms for a word as it was typed, whose own term is `term`."""
    found = dict.fromkeys(_groups().get(term, ()))
    found |= dict.fromkeys(_of_place(word, language))
    if language == "be":
        found |= dict.fromkeys(_in_russian(word))
    else:
        found |= dict.fromkeys(_readings(word))
        found |= dict.fromkeys(in_belarusian(word, term))
    found |= dict.fromkeys(_of_name(word, term))
    found.pop(term, None)
    return tuple(found)


def _of_name(word: str, term: str) -> Iterator[str]:
    """A surname as articles in our other languages have it."""
    for name in (*crossed(fold(word)), *crossed(term)):
        yield lemma(name, "en" if name.isascii() else "ru")
        if not name.isascii():
            yield lemma(name, "be")


def _of_place(word: str, language: str) -> Iterator[str]:
    """A place that is also a common word is left alone, as is one of several words."""
    said = words(word)
    place = known(said, 0, language) if len(said) == 1 else None
    if place is None or place[1].signs or place[1].entity.kind is not EntityKind.PLACE:
        return
    for name in written(place[1].entity):
        if len(name.words) == 1:
            yield from _terms(name)


def _terms(name: Spelling) -> Iterator[str]:
    """The lemmas of a name's forms; endings that it might have give longer and other words too."""
    [word] = name.words
    yield lemma(word, name.tongue)
    if name.tongue != "en":
        for form in sorted(forms(word, name.tongue)):
            term = lemma(form, name.tongue)
            if len(term) <= len(word) and not _is_common(term):
                yield term


def _is_common(term: str) -> bool:
    return is_known(term) and not any(
        "Geox" in one.tag or "Surn" in one.tag for one in parses(term)
    )


def _readings(word: str) -> Iterator[str]:
    for one in parses(fold(word)):
        if one.is_known and one.score >= LIKELY and one.tag.POS == "NOUN":
            yield (term := fold(str(one.normal_form)))
            yield from _groups().get(term, ())


def _in_russian(word: str) -> Iterator[str]:
    """A word that both languages have is found in Russian articles by its Russian lemma."""
    for form in in_russian(fold(word)):
        yield (russian := lemma(form))
        yield from _groups().get(russian, ())


def in_belarusian(word: str, term: str) -> Iterator[str]:
    """The stems that Belarusian articles have a Russian word under."""
    for form in (term, fold(word)):
        stem = stems.belarusian(form)
        if len(stem) >= SHORTEST and not is_known(stem):
            yield stem
            if not is_known(form):  # it was a Belarusian word, in a question too short to tell
                yield from _groups().get(stem, ())


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """By term, all the terms of its lines."""
    found: dict[str, dict[str, None]] = {}
    text = (files(__package__) / "alike.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        columns = zip(line.split("\t"), ("ru", "be", "en"), strict=False)
        terms = [lemma(word, tongue) for column, tongue in columns for word in column.split()]
        for term in terms:
            found.setdefault(term, {}).update(dict.fromkeys(terms))
    return {term: tuple(one for one in group if one != term) for term, group in found.items()}
