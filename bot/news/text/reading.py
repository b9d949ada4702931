"""A text's lemmas, sentence by sentence: its index, its kind, its marks and its summary all ask."""

from functools import lru_cache
from itertools import chain

from bot.news.text.splitting import PIECE, split
from bot.news.words.morphology import kept, lemmas, spelled

KEPT = 768  # sentences of a batch of texts that is being understood


@lru_cache(maxsize=KEPT)
def sentence_words(sentence: str) -> tuple[str, ...]:
    """The words of a sentence in lower case, each with its apostrophes."""
    return tuple(spelled(sentence))


@lru_cache(maxsize=KEPT)
def sentence_lemmas(sentence: str, language: str | None = "ru") -> tuple[str, ...]:
    """The lemmas of a sentence, or of a title, that is asked for again soon."""
    return tuple(filter(None, map(kept(language or "ru").__getitem__, sentence_words(sentence))))


@lru_cache(maxsize=KEPT // 3)
def paragraph_lemmas(paragraph: str, language: str | None = "ru") -> tuple[str, ...]:
    """The same that `lemmas` gives of a paragraph: no word spans two of its sentences."""
    if len(paragraph) > PIECE:  # cut where it may be amid a word
        return tuple(lemmas(paragraph, language))
    return tuple(chain(*[sentence_lemmas(one, language) for one in split(paragraph)]))


def text_lemmas(text: str, language: str | None = "ru") -> list[str]:
    """The lemmas of a cleaned text, whose paragraphs are parted by a blank line."""
    return list(chain(*[paragraph_lemmas(one, language) for one in text.split("\n\n")]))
