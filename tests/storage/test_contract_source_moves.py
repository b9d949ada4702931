"""A source can move to the address where its feed was found."""

from datetime import datetime

from storage.models import NewSource
from storage.ports import Store


async def test_a_source_moves_unless_the_address_is_taken(store: Store, now: datetime) -> None:
    front = await store.sources.add(NewSource(url="https://a.example/", title="А"), now=now)
    other = await store.sources.add(NewSource(url="https://b.example/feed", title="Б"), now=now)
    assert await store.sources.move(front.id, "https://a.example/feed")
    assert not await store.sources.move(front.id, other.url)
    moved = await store.sources.get(front.id)
    assert moved is not None
    assert moved.url == "https://a.example/feed"
