"""Remembering: the frequent words of the newest articles, for worker processes that begin.

They are a note in the store, so that they are as whole as the articles are, survive a kill, and
are of the rules that made them: by others they are left alone. The note is made anew when many
articles have come since, and for fewer when the bot stops, from the articles themselves.
"""

import asyncio
import json
import logging
from typing import Any

from bot.news.beginning import begin
from bot.news.indexing import rules
from bot.news.words.vocabulary import frequent
from bot.workers import Preparation, WorkerFailed, Workers
from storage.ports import Store

log = logging.getLogger("svodka")

NOTE = "words"  # {"rules": by which, "articles": how many there were}, a line feed, the words
READ = 1000  # newest articles whose words are counted
PAGE = 200
ANEW = 500  # articles that came since, from which on it is made anew
FREQUENT_S = 120  # far more than it needs
LAST, LAST_S = 50, 5  # articles since, when the bot stops, and what a stop may wait for it


async def version() -> str:
    """Lemmas do not depend on topics. All our rules are read, the first time: not on the loop."""
    return await asyncio.to_thread(rules, "")


async def preparation(store: Store, topics_toml: str) -> Preparation:
    """What a worker that begins does first: it loads what texts need, and recalls the words."""
    _, words = await _noted(store)
    return begin, (topics_toml, words)


async def refresh(store: Store, workers: Workers, *, anew: int = ANEW) -> bool:
    """Note the frequent words of today, if those noted are of other rules, or of `anew` articles
    ago."""
    head, _ = await _noted(store)
    articles = await store.articles.count()
    if articles - int(head.get("articles", 0)) < (anew if head else 1):
        return False
    words = await workers.run(frequent, await _texts(store), timeout_s=FREQUENT_S)
    made = json.dumps({"rules": await version(), "articles": articles})
    await store.notes.set(NOTE, f"{made}\n{json.dumps(words, ensure_ascii=False)}")
    return True


async def refresh_at_last(store: Store, workers: Workers) -> None:
    """The same before the bot stops; a stop does not wait long, nor fail for it."""
    try:
        async with asyncio.timeout(LAST_S):
            await refresh(store, workers, anew=LAST)
    except (TimeoutError, WorkerFailed) as e:
        log.info("Words are not noted this time: %s", e or "it took too long")


async def _noted(store: Store) -> tuple[dict[str, Any], str]:
    """What stands over the words, and they; nothing if they are of other rules, or none."""
    said, _, words = (await store.notes.get(NOTE) or "").partition("\n")
    head = json.loads(said) if said else {}
    return (head, words) if head.get("rules") == await version() else ({}, "")


async def _texts(store: Store) -> list[str]:
    texts: list[str] = []
    below = None
    while len(texts) < READ:
        page = await store.articles.before(below, limit=PAGE)
        texts += [f"{one.title}\n{one.text}" for one in page if one.language == "ru"]
        if len(page) < PAGE:
            break
        below = page[-1].id
    return texts
