"""A real process over real HTTP, killed in mid-batch: nobody is missed and nobody is doubled."""

import asyncio
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import bot
from bot.clock import now as present
from bot.jobs.delivery.outbox import PLACES
from bot.sandbox.sandbox import CHANNEL_ID, READER_ID, Sandbox
from bot.sandbox.server import start_sandbox
from bot.sandbox.world import Person
from storage.models import (
    Chat,
    ChatKind,
    DeliveryKind,
    DeliveryState,
    NewArticle,
    NewDelivery,
    NewSource,
    Post,
    Schedule,
    SourceKind,
    TopicScore,
    Understanding,
)
from storage.ports import Store
from tests.conftest import opened

PERSONS = range(1001, 1121)
CHILD = Path(__file__).with_name("delivering.py")
ROOT = Path(bot.__file__).parents[1]


@asynccontextmanager
async def delivering(database_url: str, api_url: str) -> AsyncIterator[asyncio.subprocess.Process]:
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


async def until(true: Callable[[], bool], child: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(300):
        while not true():
            assert child.returncode is None, "the process ended by itself"
            await asyncio.sleep(0.01)


def sandbox() -> Sandbox:
    box = Sandbox(present, limits=False)
    box.acts.send("/start")
    box.acts.promote()
    for person_id in PERSONS:
        box.world.add_person(Person(id=person_id, first_name="Читатель", met=True, started=True))
    return box


async def fill(store: Store) -> None:
    """Two posts for each person, and a person's and a channel's digest that are due now."""
    now = present()
    await store.outbox.saw_message(READER_ID, 1)  # the /start
    source = NewSource(url="import:t", title="Газета", kind=SourceKind.IMPORT)
    paper = await store.sources.add(source, now=now)
    understanding = Understanding(
        title="Открыт рейс в Минск",
        text="Рейс открыт.",
        topics=(TopicScore(slug="flights", score=0.9),),
        summary=("Рейс открыт.",),
    )
    article = NewArticle(
        source_id=paper.id,
        key="1",
        url="https://paper.example/1",
        published_at=now - timedelta(hours=1),
        seen_at=now - timedelta(hours=1),
        dated=True,
        understanding=understanding,
    )
    await store.articles.add([article])
    for chat_id, kind in ((READER_ID, ChatKind.PRIVATE), (CHANNEL_ID, ChatKind.CHANNEL)):
        await store.chats.see(Chat(id=chat_id, kind=kind, title="Мой канал"), now=now)
        await store.subscriptions.add(
            chat_id=chat_id, topics=(), schedule=Schedule(), next_run_at=now, now=now
        )
    for part in (1, 2):
        for person_id in PERSONS:
            post = Post(text=f"{person_id} {part}")
            await store.outbox.add(
                NewDelivery(
                    key=f"t:{person_id}:{part}",
                    chat_id=person_id,
                    kind=DeliveryKind.DIGEST,
                    post=post,
                ),
                now=now,
            )


def received(box: Sandbox) -> Counter[tuple[int, str]]:
    chats = (READER_ID, CHANNEL_ID, *PERSONS)
    return Counter((chat, message["text"]) for chat in chats for message in box.sent(chat))


async def stop_in_flight(child: asyncio.subprocess.Process, store: Store) -> None:
    """Have it stand still at an instant when something is on its way."""
    async with asyncio.timeout(300):
        while True:
            child.send_signal(signal.SIGSTOP)
            if (await store.outbox.counts())[DeliveryState.SENDING]:
                return
            child.send_signal(signal.SIGCONT)
            await asyncio.sleep(0.01)


async def test_over_a_kill_and_every_failure_each_delivery_arrives_exactly_once(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/svodka.db"
    async with opened(url) as store:
        await fill(store)
        box = sandbox()
        box.faults.add("slow", method="sendMessage", delay_s=0.03, times=None)
        for kind in ("reset_before", "reset_after", "500", "500_after"):
            box.faults.add(kind, method="sendMessage", times=4, chance=0.04)
        box.faults.add("429", method="sendMessage", times=2, chance=0.02)
        async with start_sandbox(box) as api:
            async with delivering(url, api) as child:
                await until(lambda: sum(received(box).values()) >= 60, child)
                await stop_in_flight(child, store)
                child.kill()
                await child.wait()
            at_kill = await store.outbox.counts()
            assert 0 < at_kill[DeliveryState.SENDING] <= PLACES
            everything = 2 * len(PERSONS) + 2
            async with delivering(url, api) as child:
                await until(lambda: sum(received(box).values()) >= everything, child)
                async with asyncio.timeout(300):
                    while (await store.outbox.counts())[DeliveryState.SENT] < everything:
                        assert child.returncode is None
                        await asyncio.sleep(0.05)
                await asyncio.sleep(0.3)  # whatever would still be doubled
        got = received(box)
        assert max(got.values()) == 1, [key for key, n in got.items() if n > 1]
        assert len(got) == everything
        assert {n for (chat, _), n in got.items() if chat in (READER_ID, CHANNEL_ID)} == {1}
        for person_id in PERSONS:
            texts = [message["text"] for message in box.sent(person_id)]
            assert texts == [f"{person_id} 1", f"{person_id} 2"]
