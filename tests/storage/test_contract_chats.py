"""What every store promises about chats."""

from dataclasses import replace
from datetime import datetime, timedelta

from storage.models import Chat, ChatKind, DeliveryState, Schedule, Source
from storage.ports import Store
from tests.storage.conftest import Make

READER = Chat(id=7, kind=ChatKind.PRIVATE, title="Анна", username="Anna_K", language="be")
GROUP = Chat(id=-42, kind=ChatKind.GROUP, title="Группа", zone="Europe/Minsk")
MOVED = -1_001_234_567_890


async def subscribe(store: Store, chat: Chat, now: datetime, *topics: str) -> int:
    added = await store.subscriptions.add(
        chat_id=chat.id, topics=topics, schedule=Schedule(), next_run_at=now, now=now
    )
    return added.id


async def test_a_chat_is_stored_and_refreshed_and_its_choices_stay(
    store: Store, now: datetime
) -> None:
    assert await store.chats.get(READER.id) is None
    assert await store.chats.see(READER, now=now) == READER
    await store.chats.choose(READER.id, language="ru", zone="Europe/Minsk", say_empty=False)
    renamed = replace(READER, title="Анна К.", username=None, language="en", zone=None)
    seen = await store.chats.see(renamed, now=now)
    assert seen == await store.chats.get(READER.id)
    assert (seen.title, seen.username) == ("Анна К.", None)
    assert (seen.language, seen.zone, seen.say_empty) == ("ru", "Europe/Minsk", False)


async def test_a_known_chat_is_refreshed_and_an_unknown_one_stays_so(
    store: Store, now: datetime
) -> None:
    assert await store.chats.known(READER, now=now) is None
    await store.chats.ask(READER.id, "zone", now=now)
    assert await store.chats.asked(READER.id, now=now) is None
    assert await store.chats.get(READER.id) is None
    await store.chats.see(replace(READER, language=None), now=now)
    assert await store.chats.known(replace(READER, title="Анна К."), now=now) == replace(
        READER, title="Анна К."
    )


async def test_a_clients_language_is_taken_while_none_is_stored(
    store: Store, now: datetime
) -> None:
    await store.chats.see(replace(READER, language=None), now=now)
    assert (await store.chats.see(READER, now=now)).language == "be"
    assert (await store.chats.see(replace(READER, language="ru"), now=now)).language == "be"


async def test_choosing_sets_what_is_given_and_an_empty_header_clears(
    store: Store, now: datetime
) -> None:
    await store.chats.see(READER, now=now)
    await store.chats.choose(READER.id, header="Утро", owner_id=5, say_empty=True)
    await store.chats.choose(READER.id, zone="Asia/Tokyo")
    chat = await store.chats.get(READER.id)
    assert chat == replace(READER, header="Утро", owner_id=5, say_empty=True, zone="Asia/Tokyo")
    await store.chats.choose(READER.id, header="")
    cleared = await store.chats.get(READER.id)
    assert cleared is not None
    assert cleared.header is None


async def test_a_username_is_found_whatever_its_case(store: Store, now: datetime) -> None:
    await store.chats.see(READER, now=now)
    assert await store.chats.by_username("anna_k") == READER
    assert await store.chats.by_username("nobody") is None


async def test_an_owners_channels(store: Store, now: datetime) -> None:
    channel = Chat(id=MOVED, kind=ChatKind.CHANNEL, title="Канал", owner_id=READER.id)
    await store.chats.see(channel, now=now)
    await store.chats.see(replace(GROUP, owner_id=READER.id), now=now)
    assert await store.chats.owned_by(READER.id) == [channel]


async def test_while_a_chat_sleeps_its_schedules_rest_and_its_open_deliveries_are_dead(
    store: Store, now: datetime, make: Make
) -> None:
    await store.chats.see(READER, now=now)
    await subscribe(store, READER, now)
    for key in ("in flight", "claimed", "planned"):
        await store.outbox.add(make.delivery(key), now=now)
    claimed = await store.outbox.claim(owner="o", now=now, limit=2, lease_s=60)
    await store.outbox.sending(claimed[0].id, floor=None, now=now)

    await store.chats.sleep(READER.id, reason="blocked", now=now)
    assert await store.subscriptions.due(now=now, limit=5) == []
    assert await store.subscriptions.next_due_at() is None
    dead = await store.outbox.list(state=DeliveryState.DEAD)
    assert {d.key for d in dead} == {"claimed", "planned"}
    assert {d.error for d in dead} == {"blocked"}
    assert not await store.outbox.sending(claimed[1].id, floor=None, now=now)
    await store.outbox.add(make.delivery("later"), now=now)
    await store.outbox.dead(claimed[0].id, error="blocked", now=now)
    assert await store.outbox.claim(owner="o", now=now, limit=9, lease_s=60) == []
    asleep = await store.chats.see(READER, now=now)
    assert asleep.asleep == "blocked"

    assert await store.chats.wake(READER.id, now=now)
    assert not await store.chats.wake(READER.id, now=now)
    assert len(await store.subscriptions.due(now=now, limit=5)) == 1
    assert await store.subscriptions.next_due_at() == now
    again = await store.outbox.claim(owner="o", now=now, limit=9, lease_s=60)
    assert [d.key for d in again] == ["later"]


