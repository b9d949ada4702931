"""Words to lemmas: one fold and one lemma for the index, the question and the topic rules alike.

A lemma is folded (case, ё, ў, accents, apostrophes) and holds letters and digits only, so that
the search index keeps it whole. A hyphenated word gives its parts: «Кемерово — Минск» and
«кемерово-минск» are the same two lemmas.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any, NamedTuple

from bot.news.words import stems, stopwords

KEPT_RUSSIAN = 65_536  # words whose lemmas are kept: about 15 MB; a month of regional news
KEPT_OTHERS = 16_384  # of each other language, whose stems cost little
KEPT_PARSES = 4096  # words whose readings are kept: of a name one asks again and again
LONGEST_WORD = 64  # longer ones are noise (hashes, blobs): kept, but never parsed

_GLUE = "\u00ad\u200b-\u200d\u2060\ufeff"  # soft hyphen, zero widths: they part no word
_MARK = "\u0300-\u036f" + _GLUE
_PIECE = rf"[^\W_]++(?:[{_MARK}]++[^\W_]*+)*+"
_WORD = re.compile(rf"\d++[.,]\d++(?![^\W_])|{_PIECE}(?:['’ʼ]{_PIECE})*+")

_GONE = re.compile(f"['’ʼ{_GLUE}]")
_MARKS = re.compile("[\u0300-\u036f]")
_PLAIN = re.compile("[а-яёўіїєґa-z0-9 -]*+")
_ODD = re.compile("[^ -&(-~\n\u00a0«»№–—“”„…а-яёўіїєґ]")  # what is folded by more than its letters
_FOLDED = tuple(zip("ёўіїєґ", "еуииег", strict=True))
_LETTERS = str.maketrans(dict(_FOLDED))

_LATIN_TWINS = str.maketrans("aceopxykmtbh", "асеорхукмтвн")
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[а-яёўіїєґ]")
_WESTERN = re.compile("[ўіїєґ]")  # letters no Russian word has

_TOWNS = {  # forms the dictionary takes for other words
    form: town
    for town, forms in {
        "мыски": "мыски мысков мыскам мысками мысках",
        "топки": "топки топков топкам топками топках",
        "борисов": "борисов борисова борисову борисовом борисовым борисове",
    }.items()
    for form in forms.split()
}


class Token(NamedTuple):
    """A word of a text: text[start:stop], and its lemma."""

    start: int
    stop: int
    lemma: str


def fold(text: str) -> str:
    """What does not matter to a reader is gone: case, ё, ў, і, accents, apostrophes."""
    if _PLAIN.fullmatch(low := text.lower()):  # as nearly all are
        return low.translate(_LETTERS)
    bare = unicodedata.normalize("NFC", _GONE.sub("", text))
    bare = unicodedata.normalize("NFC", bare.casefold())
    return _GONE.sub("", _MARKS.sub("", bare)).translate(_LETTERS)


def lower(text: str) -> str:
    """In lower case, and as long: a capital that would become two letters stays."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(min(c.lower(), c, key=len) for c in text)


def lemma(word: str, language: str | None = "ru") -> str:
    """The lemma of one word; of a hyphenated one, its parts' joined by a space."""
    return " ".join(lemmas(word, language))


def lemmas(text: str, language: str | None = "ru") -> list[str]:
    """Every word and number of the text, in order, stop words too."""
    known = kept(language or "ru")
    return [found for word in spelled(text) if (found := known[word])]


def words(text: str) -> list[str]:
    """As many as `lemmas` gives, folded only: no dictionary is needed."""
    if _ODD.search(low := text.lower()):
        return [folded for word in _WORD.findall(low) if (folded := fold(word))]
    for letter, folded in _FOLDED:  # of a long text quicker than to translate it
        low = low.replace(letter, folded)
    return _WORD.findall(low)


def spelled(text: str) -> list[str]:
    """The same in lower case: what `kept` keeps the lemmas of."""
    return _WORD.findall(text.lower())


def tokens(text: str, language: str | None = "ru") -> list[Token]:
    """The same, with where each stands in the text as it was given."""
    return list(_tokens(text, language or "ru"))


