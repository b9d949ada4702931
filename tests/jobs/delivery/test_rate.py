"""The rate of everything: the limit of any second holds; a 429 halves it, and it climbs back."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.delivery.rate import CLIMB_S, EPISODE_S, LOWEST, Rate
from tests.jobs.delivery.test_pacing import most_in


def greedy(rate: Rate, *, until: float, late_s: float) -> list[float]:
    """When turns were given to one who always waits, and wakes a little late."""
    now, times = 0.0, [0.0]
    rate.took(now)
    while now < until:
        if rate.next_at > now:
            now = rate.next_at + late_s
        rate.took(now, late=True)
        times.append(now)
    return times


@pytest.mark.parametrize("late_s", [0.0, 0.003, 0.015])
def test_a_machine_that_wakes_late_still_sends_thirty_a_second(late_s: float) -> None:
    times = greedy(Rate(30), until=60, late_s=late_s)
    assert 29.5 * 60 <= len(times) <= 30 * 60
    assert most_in(times, 1.0) <= 30


def test_after_a_rest_there_is_no_burst() -> None:
    rate = Rate(30)
    rate.took(0.0)
    rate.took(100.0)
    assert 100.03 < rate.next_at < 100.04


def test_a_429_halves_the_rate_which_climbs_back() -> None:
    rate = Rate(30)
    rate.pause(until=105.0, now=100.0)
    assert rate.next_at == 105
    assert rate.per_s(105) == 15
    assert 15 < rate.per_s(105 + CLIMB_S / 4) < 30
    assert rate.per_s(105 + CLIMB_S / 2) == 30
    assert rate.per_s(10_000) == 30


def test_429s_of_requests_that_were_under_way_count_once() -> None:
    rate = Rate(30)
    for now in (100.0, 100.1, 100.5, 104.9):
        rate.pause(until=105.0, now=now)
    assert rate.per_s(105) == 15
    rate.pause(until=112.0, now=105.0 + EPISODE_S)
    assert 7.5 <= rate.per_s(112) < 8.1


def test_it_never_falls_so_low_that_nothing_leaves() -> None:
    rate = Rate(32)
    for number in range(50):
        rate.pause(until=100.0 + number * 10 + 9, now=100.0 + number * 10)
    assert rate.per_s(0) == LOWEST * 32


def test_it_settles_where_refusals_end() -> None:
    """A server that takes 12 a second, whatever it promised, refuses little and is kept busy."""
    rate, room, before = Rate(30), 12.0, 0.0
    accepted = refused = 0
    now = 0.0
    while now < 1200:
        rate.took(now, late=True)
        room, before = min(12.0, room + (now - before) * 12), now
        if room >= 1:
            room -= 1
            accepted += 1
        else:
            refused += 1
            rate.pause(until=now + 1, now=now)
        now = max(now, rate.next_at)
    assert accepted >= 0.7 * 12 * 1200
    assert refused <= 0.02 * accepted


@given(
    most=st.sampled_from([1, 7, 30, 1000]),
    seed=st.integers(0, 1 << 16),
    pauses=st.lists(st.tuples(st.floats(0, 30), st.floats(0.1, 9)), max_size=6),
)
def test_whatever_happens_the_rate_is_bounded_and_no_second_holds_more(
    most: int, seed: int, pauses: list[tuple[float, float]]
) -> None:
    rate, luck = Rate(most), random.Random(seed)
    told = sorted(pauses)
    now, times = 0.0, []
    while now < 40 and len(times) < 3000:
        while told and told[0][0] <= now:
            rate.pause(until=now + told.pop(0)[1], now=now)
        assert LOWEST * most <= rate.per_s(now) <= most
        if rate.next_at <= now:
            rate.took(now, late=luck.random() < 0.7)
            times.append(now)
        else:
            now = rate.next_at + luck.choice([0.0, 0.0, 0.001, 0.03, 0.4])
    assert most_in(times, 1.0) <= most
    assert times  # it goes on after every pause
