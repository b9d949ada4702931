"""Builders of what the storage tests store, and a second opening of the same database."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.connect import open_store
from storage.models import (
    DeliveryKind,
    NewArticle,
    NewDelivery,
    NewDigest,
    NewSource,
    Post,
    SharedDigest,
    Source,
    SourceKind,
    TopicScore,
    Understanding,
)
from storage.ports import Store


class Make:
    """Values with everything filled in that a test does not care about."""

    now = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)

    def understanding(
        self,
        title: str = "Новый рейс",
        words: str | None = None,
        *,
        topics: dict[str, float] | None = None,
    ) -> Understanding:
        """`words` are the lemmas of the text; the title's own are its words in lower case."""
        scores = {"other": 1.0} if topics is None else topics
        return Understanding(
            title=title,
            text=f"{title}. {words or 'Подробности позже.'}",
            topics=tuple(TopicScore(slug=slug, score=score) for slug, score in scores.items()),
            summary=(f"{title}.",),
            index_title=title.lower(),
            index_text=words or "",
            terms=dict.fromkeys(title.lower().split(), 1.0),
            marks=frozenset({title.lower()}),
            fingerprint=(0, 1, 2**32 - 1),
        )

    def article(
        self,
        source: Source,
        key: str,
        title: str = "Новый рейс",
        words: str | None = None,
        *,
        at: datetime | None = None,
        seen: datetime | None = None,
        url: str | None = None,
        topics: dict[str, float] | None = None,
        story: int | None = None,
        joins: int | None = None,
    ) -> NewArticle:
        at = at or self.now
        return NewArticle(
            source_id=source.id,
            key=key,
            url=url,
            published_at=at,
            seen_at=seen or at,
            dated=True,
            understanding=self.understanding(title, words, topics=topics),
            story_id=story,
            joins=joins,
        )

    def delivery(
        self,
        key: str,
        chat_id: int = 7,
        kind: DeliveryKind = DeliveryKind.DIGEST,
        *,
        not_before: datetime | None = None,
        expires_at: datetime | None = None,
    ) -> NewDelivery:
        return NewDelivery(
            key=key,
            chat_id=chat_id,
            kind=kind,
            post=Post(text=f"post {key}"),
            not_before=not_before,
            expires_at=expires_at,
        )

    def digest(
        self,
        key: str,
        *,
        chat_id: int = 7,
        stories: tuple[int, ...] = (),
        parts: int = 1,
    ) -> NewDigest:
        return NewDigest(
            chat_id=chat_id,
            key=key,
            stories=stories,
            deliveries=tuple(self.delivery(f"{key}:{part}", chat_id) for part in range(parts)),
            at=self.now,
        )

    def shared(
        self,
        *subscription_ids: int,
        slot: datetime | None = None,
        next_run_at: datetime | None = None,
        stories: tuple[int, ...] = (),
        upto: int = 0,
        parts: int = 1,
    ) -> SharedDigest:
        """By default of the slot `now`, a day before the next."""
        return SharedDigest(
            to=subscription_ids,
            slot=slot or self.now,
            next_run_at=next_run_at or self.now + timedelta(days=1),
            stories=stories,
            upto=upto,
            posts=tuple(Post(text=f"part {part}") for part in range(1, parts + 1)),
            kind=DeliveryKind.DIGEST,
        )


@pytest.fixture
def make() -> Make:
    return Make()


@pytest.fixture
async def source(store: Store, now: datetime) -> Source:
    return await store.sources.add(NewSource(url="https://a.test/rss", title="Вести А"), now=now)


@pytest.fixture
async def other(store: Store, now: datetime) -> Source:
    return await store.sources.add(NewSource(url="https://b.test/rss", title="Вести Б"), now=now)


@pytest.fixture
async def sample_source(store: Store, now: datetime) -> Source:
    new = NewSource(url="sample:c", title="Образец", kind=SourceKind.SAMPLE)
    return await store.sources.add(new, now=now)


@pytest.fixture
async def open_again(tmp_path: Path) -> AsyncIterator[Callable[[], Awaitable[Store]]]:
    """Opens the database of `store` once more, as another process or a restart would."""
    opened: list[Store] = []

    async def again() -> Store:
        opened.append(await open_store(f"sqlite:///{tmp_path}/svodka.db"))
        return opened[-1]

    yield again
    for store in opened:
        await store.close()
