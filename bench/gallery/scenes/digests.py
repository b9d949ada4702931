"""Digests: the three layouts, and every word that one may have to say."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bench.gallery.newsroom import NOW
from bench.gallery.scene import Scenes
from bench.gallery.stage import Stage
from bot.news.stories.changes import Change
from bot.news.stories.disagreement import Disagreement, Saying
from bot.telegram.buttons import callbacks as cb
from bot.telegram.rendering.amending import Amend
from bot.telegram.writing.texts import Texts
from storage.models import (
    Amendment,
    CorrectionKind,
    Fact,
    FactKind,
    Layout,
    Post,
    Story,
    Subscription,
)

SCENES = Scenes()
NEXT = NOW + timedelta(hours=11)


async def drawn(stage: Stage, *words: str, **said: Any) -> list[Post]:
    """A digest of the stories with these words, as `Render.digest` is told."""
    wishes = said.pop("wishes", {})
    subscription = Subscription(id=1, chat_id=stage.chat_id, created_at=NOW, **wishes)
    return stage.render.digest(
        chat=await stage.chat(),
        subscription=subscription,
        stories=said.pop("stories", None) or await stage.stories(*words),
        now=NOW,
        next_run_at=NEXT,
        **said,
    )


@SCENES.add()
async def digest_brief(stage: Stage) -> None:
    """Headlines only."""
    await stage.subscribes(layout=Layout.BRIEF)
    await stage.is_due()


@SCENES.add()
async def digest_standard(stage: Stage) -> None:
    """Headline, sentence, sources, time; the rest to unfold."""
    await stage.subscribes(max_stories=5)
    await stage.is_due()


@SCENES.add()
async def digest_rich(stage: Stage) -> None:
    """A rich message: stories to unfold."""
    await stage.subscribes(layout=Layout.RICH, max_stories=7)
    await stage.is_due()


@SCENES.add()
async def digest_one_story(stage: Stage) -> None:
    """A single story shows its preview."""
    await stage.gets(await drawn(stage, "Белавиа"))


@SCENES.add()
async def digest_marks(stage: Stage) -> None:
    """New, growing and changed since the last digest."""
    stories = await stage.stories("канатная", "Торговля Кузбасса", "автобус и две фуры")
    _, growing, changed = (story.id for story in stories)
    news = "Состояние троих пассажиров автобуса врачи оценивают как тяжёлое, двоих уже выписали."
    changes = {
        growing: Change(sources=2),
        changed: Change(sources=1, sentences=(news,)),
    }
    await stage.gets(await drawn(stage, stories=stories, changes=changes))


@SCENES.add()
async def digest_disputed(stage: Stage) -> None:
    """Sources that disagree are both named."""
    stories = await stage.stories("автобус и две фуры")

    def saying(value: str, *sources: str) -> Saying:
        fact = Fact(kind=FactKind.QUANTITY, value=value, unit="people", sentence="")
        return Saying(fact=fact, sources=sources)

    sayings = (saying("12", "Томь-Информ"), saying("14", "Кузнецкий курьер", "Шахтёрский край"))
    disputes = {stories[0].id: [Disagreement(sayings=sayings)]}
    await stage.gets(await drawn(stage, stories=stories, disputes=disputes))


@SCENES.add()
async def digest_alert(stage: Stage) -> None:
    """An alert."""
    wishes = {"instant": True}
    await stage.gets(await drawn(stage, "отопления", wishes=wishes))


@SCENES.add()
async def digest_missed(stage: Stage) -> None:
    """What was missed during a pause."""
    since = NOW - timedelta(days=7)
    stories = ("Белавиа", "отопления", "Торговля Кузбасса")
    await stage.gets(await drawn(stage, *stories, missed_since=since))


@SCENES.add()
async def digest_late(stage: Stage) -> None:
    """A digest that comes late says so."""
    await stage.gets(await drawn(stage, "трамваев", late=True))


@SCENES.add()
async def digest_long(stage: Stage) -> None:
    """A long digest comes in parts."""
    await stage.subscribes(topics=(), max_stories=20)
    await stage.is_due()


@SCENES.add()
async def digest_empty(stage: Stage) -> None:
    """There is no news."""
    await stage.gets(await drawn(stage))


@SCENES.add()
async def digest_all_muted(stage: Stage) -> None:
    """All there is was muted."""
    await stage.gets(await drawn(stage, muted=3))


@SCENES.add()
async def digest_asked(stage: Stage) -> None:
    """/digest."""
    await stage.says("/digest flights")


@SCENES.add()
async def digest_corrected(stage: Stage) -> None:
    """Editors withdrew one story, and reworded another."""
    stories = await stage.stories("канатная", "трамваев")
    [post] = await drawn(stage, stories=stories)
    amend = Amend(Texts(), default_zone="Asia/Novokuznetsk")
    changed = {
        0: _amended(stories[0], CorrectionKind.WITHDRAW, "Дорогу ещё не открыли."),
        1: _amended(stories[1], CorrectionKind.REWORD, None),
    }
    await stage.gets([amend.amended(post, changed, now=NOW)])


def _amended(story: Story, kind: CorrectionKind, reason: str | None) -> Story:
    return replace(story, amendment=Amendment(id=1, kind=kind, at=NOW, reason=reason))


@SCENES.add()
async def digest_stop(stage: Stage) -> None:
    """The way out under a digest."""
    await stage.subscribes(layout=Layout.BRIEF, max_stories=3)
    await stage.is_due()
    await stage.presses(cb.WayOut(do="stop"))


@SCENES.add()
async def digest_change(stage: Stage) -> None:
    """The other way: to change it."""
    await stage.subscribes(layout=Layout.BRIEF, max_stories=3)
    await stage.is_due()
    await stage.presses(cb.WayOut(do="change"))
