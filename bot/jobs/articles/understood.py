"""Texts understood by worker processes: one that hangs them or trips us costs only itself."""

import logging
from collections.abc import Sequence

from bot.news.understanding import Raw, understand
from bot.workers import Workers
from storage.models import Understanding

log = logging.getLogger("svodka.ingest")

BATCH_S = 60  # what a batch may take; far more than it needs


async def understood(
    workers: Workers, raws: Sequence[Raw], topics_toml: str
) -> list[Understanding | None]:
    """What each text says, in their order; None of one that cannot be understood, which is said.

    A batch that fails is tried again by halves, so the text to blame is found in a few steps.
    """
    if not raws:
        return []
    try:
        return [*await workers.run(understand, raws, topics_toml, timeout_s=BATCH_S)]
    except Exception as e:  # a worker's end, or a mistake of ours that only this text brings out
        if len(raws) == 1:
            why = str(e) or type(e).__name__
            log.warning("«%s» cannot be understood: %s", raws[0].title, why)
            return [None]
    half = len(raws) // 2
    return [
        *await understood(workers, raws[:half], topics_toml),
        *await understood(workers, raws[half:], topics_toml),
    ]
