"""What an editor says of a story holds, and every message that told it is found and edited."""

from datetime import datetime, timedelta

import pytest

from storage.models import (
    Chat,
    ChatKind,
    CorrectionKind,
    DeliveryKind,
    DeliveryState,
    EditState,
    NewDelivery,
    Post,
    Query,
    Source,
    Span,
    Story,
)
from storage.ports import Store
from tests.storage.conftest import Make

LATER = timedelta(minutes=5)


@pytest.fixture
async def stories(store: Store, source: Source, make: Make) -> list[int]:
    titles = ("Новый рейс", "Большой урожай")
    batch = [
        make.article(
            source, title, title, "слово", url=f"https://a.test/{n}", topics={"flights": 0.9}
        )
        for n, title in enumerate(titles)
    ]
    return [article.story_id for article in await store.articles.add(batch) if article]


def telling(*story_ids: int, text: str = "сводка", amendment_id: int = 0) -> Post:
    spans = tuple(
        Span(story_id=id_, offset=9 * n, length=7, amendment_id=amendment_id)
        for n, id_ in enumerate(story_ids)
    )
    return Post(text=text, spans=spans, language="ru", zone="Europe/Minsk")


async def plan(store: Store, post: Post, *chats: int, now: datetime) -> None:
    for chat in chats:
        delivery = NewDelivery(
            key=f"d:{chat}:{post.text}", chat_id=chat, kind=DeliveryKind.DIGEST, post=post
        )
        assert await store.outbox.add(delivery, now=now)


async def send(store: Store, *, now: datetime) -> list[int]:
    """What is planned is sent, under ids from 100 on."""
    claimed = await store.outbox.claim(owner="o", now=now, limit=50, lease_s=60)
    sent = {delivery.id: 99 + number for number, delivery in enumerate(claimed, 1)}
    await store.outbox.mark(sending=[*sent], sent={}, now=now)
    await store.outbox.mark(sending=(), sent=sent, now=now)
    return [*sent]


async def say_anew(store: Store, text: str, *, now: datetime, limit: int = 50) -> list[int]:
    """Give all that is out of date this text; how many deliveries each call moved."""
    moved = []
    for old in await store.edits.outdated(limit=50):
        spans = tuple(
            Span(
                story_id=old.stories[number].id if number in old.stories else span.story_id,
                offset=span.offset,
                length=span.length,
                amendment_id=newest(old.stories[number]) if number in old.stories else 0,
            )
            for number, span in enumerate(old.post.spans)
        )
        new = Post(text=text, spans=spans, language="ru", zone="Europe/Minsk")
        while count := await store.edits.replace(old.id, new, now=now, limit=limit):
            moved.append(count)
    return moved


def newest(story: Story) -> int:
    assert story.amendment is not None
    return story.amendment.id


async def test_a_reworded_story_says_what_the_editor_said(
    store: Store, stories: list[int], now: datetime
) -> None:
    first, _ = stories
    said = ("Рейс перенесён.",)
    assert await store.corrections.reword(first, headline="Рейса не будет", summary=said, now=now)
    await store.stories.tell(first, lead_id=1, summary=("Другое.",))
    [story] = await store.stories.many([first])
    assert (story.headline, story.summary) == ("Рейса не будет", said)
    assert story.amendment is not None
    assert story.amendment.kind is CorrectionKind.REWORD
    assert await store.corrections.restore(first, now=now)
    restored = await store.stories.get(first)
    assert restored is not None
    assert (restored.headline, restored.summary) == ("Новый рейс", ("Другое.",))
    assert [one.kind.value for one in await store.corrections.since(limit=9)] == [
        "reword",
        "restore",
    ]


async def test_a_headline_alone_leaves_the_summary(
    store: Store, stories: list[int], now: datetime
) -> None:
    assert await store.corrections.reword(stories[0], headline="Иначе", summary=None, now=now)
    story = await store.stories.get(stories[0])
    assert story is not None
    assert (story.headline, story.summary) == ("Иначе", ("Новый рейс.",))


