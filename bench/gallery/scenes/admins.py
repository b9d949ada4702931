"""What admins of the bot see."""

from dataclasses import replace
from datetime import timedelta

from bench.gallery.newsroom import NOW
from bench.gallery.scene import Scenes
from bench.gallery.stage import Stage
from bot.telegram.buttons import callbacks as cb
from bot.telegram.screens import source_screens
from storage.models import DeliveryKind, Entry, NewDelivery, Post, SourceKind

SCENES = Scenes()


@SCENES.add(admin=True)
async def admin_sources(stage: Stage) -> None:
    """/sources, for admins."""
    await stage.says("/sources")


@SCENES.add(admin=True)
async def admin_source_offered(stage: Stage) -> None:
    """What is at an address that was sent."""
    titles = ("Мост через Томь закроют на ночь", "В Мысках открыли каток")
    entries = [
        Entry(key=str(hours), title=title, published_at=NOW - timedelta(hours=hours))
        for hours, title in enumerate(titles, 1)
    ]
    offer = source_screens.offer(
        stage.render.reader(await stage.chat()),
        title="Газета «Томь»",
        url="https://tom.example/rss",
        kind=SourceKind.FEED,
        interval_s=1800,
        entries=entries,
        foreign=False,
        now=NOW,
    )
    await stage.gets([offer])


@SCENES.add(admin=True)
async def admin_source_known(stage: Stage) -> None:
    """An address that is a source already, and was switched off."""
    [source, *_] = await stage.store.sources.all()
    reader = stage.render.reader(await stage.chat())
    off = replace(source, enabled=False)
    await stage.gets([source_screens.known(reader, one, now=NOW) for one in (source, off)])


@SCENES.add(admin=True)
async def admin_news(stage: Stage) -> None:
    """News that an admin pasted."""
    lead = "В Кемерове открыли новую школу на восемьсот мест"
    body = "Школу в Рудничном районе строили два года. Первого декабря в ней начнутся уроки. "
    await stage.says(f"{lead}\n\n{body * 4}")


@SCENES.add(admin=True)
async def admin_deliveries(stage: Stage) -> None:
    """/deliveries."""
    await stage.subscribes()
    await stage.is_due()
    stage.clear()
    await stage.says("/deliveries")


@SCENES.add(admin=True)
async def admin_cancel(stage: Stage) -> None:
    """A broadcast is cancelled by two presses."""
    await admin_deliveries(stage)
    minute = int(NOW.timestamp()) // 60
    await stage.presses(cb.Broadcast(do="cancel", minute=minute))


@SCENES.add(admin=True)
async def admin_dead_letters(stage: Stage) -> None:
    """What did not arrive, and why."""
    await admin_deliveries(stage)
    letter = NewDelivery(
        key="letter", chat_id=stage.chat_id, kind=DeliveryKind.DIGEST, post=Post(text="…")
    )
    await stage.store.outbox.add(letter, now=NOW)
    [newest, *_] = await stage.store.outbox.list()
    await stage.store.outbox.dead(newest.id, error="Bad Request: message is too long", now=NOW)
    await stage.presses(cb.Broadcast(do="dead"))
