"""What simple means reach on the same rows: the figures that ours stand beside."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from bench.quality.measures import Score, macro_f1, tally, together
from bench.quality.reading import Labelled
from bench.quality.texts import understood
from bot.news.gazetteer import gazetteer
from bot.news.morphology import is_stop, lemmas
from bot.news.sameness import dot
from storage.models import Article, Entity, Query, Understanding
from storage.ports import Store

CUT = 0.29  # the best cosine on labelled pairs
WINDOW = timedelta(days=7)
HITS = 30
KEYWORDS = Path(__file__).with_name("keywords.tsv")

Figures = Mapping[str, float | int | None]


def rubrics(expected: Sequence[str]) -> Figures:
    """Everything in the most frequent rubric."""
    most = Counter(expected).most_common(1)[0][0] if expected else ""
    scores = tally([{one} for one in expected], [{most}] * len(expected))
    return {
        "macro_f1": macro_f1(scores, sorted(set(expected))),
        "accuracy": together(scores.values()).recall,
    }


def slugs(
    articles: Sequence[Labelled], expected: Sequence[Set[str]], gold: Sequence[str]
) -> Figures:
    """A topic for whose beginnings of words, a few each, one is in the title or text."""
    found = [_by_keywords(f"{a.title} {a.text}") for a in articles]
    scores = tally(expected, found)
    most = Counter(slug for slugs in expected for slug in slugs).most_common(1)
    majority = tally(expected, [{slug for slug, _ in most}] * len(articles))
    return {
        "macro_f1": macro_f1(scores, gold),
        "f1_flights": scores.get("flights", Score()).f1,
        "f1_trade": scores.get("trade", Score()).f1,
        "macro_f1_majority": macro_f1(majority, gold),
    }


def pairs(sides: Sequence[tuple[Understanding, Understanding]], expected: Sequence[str]) -> Figures:
    """One story from a cosine of TF-IDF on."""
    idf = _idf([one for pair in sides for one in pair])
    found = ["same" if dot(_vector(a, idf), _vector(b, idf)) >= CUT else "apart" for a, b in sides]
    scores = tally([{one} for one in expected], [{one} for one in found])
    return {"f1": scores.get("same", Score()).f1}


def clusters(articles: Sequence[Labelled]) -> Mapping[str, int]:
    """Each article joins its nearest of the week before if the cosine of TF-IDF is enough."""
    understandings = understood(articles)
    idf = _idf(understandings)
    found: dict[str, int] = {}
    past: list[tuple[str, datetime, Mapping[str, float]]] = []
    for article, one in zip(articles, understandings, strict=True):
        at, vector = article.published_at, _vector(one, idf)
        assert at is not None
        near = [(dot(vector, other), i) for i, then, other in past if at - then <= WINDOW]
        cosine, nearest = max(near, default=(0.0, ""))
        found[article.id] = found[nearest] if cosine >= CUT else len(found)
        past.append((article.id, at, vector))
    return found


async def search(store: Store, question: str) -> list[Article]:
    """The best article of each story by bm25, for any of the question's words."""
    words = dict.fromkeys(w for w in lemmas(question) if not is_stop(w))
    if not words:
        return []
    query = Query(raw=question, terms=tuple(words))
    hits = await store.articles.search(query, limit=HITS, any_word=True)
    best: dict[int, Article] = {}
    for hit in hits:
        best.setdefault(hit.article.story_id, hit.article)
    return list(best.values())


def names(articles: Sequence[Labelled]) -> list[set[Entity]]:
    """The gazetteer's names, wherever their lemmas are."""
    known = gazetteer()
    found: list[set[Entity]] = []
    for article in articles:
        words = lemmas(f"{article.title}\n{article.text}", article.language)
        found.append(
            {
                entity
                for at, word in enumerate(words)
                for rest, entity in known.get(word, ())
                if tuple(words[at + 1 : at + 1 + len(rest)]) == rest
            }
        )
    return found


def _by_keywords(text: str) -> set[str]:
    words = text.casefold().split()
    return {
        slug for slug, roots in _keywords().items() if any(word.startswith(roots) for word in words)
    } or {"other"}


@cache
def _keywords() -> Mapping[str, tuple[str, ...]]:
    lines = KEYWORDS.read_text("utf-8").splitlines()
    return {slug: tuple(roots.split()) for slug, roots in (line.split("\t") for line in lines)}


def _idf(texts: Sequence[Understanding]) -> Mapping[str, float]:
    counts = Counter(word for one in texts for word in one.terms)
    return {word: math.log(1 + len(texts) / n) for word, n in counts.items()}


def _vector(one: Understanding, idf: Mapping[str, float]) -> Mapping[str, float]:
    vector = {word: weight * idf[word] for word, weight in one.terms.items()}
    length = math.sqrt(sum(x * x for x in vector.values())) or 1.0
    return {word: x / length for word, x in vector.items()}
