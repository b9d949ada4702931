"""The pacer on a clock of its own: never faster than Telegram allows, nearly at that limit."""

import asyncio
import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.jobs.delivery.chatpaces import CHAT_BURST, GROUP_LIMIT, ChatId, ChatPaces
from bot.jobs.delivery.pacing import Pacer

Turn = tuple[float, ChatId | None, bool]


async def take(
    clock: Any, pacer: Pacer, wanted: Sequence[tuple[float, ChatId | None, bool]], until: float
) -> list[Turn]:
    """Ask for turns at these instants from the start; who got one when, in order."""
    given_: list[Turn] = []
    start = clock.now

    async def one(after_s: float, chat_id: ChatId | None, urgent: bool) -> None:
        if after_s:
            await clock.sleep(after_s)
        await pacer.turn(chat_id, urgent=urgent)
        given_.append((clock.now - start, chat_id, urgent))

    async def everyone() -> None:
        async with asyncio.TaskGroup() as group:
            for one_wanted in wanted:
                group.create_task(one(*one_wanted))

    await clock.run(everyone(), until=start + until)
    return given_


def most_in(times: Sequence[float], window_s: float) -> int:
    """The most instants that any half-open window of that length holds."""
    return max(
        (bisect_left(times, t + window_s - 1e-9) - i for i, t in enumerate(times)), default=0
    )


async def test_no_second_holds_more_than_the_rate_and_nearly_the_rate_is_reached(
    fake_time: Any,
) -> None:
    clock = fake_time(late_s=0.003)
    pacer = Pacer(30, monotonic=clock.monotonic, sleep=clock.sleep)
    turns = await take(clock, pacer, [(0, chat, False) for chat in range(1, 2000)], until=20)
    times = [at for at, _, _ in turns]
    assert most_in(times, 1.0) <= 30
    assert len(times) >= 0.96 * 30 * 20


