"""The strict server in a process of its own: it fails as the seed says, and logs what it did."""

import asyncio
import os
import random
import signal
from collections import Counter, deque
from collections.abc import Mapping
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from bench.chaos.cast import BY_SERVER, CHANCES, OWNER_ID, REST_S, Blow, Trouble
from bench.chaos.ledger import Entry, Ledger
from bench.chaos.stage import TOKEN, Stage, put
from bench.chaos.timescale import Time
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.limits import Limits
from bot.sandbox.sandbox import Call, Sandbox
from bot.sandbox.server import routes
from bot.sandbox.world import CHANNEL_RIGHTS, GROUP_RIGHTS, Chat, Member, Person

LEFT = "X-Left"  # header of a request: when it left
MESSAGES_BEFORE = 1  # what the bot's own counter has come to
FOR_EVER_S = 1e9


@dataclass(slots=True)
class Asked:
    """The request in hand."""

    left: float = 0.0
    fault: str = ""
    retry_after_s: int = 0
    kill_after: bool = False  # as soon as the answer is out


_asked: ContextVar[Asked] = ContextVar("asked")


def serve(stage: Stage) -> None:
    """Serve until killed; the address is then in a file of the stage's."""
    stage.time.run(_serve(stage))


async def _serve(stage: Stage) -> None:
    witness = Witness(stage)
    app = web.Application(middlewares=[witness.watch])
    app.add_routes(routes(witness.box))
    # The client's idle connections are closed by a clock that no scale hurries.
    runner = web.AppRunner(app, keepalive_timeout=FOR_EVER_S, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    put(stage.address, f"http://127.0.0.1:{runner.addresses[0][1]}")
    await asyncio.Event().wait()


class Witness:
    """The sandbox with the seed's world, faults and log."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._time = stage.time
        self.ledger = Ledger(stage.ledger)
        self.box = Sandbox(stage.time.now, TOKEN, monotonic=stage.time.monotonic)
        self.box.faults = Storm(stage, self)
        self.box.limits = Judge(self, stage.time)
        self.box.log = Log(self)
        _people(self.box, stage)

    @web.middleware
    async def watch(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        asked = Asked(left=float(request.headers.get(LEFT, self._time.monotonic())))
        _asked.set(asked)
        response = await handler(request)
        if asked.kill_after:
            with suppress(ConnectionResetError):  # somebody else has killed it
                await response.prepare(request)
                await response.write_eof()
            self.kill(Trouble.KILL_ANSWERED)
        return response

    def kill(self, why: Trouble) -> None:
        """End the bot as it stands."""
        self.note(event="kill", text=why)
        with suppress(ProcessLookupError):
            os.kill(int(self._stage.pid.read_text()), signal.SIGKILL)

    def note(self, **about: Any) -> None:
        self.ledger.add(Entry(at=self._time.monotonic(), **about))

    def too_late(self) -> bool:
        """Whether the request has been in our hands for longer than Telegram would hold it."""
        return self._time.monotonic() > _asked.get().left + REST_S


class Judge(Limits):
    """The limits, for requests that were not given up meanwhile.

    At scale 20 a hiccup of the machine of 50 ms is a second, and no fault of the bot's: there the
    verdict looks at when requests left.
    """

    def __init__(self, witness: Witness, time: Time) -> None:
        super().__init__(time.monotonic, on=time.scale == 1)
        self._witness = witness

    def take(self, chat_id: int, *, group: bool, paid: bool = False) -> int:
        if self._witness.too_late():
            raise ApiError(500, "Internal Server Error: given up")
        return super().take(chat_id, group=group, paid=paid)


class Log(deque[Call]):
    """Takes the place of the sandbox's log: each call is written before it is answered."""

    def __init__(self, witness: Witness) -> None:
        super().__init__()
        self._witness = witness

    def append(self, call: Call) -> None:
        asked = _asked.get()
        self._witness.note(
            left=asked.left,
            method=call.method,
            chat_id=int(call.params.get("chat_id", 0)),
            text=str(call.params.get("text", ""))[:80],
            status=call.status,
            accepted=call.accepted,
            message_id=call.message_id,
            fault=asked.fault,
            retry_after_s=asked.retry_after_s,
        )


class Storm(Faults):
    """The faults of the seed, by method, chat and how many requests came before."""

    def __init__(self, stage: Stage, witness: Witness) -> None:
        super().__init__()
        self._cast = stage.cast
        self._witness = witness
        self._blows = [blow for blow in stage.cast.blows if blow.trouble in BY_SERVER]
        self._counts: Counter[tuple[str, object]] = Counter()

    def take(self, method: str, params: Mapping[str, Any]) -> list[Fault]:
        if method not in CHANCES:
            return []
        chat_id = params.get("chat_id") or 0
        self._counts[method, chat_id] += 1
        number = self._counts[method, chat_id]
        luck = self._cast.chance(method, chat_id, number)
        if method == "sendMessage":
            self._counts[method, "all"] += 1
            total = self._counts[method, "all"]
            self._people_act(total, int(chat_id), number)
            if self._blows and self._blows[0].after < total:
                return self._kill(self._blows.pop(0), luck)
        return self._draw(method, luck)

    def _kill(self, blow: Blow, luck: random.Random) -> list[Fault]:
        """Either way the bot does not learn what became of this request."""
        if blow.trouble is Trouble.KILL_ANSWERED:
            _asked.get().kill_after = True
            return []
        self._witness.kill(blow.trouble)
        return [Fault(kind="reset_before")] if luck.random() < 0.5 else []

    def _draw(self, method: str, luck: random.Random) -> list[Fault]:
        kinds = CHANCES[method]
        nothing = 100 - sum(kinds.values())
        [kind] = luck.choices(["", *kinds], [nothing, *kinds.values()])
        if not kind:
            return []
        asked = _asked.get()
        asked.fault = kind
        asked.retry_after_s = luck.randint(1, 8) if kind == "429" else 0
        delay_s = luck.uniform(0, REST_S)
        return [Fault(kind=kind, retry_after_s=asked.retry_after_s, delay_s=delay_s)]

    def _people_act(self, total: int, chat_id: int, number: int) -> None:
        """Who now sends a command, blocks the bot, or makes a supergroup of a group."""
        acts, note = self._witness.box.acts, self._witness.note
        if (person := self._cast.commands.get(total)) is not None:
            message = acts.send("/digest", by=person)
            note(event="command", chat_id=person, message_id=message["message_id"])
        if self._cast.quits.get(chat_id) == number:
            acts.block(by=chat_id)
            note(event="quit", chat_id=chat_id)
        if self._cast.moves.get(chat_id) == number:
            new = acts.migrate(chat_id, by=OWNER_ID)
            note(event="move", chat_id=chat_id, number=new.id)


def _people(box: Sandbox, stage: Stage) -> None:
    """Everybody of the cast, known to the bot."""
    cast, bot_id = stage.cast, box.bot["id"]
    box.world.last_id = MESSAGES_BEFORE
    for person_id in (OWNER_ID, *cast.persons):
        box.world.add_person(Person(id=person_id, first_name="Читатель", met=True, started=True))
    owner = Member(status="creator", rights=frozenset(CHANNEL_RIGHTS))
    plain = Member(status="member")
    admin = Member(status="administrator", rights=frozenset(GROUP_RIGHTS))
    poster = Member(status="administrator", rights=frozenset(CHANNEL_RIGHTS))
    kinds = (
        ("group", cast.groups, plain),
        ("supergroup", cast.supergroups, admin),
        ("channel", cast.channels, poster),
    )
    for kind, ids, ours in kinds:
        for id_ in ids:
            members = {OWNER_ID: owner, bot_id: ours}
            box.world.add_chat(Chat(id=id_, kind=kind, title=f"Чат {id_}", members=members))
