"""Amending: posts that tell a story as it was before an editor's correction are drawn again.

A correction is a row, whoever made it. Each look finds all posts that are older than it, also those
that a planner drew before it and stored after it; a kill between two pieces costs nothing.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from bot.jobs.delivery.sending import Amender
from storage.models import OutdatedPost, Post
from storage.ports import Store

log = logging.getLogger("svodka.edits")

PAGE = 50  # posts looked at together
PIECE = 2_000  # deliveries given another post in one transaction, so that a sender never waits long


async def amend_posts(
    store: Store,
    amender: Amender,
    *,
    now: datetime,
    undrawn: set[int],
    ring: Callable[[], None] = lambda: None,
    piece: int = PIECE,
) -> int:
    """Give all deliveries of such posts the new ones; how many. `ring` is called after each piece.

    What has not left leaves so; messages that did are edited (bot.jobs.delivery.editing). A post
    that cannot be drawn costs only itself: it joins `undrawn`, which are left as they are.
    """
    after_id = given = 0
    while page := await store.edits.outdated(after_id=after_id, limit=PAGE):
        for outdated in page:
            if outdated.id in undrawn:
                continue
            if post := _drawn(amender, outdated, now):
                given += await _give(store, outdated.id, post, now=now, ring=ring, piece=piece)
            else:
                undrawn.add(outdated.id)
        after_id = page[-1].id
    if given:
        log.info("an editor's corrections go out", extra={"deliveries": given})
    return given


def _drawn(amender: Amender, outdated: OutdatedPost, now: datetime) -> Post | None:
    try:
        return amender.amended(outdated.post, outdated.stories, now=now)
    except Exception:
        log.exception("a post could not be amended", extra={"post": outdated.id})
        return None


async def _give(
    store: Store,
    post_id: int,
    post: Post,
    *,
    now: datetime,
    ring: Callable[[], None],
    piece: int,
) -> int:
    given = 0
    while count := await store.edits.replace(post_id, post, now=now, limit=piece):
        given += count
        ring()
        await asyncio.sleep(0)  # people are answered meanwhile
    return given
