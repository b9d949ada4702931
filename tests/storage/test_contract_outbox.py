"""What every store promises about deliveries: each state, and who may take which when."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from storage.models import Button, Chat, ChatKind, Delivery, DeliveryKind, DeliveryState, Post
from storage.ports import Store
from tests.storage.conftest import Make

MINUTE = timedelta(minutes=1)


async def claim(store: Store, now: datetime, limit: int = 50, owner: str = "me") -> list[Delivery]:
    return await store.outbox.claim(owner=owner, now=now, limit=limit, lease_s=60)


async def keys(store: Store, now: datetime, limit: int = 50) -> list[str]:
    return [delivery.key for delivery in await claim(store, now, limit)]


async def add(
    store: Store,
    make: Make,
    now: datetime,
    *keys: str,
    chat_id: int = 7,
    kind: DeliveryKind = DeliveryKind.DIGEST,
) -> None:
    for key in keys:
        assert await store.outbox.add(make.delivery(key, chat_id, kind), now=now)


async def in_flight(
    store: Store, make: Make, now: datetime, key: str, chat_id: int = 7
) -> Delivery:
    await add(store, make, now, key, chat_id=chat_id)
    [delivery] = await claim(store, now)
    assert await store.outbox.sending(delivery.id, floor=10, now=now)
    return delivery


async def state_of(store: Store, delivery: Delivery) -> Delivery:
    return next(d for d in await store.outbox.list() if d.id == delivery.id)


async def test_a_delivery_comes_back_as_it_was_planned(
    store: Store, make: Make, now: datetime
) -> None:
    post = Post(
        text="Новости <b>&</b> 😀",
        entities='[{"type":"bold","offset":0,"length":7}]',
        buttons=((Button(text="Ещё", data="m:1"), Button(text="Сайт", url="https://a.test")),),
        preview_url="https://a.test/1",
        silent=True,
    )
    new = replace(
        make.delivery("d", expires_at=now + MINUTE), post=post, thread_id=5, not_before=now
    )
    assert await store.outbox.add(new, now=now)
    [stored] = await store.outbox.list()
    for name in ("key", "chat_id", "kind", "post", "thread_id", "not_before", "expires_at"):
        assert getattr(stored, name) == getattr(new, name)
    assert (stored.state, stored.attempts) == (DeliveryState.PLANNED, 0)
    assert (stored.created_at, stored.changed_at) == (now, now)


async def test_the_same_key_is_stored_once(store: Store, make: Make, now: datetime) -> None:
    assert await store.outbox.add(make.delivery("d"), now=now)
    assert not await store.outbox.add(make.delivery("d", chat_id=8), now=now)
    assert len(await store.outbox.list()) == 1


async def test_a_digest_is_planned_whole_and_once(store: Store, make: Make) -> None:
    assert await store.outbox.plan(make.digest("d", parts=3))
    assert not await store.outbox.plan(make.digest("d", parts=5, stories=(1,)))
    assert {d.key for d in await store.outbox.list()} == {"d:0", "d:1", "d:2"}


async def test_a_claimed_delivery_is_nobody_elses(store: Store, make: Make, now: datetime) -> None:
    await add(store, make, now, "a")
    [mine] = await claim(store, now)
    assert (mine.state, mine.lease_until) == (DeliveryState.CLAIMED, now + MINUTE)
    assert await claim(store, now, owner="other") == []


async def test_an_expired_lease_may_be_claimed_by_anyone_and_one_of_them_sends(
    store: Store, make: Make, now: datetime
) -> None:
    await add(store, make, now, "a")
    [mine] = await claim(store, now)
    [theirs] = await claim(store, now + MINUTE, owner="other")
    assert theirs.id == mine.id
    assert await store.outbox.sending(mine.id, floor=None, now=now + MINUTE)
    assert not await store.outbox.sending(mine.id, floor=None, now=now + MINUTE)
    assert await claim(store, now + 9 * MINUTE) == []


async def test_what_was_asked_for_comes_first_then_the_oldest(
    store: Store, make: Make, now: datetime
) -> None:
    for chat_id, key in enumerate("abc", start=1):
        await add(store, make, now, key, chat_id=chat_id)
    await store.outbox.add(make.delivery("asked", 9, DeliveryKind.ASKED), now=now)
    assert await keys(store, now, limit=2) == ["asked", "a"]
    assert await keys(store, now, limit=2) == ["b", "c"]


async def test_parts_of_a_digest_are_claimed_together_in_order(store: Store, make: Make) -> None:
    await store.outbox.plan(make.digest("d", parts=3))
    assert await keys(store, make.now) == ["d:0", "d:1", "d:2"]


async def test_a_later_part_waits_for_an_earlier_claimed_one(store: Store, make: Make) -> None:
    await store.outbox.plan(make.digest("d", parts=3))
    assert await keys(store, make.now, limit=1) == ["d:0"]
    assert await keys(store, make.now) == []


async def test_a_chats_next_one_waits_while_an_earlier_is_held(
    store: Store, make: Make, now: datetime
) -> None:
    first = await in_flight(store, make, now, "first")
    await add(store, make, now, "second")
    await add(store, make, now, "elsewhere", chat_id=8)
    assert await keys(store, now) == ["elsewhere"]
    await store.outbox.unknown(first.id, error="reset", now=now)
    assert await keys(store, now) == []
    await store.outbox.unsend(first.id, now=now)
    assert await keys(store, now) == ["first", "second"]


async def test_a_retry_comes_when_its_wait_is_over_and_before_what_is_behind_it(
    store: Store, make: Make, now: datetime
) -> None:
    first = await in_flight(store, make, now, "first")
    await add(store, make, now, "second")
    await store.outbox.retry(first.id, not_before=now + MINUTE, error="429", now=now)
    waiting = await state_of(store, first)
    assert (waiting.state, waiting.error, waiting.attempts) == (DeliveryState.RETRY, "429", 1)
    assert await store.outbox.next_retry_at() == now + MINUTE
    assert await keys(store, now) == []
    assert await keys(store, now + MINUTE) == ["first", "second"]
    assert await store.outbox.next_retry_at() is None


async def test_what_waits_behind_a_retry_of_its_chat_is_not_overtaken_by_the_next(
    store: Store, make: Make, now: datetime
) -> None:
    person, channel = 7, -1_001_000_000_000
    for number, chat_id in enumerate((person, channel, channel, channel)):
        kind = DeliveryKind.CHANNEL if chat_id < 0 else DeliveryKind.DIGEST
        await add(store, make, now, str(number), chat_id=chat_id, kind=kind)
    for delivery in await claim(store, now, limit=2):
        await store.outbox.retry(delivery.id, not_before=now, error="502", now=now)
    assert (await keys(store, now))[:2] == ["0", "1"]
    left = await store.outbox.list(state=DeliveryState.PLANNED)
    assert "2" not in {d.key for d in left} or "3" in {d.key for d in left}


async def test_an_asked_one_does_not_overtake_a_retry_of_its_chat(
    store: Store, make: Make, now: datetime
) -> None:
    first = await in_flight(store, make, now, "first")
    await store.outbox.retry(first.id, not_before=now + MINUTE, error="429", now=now)
    await store.outbox.add(make.delivery("asked", kind=DeliveryKind.ASKED), now=now)
    assert await keys(store, now) == []
    claimed = await keys(store, now + MINUTE)
    assert claimed[0] == "first"


async def test_a_planned_one_may_have_to_wait_for_its_time(
    store: Store, make: Make, now: datetime
) -> None:
    await store.outbox.add(make.delivery("later", not_before=now + MINUTE), now=now)
    await add(store, make, now, "now")
    assert await store.outbox.next_retry_at() == now + MINUTE
    assert await keys(store, now) == ["now"]


async def test_what_waits_for_an_earlier_one_has_no_time_of_its_own(
    store: Store, make: Make, now: datetime
) -> None:
    """Or who sleeps until that time would wake at once, for ever."""
    doubtful = await in_flight(store, make, now, "first")
    await store.outbox.unknown(doubtful.id, error="reset", now=now)
    await store.outbox.add(make.delivery("second", not_before=now), now=now)
    assert await store.outbox.next_retry_at() is None


async def test_what_is_no_longer_worth_sending_dies(
    store: Store, make: Make, now: datetime
) -> None:
    await store.outbox.add(make.delivery("old", expires_at=now + MINUTE), now=now)
    assert await keys(store, now + MINUTE) == []
    [dead] = await store.outbox.list(state=DeliveryState.DEAD)
    assert (dead.key, dead.error is None) == ("old", False)


async def test_a_sent_delivery_is_sent_for_good(store: Store, make: Make, now: datetime) -> None:
    delivery = await in_flight(store, make, now, "a")
    flying = await state_of(store, delivery)
    assert (flying.state, flying.attempts, flying.floor) == (DeliveryState.SENDING, 1, 10)
    await store.outbox.sent(delivery.id, message_id=11, now=now)
    await store.outbox.retry(delivery.id, not_before=now, error="late", now=now)
    await store.outbox.dead(delivery.id, error="late", now=now)
    await store.outbox.unknown(delivery.id, error="late", now=now)
    await store.outbox.unsend(delivery.id, now=now)
    sent = await state_of(store, delivery)
    assert (sent.state, sent.message_id, sent.error) == (DeliveryState.SENT, 11, None)
    assert await keys(store, now + 9 * MINUTE) == []


async def test_a_dead_delivery_does_not_come_back(store: Store, make: Make, now: datetime) -> None:
    delivery = await in_flight(store, make, now, "a")
    await store.outbox.dead(delivery.id, error="refused", now=now)
    await store.outbox.retry(delivery.id, not_before=now, error="late", now=now)
    assert (await state_of(store, delivery)).error == "refused"
    assert [letter.key for letter in await store.outbox.letters(limit=9)] == ["a"]
    assert await keys(store, now + MINUTE) == []


async def test_a_fact_beats_a_belief(store: Store, make: Make, now: datetime) -> None:
    delivery = await in_flight(store, make, now, "a")
    await store.outbox.unknown(delivery.id, error="reset", now=now)
    await store.outbox.sent(delivery.id, message_id=12, now=now)
    assert (await state_of(store, delivery)).state is DeliveryState.SENT


async def test_what_is_in_doubt_is_listed_by_age(store: Store, make: Make, now: datetime) -> None:
    for minutes in (2, 1, 3):
        at = now + minutes * MINUTE
        delivery = await in_flight(store, make, at, f"{minutes}", chat_id=minutes)
        await store.outbox.unknown(delivery.id, error="reset", now=at)
    before = now + 3 * MINUTE
    doubtful = await store.outbox.in_doubt(before=before, limit=9)
    assert [d.key for d in doubtful] == ["1", "2"]
    assert len(await store.outbox.in_doubt(before=before, limit=1)) == 1


async def test_many_marks_are_made_together(store: Store, make: Make, now: datetime) -> None:
    for chat_id in (1, 2, 3):
        await add(store, make, now, f"{chat_id}", chat_id=chat_id)
    one, two, three = await claim(store, now)
    assert await store.outbox.mark(sending=[one.id], sent={}, now=now) == {one.id}
    await store.outbox.dead(three.id, error="asleep", now=now)
    may_leave = await store.outbox.mark(sending=[two.id, three.id, 999], sent={one.id: 40}, now=now)
    assert may_leave == {two.id}
    assert (await state_of(store, one)).message_id == 40
    flying = await state_of(store, two)
    assert (flying.state, flying.floor, flying.attempts) == (DeliveryState.SENDING, 40, 1)


async def test_a_clean_stop_gives_back_what_has_not_left(
    store: Store, make: Make, now: datetime
) -> None:
    await in_flight(store, make, now, "flying", chat_id=1)
    for chat_id in (2, 3, 4):
        await add(store, make, now, f"{chat_id}", chat_id=chat_id)
    [mine] = await claim(store, now, limit=1)
    [theirs, third] = await claim(store, now, owner="other")
    assert await store.outbox.release([third.id, 999], now=now) == 1
    assert await store.outbox.give_back(owner="me", now=now) == 1
    assert (await state_of(store, mine)).state is DeliveryState.PLANNED
    assert (await state_of(store, theirs)).state is DeliveryState.CLAIMED
    assert await keys(store, now) == ["2", "4"]


async def test_a_new_owner_takes_back_what_a_dead_one_held(
    store: Store, make: Make, now: datetime
) -> None:
    flying = await in_flight(store, make, now, "flying", chat_id=1)
    await add(store, make, now, "claimed", chat_id=2)
    await claim(store, now)
    assert await store.outbox.recover(owner="new", now=now) == (1, 1)
    assert (await state_of(store, flying)).state is DeliveryState.UNKNOWN
    assert await keys(store, now) == ["claimed"]
    assert await store.outbox.recover(owner="me", now=now) == (0, 0)


async def test_an_owner_of_the_same_name_takes_back_too(
    store: Store,
    open_again: Callable[[], Awaitable[Store]],
    make: Make,
    now: datetime,
) -> None:
    """In a container every start is process number 1."""
    await in_flight(store, make, now, "flying")
    restarted = await open_again()
    assert await restarted.outbox.recover(owner="me", now=now) == (0, 1)


async def test_counts_name_every_state(store: Store, make: Make, now: datetime) -> None:
    await add(store, make, now, "a", "b")
    counts = await store.outbox.counts()
    assert counts == dict.fromkeys(DeliveryState, 0) | {DeliveryState.PLANNED: 2}


async def test_the_newest_are_listed_first(store: Store, make: Make, now: datetime) -> None:
    await add(store, make, now, "a", "b", "c")
    assert [d.key for d in await store.outbox.list(limit=2)] == ["c", "b"]
    planned = await store.outbox.list(state=DeliveryState.PLANNED, limit=1)
    assert [d.key for d in planned] == ["c"]
    assert await store.outbox.list(state=DeliveryState.DEAD) == []


SUPERGROUP = -1_001_234_567_890


async def test_private_chats_and_basic_groups_share_the_bots_counter(
    store: Store, now: datetime
) -> None:
    await store.chats.see(Chat(id=SUPERGROUP, kind=ChatKind.SUPERGROUP), now=now)
    assert await store.outbox.floor(7) is None
    for chat_id, message_id in [(7, 5), (-42, 6), (8, 9), (SUPERGROUP, 100)]:
        await store.outbox.saw_message(chat_id, message_id)
        await store.outbox.saw_message(chat_id, message_id)
    assert await store.outbox.floor(-42) == 9
    assert await store.outbox.known_ids(7, above=5) == {6, 9}
    assert await store.outbox.floor(SUPERGROUP) == 100
    assert await store.outbox.known_ids(SUPERGROUP, above=0) == {100}
    assert await store.outbox.floor(SUPERGROUP - 1) is None


async def test_no_message_of_a_supergroup_that_is_not_stored_is_noted(store: Store) -> None:
    await store.outbox.saw_message(SUPERGROUP, 100)
    assert await store.outbox.floor(SUPERGROUP) is None


async def test_a_sent_message_is_known(store: Store, make: Make, now: datetime) -> None:
    delivery = await in_flight(store, make, now, "a")
    await store.outbox.sent(delivery.id, message_id=33, now=now)
    assert await store.outbox.known_ids(8, above=32) == {33}


async def test_the_newest_thousand_ids_are_kept(store: Store) -> None:
    for message_id in range(1, 1006):
        await store.outbox.saw_message(7, message_id)
    known = await store.outbox.known_ids(7, above=0)
    assert known == set(range(6, 1006))


async def test_a_dead_one_may_be_sent_after_all(store: Store, make: Make, now: datetime) -> None:
    delivery = await in_flight(store, make, now, "a")
    await store.outbox.dead(delivery.id, error="held", now=now)
    assert not await store.outbox.again(delivery.id, chat_id=8, now=now)
    assert await store.outbox.again(delivery.id, chat_id=7, now=now)
    assert not await store.outbox.again(delivery.id, chat_id=7, now=now)
    [again] = await claim(store, now)
    assert (again.id, again.attempts) == (delivery.id, 0)
    await store.outbox.sent(delivery.id, message_id=5, now=now)
    assert not await store.outbox.again(delivery.id, chat_id=7, now=now)


async def test_ids_above_the_floor_of_one_in_doubt_are_kept_until_it_is_settled(
    store: Store, make: Make, now: datetime
) -> None:
    await store.outbox.saw_message(7, 10)
    doubtful = await in_flight(store, make, now, "a")  # with 10 under it
    for message_id in range(11, 1_300):
        await store.outbox.saw_message(8, message_id)
    await add(store, make, now, "b", chat_id=9)
    [other] = await claim(store, now)
    await store.outbox.mark(sending=[other.id], sent={}, now=now)
    await store.outbox.mark(sending=[], sent={other.id: 1_300}, now=now)
    assert await store.outbox.known_ids(7, above=10) == set(range(11, 1_301))
    await store.outbox.sent(doubtful.id, message_id=1_301, now=now)
    assert min(await store.outbox.known_ids(7, above=10)) > 300


async def test_channels_and_people_have_equal_shares(
    store: Store, make: Make, now: datetime
) -> None:
    for chat_id in range(1, 6):
        await add(store, make, now, f"person {chat_id}", chat_id=chat_id)
    for chat_id in range(-1_000_000_000_003, -1_000_000_000_000):
        await add(
            store, make, now, f"channel {chat_id}", chat_id=chat_id, kind=DeliveryKind.CHANNEL
        )
    first = await keys(store, now, limit=4)
    assert [key.split()[0] for key in first] == ["person", "channel"] * 2
    rest = await keys(store, now)
    assert [key.split()[0] for key in rest] == ["person", "channel", "person", "person"]


async def test_whoever_comes_later_does_not_wait_for_all_of_the_others(
    store: Store, make: Make, now: datetime
) -> None:
    for number in range(1, 7):
        chat_id = -1_000_000_000_000 - number
        await add(store, make, now, f"channel {number}", chat_id=chat_id, kind=DeliveryKind.CHANNEL)
    await add(store, make, now, "person 1", chat_id=1)
    assert "person 1" in await keys(store, now, limit=2)
    for chat_id in range(2, 8):
        await add(store, make, now, f"person {chat_id}", chat_id=chat_id)
    assert {"channel 2", "person 2"} == set(await keys(store, now, limit=2))


async def test_only_what_was_asked_for_can_be_claimed(
    store: Store, make: Make, now: datetime
) -> None:
    await add(store, make, now, "a", chat_id=1)
    await store.outbox.add(make.delivery("asked", 9, DeliveryKind.ASKED), now=now)
    claimed = await store.outbox.claim(owner="me", now=now, limit=9, lease_s=60, only_asked=True)
    assert [delivery.key for delivery in claimed] == ["asked"]
    assert await keys(store, now) == ["a"]


async def test_what_was_in_doubt_when_its_group_moved_has_no_floor_any_more(
    store: Store, make: Make, now: datetime
) -> None:
    await store.chats.see(Chat(id=-5, kind=ChatKind.GROUP), now=now)
    delivery = await in_flight(store, make, now, "a", chat_id=-5)
    await store.outbox.unknown(delivery.id, error="reset", now=now)
    await store.chats.migrate(-5, -1_000_000_000_005, now=now)
    moved = await state_of(store, delivery)
    assert (moved.chat_id, moved.floor) == (-1_000_000_000_005, None)


async def test_no_two_of_a_chat_are_under_way_at_once_even_if_the_later_was_asked_for(
    store: Store, make: Make, now: datetime
) -> None:
    await add(store, make, now, "first")
    [first] = await claim(store, now)
    asked = replace(make.delivery("asked", 7), kind=DeliveryKind.ASKED)
    assert await store.outbox.add(asked, now=now)
    assert await store.outbox.release([first.id], now=now)
    [urgent] = await claim(store, now, limit=1)
    assert urgent.key == "asked"
    assert await keys(store, now) == []
    assert await store.outbox.sending(urgent.id, floor=1, now=now)
    assert await keys(store, now) == []
    await store.outbox.unknown(urgent.id, error="reset", now=now)
    assert await keys(store, now) == []
    await store.outbox.sent(urgent.id, message_id=2, now=now)
    assert await keys(store, now) == ["first"]
