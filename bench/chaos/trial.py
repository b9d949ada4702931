"""One trial: a server, a bot that is killed and started until nothing is left, and the verdict.

How each point of a kill is reached: *after the claim* and *after the commit* the harness looks at
the database every few milliseconds and kills when it first shows more claimed, or more sent, than a
moment ago; *after the bytes left* the server kills when the request has come and before it acts on
it, *after the answer* when the last byte of it is out; the others come when so much is done.
"""

import asyncio
import json
import random
import resource
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

from bench.chaos.cast import (
    BATCHES,
    BY_SERVER,
    HEADLINE,
    OWNER_ID,
    REST_S,
    REWORDED,
    Blow,
    Cast,
    Line,
    Trouble,
)
from bench.chaos.ledger import read
from bench.chaos.life import live
from bench.chaos.server import MESSAGES_BEFORE, serve
from bench.chaos.stage import Stage, put
from bench.chaos.verdict import Row, Seen, Verdict, judge
from storage.connect import open_store
from storage.errors import StorageError
from storage.models import (
    Chat,
    ChatKind,
    DeliveryKind,
    NewArticle,
    NewDelivery,
    NewDigest,
    NewSource,
    Post,
    Span,
    Understanding,
)
from storage.ports import Store

LOOK_S = 0.004  # of the machine's
STUCK_S = 900.0
HOUR_S = 3600
JUMP_SEEN_S = 12.0  # a running bot has looked at its clock again by then

CHATS = "SELECT title, id FROM chats"
STATES = "SELECT state, count(*) FROM deliveries GROUP BY state"
# Planned for somebody who has blocked the bot: waits for them to come back.
OPEN = """
SELECT count(*) FROM deliveries AS d
WHERE state NOT IN ('sent', 'dead') AND NOT (state = 'planned' AND EXISTS (
    SELECT 1 FROM chats AS c WHERE c.id = d.chat_id AND c.asleep IS NOT NULL))
"""
UNEDITED = """
SELECT count(*) FROM edits AS e JOIN deliveries AS d ON d.id = e.delivery_id
WHERE e.state = 'planned' AND d.state = 'sent'
"""
ROWS = "SELECT id, key, chat_id, kind, state, message_id, error FROM deliveries"
ENDED = frozenset(["sent", "dead"])
KILLS = frozenset(trouble for trouble in Trouble if trouble.name.startswith("KILL"))


