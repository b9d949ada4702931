"""Whatever a story, its articles and its thread hold, Telegram takes every screen of it."""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.jobs.answering.opening import Opened
from bot.jobs.answering.tasting import Reasons
from bot.news.digests.planned import Planned
from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import (
    ahead_screens,
    saved_screens,
    story_screens,
    taste_screens,
    week_screens,
)
from bot.telegram.screens.story_screens import Way
from bot.telegram.writing.texts import LANGUAGES, Texts
from storage.models import (
    Article,
    Entity,
    EntityKind,
    Event,
    Fact,
    FactKind,
    Interest,
    InterestKind,
    Story,
    Taste,
    Verdict,
)
from tests.news.digests.test_besides import article
from tests.telegram.oracle import HOSTILE, NOW, STORIES, telegram_takes

TEXTS = Texts()
SAID = HOSTILE.map(lambda words: words[:400])
FEW = STORIES.filter(bool).map(lambda stories: stories[:3])
FACTS = st.builds(
    Fact,
    kind=st.sampled_from(FactKind),
    value=st.none() | SAID,
    since=st.none() | st.just(NOW + timedelta(days=9)),
    sentence=SAID,
)
NAMES = st.builds(Entity, kind=st.sampled_from(EntityKind), name=SAID)
INTERESTS = st.builds(Interest, kind=st.sampled_from(InterestKind), value=SAID, label=SAID)
ARTICLES = st.lists(
    st.builds(
        article,
        title=SAID,
        source=SAID,
        url=st.none() | SAID | st.just("https://example.org/" + "x" * 2_000),
        facts=st.lists(FACTS, max_size=3).map(tuple),
        entities=st.lists(NAMES, max_size=4).map(tuple),
    ),
    min_size=1,
    max_size=5,
)
PAGES = st.builds(cb.LatestPage, topic=st.just("s" * 32), offset=st.just(999_999), size=st.just(20))
READERS = st.sampled_from(LANGUAGES).map(lambda code: Reader(TEXTS.get(code), "Europe/Minsk"))
CALM: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


def taken(*posts: Any) -> None:
    for post in posts:
        telegram_takes(post)
        data = [button.data or "" for row in post.buttons for button in row]
        assert all(len(said.encode()) <= 64 for said in data)
        assert all(1 <= len(row) <= 8 for row in post.buttons)


@settings(max_examples=40, **CALM)
@given(
    stories=FEW,
    articles=ARTICLES,
    interests=st.lists(INTERESTS, max_size=4),
    words=st.lists(SAID, max_size=5).map(tuple),
    page=PAGES,
    reader=READERS,
    saved=st.booleans(),
)
def test_a_story_and_what_is_asked_about_it(
    topics: Topics,
    stories: list[Story],
    articles: list[Article],
    interests: list[Interest],
    words: tuple[str, ...],
    page: cb.LatestPage,
    reader: Reader,
    saved: bool,
) -> None:
    story, way = stories[0], Way(cb.way_back(page))
    opened = Opened(story=story, articles=tuple(articles), chapters=tuple(stories), saved=saved)
    reasons = Reasons(
        opened=opened,
        topic="flights",
        asked=saved,
        everything=saved,
        words=words,
        follows=tuple(interests),
        tastes=tuple(Taste(interest=one, verdict=Verdict.LESS) for one in interests),
        shared=words[:3],
    )
    taken(
        story_screens.story(reader, opened, way, now=NOW),
        taste_screens.choose(reader.text, story, interests, topics, cb.Act.LESS, way),
        taste_screens.why(reader, reasons, topics, way, now=NOW),
    )


@settings(max_examples=40, **CALM)
@given(
    stories=FEW,
    sentences=st.lists(SAID, min_size=1, max_size=7),
    days=st.integers(1, 400),
    reader=READERS,
)
def test_the_week_what_is_ahead_and_what_was_saved(
    topics: Topics, stories: list[Story], sentences: list[str], days: int, reader: Reader
) -> None:
    today = NOW.date()
    events = [_planned(one, stories[0], today, days) for one in sentences]
    taken(
        *(week_screens.week(reader, stories, topics, cb.WeekPage(by=by), now=NOW) for by in cb.By),
        ahead_screens.ahead(reader, events, cb.AheadPage(), now=NOW),
        saved_screens.saved(reader, stories, cb.SavedPage(), now=NOW),
    )


def _planned(sentence: str, story: Story, today: date, days: int) -> Planned:
    event = Event(
        fact=Fact(kind=FactKind.EVENT, sentence=sentence),
        article_id=1,
        story_id=story.id,
        source=sentence,
        sample=True,
        url=story.url,
        title=sentence,
        language="ru",
        told_at=NOW,
    )
    since = today + timedelta(days=1)
    until = since + timedelta(days=days)
    return Planned(since=since, until=until, sentence=sentence, event=event)
