"""The verdict of a trial: what was promised, held against the server's log. Pure."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bench.chaos.cast import REWORDED, Cast, Trouble
from bench.chaos.ledger import Entry
from bench.chaos.stage import Stage
from bot.jobs.delivery.outbox import PLACES

ALL_PER_S, ALL_BURST = 30.0, 30
CHAT_PER_S, CHAT_BURST = 1.0, 3
GROUP_LIMIT, GROUP_WINDOW_S = 20, 60.0
DIGEST = "🗞"  # how the answer to /digest begins
WHOLE_BOT_S = 30.0  # one chat's 429 stops the others for no longer
UNHEARD_S = 0.25  # what was answered so shortly before a kill may never have been read


class Row(NamedTuple):
    """A delivery as the database has it in the end."""

    id: int
    key: str
    chat_id: int
    kind: str
    state: str
    message_id: int | None
    error: str | None


@dataclass(slots=True)
class Seen:
    """What the harness did, and saw."""

    troubles: Counter[Trouble] = field(default_factory=Counter)
    never: int = 0  # troubles whose moment did not come before all was done
    lives: int = 0  # that ended
    by_itself: int = 0  # of them, not killed
    most_in_doubt: int = 0  # `sending` when a life ended
    faults: list[str] = field(default_factory=list)  # of the database, in the end
    again: frozenset[int] = frozenset()  # sent again by policy
    regrets: Counter[int] = field(default_factory=Counter)  # chat → commands that failed, told so
    stuck: bool = False
    stood_still: int = 0  # times that the machine did, for longer than any request waits
    took_s: float = 0.0


@dataclass(slots=True)
class Verdict:
    """Counts, and a sentence for each promise that was broken."""

    seed: int
    deliveries: int
    kills: int = 0
    faults: int = 0
    in_doubt: int = 0
    requests: int = 0
    missed: int = 0
    doubled: int = 0
    again: int = 0  # sent again by policy
    twice_by_policy: int = 0  # of them, those that had arrived
    unknown: int = 0  # in the end
    never: int = 0  # troubles whose moment did not come
    stood_still: int = 0
    took_s: float = 0.0
    broken: list[str] = field(default_factory=list)


def judge(stage: Stage, log: Sequence[Entry], rows: Sequence[Row], seen: Seen) -> Verdict:
    """Hold everything that was promised against the log."""
    cast = stage.cast
    sends = [entry for entry in log if entry.method == "sendMessage"]
    arrived = Counter(entry.key for entry in sends if entry.accepted)
    killed = [entry for entry in log if entry.event == "kill"]
    states = Counter(row.state for row in rows)
    found = Verdict(
        seed=stage.seed,
        deliveries=len(cast.lines),
        kills=seen.lives - seen.by_itself,
        faults=sum(1 for entry in log if entry.fault) + len(killed),
        requests=len(sends),
        again=len(seen.again),
        unknown=states["unknown"],
        never=seen.never,
        took_s=seen.took_s,
        stood_still=seen.stood_still,
    )
    quits = {entry.chat_id for entry in log if entry.event == "quit"}
    _each_once(found, cast, rows, arrived, quits, seen.again)
    found.broken += [
        *_unfinished(rows, quits, seen),
        *_disordered(cast, sends),
        *_hasty(sends, [entry.at for entry in killed]),
        *_too_fast(sends, stage.time.scale == 1),
        *_commands(log, rows, sends, seen.regrets),
        *_uncorrected(cast, log, rows, quits),
    ]
    return found


def _each_once(
    found: Verdict,
    cast: Cast,
    rows: Iterable[Row],
    arrived: Mapping[str, int],
    quits: set[int],
    again: frozenset[int],
) -> None:
    """Missed: due, and not in the log, though its chat was there. Doubled: more than once."""
    by_key = {row.key: row for row in rows}
    for line in cast.lines:
        row, times = by_key.get(line.key), arrived.get(line.key, 0)
        if row is None or (times == 0 and line.chat_id not in quits):
            found.missed += 1
            found.broken.append(f"{line.key} never arrived: {row}")
        if row is not None and row.state == "sent" and times == 0:
            found.broken.append(f"{line.key} counts as sent and never arrived")
        if times > 1 and row is not None and row.id in again:
            found.twice_by_policy += 1
        elif times > 1:
            found.doubled += 1
            found.broken.append(f"{line.key} arrived {times} times: {row}")


def _unfinished(rows: Iterable[Row], quits: set[int], seen: Seen) -> Iterator[str]:
    for row in rows:
        asleep = row.state == "planned" and row.chat_id in quits
        if row.state not in ("sent", "dead") and not asleep:
            yield f"{row.key} is {row.state} in the end"
    if seen.stuck:
        yield "nothing happened any more, though there was something to do"
    if seen.most_in_doubt > PLACES:
        yield f"{seen.most_in_doubt} were in doubt at once, more than {PLACES} requests in flight"
    yield from seen.faults


def _disordered(cast: Cast, sends: Iterable[Entry]) -> Iterator[str]:
    """What came into a chat before something that was planned before it."""
    chats = {line.key: line.chat_id for line in cast.lines}
    newest: dict[int, str] = {}
    come: set[str] = set()
    for entry in sends:
        key = entry.key
        if not entry.accepted or key not in chats or key in come:
            continue
        come.add(key)
        chat_id = chats[key]
        if key < newest.get(chat_id, ""):
            yield f"{key} came after {newest[chat_id]} of the same chat"
        newest[chat_id] = max(newest.get(chat_id, ""), key)


def _hasty(sends: Sequence[Entry], kills: Sequence[float]) -> Iterator[str]:
    """What left before the time that a 429 had named: to the same chat, nothing; else no more
    than what was under way. A bot that is killed by then has not heard it."""
    for number, told in enumerate(sends):
        if told.status != 429 or any(0 <= at - told.at < UNHEARD_S for at in kills):
            continue
        until, others = told.at + told.retry_after_s, 0
        for later in sends[number + 1 :]:
            if later.at > until + WHOLE_BOT_S:
                break
            if later.left < told.at or later.left >= until:
                continue
            if later.chat_id == told.chat_id:
                yield f"{later.text} left {until - later.left:.2f} s before its retry_after"
            others += later.left < told.at + WHOLE_BOT_S
        if others > PLACES:
            yield f"{others} left while the bot was told to wait"


def _too_fast(sends: Sequence[Entry], by_arrival: bool) -> Iterator[str]:
    """Requests that Telegram would have refused: the strict server has, and the log shows."""
    over = [entry for entry in sends if entry.status == 429 and not entry.fault]
    for entry in over:
        yield f"{entry.text} to {entry.chat_id} was too fast at {entry.at:.2f} s"
    accepted = [entry for entry in sends if entry.accepted]
    times = sorted((e.at if by_arrival else e.left, e.chat_id) for e in accepted)
    level, at = float(ALL_BURST), 0.0
    minutes: defaultdict[int, deque[float]] = defaultdict(lambda: deque(maxlen=GROUP_LIMIT))
    chats: dict[int, tuple[float, float]] = {}
    for now, chat_id in times:
        level, at = min(ALL_BURST, level + (now - at) * ALL_PER_S) - 1, now
        room, before = chats.get(chat_id, (float(CHAT_BURST), now))
        chats[chat_id] = (min(CHAT_BURST, room + (now - before) * CHAT_PER_S) - 1, now)
        minute = minutes[chat_id]
        full = chat_id < 0 and len(minute) == GROUP_LIMIT and now - minute[0] < GROUP_WINDOW_S
        minute.append(now)
        if level < -0.5 or chats[chat_id][0] < -0.5 or full:
            yield f"a message to {chat_id} at {now:.2f} s was one too many"


def _commands(
    log: Iterable[Entry], rows: Iterable[Row], sends: Iterable[Entry], regrets: Mapping[int, int]
) -> Iterator[str]:
    """Each /digest makes one digest, however often its update comes, or one word of regret."""
    asked = Counter(entry.chat_id for entry in log if entry.event == "command")
    digests = defaultdict(set)
    for row in rows:
        if row.kind == "asked":
            digests[row.chat_id].add(row.key.rpartition(":")[0])
    came = Counter(e.chat_id for e in sends if e.accepted and e.text.startswith(DIGEST))
    for person, times in asked.items():
        planned, told = len(digests[person]), regrets.get(person, 0)
        if planned + told != times or came[person] != planned:
            yield (
                f"{person} sent {times} commands: {planned} digests planned, {came[person]} came, "
                f"{told} times told that it failed"
            )


def _uncorrected(
    cast: Cast, log: Sequence[Entry], rows: Iterable[Row], quits: set[int]
) -> Iterator[str]:
    """Messages that still tell what an editor reworded; who left or moved is not told."""
    tell = {line.key for line in cast.lines if line.tells}
    shown = {
        (entry.chat_id, entry.message_id): entry.text
        for entry in log
        if entry.accepted and entry.method in ("sendMessage", "editMessageText")
    }
    gone = quits | {entry.number for entry in log if entry.event == "move"}
    for row in rows:
        if row.key in tell and row.state == "sent" and row.chat_id not in gone:
            said = shown.get((row.chat_id, row.message_id), REWORDED)
            if REWORDED not in said:
                yield f"{row.key} was not corrected: {said!r}"
