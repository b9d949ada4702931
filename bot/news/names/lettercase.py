"""Headlines in capitals, set as sentences are: names and abbreviations keep theirs.

How a word is written is told by the article's own text, where it stands in the midst of a sentence;
else by the gazetteer, by who is named, and by the dictionary.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from bot.news.names.districts import district
from bot.news.names.families import looks_like_one
from bot.news.names.gazetteer import known
from bot.news.names.persons import persons
from bot.news.words.capitals import Said, parts, words
from bot.news.words.morphology import fold, is_stop, known_readings, lemma

MOSTLY = 0.75  # of the letters are capitals
LONG, FEW = 4, 2  # letters of a word that no abbreviation explains; so many of them shout
READ = 20_000  # characters of the text that are looked through
SHORT = 4  # letters of a word that no dictionary has: an abbreviation
# Shares of a word's readings by which it is a name, or an abbreviation.
HARDLY, RARELY, LIKELY = 0.05, 0.1, 0.5

_ABBREVIATION, _NOUN = frozenset({"Abbr"}), frozenset({"NOUN"})
_FUNCTIONS = frozenset({"NUMR", "PREP", "CONJ", "PRCL", "NPRO"})
_NAMES = frozenset({"Geox", "Surn", "Name", "Patr", "Orgn", "Trad"})
_UNITS = frozenset({"млн", "млрд", "тыс", "руб", "коп", "км", "кг", "см", "мм", "га", "кв"})
_ENDS = re.compile(r"[.!?…][»”\"]?\s|[«“„\"]")  # what follows begins anew
_VOWELS = re.compile("[аеёиоуыэюяіїє]", re.I)
_NEW_YEAR = re.compile(r"\bн(?=ов(?:ый|ого|ому|ым|ы|ага|аму) год)")
_ROMAN = re.compile(r"[IVXLC]+")


class _Title(NamedTuple):
    said: Said
    signs: Sequence[str]  # behind each word
    language: str


def set_as_sentence(title: str, text: str, language: str | None) -> str:
    """The title, if it shouts, as its text would write it; else as it is."""
    if not _shouts(title):
        return title
    said = words(title)
    one = _Title(said, [title[w.stop : w.stop + 1] for w in said], language or "ru")
    written, names = _written(text, one.language), dict(_named(one))
    pieces, last = [], 0
    for at, word in enumerate(said):
        spelled = _spelled(one, at, written, names) if word.text.isupper() else word.text
        opens = at == 0 or _ENDS.search(word.gap)
        pieces += [word.gap, spelled[0].upper() + spelled[1:] if opens else spelled]
        last = word.stop
    return _NEW_YEAR.sub("Н", "".join(pieces) + title[last:])


def _shouts(title: str) -> bool:
    if title.islower() or len(title) < LONG * FEW:
        return False
    letters = list(filter(str.isalpha, title))
    if sum(map(str.isupper, letters)) < MOSTLY * len(letters):
        return False
    return sum(part.isupper() and len(part) >= LONG for part in parts(title)) >= FEW


def _spelled(title: _Title, at: int, written: Mapping[str, str], names: Mapping[int, str]) -> str:
    """One word of capitals as it is written in the midst of a sentence."""
    word = title.said[at].text
    if _ROMAN.fullmatch(word) or _stays(title, at):
        return word
    if model := written.get(word.lower()) or names.get(at):
        return _like(word, model)
    if model := written.get(lemma(word, title.language)):
        return _like(word, model)
    return _by_dictionary(word, title.language)


def _stays(title: _Title, at: int) -> bool:
    """Whether it is an initial, or the letters of a number: «А. Иванов», «Ту-154»."""
    word, behind = title.said[at].text, title.said[at + 1 : at + 2]
    numbered = bool(behind) and behind[0].gap == "-" and behind[0].text[0].isdigit()
    return (numbered and len(word) < SHORT) or (len(word) == 1 and title.signs[at] == ".")


def _by_dictionary(word: str, language: str) -> str:
    if word.isascii():
        return word if language != "en" and len(word) <= SHORT else word.lower()
    if _is_abbreviation(word, language):
        return word
    if language == "ru" and _is_name(word):
        return word.capitalize()
    return word.lower()


def _is_abbreviation(word: str, language: str) -> bool:
    """By the dictionary; of words that it has not, those that cannot be said as they stand."""
    if word.lower() in _UNITS:
        return False
    if known_readings(word):
        return _share(word, _ABBREVIATION) >= LIKELY and not _share(word, _FUNCTIONS)
    vowels = len(_VOWELS.findall(word))
    short = language == "ru" and 1 < len(word) <= SHORT and (vowels < 2 or len(word) < SHORT)
    return short or (vowels == 0 and len(word) > 1 and not is_stop(fold(word)))


def _is_name(word: str) -> bool:
    """«Волков» may be of wolves."""
    if known_readings(word):
        return _share(word, _NAMES) >= LIKELY and _share(word, _NOUN, _NAMES) < RARELY
    return looks_like_one(word.capitalize())


@lru_cache(maxsize=4096)
def _share(word: str, tags: frozenset[str], but: frozenset[str] = frozenset()) -> float:
    """Of a word's readings by the dictionary, how likely those are that have one of these tags."""
    likely: float = sum(
        one.score
        for one in known_readings(word)
        if tags & one.tag.grammemes and not but & one.tag.grammemes
    )
    return likely


def _written(text: str, language: str) -> dict[str, str]:
    """By the word in small letters, and by its lemma, how the text writes it most often."""
    forms: dict[str, Counter[str]] = {}
    for paragraph in text[:READ].split("\n"):
        if _shouts(paragraph):
            continue
        for word in words(paragraph):
            if not word.opens or word.text.islower():
                forms.setdefault(word.text.lower(), Counter())[word.text] += 1
    found: dict[str, str] = {}
    for form, spellings in forms.items():
        [(found[form], _)] = spellings.most_common(1)
        found.setdefault(lemma(form, language), found[form])
    return found


def _named(title: _Title) -> Iterator[tuple[int, str]]:
    """By place in the title, how the names in it that need no text are written."""
    said = title.said
    every = range(len(said))
    for one in persons(_capitalised(said, every), every, title.language):
        span = range(one.first, one.last)
        least = HARDLY if len(span) > 1 else LIKELY
        if all(_may_be_name(said[at].text, least) for at in span):
            yield from ((at, said.texts[at].capitalize()) for at in span)
    for at, word in enumerate(said):
        if district(_capitalised(said, [at]), at, title.language):
            yield at, word.text.capitalize()
        found = known(said, at, title.language)
        if found and not found[1].signs and fold(found[1].name[:2]) == fold(word.text[:2]):
            yield from zip(range(at, at + found[0]), parts(found[1].name), strict=False)


def _capitalised(said: Said, capitals: Collection[int]) -> Said:
    """The words with capitals at these places alone."""
    here = [at in capitals for at in range(len(said))]
    texts = [
        text.capitalize() if capital else text.lower()
        for text, capital in zip(said.texts, here, strict=True)
    ]
    return replace(said, texts=texts, capitals=here)


def _may_be_name(word: str, least: float) -> bool:
    return not known_readings(word) or _share(word, _NAMES) >= least


def _like(word: str, model: str) -> str:
    """The word with the capitals that its name has, as far as they have the same letters."""
    same = 0
    for sign, its in zip(word, model, strict=False):
        if fold(sign) != fold(its):
            break
        same += 1
    begun = (s if its.isupper() else s.lower() for s, its in zip(word[:same], model, strict=False))
    return "".join(begun) + word[same:].lower()
