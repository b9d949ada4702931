"""What tests of planning have in common: a plain renderer, news, readers, and what they got."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from bot.jobs.planning.plan import plan_due
from bot.news.names.entities import find, key
from bot.news.stories.changes import Change
from bot.news.stories.disagreement import Disagreement
from bot.news.words.morphology import lemmas
from storage.models import (
    Article,
    Chat,
    ChatKind,
    NewArticle,
    NewSource,
    Post,
    Schedule,
    SourceKind,
    Story,
    Subscription,
    TopicScore,
    Understanding,
)
from storage.ports import Store

ZONE = "Asia/Novokuznetsk"  # `now` is 08:00 there
READER = 77


class Plain:
    """A Renderer that lists the headlines, two to a post, and can be told to fail.

    What else it was told is kept.
    """

    def __init__(self) -> None:
        self.fails_for: set[int] = set()
        self.late: list[bool] = []
        self.changes: list[dict[int, Change]] = []
        self.missed_since: list[datetime | None] = []
        self.muted: list[int] = []

    def digest(
        self,
        *,
        chat: Chat,
        subscription: Subscription | None,
        stories: Sequence[Story],
        now: datetime,
        late: bool = False,
        next_run_at: datetime | None = None,
        topics: Sequence[str] = (),
        changes: Mapping[int, Change] = MappingProxyType({}),
        missed_since: datetime | None = None,
        muted: int = 0,
        disputes: Mapping[int, Sequence[Disagreement]] = MappingProxyType({}),
    ) -> list[Post]:
        if chat.id in self.fails_for:
            raise ValueError("a mistake of ours")
        self.late.append(late)
        self.changes.append(dict(changes))
        self.missed_since.append(missed_since)
        self.muted.append(muted)
        lines = [story.headline for story in stories] or ["nothing new"]
        return [Post(text="\n".join(lines[i : i + 2])) for i in range(0, len(lines), 2)]

    def notice(self, *, chat: Chat, name: str, **values: object) -> Post:
        return Post(text=name)

    def doubt(self, *, chat: Chat, channel: Chat, delivery_id: int) -> Post:
        return Post(text=f"doubt {channel.title}")


async def news(
    store: Store,
    at: datetime,
    *titles: str,
    topic: str = "trade",
    text: str = "",
    source: str = "Газета",
    story: int | None = None,
) -> list[Article]:
    """An article for each title, found by words and names; of that story, or each of its own."""
    stored = await store.sources.add(
        NewSource(url=f"import:{source}", title=source, kind=SourceKind.IMPORT), now=at
    )
    batch = [
        NewArticle(
            source_id=stored.id,
            key=title,
            url=f"https://paper.example/{stored.id}/{title}",
            published_at=at,
            seen_at=at,
            dated=True,
            story_id=story,
            understanding=understood(title, text or title, topic),
        )
        for title in titles
    ]
    return [article for article in await store.articles.add(batch) if article]


def understood(title: str, text: str, topic: str) -> Understanding:
    names = find(f"{title}\n{text}", "ru")
    return Understanding(
        title=title,
        text=text,
        language="ru",
        topics=(TopicScore(slug=topic, score=0.9),),
        entities=names,
        entity_keys=tuple(key(name) for name in names),
        summary=(text,),
        index_title=" ".join(lemmas(title)),
        index_text=" ".join(lemmas(text)),
    )


async def subscribe(
    store: Store,
    now: datetime,
    chat_id: int = READER,
    kind: ChatKind = ChatKind.PRIVATE,
    schedule: Schedule | None = None,
    **chosen: Any,
) -> Subscription:
    await store.chats.see(Chat(id=chat_id, kind=kind), now=now)
    return await store.subscriptions.add(
        chat_id=chat_id,
        topics=chosen.pop("topics", ()),
        schedule=schedule or Schedule(),
        next_run_at=chosen.pop("next_run_at", now),
        now=chosen.pop("made_at", now - timedelta(days=1)),
        **chosen,
    )


async def texts(store: Store, chat_id: int = READER) -> list[str]:
    return [d.post.text for d in reversed(await store.outbox.list()) if d.chat_id == chat_id]


async def plan(store: Store, renderer: Plain, now: datetime) -> int:
    return await plan_due(store, renderer, now=now, default_zone=ZONE)


async def send_all(store: Store, now: datetime) -> list[str]:
    """As the outbox would; the keys."""
    claimed = await store.outbox.claim(owner="o", now=now, limit=99, lease_s=60)
    ids = [delivery.id for delivery in claimed]
    await store.outbox.mark(sending=ids, sent={}, now=now)
    await store.outbox.mark(sending=[], sent={id_: id_ for id_ in ids}, now=now)
    return [delivery.key for delivery in claimed]