async def test_a_withdrawn_story_is_nowhere_until_it_is_restored(
    store: Store, stories: list[int], now: datetime
) -> None:
    async def shown() -> list[set[int]]:
        """By stories' lists, digests and every way of search."""
        since, until = now - LATER, now + LATER
        latest = store.stories.latest
        fresh = await store.stories.fresh(chat_id=7, since=since, until=until, limit=9)
        found = [await latest(limit=9), await latest(topics=["flights"], limit=9), fresh]
        queries = [
            Query(raw="", terms=("слово",)),
            Query(raw="", terms=("слово",), since=since, until=until),
            Query(raw=""),
            Query(raw="", topics=("flights",)),
            Query(raw="", sources=("Вести А",)),
        ]
        hits = [await store.articles.search(query, limit=9) for query in queries]
        return [{one.id for one in some} for some in found] + [
            {hit.article.story_id for hit in some} for some in hits
        ]

    first, other = stories
    assert await store.corrections.withdraw(first, reason="Ошибка", now=now)
    assert await shown() == [{other}] * 8
    assert await store.corrections.restore(first, now=now)
    assert await shown() == [{first, other}] * 8


async def test_what_is_not_there_or_was_not_amended_is_refused(
    store: Store, stories: list[int], now: datetime
) -> None:
    made = store.corrections
    assert not await made.reword(99, headline="Нет", summary=None, now=now)
    assert not await made.withdraw(99, reason=None, now=now)
    assert not await made.restore(99, now=now)
    assert not await made.restore(stories[0], now=now)
    assert await made.since(limit=9) == []


async def test_messages_that_told_it_are_edited_and_no_others(
    store: Store, stories: list[int], now: datetime
) -> None:
    first, other = stories
    await plan(store, telling(first, other), 1, 2, 3, now=now)
    await plan(store, telling(other, text="другое"), 4, now=now)
    await send(store, now=now)
    assert await store.edits.holding(first) == 3
    assert await store.edits.outdated(limit=9) == []
    await store.corrections.withdraw(first, reason=None, now=now)
    assert await say_anew(store, "новое", now=now, limit=2) == [2, 1]
    assert await store.edits.outdated(limit=9) == []
    due = await store.edits.due(now=now, limit=9)
    assert [(e.delivery.chat_id, e.delivery.message_id) for e in due] == [
        (1, 100),
        (2, 101),
        (3, 102),
    ]
    assert {e.delivery.post.text for e in due} == {"новое"}
    for edit in due:
        await store.edits.done(edit, now=now)
    assert await store.edits.due(now=now + LATER, limit=9) == []
    assert await store.edits.counts() == {
        EditState.PLANNED: 0,
        EditState.DONE: 3,
        EditState.DEAD: 0,
    }


async def test_what_has_not_left_leaves_as_it_is_said_now(
    store: Store, stories: list[int], now: datetime
) -> None:
    await plan(store, telling(stories[0]), 1, now=now)
    await store.corrections.withdraw(stories[0], reason=None, now=now)
    await say_anew(store, "новое", now=now)
    [delivery] = await store.outbox.claim(owner="o", now=now, limit=9, lease_s=60)
    assert delivery.post.text == "новое"
    assert (await store.edits.counts())[EditState.PLANNED] == 0


async def test_what_is_leaving_is_edited_when_it_is_known_to_be_sent(
    store: Store, stories: list[int], now: datetime
) -> None:
    await plan(store, telling(stories[0]), 1, now=now)
    [leaving] = await store.outbox.claim(owner="o", now=now, limit=9, lease_s=60)
    await store.corrections.withdraw(stories[0], reason=None, now=now)
    await say_anew(store, "новое", now=now)
    assert await store.edits.due(now=now, limit=9) == []
    await store.outbox.mark(sending=[leaving.id], sent={}, now=now)
    await store.outbox.mark(sending=(), sent={leaving.id: 55}, now=now)
    [edit] = await store.edits.due(now=now, limit=9)
    assert edit.delivery.message_id == 55


