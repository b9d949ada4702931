"""How admins set a story right in the chat."""

from bench.gallery.newsroom import NOW
from bench.gallery.scene import Scenes
from bench.gallery.stage import Stage
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.callbacks_desk import Desk, Do, Marked, Pair

SCENES = Scenes()
STORY, BACK = 21, "l1.incidents.0.5"  # of three sources


async def to(stage: Stage, do: Do, pick: int = 0) -> None:
    await stage.presses(Desk(do=do, story=STORY, back=BACK, pick=pick))


@SCENES.add(admin=True)
async def desk(stage: Stage) -> None:
    """The desk of a story."""
    await stage.says("/incidents")
    await stage.presses(cb.StoryOpen(story=STORY, back=BACK))
    await to(stage, Do.OPEN)


@SCENES.add(admin=True)
async def desk_headline(stage: Stage) -> None:
    """Another headline is asked for."""
    await desk(stage)
    await to(stage, Do.HEADLINE)


@SCENES.add(admin=True)
async def desk_headline_sure(stage: Stage) -> None:
    """Before and after, and whether."""
    await desk_headline(stage)
    await stage.says("Горняков вывели из шахты по учебной тревоге")


@SCENES.add(admin=True)
async def desk_edited(stage: Stage) -> None:
    """Reworded, with what becomes of the messages that told it."""
    await stage.subscribes(topics=("incidents",))
    await stage.is_due()
    stage.clear()
    await desk_headline_sure(stage)
    await stage.presses("desk-yes-headline")


@SCENES.add(admin=True)
async def desk_summary_sure(stage: Stage) -> None:
    """Another summary, seen before it is told."""
    await desk(stage)
    await to(stage, Do.SUMMARY)
    await stage.says("Тревога была учебной. Смена вернулась в забой через два часа.")


@SCENES.add(admin=True)
async def desk_reasons(stage: Stage) -> None:
    """Why it is withdrawn."""
    await desk(stage)
    await to(stage, Do.WITHDRAW)


@SCENES.add(admin=True)
async def desk_withdraw_sure(stage: Stage) -> None:
    """Whether it shall be."""
    await desk_reasons(stage)
    await to(stage, Do.WITHDRAW, pick=1)


@SCENES.add(admin=True)
async def desk_withdrawn(stage: Stage) -> None:
    """The desk of a story that is withdrawn."""
    await desk_withdraw_sure(stage)
    await stage.presses("desk-yes-withdraw")


@SCENES.add(admin=True)
async def desk_sort(stage: Stage) -> None:
    """An article that tells of something else is marked."""
    await desk(stage)
    await to(stage, Do.SORT)
    await stage.presses(Marked)


@SCENES.add(admin=True)
async def desk_join(stage: Stage) -> None:
    """Stories that it may be one with."""
    await desk(stage)
    await to(stage, Do.JOIN)


@SCENES.add(admin=True)
async def desk_pair(stage: Stage) -> None:
    """What two stories are to each other."""
    await desk_join(stage)
    await stage.presses(Pair)


@SCENES.add(admin=True)
async def edits(stage: Stage) -> None:
    """/edits: how far all messages are."""
    await desk_edited(stage)
    for old in await stage.store.edits.outdated(limit=9):
        await stage.store.edits.replace(old.id, old.post, now=NOW, limit=9)
    for edit in await stage.store.edits.due(now=NOW, limit=9):
        why = "Bad Request: message to edit not found"
        await stage.store.edits.dead(edit, error=why, now=NOW)
    stage.clear()
    await stage.says("/edits")
