"""Search among 100,000 articles, against the bare query: the same MATCH, no article loaded.

The bare query runs on a connection of its own in this thread, takes the newest 500 that match and
ranks them as ours does; it gives ids, ours gives articles, through the store's reader thread.
"""

import random
import sqlite3
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from statistics import median

from bench.archive import OUTLETS, archive, topic_slugs
from bench.figures import Figure, Size, p99, ratios
from bench.processes import own_peak
from bench.texts import vocabulary
from bot.clock import now as present
from bot.jobs.answering.answer import HITS_PER_STORY
from bot.news.words.morphology import is_stop
from storage.connect import open_store
from storage.models import Query
from storage.ports import Store
from storage.sqlite.archive.adding import first_search_id
from storage.sqlite.archive.match import expression
from storage.sqlite.archive.search import WINDOW
from storage.sqlite.file.database import connect_reader
from storage.sqlite.file.values import micros

QUESTIONS, QUICK_QUESTIONS = 700, 35
LIMIT = 6 * HITS_PER_STORY  # what a page of answers asks for

BARE = """
SELECT rowid, rank FROM (
    SELECT rowid, bm25(search, 4.0, 1.0, 0.0) AS rank FROM search
    WHERE search MATCH :match AND rowid >= :first ORDER BY rowid DESC LIMIT :window)
ORDER BY rank LIMIT :limit
"""

Kind = tuple[str, Query]


async def measure(size: Size) -> list[Figure]:
    path = await archive(size)
    now = present()
    bare = connect_reader(path)
    store = await open_store(f"sqlite:///{path}")
    ids = {source.title: source.id for source in await store.sources.all()}
    runs = []
    try:
        for run in range(size.runs + 1):
            asked = list(
                _questions(bare, random.Random(run), size.of(QUESTIONS, QUICK_QUESTIONS), now)
            )
            runs.append([await _both(store, bare, query, ids) for _, query in asked])
    finally:
        await store.close()
        bare.close()
    return _figures(asked, runs[1:])  # the first warms the caches


def _figures(asked: Sequence[Kind], runs: Sequence[Sequence[tuple[float, float]]]) -> list[Figure]:
    ours = [[1000 * mine for mine, _ in run] for run in runs]
    bare = [[1000 * its for _, its in run] for run in runs]
    p99s = tuple(p99(run) for run in ours)
    found = [
        Figure(name="median", unit="ms", runs=tuple(median(run) for run in ours)),
        Figure(name="p99", unit="ms", runs=p99s, at_most=25),
        Figure(name="bare query, median", unit="ms", runs=tuple(median(run) for run in bare)),
        Figure(name="bare query, p99", unit="ms", runs=tuple(p99(run) for run in bare)),
        Figure(
            name="p99 against the bare one",
            unit="×",
            runs=ratios(p99s, [p99(run) for run in bare]),
            at_most=2,
        ),
    ]
    for kind in dict.fromkeys(kind for kind, _ in asked):
        at = [i for i, (one, _) in enumerate(asked) if one == kind]
        worst = tuple(p99([run[i] for i in at]) for run in ours)
        found.append(Figure(name=f"p99 of: {kind}", unit="ms", runs=worst))
    return [*found, own_peak()]


async def _both(
    store: Store, bare: sqlite3.Connection, query: Query, ids: dict[str, int]
) -> tuple[float, float]:
    """Seconds that ours and the bare query took, in turns of who is first."""
    values = {
        "match": expression(
            query, [ids[title] for title in query.sources] or None, any_word=query.question
        ),
        "first": first_search_id(micros(query.since)) if query.since else 0,
        "window": WINDOW,
        "limit": LIMIT,
    }
    began = time.perf_counter()
    bare.execute(BARE, values).fetchall()
    between = time.perf_counter()
    await store.articles.search(query, limit=LIMIT, any_word=query.question)
    return time.perf_counter() - between, between - began


def _questions(
    c: sqlite3.Connection, chance: random.Random, count: int, now: datetime
) -> Iterator[Kind]:
    """Of every kind the same number; `question` says here that any of the words is enough."""
    lemmas = list(dict.fromkeys(w.lemma for w in vocabulary().words if not is_stop(w.lemma)))
    common, middling, rare = lemmas[:30], lemmas[100:1500], lemmas[3000:]
    for _ in range(count // 7):
        often, seldom, hardly = (chance.choice(some) for some in (common, middling, rare))
        topics = (chance.choice(topic_slugs()),)
        week = now - timedelta(days=7)
        outlet = f"Вестник {chance.randrange(OUTLETS)}"
        yield "a common word", Query(raw="", terms=(often,))
        yield "a common and a rarer word", Query(raw="", terms=(often, seldom))
        yield "a rare word", Query(raw="", terms=(hardly,))
        yield "a phrase", Query(raw="", phrases=(_phrase(c, chance),))
        yield "a common word in a topic", Query(raw="", terms=(often,), topics=topics)
        yield (
            "a word of a source this week",
            Query(raw="", terms=(often,), sources=(outlet,), since=week),
        )
        yield "any of three words", Query(raw="", terms=(often, seldom, hardly), question=True)


def _phrase(c: sqlite3.Connection, chance: random.Random) -> tuple[str, ...]:
    """Two words that stand beside each other somewhere."""
    sentence = "SELECT text FROM article_words ORDER BY search_id LIMIT 1 OFFSET :n"
    words = c.execute(sentence, {"n": chance.randrange(300)}).fetchone()["text"].split()
    at = chance.randrange(len(words) - 1)
    return tuple(words[at : at + 2])