def tokens_of(text: str, initials: Collection[str], language: str | None = "ru") -> list[Token]:
    """Only those that begin with one of these folded letters: the others' lemmas take no time."""
    known, found = kept(language or "ru"), []
    begins = {letter: _folded(letter) in initials for letter in set(text)}
    for match in _WORD.finditer(text):
        word = match[0]
        if begins[word[0]] and (lemma := known[word.lower()]):
            found.append(Token(match.start(), match.end(), lemma))
    return found


@lru_cache(maxsize=1_024)
def _folded(letter: str) -> str:
    return fold(letter)


def variants(word: str) -> tuple[str, ...]:
    """The lemmas an article in any of our languages may have this word under, likeliest first."""
    return tuple(dict.fromkeys(found for tongue in ("ru", "be") if (found := lemma(word, tongue))))


def parses(word: str) -> Sequence[Any]:
    """All readings of a Russian word as pymorphy3 gives them, likeliest first."""
    return _parses(word.lower())


def normal_form(word: str) -> str:
    """Of a Russian word's likeliest reading; unlike a lemma, with its «ё»."""
    return str(_parses(word.lower())[0].normal_form)


def known_readings(word: str) -> Sequence[Any]:
    """Those of a word that the dictionary knows; none of one that can only be guessed at."""
    return _known_readings(word.lower())


def is_known(word: str) -> bool:
    """Whether a folded word is one of the Russian dictionary's."""
    return bool(_analyzer().word_is_known(word))


def in_russian(word: str) -> list[str]:
    """The words of the Russian dictionary that a folded Belarusian one may be.

    Belarusian writes what is heard: «дарога», «мароз», «аўтобус», «людзі».
    """
    heard = word.replace("дз", "д").replace("ць", "ть")
    known = _analyzer().dictionary.words
    return list(known.similar_keys(heard, _heard()))


def is_stop(lemma: str) -> bool:
    """Whether a lemma carries no subject of its own (и, быть, который, the …)."""
    return lemma in stopwords.ALL


class Kept(dict[str, str]):
    """Words in lower case → lemmas, found when first asked for; bounded."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._most = KEPT_RUSSIAN if language == "ru" else KEPT_OTHERS

    def __missing__(self, word: str) -> str:
        if len(self) >= self._most:
            for old in list(islice(self, self._most // 2)):
                del self[old]  # those still in use are soon back
        found = _lemma(word, self._language)
        if len(word) <= LONGEST_WORD:
            self[word] = found
        return found


@cache
def kept(language: str) -> Kept:
    """The lemmas of a language that are kept."""
    return Kept(language)


def _tokens(text: str, language: str) -> Iterator[Token]:
    known = kept(language)
    for match in _WORD.finditer(text):
        if found := known[match[0].lower()]:
            yield Token(match.start(), match.end(), found)


def _lemma(word: str, language: str) -> str:
    low = unicodedata.normalize("NFC", word.casefold())
    if _LATIN.search(low) and _CYRILLIC.search(low):
        low = low.translate(_LATIN_TWINS)  # «Kузбаcc» typed with two keyboards
    folded = fold(low)
    if folded[:1].isdigit() or len(folded) > LONGEST_WORD:
        return folded.replace(",", ".")
    if not _CYRILLIC.search(low):
        return stems.english(folded) if folded.isascii() else folded
    if language in ("be", "uk") or _WESTERN.search(low):
        return stems.belarusian(folded)
    return _TOWNS.get(folded) or _russian(folded)


def _russian(word: str) -> str:
    """The dictionary's normal form; for a word it does not know, a surname's before a guess."""
    best = _parses(word)[0]
    if not best.is_known:
        best = next((one for one in _parses(word) if "Surn" in one.tag), best)
    return fold(str(best.normal_form))


@lru_cache(maxsize=KEPT_PARSES)
def _parses(word: str) -> Sequence[Any]:
    return tuple(_analyzer().parse(word))


@lru_cache(maxsize=KEPT_PARSES)
def _known_readings(word: str) -> Sequence[Any]:
    return _parses(word) if is_known(word) else ()  # a word is known in all its readings, or none


@cache
def _heard() -> Any:
    """What a letter of a folded Belarusian word may be in the Russian one, if not itself."""
    letters = {"а": "о", "я": "е", "ц": "т", "э": "е", "ы": "и", "у": "в"}
    return _analyzer().dictionary.words.compile_replaces(letters)


@cache
def _analyzer() -> Any:
    from pymorphy3 import MorphAnalyzer  # a quarter of a second and 38 MB: when first needed

    return MorphAnalyzer()
