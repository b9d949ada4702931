"""What is read in answer: lists, stories, questions."""

from dataclasses import replace

from bench.gallery.newsroom import NOW
from bench.gallery.scene import Scenes
from bench.gallery.stage import Stage
from bot.telegram.buttons import callbacks as cb

SCENES = Scenes()


@SCENES.add()
async def latest(stage: Stage) -> None:
    """/latest."""
    await stage.says("/latest")


@SCENES.add()
async def latest_page(stage: Stage) -> None:
    """Its next page, in the same message."""
    await stage.says("/latest 3")
    await stage.presses("button-page-on")


@SCENES.add()
async def latest_wrong(stage: Stage) -> None:
    """/latest of what is no topic."""
    await stage.says("/latest рейсики")


@SCENES.add()
async def topic(stage: Stage) -> None:
    """A topic's own command."""
    await stage.says("/flights")


@SCENES.add()
async def topics(stage: Stage) -> None:
    """/topics."""
    await stage.says("/topics")


@SCENES.add()
async def story(stage: Stage) -> None:
    """A story, opened in place."""
    await stage.subscribes(topics=("flights",))
    await stage.is_due()
    await stage.presses(cb.StoryOpen)


@SCENES.add()
async def story_why(stage: Stage) -> None:
    """Why it is there."""
    await story(stage)
    await stage.presses(cb.StoryAct(do=cb.Act.WHY, story=32, back="J1"))


@SCENES.add()
async def story_less(stage: Stage) -> None:
    """Less like this."""
    await story(stage)
    await stage.presses(cb.StoryAct(do=cb.Act.LESS, story=32, back="J1"))


@SCENES.add()
async def story_more(stage: Stage) -> None:
    """More like this."""
    await story(stage)
    await stage.presses(cb.StoryAct(do=cb.Act.MORE, story=32, back="J1"))


@SCENES.add()
async def saved_nothing(stage: Stage) -> None:
    """/saved, before anything is."""
    await stage.says("/saved")


@SCENES.add()
async def saved(stage: Stage) -> None:
    """/saved."""
    await story(stage)
    await stage.presses(cb.StoryAct(do=cb.Act.SAVE, story=32, back="J1"))
    stage.clear()
    await stage.says("/saved")


@SCENES.add()
async def answer(stage: Stage) -> None:
    """A question, answered with its evidence."""
    await stage.says("что с рейсом в Минск?")


@SCENES.add()
async def answer_on(stage: Stage) -> None:
    """A question that goes on with it."""
    await stage.says("что с рейсом в Минск?")
    stage.clear()
    await stage.says("а в Кемерово?")


@SCENES.add()
async def search(stage: Stage) -> None:
    """/search."""
    await stage.says("/search трамваи")


@SCENES.add()
async def search_near(stage: Stage) -> None:
    """What is near, when nothing fits."""
    await stage.says("/search рейс в Минск на дирижабле")


@SCENES.add()
async def search_nothing(stage: Stage) -> None:
    """What is not there at all."""
    await stage.says("/search абракадабра")


@SCENES.add()
async def search_empty(stage: Stage) -> None:
    """/search with nothing to search for."""
    await stage.says("/search")


@SCENES.add()
async def talk(stage: Stage) -> None:
    """Small talk, and a command that there is not."""
    await stage.says("привет", "спасибо", "/abracadabra")


@SCENES.add()
async def sources(stage: Stage) -> None:
    """/sources."""
    await stage.says("/sources")


@SCENES.add()
async def inline(stage: Stage) -> None:
    """A story that was shared in another chat."""
    query = stage.box.acts.ask_inline("рейс в Минск")
    await stage.hear()
    results = (query.answer or {})["results"]
    stage.box.acts.choose(query.id, results[0]["id"])
    await stage.hear()


@SCENES.add()
async def story_less_done(stage: Stage) -> None:
    """What was understood, and how to take it back."""
    await story_less(stage)
    await stage.presses(cb.StoryTaste)


@SCENES.add()
async def story_gone(stage: Stage) -> None:
    """A story that is not there any more."""
    [one] = await stage.stories("Белавиа")
    posts = stage.render.digest(
        chat=await stage.chat(), subscription=None, stories=[replace(one, id=404)], now=NOW
    )
    await stage.gets(posts)
    await stage.presses(cb.StoryOpen)


@SCENES.add()
async def story_withdrawn(stage: Stage) -> None:
    """A story that its editors withdrew."""
    await stage.says("/latest 3")
    await stage.store.corrections.withdraw(32, reason="Рейса не будет.", now=NOW)
    await stage.presses(cb.StoryOpen)


@SCENES.add()
async def question_not_understood(stage: Stage) -> None:
    """Words that ask for nothing."""
    await stage.says("ну и вот")


@SCENES.add()
async def week(stage: Stage) -> None:
    """/week."""
    await stage.says("/week")


@SCENES.add()
async def ahead(stage: Stage) -> None:
    """/ahead: what is planned, by its days."""
    await stage.says("/ahead")


@SCENES.add()
async def ahead_file(stage: Stage) -> None:
    """The same, for a calendar."""
    await stage.says("/ahead")
    await stage.presses(cb.AheadPage(file=True))


@SCENES.add()
async def pulse(stage: Stage) -> None:
    """/pulse: the week as a picture."""
    await stage.says("/pulse")


@SCENES.add()
async def pulse_dark(stage: Stage) -> None:
    """In the other colours."""
    await pulse(stage)
    await stage.presses(cb.PulseIn)