async def test_a_subscription_added_while_the_chat_sleeps_rests_too(
    store: Store, now: datetime
) -> None:
    await store.chats.see(READER, now=now)
    await store.chats.sleep(READER.id, reason="blocked", now=now)
    await subscribe(store, READER, now)
    assert await store.subscriptions.due(now=now, limit=5) == []


async def test_a_migrated_group_keeps_everything(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    await store.chats.see(GROUP, now=now)
    await store.chats.choose(GROUP.id, language="be")
    subscription = await subscribe(store, GROUP, now, "coal")
    [article] = await store.articles.add([make.article(source, "1")])
    assert article is not None
    await store.outbox.plan(make.digest("d", chat_id=GROUP.id, stories=(article.story_id,)))
    await store.chats.ask(GROUP.id, "zone", now=now)

    await store.chats.migrate(GROUP.id, MOVED, now=now)
    moved = await store.chats.get(MOVED)
    assert moved == replace(GROUP, id=MOVED, kind=ChatKind.SUPERGROUP, language="be")
    assert await store.chats.get(GROUP.id) is None
    assert [s.id for s in await store.subscriptions.of_chat(MOVED)] == [subscription]
    assert [d.chat_id for d in await store.outbox.list()] == [MOVED]
    assert await store.chats.asked(MOVED, now=now) == "zone"
    day = timedelta(days=1)
    fresh = store.stories.fresh
    assert await fresh(chat_id=MOVED, since=now - day, until=now, limit=5) == []
    await store.chats.migrate(GROUP.id, MOVED, now=now)  # told twice: by an update and an error
    assert await store.chats.get(MOVED) == moved


async def test_a_group_migrates_onto_an_id_that_is_known_already(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    new = Chat(id=MOVED, kind=ChatKind.SUPERGROUP, title="Новое имя", language="en")
    await store.chats.see(GROUP, now=now)
    await store.chats.see(new, now=now)
    await store.chats.sleep(GROUP.id, reason="upgraded", now=now)
    await store.chats.sleep(new.id, reason="not there yet", now=now)
    for chat in (GROUP, new):
        await subscribe(store, chat, now, "coal")
    await subscribe(store, GROUP, now, "trade")
    [article] = await store.articles.add([make.article(source, "1")])
    assert article is not None
    for chat in (GROUP, new):
        digest = make.digest(f"d{chat.id}", chat_id=chat.id, stories=(article.story_id,))
        assert await store.outbox.plan(digest)
        await store.chats.ask(chat.id, "?", now=now)

    await store.chats.migrate(GROUP.id, MOVED, now=now)
    moved = await store.chats.get(MOVED)
    assert moved is not None
    assert (moved.title, moved.language, moved.zone, moved.asleep) == (
        "Новое имя",
        "en",
        GROUP.zone,
        None,
    )
    assert [due.subscription.topics for due in await store.subscriptions.due(now=now, limit=5)] == [
        ("coal",),
        ("trade",),
    ]
    assert await store.subscriptions.count() == 2
    assert await store.check() == []


async def test_a_forgotten_chat_leaves_no_row(
    store: Store, source: Source, make: Make, now: datetime
) -> None:
    channel = Chat(id=MOVED, kind=ChatKind.CHANNEL, title="Канал", owner_id=READER.id)
    await store.chats.see(channel, now=now)
    for chat in (READER, channel):
        await store.chats.see(chat, now=now)
        await subscribe(store, chat, now)
        await store.chats.ask(chat.id, "zone", now=now)
        await store.outbox.saw_message(chat.id, 11)
    [article] = await store.articles.add([make.article(source, "1")])
    assert article is not None
    for chat in (READER, channel):
        digest = make.digest(f"d{chat.id}", chat_id=chat.id, stories=(article.story_id,))
        await store.outbox.plan(digest)

    await store.chats.forget(READER.id)
    assert await store.chats.get(READER.id) is None
    assert await store.subscriptions.of_chat(READER.id) == []
    assert [d.chat_id for d in await store.outbox.list()] == [MOVED]
    assert await store.chats.asked(READER.id, now=now) is None
    assert await store.chats.owned_by(READER.id) == []
    day = timedelta(days=1)
    fresh = await store.stories.fresh(chat_id=READER.id, since=now - day, until=now, limit=5)
    assert len(fresh) == 1
    assert await store.outbox.floor(READER.id) == 11  # the bot's own counter is about no chat

    await store.chats.forget(MOVED)
    assert await store.outbox.floor(MOVED) is None
    assert await store.outbox.list() == []
    assert await store.subscriptions.count() == 0


async def test_a_digest_for_someone_forgotten_meanwhile_is_not_planned(
    store: Store, make: Make, now: datetime
) -> None:
    await store.chats.see(READER, now=now)
    subscription = await subscribe(store, READER, now)
    await store.chats.forget(READER.id)
    assert await store.outbox.plan_shared([make.shared(subscription)], now=now) == 0
    assert await store.outbox.list() == []


async def test_an_open_question_is_remembered_for_an_hour(store: Store, now: datetime) -> None:
    await store.chats.see(READER, now=now)
    assert await store.chats.asked(7, now=now) is None
    await store.chats.ask(7, "zone", now=now)
    await store.chats.ask(7, "time", now=now)
    assert await store.chats.asked(7, now=now + timedelta(minutes=59)) == "time"
    assert await store.chats.asked(7, now=now + timedelta(hours=1)) is None
    await store.chats.ask(7, "", now=now)
    assert await store.chats.asked(7, now=now) is None
