"""A real process over real HTTP, killed while it edits: in the end every message is corrected."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import bot
from bot.clock import now as present
from bot.sandbox import posting
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import start_sandbox
from bot.sandbox.world import Person
from storage.models import (
    DeliveryKind,
    NewArticle,
    NewDelivery,
    NewSource,
    Post,
    SourceKind,
    Span,
    Understanding,
)
from storage.ports import Store
from tests.conftest import opened

PERSONS = range(1001, 1061)
LATE = PERSONS[30:]  # their edits are answered only after the kill
AFTER_THE_KILL = float("inf")
CHILD = Path(__file__).with_name("editing.py")
ROOT = Path(bot.__file__).parents[1]
TOLD, CORRECTED = "Рейс отменён", "🚫 Новость отозвана редакцией."


@asynccontextmanager
async def editing(database_url: str, api_url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The process; whatever is left of it at the end is killed."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, str(CHILD), database_url, api_url, cwd=ROOT
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


def text(person_id: int, told: str) -> str:
    return f"Сводка {person_id}\n\n{told}\n\nДо завтра"


async def fill(store: Store, box: Sandbox) -> int:
    """A digest of each person's own, sent; the story that all of them tell."""
    now = present()
    source = NewSource(url="import:t", title="Газета", kind=SourceKind.IMPORT)
    paper = await store.sources.add(source, now=now)
    article = NewArticle(
        source_id=paper.id,
        key="1",
        url=None,
        published_at=now - timedelta(hours=1),
        seen_at=now,
        dated=True,
        understanding=Understanding(title=TOLD, text=TOLD),
    )
    [stored] = await store.articles.add([article])
    assert stored is not None
    for person_id in PERSONS:
        box.world.add_person(Person(id=person_id, first_name="Читатель", met=True, started=True))
        told = text(person_id, TOLD)
        span = Span(story_id=stored.story_id, offset=told.index(TOLD), length=len(TOLD))
        post = Post(text=told, spans=(span,), language="ru", zone="Europe/Minsk")
        key, kind = f"t:{person_id}", DeliveryKind.DIGEST
        await store.outbox.add(
            NewDelivery(key=key, chat_id=person_id, kind=kind, post=post), now=now
        )
    deliveries = await store.outbox.claim(owner="t", now=now, limit=len(PERSONS), lease_s=60)
    sent = {}
    for delivery in deliveries:
        chat = box.world.chats[delivery.chat_id]
        body = {"text": delivery.post.text}
        sent[delivery.id] = posting.post(box, chat, box.bot["id"], body)["message_id"]
    await store.outbox.mark(sending=[*sent], sent={}, now=now)
    await store.outbox.mark(sending=[], sent=sent, now=now)
    return stored.story_id


def corrected(box: Sandbox) -> int:
    return sum(CORRECTED in message["text"] for id_ in PERSONS for message in box.sent(id_))


async def until(box: Sandbox, count: int, child: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(300):
        while corrected(box) < count:
            assert child.returncode is None, "the process ended by itself"
            await asyncio.sleep(0.01)


async def test_over_a_kill_and_every_failure_each_message_is_corrected(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/svodka.db"
    async with opened(url) as store:
        dead = asyncio.Event()

        async def on_its_way(delay_s: float) -> None:
            await (dead.wait() if delay_s == AFTER_THE_KILL else asyncio.sleep(delay_s))

        box = Sandbox(present, limits=False, sleep=on_its_way)
        story_id = await fill(store, box)
        await store.corrections.withdraw(story_id, reason=None, now=present())
        box.faults.add("slow", method="editMessageText", delay_s=0.03, times=None)
        for kind in ("reset_before", "reset_after", "500", "500_after", "truncated"):
            box.faults.add(kind, method="editMessageText", times=3, chance=0.04)
        box.faults.add("429", method="editMessageText", times=2, chance=0.02)
        held = [
            box.faults.add(
                "slow", method="editMessageText", chat_id=id_, delay_s=AFTER_THE_KILL, times=None
            )
            for id_ in LATE
        ]
        async with start_sandbox(box) as api:
            async with editing(url, api) as child:
                await until(box, 15, child)
                child.kill()
                assert corrected(box) < len(PERSONS)
                await child.wait()
            dead.set()
            for rule in held:
                box.faults.rules.remove(rule)
            async with editing(url, api) as child:
                await until(box, len(PERSONS), child)
                async with asyncio.timeout(300):
                    while (await store.edits.counts())["done"] < len(PERSONS):
                        assert child.returncode is None
                        await asyncio.sleep(0.05)
        for person_id in PERSONS:
            assert [m["text"] for m in box.sent(person_id)] == [text(person_id, CORRECTED)]
        assert await store.check() == []
