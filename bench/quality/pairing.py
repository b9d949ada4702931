"""Pairs out of articles with gold stories: all of one story, and the hardest of two.

The hardest are those of twins, and each article's nearest by words of another story.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import combinations, product

from bench.quality.cosine import cosine, vectors
from bench.quality.reading import Labelled, Pair
from bench.quality.twins import twin_pairs

WINDOW = timedelta(days=7)


def paired(articles: Sequence[Labelled]) -> list[Pair]:
    """No pair is further apart than the window, the earlier article comes first."""
    told = [one for one in articles if one.story is not None]
    apart = {(a.id, b.id): (a, b) for a, b in (*_of_twins(told), *_nearest(told))}
    return [
        *(Pair(first=a, second=b, same=True) for a, b in _of_one(told)),
        *(Pair(first=a, second=b, same=False) for a, b in apart.values()),
    ]


def _of_one(articles: Sequence[Labelled]) -> Iterator[tuple[Labelled, Labelled]]:
    for told in _by_story(articles).values():
        yield from (pair for pair in combinations(told, 2) if _within(*pair))


def _of_twins(articles: Sequence[Labelled]) -> Iterator[tuple[Labelled, Labelled]]:
    told = _by_story(articles)
    for one, other in twin_pairs(articles):
        for a, b in product(told[one], told[other]):
            if _within(a, b):
                yield (a, b) if a.at <= b.at else (b, a)


def _nearest(articles: Sequence[Labelled]) -> Iterator[tuple[Labelled, Labelled]]:
    """Each article with the likest earlier one of another story."""
    known = vectors(articles)
    for at, article in enumerate(articles):
        before = [
            (cosine(known[at], known[i]), -i)
            for i in range(at)
            if articles[i].story != article.story and _within(articles[i], article)
        ]
        if before:
            yield articles[-max(before)[1]], article


def _by_story(articles: Sequence[Labelled]) -> dict[str, list[Labelled]]:
    told: defaultdict[str, list[Labelled]] = defaultdict(list)
    for one in articles:
        told[one.story or ""].append(one)
    return told


def _within(a: Labelled, b: Labelled) -> bool:
    return abs(a.at - b.at) <= WINDOW