class Trial:
    """`run` it once."""

    def __init__(self, stage: Stage, processes: ForkServerContext) -> None:
        self._stage = stage
        self._time = stage.time
        self._processes = processes
        self._luck = random.Random(-stage.seed)
        self._blows = [blow for blow in stage.cast.blows if blow.trouble not in BY_SERVER]
        self._before: Mapping[str, int] = {}
        self._seen = Seen()
        self._calm_until = 0.0
        self._story_id = 0
        self._corrected = False
        self._others: set[asyncio.Task[None]] = set()

    async def run(self) -> Verdict:
        put(self._stage.ahead, "0")
        store = await open_store(self._stage.database_url)
        server = self._start(serve)
        try:
            await meet(store, self._stage.cast, self._stage)
            self._story_id = await happen(store, self._stage)
            await self._settled(store)
            await asyncio.gather(*self._others)
            self._seen.faults = await store.check()
        finally:
            server.kill()
            await store.close()
        with closing(sqlite3.connect(self._stage.database)) as c:
            rows = [Row(*row) for row in c.execute(ROWS)]
        self._seen.took_s = self._time.monotonic()
        self._read_log()
        return judge(self._stage, read(self._stage.ledger), rows, self._seen)

    async def _settled(self, store: Store) -> None:
        """Let the bot live and die until there is nothing left to do."""
        while not self._stage.address.exists():
            await asyncio.sleep(LOOK_S)
        planned = 0
        idle_since = changed_at = looked_at = self._time.monotonic()
        bot = self._born()
        with closing(sqlite3.connect(f"file:{self._stage.database}?mode=ro", uri=True)) as c:
            while self._time.monotonic() - idle_since < REST_S + 5:
                await asyncio.sleep(LOOK_S)
                states = dict(c.execute(STATES).fetchall())
                if not bot.is_alive():
                    self._died(bot, states)
                    await asyncio.sleep(self._time.real(self._luck.uniform(0, 3)))
                    bot = self._born()
                settled = sum(states.get(state, 0) for state in ENDED)
                planned = await self._plan_more(store, settled, planned)
                await self._strike(bot, states, settled)
                await self._correct(store, settled)
                now = self._time.monotonic()
                self._seen.stood_still += now - looked_at > REST_S
                looked_at = now
                if states != self._before:
                    changed_at = now
                self._before = states
                open_ = c.execute(OPEN).fetchone()[0] or c.execute(UNEDITED).fetchone()[0]
                if planned < BATCHES or open_:
                    idle_since = now
                if now - changed_at > STUCK_S:
                    self._seen.stuck = True
                    break
        self._seen.never = len(self._blows)  # waited for a claim or a commit, and there was no more
        bot.kill()
        bot.join()

    def _read_log(self) -> None:
        """What the bot said of deliveries sent again by policy, and of commands that failed."""
        said = list(spoken(self._stage.log))
        again = "sent again, though it may have arrived"
        self._seen.again = frozenset(s["delivery"] for s in said if s["message"] == again)
        self._seen.regrets = Counter(s["chat"] for s in said if s["message"] == "an update failed")

    def _start(self, work: Callable[[Stage], None]) -> ForkServerProcess:
        process = self._processes.Process(target=work, args=(self._stage,), daemon=True)
        process.start()
        return process

    def _born(self) -> ForkServerProcess:
        bot = self._start(live)
        put(self._stage.pid, str(bot.pid))
        return bot

    def _died(self, bot: ForkServerProcess, states: Mapping[str, int]) -> None:
        bot.join()
        self._seen.lives += 1
        self._seen.by_itself += bot.exitcode != -signal.SIGKILL
        self._seen.most_in_doubt = max(self._seen.most_in_doubt, states.get("sending", 0))

    async def _plan_more(self, store: Store, settled: int, planned: int) -> int:
        """The next batch comes when most of those before have gone; how many have come."""
        lines = self._stage.cast.lines
        if planned == BATCHES or settled < 0.7 * planned * len(lines) / BATCHES:
            return planned
        with closing(sqlite3.connect(self._stage.database)) as c:
            ids: dict[str, int] = dict(c.execute(CHATS).fetchall())  # a group may have moved
        deliveries = tuple(
            NewDelivery(
                key=line.key,
                chat_id=ids.get(title(line.chat_id), line.chat_id),
                kind=kind_of(self._stage.cast, line.chat_id),
                post=post(line, self._story_id),
            )
            for line in lines
            if line.batch == planned
        )
        now = self._time.now()
        batch = NewDigest(
            chat_id=OWNER_ID, key=f"batch:{planned}", stories=(), deliveries=deliveries, at=now
        )
        await store.outbox.plan(batch)
        return planned + 1

    async def _correct(self, store: Store, settled: int) -> None:
        """An editor rewords the story when half of all has gone; tried again while it is locked."""
        if self._corrected or settled < len(self._stage.cast.lines) // 2:
            return
        with suppress(StorageError):
            self._corrected = await store.corrections.reword(
                self._story_id, headline=REWORDED, summary=None, now=self._time.now()
            )

    async def _strike(
        self, bot: ForkServerProcess, states: Mapping[str, int], settled: int
    ) -> None:
        """Do the next trouble if it is due, and things are as it wants them."""
        if not self._blows or self._blows[0].after > settled:
            return
        blow = self._blows[0]
        if blow.trouble in KILLS:
            calm = self._time.monotonic() < self._calm_until
            if calm or not self._ready(blow.trouble, states):
                return
            bot.kill()
        self._blows.pop(0)
        self._seen.troubles[blow.trouble] += 1
        match blow.trouble:
            case Trouble.AHEAD | Trouble.BACK:
                put(self._stage.ahead, str(HOUR_S if blow.trouble is Trouble.AHEAD else 0))
                self._calm_until = self._time.monotonic() + JUMP_SEEN_S
            case Trouble.BUSY:
                self._meanwhile(self._hold(blow))
            case Trouble.FULL:
                self._meanwhile(self._fill(bot, blow))

    def _ready(self, trouble: Trouble, states: Mapping[str, int]) -> bool:
        watched = {Trouble.KILL_CLAIMED: "claimed", Trouble.KILL_COMMITTED: "sent"}.get(trouble)
        return watched is None or states.get(watched, 0) > self._before.get(watched, 0)

    def _meanwhile(self, work: Coroutine[Any, Any, None]) -> None:
        self._others.add(asyncio.create_task(work))

    async def _hold(self, blow: Blow) -> None:
        """Another process writes, for longer than the bot may wait."""
        await asyncio.to_thread(hold, self._stage.database, self._time.real(blow.lasts_s))

    async def _fill(self, bot: ForkServerProcess, blow: Blow) -> None:
        """No file of the bot's may grow beyond the length of its log, and half a page."""
        wal = self._stage.database.with_name(self._stage.database.name + "-wal")
        room = (wal.stat().st_size if wal.exists() else 0) + self._luck.randrange(4096)
        unlimited = resource.RLIM_INFINITY
        with suppress(ProcessLookupError):
            resource.prlimit(bot.pid or 0, resource.RLIMIT_FSIZE, (room, unlimited))
            await asyncio.sleep(self._time.real(blow.lasts_s))
            resource.prlimit(bot.pid or 0, resource.RLIMIT_FSIZE, (unlimited, unlimited))


