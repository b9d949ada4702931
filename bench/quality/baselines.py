"""What simple means reach on the same rows: the figures that ours stand beside.

They lean on nothing of bot.news but its lemmas, so that they stay what they are when it grows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path

from razdel import sentenize

from bench.quality.cosine import cosine, vectors
from bench.quality.measures import Score, macro_f1, tally, together
from bench.quality.reading import Labelled, Pair
from bench.quality.report import Figures
from bot.news.words.morphology import is_stop, lemmas
from storage.models import Article, Entity, EntityKind, Query
from storage.ports import Store

CUT = 0.29  # the best cosine on labelled pairs of tgcontest
WINDOW = timedelta(days=7)
HITS = 30
HERE = Path(__file__).parent

Known = Mapping[str, Sequence[tuple[tuple[str, ...], Entity]]]


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
    scores = tally(expected, [_by_keywords(f"{a.title} {a.text}") for a in articles])
    most = Counter(slug for slugs in expected for slug in slugs).most_common(1)
    majority = tally(expected, [{slug for slug, _ in most}] * len(articles))
    return {
        "macro_f1": macro_f1(scores, gold),
        "f1_flights": scores.get("flights", Score()).f1,
        "f1_trade": scores.get("trade", Score()).f1,
        "macro_f1_majority": macro_f1(majority, gold),
    }


def pairs(rows: Sequence[Pair]) -> Figures:
    """One story from a cosine of TF-IDF on."""
    sides = vectors([one for row in rows for one in (row.first, row.second)])
    found = [cosine(a, b) >= CUT for a, b in zip(sides[::2], sides[1::2], strict=True)]
    both = sum(same and bool(row.same) for same, row in zip(found, rows, strict=True))
    score = Score(both, sum(found) - both, sum(bool(row.same) for row in rows) - both)
    return {"f1": score.f1, "precision": score.precision, "recall": score.recall}


def clusters(articles: Sequence[Labelled]) -> Mapping[str, int]:
    """Each article joins its nearest of the week before if the cosine of TF-IDF is enough."""
    found: dict[str, int] = {}
    past: list[tuple[str, datetime, Mapping[str, float]]] = []
    for article, vector in zip(articles, vectors(articles), strict=True):
        at = article.at
        near = [(cosine(vector, other), i) for i, then, other in past if at - then <= WINDOW]
        likeness, nearest = max(near, default=(0.0, ""))
        found[article.id] = found[nearest] if likeness >= CUT else len(found)
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


def lead(text: str, sentences: int) -> tuple[str, ...]:
    """The first sentences, as razdel parts them; none spans two paragraphs."""
    found = (s.text for line in text.splitlines() for s in sentenize(line) if s.text)
    return tuple(islice(found, sentences))


def names(articles: Sequence[Labelled]) -> list[set[Entity]]:
    """The names of a list, wherever their lemmas are."""
    return [
        set(_named(lemmas(f"{one.title}\n{one.text}", one.language), _known())) for one in articles
    ]


def _named(words: Sequence[str], known: Known) -> Iterator[Entity]:
    for at, word in enumerate(words, 1):
        for rest, entity in known.get(word, ()):
            if tuple(words[at : at + len(rest)]) == rest:
                yield entity


@cache
def _known() -> Known:
    """First lemma → (the lemmas after it, the entity)."""
    found: defaultdict[str, list[tuple[tuple[str, ...], Entity]]] = defaultdict(list)
    for kind, name in _table("names.tsv"):
        first, *rest = lemmas(name)
        found[first].append((tuple(rest), Entity(kind=EntityKind(kind), name=name)))
    return found


def _by_keywords(text: str) -> set[str]:
    words = text.casefold().split()
    return {
        slug for slug, roots in _keywords().items() if any(word.startswith(roots) for word in words)
    } or {"other"}


@cache
def _keywords() -> Mapping[str, tuple[str, ...]]:
    return {slug: tuple(roots.split()) for slug, roots in _table("keywords.tsv")}


def _table(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text("utf-8").splitlines():
        yield line.split("\t")
