"""A big database, built through the store's own `add`: a year of regional news, as words fall.

    python -m bench.archive FILE ARTICLES

Texts are not run through understanding, which would take an hour: their words are drawn with their
lemmas, and topics, marks and fingerprints by chance.
"""

import asyncio
import random
import sys
import time
import tomllib
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

from bench.figures import Size
from bench.processes import line_with, module
from bench.texts import Word, vocabulary
from bot.clock import now as present
from storage.connect import open_store
from storage.models import (
    Entity,
    EntityKind,
    Fact,
    FactKind,
    NewArticle,
    NewSource,
    TopicScore,
    Understanding,
)

ARTICLES, QUICK_ARTICLES = 100_000, 400
BATCH = 500
OUTLETS = 30
BETWEEN = timedelta(minutes=5)
WORDS = (90, 210)  # of a text, the least and the most
TITLE, SENTENCE = 8, 13  # words
TOLD_AGAIN = 0.3  # of the articles belong to a story of their batch


async def archive(size: Size, articles: int | None = None) -> Path:
    """The database of so many articles, built by another process if it is not there yet."""
    articles = articles or size.of(ARTICLES, QUICK_ARTICLES)
    path = size.folder / f"archive-{articles}.db"
    if not path.exists():
        made = path.with_suffix(".part")
        async with module("bench.archive", str(made), str(articles)) as builder:
            took = await line_with(builder, r"^built (.+)$")
            print(f"  a database of {articles} articles: {took}", file=sys.stderr, flush=True)
        made.rename(path)
    return path


async def build(path: Path, articles: int) -> str:
    """How long it took, and how big it is, in words."""
    chance = random.Random(5)
    now = present()
    store = await open_store(f"sqlite:///{path}")
    outlets = [
        await store.sources.add(
            NewSource(url=f"https://outlet{n}.example/rss", title=f"Вестник {n}"), now=now
        )
        for n in range(OUTLETS)
    ]
    spent_s = 0.0
    for first in range(0, articles, BATCH):
        numbers = range(first, min(first + BATCH, articles))
        batch = [
            _article(
                chance, n, chance.choice(outlets).id, now - BETWEEN * (articles - n), n - first
            )
            for n in numbers
        ]
        began = time.perf_counter()
        await store.articles.add(batch)
        spent_s += time.perf_counter() - began
    await store.close()
    return f"{spent_s:.1f} s in add, {articles / spent_s:.0f}/s; {path.stat().st_size >> 20} MB"


def _article(
    chance: random.Random, number: int, source_id: int, at: datetime, place: int
) -> NewArticle:
    """The one at that place in its batch."""
    again = place > 0 and chance.random() < TOLD_AGAIN
    url = f"https://outlet{source_id}.example/{number}"
    return NewArticle(
        source_id=source_id,
        key=url,
        url=url,
        published_at=at,
        seen_at=at,
        dated=True,
        understanding=replace(_understanding(chance), facts=_plans(number, at)),
        joins=chance.randrange(max(0, place - 20), place) if again else None,
    )


def _plans(number: int, at: datetime) -> tuple[Fact, ...]:
    """Every fourth article tells of something to come: a day, a month, a season."""
    if number % 4:
        return ()
    since = at + timedelta(days=number % 40 + 1)
    until = since + timedelta(days=(1, 1, 30, 90)[number // 4 % 4])
    return (Fact(kind=FactKind.EVENT, since=since, until=until, sentence=f"План {number}."),)


def _understanding(chance: random.Random) -> Understanding:
    words = vocabulary().draw(chance, chance.randint(*WORDS))
    title = words[:TITLE]
    sentences = [_sentence(words[at : at + SENTENCE]) for at in range(0, len(words), SENTENCE)]
    lemmas = [word.lemma for word in words]
    return Understanding(
        title=_sentence(title).removesuffix("."),
        text="\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)),
        language="ru",
        topics=_topics(chance),
        entities=tuple(
            Entity(kind=EntityKind.PLACE, name=word.form.capitalize()) for word in title[:2]
        ),
        summary=tuple(sentences[:2]),
        index_title=" ".join(word.lemma for word in title),
        index_text=" ".join(lemmas),
        terms=dict.fromkeys(lemmas[:80], 1.5),
        marks=frozenset(f"c:{lemma}" for lemma in lemmas[:12]),
        fingerprint=tuple(chance.getrandbits(32) for _ in range(64)),
    )


def _sentence(words: list[Word]) -> str:
    return " ".join(word.form for word in words).capitalize() + "."


def _topics(chance: random.Random) -> tuple[TopicScore, ...]:
    """One to three, some topics much more often than others."""
    slugs = topic_slugs()
    found = {slugs[int(chance.expovariate(0.25)) % len(slugs)] for _ in range(chance.randint(1, 3))}
    return tuple(TopicScore(slug=slug, score=0.8) for slug in sorted(found))


@cache
def topic_slugs() -> tuple[str, ...]:
    toml = (files("bot.news.topics") / "topics.toml").read_text("utf-8")
    return tuple(topic["slug"] for topic in tomllib.loads(toml)["topic"])


if __name__ == "__main__":
    print("built", asyncio.run(build(Path(sys.argv[1]), int(sys.argv[2]))), flush=True)
