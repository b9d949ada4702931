"""Recalling what the pacer of the life before knew: limits of rate do not begin anew."""

from datetime import datetime, timedelta

from bot.jobs.delivery.chatpaces import GROUP_WINDOW_S
from bot.jobs.delivery.pacing import Pacer
from storage.ports import Store

WINDOW = timedelta(seconds=GROUP_WINDOW_S)
AT_MOST = 10_000


async def recall(store: Store, pacer: Pacer, *, now: datetime) -> None:
    """Count what left within the last minute, and wait as long as Telegram had said."""
    for chat_id, at in await store.outbox.left_since(now - WINDOW, limit=AT_MOST):
        pacer.recall(chat_id, max(0.0, (now - at).total_seconds()))
    for chat_id, until in (await store.outbox.told_to_wait(now=now, limit=AT_MOST)).items():
        pacer.pause((until - now).total_seconds(), chat_id)
