"""A word to the owner of a channel, through the outbox like everything else."""

from datetime import datetime

from bot.jobs.sending import Renderer
from storage.models import DeliveryKind, NewDelivery
from storage.ports import Store


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
    notice = NewDelivery(key=f"notice:{key}", chat_id=owner.id, kind=DeliveryKind.NOTICE, post=post)
    return await store.outbox.add(notice, now=now)