async def test_a_post_that_was_drawn_before_and_stored_after_is_found_too(
    store: Store, stories: list[int], now: datetime
) -> None:
    await store.corrections.withdraw(stories[0], reason=None, now=now)
    await say_anew(store, "новое", now=now)
    await plan(store, telling(stories[0]), 1, now=now)
    assert await say_anew(store, "новое", now=now) == [1]


async def test_a_newer_correction_takes_the_place_of_an_older(
    store: Store, stories: list[int], now: datetime
) -> None:
    await plan(store, telling(stories[0]), 1, now=now)
    await send(store, now=now)
    await store.corrections.reword(stories[0], headline="Раз", summary=None, now=now)
    await say_anew(store, "раз", now=now)
    [older] = await store.edits.due(now=now, limit=9)
    await store.corrections.reword(stories[0], headline="Два", summary=None, now=now)
    await say_anew(store, "два", now=now)
    for late in (store.edits.done(older, now=now), store.edits.dead(older, error="?", now=now)):
        await late
    [newer] = await store.edits.due(now=now, limit=9)
    assert newer.delivery.post.text == "два"
    await store.edits.done(newer, now=now)
    await store.corrections.restore(stories[0], now=now)
    await say_anew(store, "как было", now=now)
    [last] = await store.edits.due(now=now, limit=9)
    assert last.delivery.post.text == "как было"


async def test_an_edit_waits_until_its_time_and_counts_its_attempts(
    store: Store, stories: list[int], now: datetime
) -> None:
    await plan(store, telling(stories[0]), 1, 2, now=now)
    await send(store, now=now)
    await store.corrections.withdraw(stories[0], reason=None, now=now)
    await say_anew(store, "новое", now=now)
    one, other = await store.edits.due(now=now, limit=9)
    await store.edits.put_off(one, until=now + LATER, attempts=1, error="занято", now=now)
    await store.edits.dead(other, error="нет такого", now=now)
    assert await store.edits.due(now=now, limit=9) == []
    [again] = await store.edits.due(now=now + LATER, limit=9)
    assert (again.delivery.id, again.attempts) == (one.delivery.id, 1)
    assert await store.edits.reasons(limit=9) == {"нет такого": 1}


async def test_a_sleeping_chat_is_left_alone(
    store: Store, stories: list[int], now: datetime
) -> None:
    await store.chats.see(Chat(id=1, kind=ChatKind.PRIVATE), now=now)
    await plan(store, telling(stories[0]), 1, now=now)
    await send(store, now=now)
    await store.chats.sleep(1, reason="blocked", now=now)
    await store.corrections.withdraw(stories[0], reason=None, now=now)
    await say_anew(store, "новое", now=now)
    assert await store.edits.due(now=now, limit=9) == []
    assert await store.edits.reasons(limit=9) == {"its chat is asleep: blocked": 1}


async def test_a_merged_story_is_edited_by_the_name_it_has_now(
    store: Store, stories: list[int], now: datetime
) -> None:
    into, other = stories
    await plan(store, telling(other), 1, now=now)
    await send(store, now=now)
    assert await store.corrections.merge(into, other, now=now)
    await store.corrections.withdraw(into, reason=None, now=now)
    [found] = await store.edits.outdated(limit=9)
    assert {number: story.id for number, story in found.stories.items()} == {0: into}
    assert await say_anew(store, "новое", now=now) == [1]
    assert await store.edits.outdated(limit=9) == []


async def test_edits_go_with_their_deliveries(
    store: Store, stories: list[int], now: datetime
) -> None:
    await plan(store, telling(stories[0]), 1, now=now)
    await send(store, now=now)
    await store.corrections.withdraw(stories[0], reason=None, now=now)
    await say_anew(store, "новое", now=now)
    await store.tidy(now=now + timedelta(days=40), keep_days=10)
    assert (await store.outbox.counts())[DeliveryState.SENT] == 0
    assert sum((await store.edits.counts()).values()) == 0
    assert await store.check() == []