async def test_turns_are_evenly_spaced(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(30, monotonic=clock.monotonic, sleep=clock.sleep)
    times = [t for t, _, _ in await take(clock, pacer, [(0, n, False) for n in range(1, 60)], 9)]
    gaps = [b - a for a, b in pairwise(times[1:])]
    assert max(gaps) - min(gaps) < 0.001


async def test_a_chat_has_a_burst_of_three_then_one_a_second(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(1000, monotonic=clock.monotonic, sleep=clock.sleep)
    turns = await take(clock, pacer, [(0, 7, False)] * 6, until=60)
    assert [round(at) for at, _, _ in turns] == [0, 0, 0, 1, 2, 3]


async def test_a_group_has_twenty_a_minute(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(1000, monotonic=clock.monotonic, sleep=clock.sleep)
    turns = await take(clock, pacer, [(0, -100, False)] * 45, until=125)
    times = [at for at, _, _ in turns]
    assert most_in(times, 60) == GROUP_LIMIT
    assert len(times) == 45


async def test_a_channel_known_by_its_name_is_paced_as_one(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(1000, monotonic=clock.monotonic, sleep=clock.sleep)
    assert len(await take(clock, pacer, [(0, "@news", False)] * 30, until=59)) == GROUP_LIMIT


async def test_a_chat_that_must_rest_holds_nobody_else_up(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(30, monotonic=clock.monotonic, sleep=clock.sleep)
    wanted = [(0, -1, False)] * 40 + [(0, chat, False) for chat in range(1, 11)]
    turns = await take(clock, pacer, wanted, until=1)
    assert {chat for _, chat, _ in turns} == {-1, *range(1, 11)}


async def test_a_newcomer_is_served_while_the_pacer_sleeps_for_a_resting_chat(
    fake_time: Any,
) -> None:
    clock = fake_time()
    pacer = Pacer(30, monotonic=clock.monotonic, sleep=clock.sleep)
    wanted = [*[(0, -1, False)] * 21, (40.0, 5, False)]
    turns = await take(clock, pacer, wanted, until=70)
    assert [round(at) for at, chat, _ in turns if chat == 5] == [40]
    assert len(turns) == 22


async def test_answers_go_ahead_of_digests_that_still_get_a_tenth(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(30, monotonic=clock.monotonic, sleep=clock.sleep)
    bulk = [(0.0, chat, False) for chat in range(1, 200)]
    urgent = [(0.5, chat, True) for chat in range(1000, 1200)]
    turns = [t for t in await take(clock, pacer, bulk + urgent, until=4.5) if t[0] > 0.5]
    answers = sum(is_urgent for _, _, is_urgent in turns)
    assert turns[1][2]
    assert 0.88 <= answers / len(turns) <= 0.92


async def test_while_digests_are_held_answers_go_on(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(30, monotonic=clock.monotonic, sleep=clock.sleep)
    pacer.hold(True)

    async def let_go() -> None:
        await clock.sleep(200)
        pacer.hold(False)

    task = asyncio.ensure_future(let_go())
    wanted = [(0.0, 1, False), (0.0, -2, False), (0.0, 3, True), (100.0, 4, True)]
    turns = await take(clock, pacer, wanted, until=1000)
    await task
    assert [(chat, round(at)) for at, chat, _ in turns] == [(3, 0), (4, 100), (-2, 200), (1, 200)]


@pytest.mark.parametrize(("few", "many"), [((-1, -30), (1, 400)), ((1, 30), (-400, -1))])
async def test_people_and_channels_have_a_turn_each(
    fake_time: Any, few: tuple[int, int], many: tuple[int, int]
) -> None:
    clock = fake_time()
    pacer = Pacer(30, monotonic=clock.monotonic, sleep=clock.sleep)
    wanted = [(0.0, chat, False) for chat in range(*many)]
    late = [(1.0, chat, False) for chat in range(min(few), max(few))]
    turns = await take(clock, pacer, wanted + late, until=4)
    served = [at for at, chat, _ in turns if (chat, False) in {(c, u) for _, c, u in late}]
    assert len(served) == len(late)
    assert max(served) < 1 + 2.2 * len(late) / 30  # every second turn was theirs


async def test_nobody_in_a_broadcast_waits_for_ever(fake_time: Any) -> None:
    """Answers never stop, channels and people come at once: each line moves on."""
    clock = fake_time()
    pacer = Pacer(1000, monotonic=clock.monotonic, sleep=clock.sleep)
    answers = [(n / 1000, 10_000 + n, True) for n in range(2000)]
    wanted = [(0.0, chat, False) for chat in range(1, 50)]
    wanted += [(0.0, -chat, False) for chat in range(1, 50)]
    turns = await take(clock, pacer, answers + wanted, until=2)
    people = [at for at, chat, urgent in turns if not urgent and isinstance(chat, int) and chat > 0]
    groups = [at for at, chat, urgent in turns if not urgent and isinstance(chat, int) and chat < 0]
    assert len(people) == len(groups) == 49
    assert max(people + groups) < 98 * 10 / 1000 + 0.2


async def test_what_an_earlier_life_sent_counts(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(1000, monotonic=clock.monotonic, sleep=clock.sleep)
    for ago_s in range(40, 20, -1):
        pacer.recall(-100, ago_s)
    for ago_s in (0.3, 0.2, 0.1):
        pacer.recall(7, ago_s)
    turns = await take(clock, pacer, [(0, -100, False), (0, 7, False), (0, 8, False)], until=60)
    assert [(chat, int(at)) for at, chat, _ in turns] == [(8, 0), (7, 0), (-100, 20)]
    assert turns[1][0] > 0.7


async def test_a_chat_that_was_told_to_wait_goes_on_one_by_one(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(1000, monotonic=clock.monotonic, sleep=clock.sleep)
    pacer.pause(10, 7)
    turns = await take(clock, pacer, [(0, 7, False)] * 3, until=60)
    assert [round(at) for at, _, _ in turns] == [10, 11, 12]


async def test_after_a_429_the_whole_bot_is_slower_for_a_while(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(30, monotonic=clock.monotonic, sleep=clock.sleep)
    pacer.pause(5)
    turns = await take(clock, pacer, [(0, chat, False) for chat in range(1, 3000)], until=80)
    times = [at for at, _, _ in turns]
    assert len([at for at in times if 5 <= at < 6]) <= 17
    assert len([at for at in times if 70 <= at < 71]) >= 29


async def test_a_pause_stops_everyone_for_as_long_as_telegram_said(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(30, monotonic=clock.monotonic, sleep=clock.sleep)
    pacer.pause(5)
    turns = await take(clock, pacer, [(0, 1, True), (0, None, True), (0, 2, False)], until=60)
    assert min(at for at, _, _ in turns) == 5


async def test_a_pause_reaches_those_who_wait_already(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(30, monotonic=clock.monotonic, sleep=clock.sleep)

    async def complain() -> None:
        await clock.sleep(1)
        pacer.pause(5)

    task = asyncio.ensure_future(complain())
    turns = await take(clock, pacer, [(0, chat, False) for chat in range(1, 90)], until=60)
    await task
    assert not [at for at, _, _ in turns if 1.05 < at < 6]
    assert len(turns) == 89


async def test_a_chat_in_slow_mode_stops_the_others_for_half_a_minute_at_most(
    fake_time: Any,
) -> None:
    clock = fake_time()
    pacer = Pacer(30, monotonic=clock.monotonic, sleep=clock.sleep)
    pacer.pause(3600, -1)
    turns = await take(clock, pacer, [(0, -1, False), (0, 2, False)], until=4000)
    assert [(round(at), chat) for at, chat, _ in turns] == [(30, 2), (3600, -1)]


async def test_two_chats_told_to_wait_stop_everyone(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(30, monotonic=clock.monotonic, sleep=clock.sleep)
    pacer.pause(100, 1)
    pacer.pause(90, 2)
    turns = await take(clock, pacer, [(0, 3, False)], until=4000)
    assert [round(at) for at, _, _ in turns] == [90]


async def test_a_waiter_that_gave_up_costs_no_turn(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(1, monotonic=clock.monotonic, sleep=clock.sleep)
    await pacer.turn(None)
    lost = [asyncio.ensure_future(pacer.turn(n)) for n in range(5)]
    await asyncio.sleep(0)
    for one in lost:
        one.cancel()
    turns = await take(clock, pacer, [(0, 9, False)], until=60)
    assert [round(at) for at, _, _ in turns] == [1]
    assert pacer.waiting == 0


async def test_chat_ready_waits_for_the_chat_and_takes_nothing(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(1000, monotonic=clock.monotonic, sleep=clock.sleep)
    await take(clock, pacer, [(0, 7, False)] * 3, until=0.5)
    await clock.run(pacer.chat_ready(7))
    await clock.run(pacer.chat_ready(7))
    assert round(clock.now) == 1001


async def test_idle_chats_are_forgotten(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(float("inf"), monotonic=clock.monotonic, sleep=clock.sleep)
    for chat in range(1, 50_000):
        clock.now += 0.01
        await pacer.turn(chat)
        await pacer.turn(-1 - chat % 1000)
    assert pacer.chats_known < 5000


async def test_it_is_cheap_when_the_rate_is_lifted() -> None:
    pacer = Pacer(1e9, monotonic=time.monotonic)
    start = time.process_time()
    for chat in range(1, 5001):
        await pacer.turn(chat)
    assert time.process_time() - start < 5


CHATS: st.SearchStrategy[ChatId | None] = st.sampled_from([None, 1, 2, 3, -1, -2, "@c"])


@settings(max_examples=40, deadline=None)
@given(
    wanted=st.lists(st.tuples(st.floats(0, 90), CHATS, st.booleans()), max_size=120),
    rate=st.sampled_from([1, 5, 30, 300]),
    late_s=st.sampled_from([0.0, 0.002, 0.05, 0.4]),
    pauses=st.lists(st.tuples(st.floats(0, 90), st.floats(0.1, 20), CHATS), max_size=4),
)
def test_whatever_is_asked_no_limit_is_broken_and_nobody_is_forgotten(
    fake_time: Any,
    wanted: list[tuple[float, ChatId | None, bool]],
    rate: int,
    late_s: float,
    pauses: list[tuple[float, float, ChatId | None]],
) -> None:
    clock = fake_time(late_s=late_s)
    pacer = Pacer(rate, monotonic=clock.monotonic, sleep=clock.sleep)

    async def complain(after_s: float, retry_after_s: float, chat_id: ChatId | None) -> None:
        await clock.sleep(after_s)
        pacer.pause(retry_after_s, chat_id)

    async def all_of_it() -> list[Turn]:
        complaints = [asyncio.ensure_future(complain(*p)) for p in pauses]
        turns = await take(clock, pacer, wanted, until=2000)
        for one in complaints:
            one.cancel()
        return turns

    turns = asyncio.run(all_of_it())
    assert len(turns) == len(wanted)
    assert most_in([at for at, _, _ in turns], 1.0) <= rate
    by_chat: dict[ChatId, list[float]] = defaultdict(list)
    for at, chat, _ in turns:
        if chat is not None:
            by_chat[chat].append(at)
    for chat, times in by_chat.items():
        assert most_in(times, 1.0) <= CHAT_BURST
        assert most_in(times, 10.0) <= CHAT_BURST + 9
        if isinstance(chat, str) or chat < 0:
            assert most_in(times, 60.0) <= GROUP_LIMIT


async def test_edits_go_last_and_still_get_a_tenth(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(30, monotonic=clock.monotonic, sleep=clock.sleep)
    served: list[str] = []

    async def one(chat: int, what: str) -> None:
        await pacer.turn(chat, last=what == "edit")
        served.append(what)

    async def all_at_once() -> None:
        await asyncio.gather(
            *(one(chat, "edit") for chat in range(100, 120)),
            *(one(chat, "digest") for chat in range(1, 100)),
        )

    await clock.run(all_at_once())
    assert served[0] == "edit"  # nobody else was there yet
    assert "edit" not in served[1:10]
    assert 10 <= served[:100].count("edit") <= 12
    assert served[-5:] == ["edit"] * 5


async def test_a_slow_request_counts_as_late_as_it_may_have_come(fake_time: Any) -> None:
    clock = fake_time()
    pacer = Pacer(30, monotonic=clock.monotonic, sleep=clock.sleep)
    left: list[float] = []

    async def four() -> None:
        for _ in range(4):
            await pacer.turn(7)
            left.append(clock.now)
            with pacer.on_its_way(7):
                await clock.sleep(0.7)

    await clock.run(four(), until=clock.now + 9)
    assert left[3] - left[2] > 1.2  # counted by when they left, it might go at once, after 0.7


HAIR_S = 0.05  # what two machines see differently

flights = st.tuples(
    st.floats(0, 2) | st.floats(0, 0.1),  # before it is given a turn
    st.floats(0, 0.3),  # from then until it leaves
    st.floats(0, 3) | st.floats(0, 0.1),  # until it is answered
    st.floats(0, 1),  # the part of that after which it was counted
)


@given(st.lists(flights, max_size=60), st.sampled_from([7, -7]))
@example([(0, 0, 3, 1), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0)], 7)
@example([(0, 0.1, 0.15, 1), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0)], 7)
def test_however_slow_the_network_no_chat_is_sent_too_much(
    drawn: list[tuple[float, float, float, float]], chat_id: int
) -> None:
    paces, now = ChatPaces(), 1000.0
    level, at, minute = 3.0, now, list[float]()
    for rest, held, flight, part in drawn:
        turn = paces.ready_at(chat_id, now + rest)
        waited = turn > now + rest
        paces.took(chat_id, turn)
        left = turn + held
        came, now = left + part * flight, left + flight
        paces.landed(chat_id, left, now)
        level, at = min(3.0, level + came - at) - 1, came
        assert level > (HAIR_S if waited else -1e-6)
        minute = [one for one in minute if one > came - 60] + [came]
        assert chat_id > 0 or len(minute) <= GROUP_LIMIT
