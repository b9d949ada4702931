"""How long an article takes to find its story among the many of a week.

    python -m bench.lookup [--articles 20000] [--json]

The articles are invented: words fall as those of news do, few often and most hardly ever. Times are
CPU time of this thread, so that neighbours on the machine count little.
"""

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bench.figures import Figure, Size, p99
from bot.news.stories.fingerprint import minhash
from bot.news.stories.index import StoryIndex, terms
from bot.news.words.commonness import SHARE
from storage.models import StoryPoint, Understanding

START = datetime(2026, 1, 1, tzinfo=UTC)
WEEK_S = 7 * 86400
OUTLETS = 30
ARTICLES, QUICK_ARTICLES = 20_000, 200
LOOKUPS = 500


async def measure(size: Size) -> list[Figure]:
    articles = size.of(ARTICLES, QUICK_ARTICLES)
    index, add_ms = filled(articles, seed=7)
    runs = [looked_up(index, seed) for seed in range(size.runs)]
    among = f"among {articles:,}".replace(",", " ")
    slow, median = tuple(map(p99, runs)), tuple(map(statistics.median, runs))
    return [
        Figure(name=f"a story looked up {among}, p99", unit="ms", runs=slow, at_most=2.0),
        Figure(name=f"a story looked up {among}, median", unit="ms", runs=median),
        Figure(name="an article put into the index", unit="ms", runs=(add_ms,)),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.lookup", description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args(arguments)
    index, add_ms = filled(asked.articles, seed=7)
    took_ms = looked_up(index, seed=0)
    result = {
        "articles": asked.articles,
        "add_ms": round(add_ms, 3),
        "place_ms_median": round(statistics.median(took_ms), 3),
        "place_ms_p99": round(p99(took_ms), 3),
    }
    if asked.json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name:>16}  {value}")
    return 0


def filled(articles: int, seed: int) -> tuple[StoryIndex, float]:
    """An index of so many articles of a week, and milliseconds for each that went in."""
    chance = random.Random(seed)
    index = StoryIndex()
    took_ms = 0.0
    for number in range(1, articles + 1):
        took_ms += _add_ms(index, _point(_article(chance), number, articles))
    return index, took_ms / max(1, articles)


def looked_up(index: StoryIndex, seed: int) -> list[float]:
    """Milliseconds for each of some articles that come after all of them."""
    chance = random.Random(seed)
    return [_place_ms(index, _article(chance)) for _ in range(LOOKUPS)]


def _article(chance: random.Random) -> Understanding:
    common = list(SHARE)
    words = [chance.choice(common) for _ in range(50)]
    words += [f"слово{int(chance.paretovariate(0.6))}" for _ in range(50)]
    marks = {f"c:{word}" for word in words[:4] + words[-6:]} | {f"t:{w}" for w in words[45:53]}
    marks |= {f"n:{chance.randint(1, 3000)}" for _ in range(4)}
    return Understanding(
        title="",
        text="",
        terms=terms(words[45:53], words),
        marks=frozenset(marks),
        fingerprint=minhash(words),
    )


def _point(article: Understanding, number: int, of: int) -> StoryPoint:
    return StoryPoint(
        article_id=number,
        story_id=number,
        source_id=number % OUTLETS,
        published_at=START + timedelta(seconds=WEEK_S * number / of),
        terms=article.terms,
        marks=article.marks,
        fingerprint=article.fingerprint,
    )


def _add_ms(index: StoryIndex, point: StoryPoint) -> float:
    began = time.thread_time()
    index.add(point)
    return 1000 * (time.thread_time() - began)


def _place_ms(index: StoryIndex, article: Understanding) -> float:
    began = time.thread_time()
    index.place(article, source_id=1, published_at=START + timedelta(seconds=WEEK_S))
    return 1000 * (time.thread_time() - began)


if __name__ == "__main__":
    sys.exit(main())
