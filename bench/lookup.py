"""How long an article takes to find its story among many.

    python -m bench.lookup [--articles 20000] [--json]

The articles are invented: words fall as those of news do, few often and most hardly ever.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.news.commonness import SHARE
from bot.news.fingerprint import minhash
from bot.news.stories import StoryIndex, terms
from storage.models import StoryPoint, Understanding

START = datetime(2026, 1, 1, tzinfo=UTC)
WEEK_S = 7 * 86400
OUTLETS = 30
LOOKUPS = 500


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.lookup", description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args(arguments)
    chance = random.Random(7)
    index = StoryIndex()
    began = time.perf_counter()
    for number in range(1, asked.articles + 1):
        index.add(_point(_article(chance), number, asked.articles))
    added_s = time.perf_counter() - began
    took_ms = sorted(_place_ms(index, _article(chance)) for _ in range(LOOKUPS))
    result = {
        "articles": asked.articles,
        "add_ms": round(1000 * added_s / max(1, asked.articles), 3),
        "place_ms_median": round(took_ms[LOOKUPS // 2], 3),
        "place_ms_p99": round(took_ms[LOOKUPS * 99 // 100], 3),
    }
    if asked.json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name:>16}  {value}")
    return 0


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


def _place_ms(index: StoryIndex, article: Understanding) -> float:
    began = time.thread_time()  # so that neighbours on the machine do not count
    index.place(article, source_id=1, published_at=START + timedelta(seconds=WEEK_S))
    return 1000 * (time.thread_time() - began)


if __name__ == "__main__":
    sys.exit(main())
