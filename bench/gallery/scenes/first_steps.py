"""From /start to the first digest."""

from bench.gallery.scene import Scenes
from bench.gallery.stage import Stage
from bot.telegram.buttons import callbacks as cb

SCENES = Scenes()


@SCENES.add(known=False)
async def start(stage: Stage) -> None:
    """/start: which language?"""
    await stage.says("/start")


@SCENES.add(known=False)
async def start_zone(stage: Stage) -> None:
    """Where does the reader live?"""
    await start(stage)
    await stage.presses(cb.Language(code=stage.text.language, setup=True))


@SCENES.add(known=False)
async def start_topics(stage: Stage) -> None:
    """What is the digest to be about?"""
    await start_zone(stage)
    await stage.presses(cb.Zone(name="Asia/Novokuznetsk", setup=True))
    await stage.presses(cb.TopicPick(sub=1, slug="flights", setup=True))


@SCENES.add(known=False)
async def start_time(stage: Stage) -> None:
    """When is it to come?"""
    await start_topics(stage)
    await stage.presses(cb.Screen(name="first_time", sub=1))


@SCENES.add(known=False)
async def start_first_digest(stage: Stage) -> None:
    """The first digest, at once."""
    await start_time(stage)
    await stage.presses(cb.FirstTime(sub=1, minutes=480, second=1140))


@SCENES.add(known=False)
async def start_clock(stage: Stage) -> None:
    """The zone by what the reader's clock shows."""
    await start_zone(stage)
    await stage.presses(cb.Screen(name="first_clock"))


@SCENES.add()
async def start_again(stage: Stage) -> None:
    """/start of somebody who is known."""
    await stage.subscribes()
    await stage.says("/start")


@SCENES.add()
async def help(stage: Stage) -> None:
    """/help."""
    await stage.says("/help")


@SCENES.add()
async def about(stage: Stage) -> None:
    """/about."""
    await stage.says("/about")
