"""What readers choose, and how they leave."""

from bench.gallery.scene import Scenes
from bench.gallery.stage import Stage
from bot.telegram.buttons import callbacks as cb

SCENES = Scenes()


async def screen(stage: Stage, name: str, sub: int = 0) -> None:
    """A screen of /settings, beside one of a subscription."""
    await stage.subscribes()
    await stage.says("/settings")
    if sub:
        await stage.presses(cb.Screen(name="sub", sub=sub))
    await stage.presses(cb.Screen(name=name, sub=sub))


@SCENES.add()
async def settings(stage: Stage) -> None:
    """/settings."""
    await stage.subscribes()
    await stage.says("/settings")


@SCENES.add()
async def settings_language(stage: Stage) -> None:
    """The language."""
    await screen(stage, "language")


@SCENES.add()
async def settings_zone(stage: Stage) -> None:
    """The city."""
    await screen(stage, "zone")


@SCENES.add()
async def subscription(stage: Stage) -> None:
    """One subscription."""
    await stage.subscribes()
    await stage.says("/settings")
    await stage.presses(cb.Screen(name="sub", sub=1))


@SCENES.add()
async def subscription_topics(stage: Stage) -> None:
    """Its topics."""
    await screen(stage, "topics", sub=1)


@SCENES.add()
async def subscription_times(stage: Stage) -> None:
    """Its times."""
    await screen(stage, "times", sub=1)


@SCENES.add()
async def subscription_days(stage: Stage) -> None:
    """Its days."""
    await screen(stage, "days", sub=1)


@SCENES.add()
async def subscription_count(stage: Stage) -> None:
    """How much."""
    await screen(stage, "count", sub=1)


@SCENES.add()
async def subscribe(stage: Stage) -> None:
    """/subscribe, in words."""
    await stage.says("/subscribe рейсы торговля 8:00 19:30")


@SCENES.add()
async def subscribe_wrong(stage: Stage) -> None:
    """/subscribe with words that are no topic."""
    await stage.says("/subscribe рейсики 25:00")


@SCENES.add()
async def unsubscribe(stage: Stage) -> None:
    """/unsubscribe, of one of several."""
    await stage.subscribes()
    await stage.subscribes(topics=("sport",))
    await stage.says("/unsubscribe")


@SCENES.add()
async def forget_me(stage: Stage) -> None:
    """/forgetme asks once."""
    await stage.says("/forgetme")


@SCENES.add()
async def forgotten(stage: Stage) -> None:
    """Everything is forgotten."""
    await stage.says("/forgetme")
    await stage.presses(cb.Forget(sure=True))


@SCENES.add()
async def old_button(stage: Stage) -> None:
    """A press on a keyboard of an older version."""
    await stage.subscribes()
    await stage.says("/settings")
    await stage.presses(cb.Screen(name="sub", sub=1))
    await stage.store.subscriptions.remove(1)
    await stage.presses(cb.Screen(name="times", sub=1))


@SCENES.add()
async def privacy(stage: Stage) -> None:
    """/privacy."""
    await stage.says("/privacy")


@SCENES.add()
async def my_data(stage: Stage) -> None:
    """/mydata: all that is stored, as a file."""
    await stage.subscribes()
    await stage.says("/mydata")


@SCENES.add()
async def subscription_layout(stage: Stage) -> None:
    """How its digests look; the rich ones with a warning."""
    await screen(stage, "layout", sub=1)


@SCENES.add()
async def new_digest(stage: Stage) -> None:
    """One more subscription: how shall it come?"""
    await screen(stage, "new")


@SCENES.add()
async def new_digest_topics(stage: Stage) -> None:
    """And what shall it be about?"""
    await new_digest(stage)
    await stage.presses(cb.Screen(name="new_instant"))


@SCENES.add()
async def new_digest_words(stage: Stage) -> None:
    """Or in words."""
    await new_digest_topics(stage)
    await stage.presses(cb.Screen(name="words_instant"))


@SCENES.add()
async def quiet_hours(stage: Stage) -> None:
    """When alerts wait."""
    await screen(stage, "quiet")


@SCENES.add()
async def quiet_hours_other(stage: Stage) -> None:
    """Other hours."""
    await quiet_hours(stage)
    await stage.presses(cb.Screen(name="ask_quiet"))


@SCENES.add()
async def follow_what(stage: Stage) -> None:
    """/follow, and nothing after it."""
    await stage.says("/follow")


@SCENES.add()
async def follow(stage: Stage) -> None:
    """/follow, in any case and form."""
    await stage.subscribes()
    await stage.says("/follow БелАЗа, Сергеем Цивилёвым")


@SCENES.add()
async def mute(stage: Stage) -> None:
    """/mute."""
    await stage.says("/mute футбол, погода")


@SCENES.add()
async def mute_everything(stage: Stage) -> None:
    """A word that would mute everything."""
    await stage.says("/mute и")


@SCENES.add()
async def interests(stage: Stage) -> None:
    """What is followed and what is hidden, to be undone."""
    await stage.subscribes()
    await stage.says("/follow БелАЗ", "/mute футбол")
    stage.clear()
    await stage.says("/settings")
    await stage.presses(cb.Interests)


@SCENES.add()
async def pause(stage: Stage) -> None:
    """/pause."""
    await stage.subscribes()
    await stage.says("/pause")