def spoken(log: Path) -> Iterator[dict[str, Any]]:
    """The lines of the bot's log; one that a full disk or a kill has cut off is left out."""
    for line in log.read_text("utf-8", errors="replace").splitlines():
        with suppress(ValueError):
            yield json.loads(line)


def hold(database: Path, seconds: float) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as c:
        c.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        c.execute("ROLLBACK")


async def meet(store: Store, cast: Cast, stage: Stage) -> None:
    """The chats, as the bot has come to know them."""
    kinds: Sequence[tuple[ChatKind, Sequence[int]]] = (
        (ChatKind.PRIVATE, (OWNER_ID, *cast.persons)),
        (ChatKind.GROUP, cast.groups),
        (ChatKind.SUPERGROUP, cast.supergroups),
        (ChatKind.CHANNEL, cast.channels),
    )
    for kind, ids in kinds:
        for id_ in ids:
            owner_id = None if kind is ChatKind.PRIVATE else OWNER_ID
            chat = Chat(id=id_, kind=kind, title=title(id_), owner_id=owner_id)
            await store.chats.see(chat, now=stage.time.now())
    await store.outbox.saw_message(OWNER_ID, MESSAGES_BEFORE)


async def happen(store: Store, stage: Stage) -> int:
    """The story that some of the posts tell; its id."""
    now = stage.time.now()
    source = await store.sources.add(
        NewSource(url="https://outlet.example", title="Вести"), now=now
    )
    article = NewArticle(
        source_id=source.id,
        key="1",
        url=None,
        published_at=now,
        seen_at=now,
        dated=True,
        understanding=Understanding(title=HEADLINE, text=HEADLINE, language="ru"),
        backfill=True,
    )
    [added] = await store.articles.add([article])
    assert added is not None  # nothing of that address was there
    return added.story_id


def post(line: Line, story_id: int) -> Post:
    if not line.tells:
        return Post(text=line.key)
    span = Span(story_id=story_id, offset=len(line.key) + 1, length=len(HEADLINE))
    return Post(text=f"{line.key}\n{HEADLINE}", spans=(span,), language="ru")


def title(chat_id: int) -> str:
    return f"Чат {chat_id}"


def kind_of(cast: Cast, chat_id: int) -> DeliveryKind:
    return DeliveryKind.CHANNEL if chat_id in cast.channels else DeliveryKind.DIGEST
