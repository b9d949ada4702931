"""TF-IDF of lemmas, the title twice and the first 600 characters: likeness by words alone."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from bench.quality.reading import Labelled
from bot.news.words.morphology import is_stop, lemmas

LEAD = 600  # characters

Vector = Mapping[str, float]


def vectors(articles: Sequence[Labelled]) -> list[Vector]:
    """Of length 1; how rare a word is, these articles tell."""
    counts = [_counts(one) for one in articles]
    seen = Counter(word for one in counts for word in one)
    return [
        _unit({w: (1 + math.log(n)) * math.log(1 + len(counts) / seen[w]) for w, n in one.items()})
        for one in counts
    ]


def cosine(a: Vector, b: Vector) -> float:
    return sum(x * b[word] for word, x in a.items() if word in b)


def _counts(one: Labelled) -> Counter[str]:
    title = lemmas(one.title, one.language)
    words = [*title, *title, *lemmas(one.text[:LEAD], one.language)]
    return Counter(word for word in words if not is_stop(word))


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(x * x for x in vector.values())) or 1.0
    return {word: x / length for word, x in vector.items()}
