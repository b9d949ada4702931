"""Chaos, at a size for every day; and whether its verdict sees what it is there to see."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import bench
from bench.chaos.cast import HEADLINE, REWORDED, Cast, cast
from bench.chaos.ledger import Entry
from bench.chaos.stage import Stage
from bench.chaos.timescale import Time
from bench.chaos.verdict import Row, Seen, Verdict, judge

ROOT = Path(bench.__file__).parents[1]
LINES = cast(1, 20).lines
TRIES = 4


async def storms() -> tuple[int | None, str]:
    """Three of them at once: the exit status, and the report."""
    words = "--seeds 3 --at-once 3 --deliveries 200 --time-scale 20"
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.chaos",
        *words.split(),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await child.communicate()
    return child.returncode, said.decode()


async def test_three_storms_miss_nobody_and_double_nobody() -> None:
    """A stand-still of seconds is minutes at this scale: commands fail by it, and another try is
    needed to see whether they would have; but even then nobody is missed or doubled."""
    for _ in range(TRIES):
        status, said = await storms()
        assert said.count("missed 0, doubled 0") == 3, said
        if status == 0 or "stood still" not in said:
            break
    assert status == 0, said
    assert said.count("every promise held") == 3


def trial(sends: Sequence[Entry], *, dead: str = "") -> Verdict:
    """A trial of twenty in which that left, and all that is not dead counts as sent."""
    stage = Stage(1, 20, "ask", Time.begin(1), Path("nowhere"))
    rows = [
        Row(id_, line.key, line.chat_id, "digest", "dead" if line.key == dead else "sent", id_, "")
        for id_, line in enumerate(LINES, 1)
    ]
    return judge(stage, sorted(sends, key=lambda entry: entry.at), rows, Seen())


def sent(number: int, at: float | None = None, **about: object) -> Entry:
    line, left = LINES[number], number * 30.0 if at is None else at
    made = Entry(at=left, left=left, method="sendMessage", chat_id=line.chat_id, text=line.key)
    return made._replace(**{"status": 200, "accepted": True, **about})


def all_but(*numbers: int) -> list[Entry]:
    return [sent(number) for number in range(len(LINES)) if number not in numbers]


def test_what_arrived_once_and_in_its_time_breaks_nothing() -> None:
    assert trial(all_but()).broken == []


def test_one_that_never_arrived_is_missed() -> None:
    assert trial(all_but(4)).missed == 1
    assert trial(all_but(4), dead=LINES[4].key).missed == 1


def test_one_that_arrived_twice_is_doubled() -> None:
    found = trial([*all_but(), sent(7, 900)])
    assert (found.missed, found.doubled) == (0, 1)


def test_order_within_a_chat_is_seen() -> None:
    first, second = same_chat(cast(1, 20))
    swapped = [sent({first: second, second: first}.get(n, n), n * 30.0) for n in range(len(LINES))]
    assert [word for word in trial(swapped).broken if "came after" in word] != []


def same_chat(drawn: Cast) -> tuple[int, int]:
    """Two deliveries of one chat."""
    for second, line in enumerate(drawn.lines):
        for first in range(second):
            if drawn.lines[first].chat_id == line.chat_id:
                return first, second
    raise AssertionError("this seed has no chat with two")


def test_what_left_before_its_retry_after_is_seen() -> None:
    told = sent(3, status=429, accepted=False, fault="429", retry_after_s=8)
    assert trial([*all_but(3), told, sent(3, 98.5)]).broken == []
    found = trial([*all_but(3), told, sent(3, 97.0)])
    assert [word for word in found.broken if "retry_after" in word] != []


def test_a_wait_that_a_killed_bot_never_heard_of_is_not_held_against_it() -> None:
    told = sent(3, status=429, accepted=False, fault="429", retry_after_s=8)
    sends = [*all_but(3), told, sent(3, 97.0)]
    assert trial([*sends, Entry(at=told.at + 0.1, event="kill")]).broken == []
    assert trial([*sends, Entry(at=told.at + 1.0, event="kill")]).broken != []


def test_too_many_at_once_are_seen() -> None:
    burst = [sent(5, 150.0 + n / 10, text="other") for n in range(1, 6)]
    assert [word for word in trial([*all_but(), *burst]).broken if "too many" in word] != []
    refused = sent(5, 150.0, status=429, accepted=False)
    assert [word for word in trial([*all_but(), refused]).broken if "too fast" in word] != []


def test_a_seed_means_the_same_everywhere() -> None:
    assert cast(7, 200) == cast(7, 200) != cast(8, 200)
    luck = cast(7, 200).chance("sendMessage", 1001, 2)
    assert luck.random() == cast(7, 200).chance("sendMessage", 1001, 2).random()


def test_a_message_that_was_not_corrected_is_seen() -> None:
    told = f"{LINES[0].key}\n{HEADLINE}"
    arrived = [sent(0, text=told, message_id=1), *all_but(0)]
    assert [word for word in trial(arrived).broken if "was not corrected" in word] != []
    edit = sent(0, 900, method="editMessageText", text=told.replace(HEADLINE, REWORDED))
    assert trial([*arrived, edit._replace(message_id=1)]).broken == []