async def test_a_post_is_read_back_with_its_stories(store: Store, now: datetime) -> None:
    post = telling(5, 6, amendment_id=3)
    await plan(store, post, 1, now=now)
    [delivery] = await store.outbox.list()
    assert delivery.post == post


async def test_edits_wait_no_longer_for_a_clock_that_is_set(
    store: Store, stories: list[int], now: datetime
) -> None:
    ahead, hour = now + timedelta(hours=1), timedelta(hours=1)
    await plan(store, telling(*stories), 7, now=now)
    await send(store, now=now)
    await store.corrections.reword(stories[0], headline="Рейса не будет", summary=None, now=ahead)
    await say_anew(store, "другое", now=ahead)
    assert await store.edits.due(now=now, limit=9) == []
    await store.outbox.clock_set(-hour, now=now)
    [edit] = await store.edits.due(now=now, limit=9)
    await store.edits.put_off(edit, until=now + LATER, attempts=1, error="занято", now=now)
    await store.outbox.clock_set(hour, now=ahead)
    assert await store.edits.due(now=ahead, limit=9) == []
    assert len(await store.edits.due(now=ahead + LATER, limit=9)) == 1


async def test_how_far_the_messages_of_one_story_are_is_told_of_it_alone(
    store: Store, stories: list[int], now: datetime
) -> None:
    async def edits() -> tuple[list[int], dict[str, int]]:
        """Planned, done and dead ones of the first story."""
        told = await store.edits.of_story(stories[0])
        return [told.counts[state] for state in EditState], dict(told.reasons)

    await plan(store, telling(*stories), 1, 2, 3, now=now)
    await plan(store, telling(stories[1], text="другое"), 4, now=now)
    await send(store, now=now)
    assert await edits() == ([0, 0, 0], {})
    await store.corrections.withdraw(stories[0], reason=None, now=now)
    assert await edits() == ([3, 0, 0], {})  # before anything is planned
    await say_anew(store, "новое", now=now)
    one, other, _ = await store.edits.due(now=now, limit=9)
    await store.edits.done(one, now=now)
    await store.edits.dead(other, error="нет такого", now=now)
    assert await edits() == ([1, 1, 1], {"нет такого": 1})
    await plan(store, telling(stories[0], text="позже", amendment_id=1), 5, now=now)
    await send(store, now=now)
    assert await edits() == ([1, 1, 1], {"нет такого": 1})  # it told it rightly from the start
    await store.corrections.restore(stories[0], now=now)
    assert await edits() == ([4, 0, 0], {})


async def test_whose_the_summary_of_a_reworded_story_is_is_known(
    store: Store, stories: list[int], now: datetime
) -> None:
    for id_, summary in zip(stories, (None, ("Так.",)), strict=True):
        await store.corrections.reword(id_, headline="Иначе", summary=summary, now=now)
    told = [story.amendment for story in await store.stories.many(stories)]
    assert [one is not None and one.sums_up for one in told] == [False, True]


async def test_corrections_of_a_story_are_told_the_newest_first(
    store: Store, stories: list[int], now: datetime
) -> None:
    first, other = stories
    await store.corrections.reword(other, headline="Иначе", summary=None, now=now)
    await store.corrections.link(first, other, now=now)
    await store.corrections.withdraw(first, reason=None, now=now)

    async def kinds(story: int, limit: int = 9) -> list[CorrectionKind]:
        return [one.kind for one in await store.corrections.newest(story_id=story, limit=limit)]

    assert await kinds(first) == [CorrectionKind.WITHDRAW, CorrectionKind.CHAPTER]
    assert await kinds(first, 1) == [CorrectionKind.WITHDRAW]
    assert await kinds(other) == [CorrectionKind.CHAPTER, CorrectionKind.REWORD]
    assert await kinds(404) == []
    assert [one.id for one in await store.corrections.newest(limit=2)] == [3, 2]
