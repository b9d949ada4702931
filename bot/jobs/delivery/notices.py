"""A word to the owner of a channel, or to the admins, through the outbox like everything else."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.jobs.delivery.sending import Renderer
from storage.models import Chat, Delivery, DeliveryKind, NewDelivery, OffReason, Post, Source
from storage.ports import Store

# Since a source was switched off: who becomes an admin later hears too.
TOLD_FOR = timedelta(days=7)


async def tell_owner(
    store: Store, renderer: Renderer, chat_id: int, *, name: str, key: str, now: datetime
) -> bool:
    """Plan the notice of that text key, once per `key`; False if nobody is known to own the chat.

    The text may speak of { $channel }.
    """
    chat = await store.chats.get(chat_id)
    owner = await store.chats.get(chat.owner_id) if chat and chat.owner_id else None
    if chat is None or owner is None:
        return False
    post = renderer.notice(chat=owner, name=name, channel=chat.title)
    return await _add(store, owner, post, key=key, now=now)


async def tell_of_doubt(
    store: Store, renderer: Renderer, delivery: Delivery, *, now: datetime
) -> bool:
    """Plan the question whether a channel's post is sent again, once for each time it broke."""
    channel = await store.chats.get(delivery.chat_id)
    owner = await store.chats.get(channel.owner_id) if channel and channel.owner_id else None
    if channel is None or owner is None:
        return False
    post = renderer.doubt(chat=owner, channel=channel, delivery_id=delivery.id)
    key = f"doubt:{delivery.id}:{delivery.changed_at.isoformat()}"
    return await _add(store, owner, post, key=key, now=now)


async def _add(store: Store, owner: Chat, post: Post, *, key: str, now: datetime) -> bool:
    notice = NewDelivery(key=f"notice:{key}", chat_id=owner.id, kind=DeliveryKind.NOTICE, post=post)
    return await store.outbox.add(notice, now=now)


async def tell_of_sources_off(
    store: Store, renderer: Renderer, admin_ids: Collection[int], *, now: datetime
) -> int:
    """Plan a notice to each admin about each source that Svodka switched off; how many are new.

    The outbox remembers who was told, so that nobody is told twice, whatever restarts.
    """
    told = 0
    for source in await store.sources.all():
        if source.enabled or source.off_at is None or now - source.off_at > TOLD_FOR:
            continue
        why = await _why_off(store, source, source.off_at)
        for admin_id in sorted(admin_ids):
            chat = await store.chats.get(admin_id)
            if chat is None:  # has never written to the bot, which so may not write either
                continue
            post = renderer.notice(
                chat=chat,
                name="notice-source-off",
                title=source.title,
                address=source.url,
                **why,
            )
            key = f"source-off:{source.id}:{source.off_at.isoformat()}:{admin_id}"
            told += await _add(store, chat, post, key=key, now=now)
    return told


async def _why_off(store: Store, source: Source, off_at: datetime) -> dict[str, object]:
    """What the text says of it by: $reason, with the $other's title or the $days of failing."""
    other = await store.sources.get(source.same_as) if source.same_as is not None else None
    reason = str(source.off_because)
    if source.off_because is OffReason.SAME and other is None:
        reason = "double"  # of one that was removed since
    failing = off_at - (source.failing_since or off_at)
    return {"reason": reason, "other": other.title if other else "", "days": failing.days}
