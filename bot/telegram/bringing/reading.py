"""Whether a channel is read as a source: its posts, as Telegram hands them to an admin of it."""

from datetime import datetime

from storage.models import Chat, NewSource, SourceKind
from storage.ports import Store


async def is_read(store: Store, channel_id: int) -> bool:
    source = await store.sources.by_url(_address(channel_id))
    return source is not None and source.enabled


async def read(store: Store, channel: Chat, on: bool, *, now: datetime) -> None:
    """Begin to read its posts, or stop; what was read before stays."""
    source = await store.sources.by_url(_address(channel.id))
    if source is not None:
        await store.sources.enable(source.id, on, now=now)
    elif on:
        await store.sources.add(_source(channel), now=now)


def _address(channel_id: int) -> str:
    return f"posts:{channel_id}"


def _source(channel: Chat) -> NewSource:
    return NewSource(
        url=_address(channel.id),
        title=channel.title,
        kind=SourceKind.POSTS,
        site_url=f"https://t.me/{channel.username}" if channel.username else None,
    )
