"""Whatever stories and editors say, the desk's screens are messages that Telegram takes."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.jobs.articles.correcting import Editions, OnDesk
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.callbacks_desk import Do
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import (
    desk_screens,
    rewording_screens,
    sorting_screens,
    story_screens,
)
from bot.telegram.screens.story_screens import Way
from bot.telegram.writing.posts import one_line
from bot.telegram.writing.texts import LANGUAGES, Texts
from storage.models import Amendment, Correction, CorrectionKind, EditState, Post, StoryEdits
from tests.telegram.oracle import HOSTILE, NOW, STORIES, telegram_takes
from tests.telegram.screens.test_reading_limits import ARTICLES

TEXTS = Texts()
CALM: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
FEW = STORIES.filter(bool).map(lambda stories: stories[:3])
BACK = cb.way_back(cb.LatestPage(topic="s" * 32, offset=999_999, size=20))
READERS = st.sampled_from(LANGUAGES).map(lambda code: Reader(TEXTS.get(code), "Europe/Minsk"))
COUNTS = st.fixed_dictionaries({state: st.integers(0, 10**7) for state in EditState})
REASONS = st.dictionaries(HOSTILE, st.integers(1, 10**6), max_size=9)
AMENDED = st.none() | st.builds(
    Amendment,
    id=st.just(1),
    kind=st.sampled_from((CorrectionKind.REWORD, CorrectionKind.WITHDRAW, CorrectionKind.RESTORE)),
    at=st.just(NOW),
    reason=st.none() | HOSTILE,
)
LAST = st.none() | st.builds(
    Correction,
    id=st.just(1),
    kind=st.sampled_from((CorrectionKind.MERGE, CorrectionKind.SPLIT)),
    at=st.just(NOW),
    story_id=st.just(1),
    other_id=st.just(2),
)


def taken(*posts: Post) -> None:
    for post in posts:
        telegram_takes(post)
        data = [button.data or "" for row in post.buttons for button in row]
        assert all(len(said.encode()) <= 64 for said in data)
        assert all(1 <= len(row) <= 8 for row in post.buttons)


@settings(max_examples=40, **CALM)
@given(
    stories=FEW,
    amendment=AMENDED,
    last=LAST,
    counts=COUNTS,
    reasons=REASONS,
    reader=READERS,
)
def test_the_desk_is_a_message_that_telegram_takes(
    stories: Any, amendment: Any, last: Any, counts: Any, reasons: Any, reader: Reader
) -> None:
    for story in stories:
        object.__setattr__(story, "amendment", amendment)
        edits = StoryEdits(counts=counts, reasons=reasons)
        at = OnDesk(story=story, messages=10**7, edits=edits, chapters=tuple(stories), last=last)
        taken(
            desk_screens.desk(reader, at, BACK, now=NOW, said="Готово."),
            story_screens.withdrawn(reader.text, story, Way(BACK), editor=True),
        )
    editions = Editions(counts=counts, reasons=reasons, to_plan=True)
    made = [(last, story) for story in stories] if last else []
    taken(desk_screens.edits(reader, editions, made, now=NOW))


@settings(max_examples=40, **CALM)
@given(stories=FEW, said=st.lists(HOSTILE, max_size=3), reader=READERS)
def test_questions_and_confirmations_are_messages_that_telegram_takes(
    stories: Any, said: Any, reader: Reader
) -> None:
    text = reader.text
    lines = [line[:300] for one in said if (line := one_line(one))]
    for story in stories:
        for do in rewording_screens.NAMES:
            taken(rewording_screens.ask(text, story, do, BACK))
            if not rewording_screens.too_long(text, do, lines):
                what = Do.WITHDRAW if do is Do.OTHER_REASON else do
                taken(rewording_screens.sure(text, story, what, lines, 10**7, BACK))
        taken(
            rewording_screens.sure(text, story, Do.RESTORE, (), 0, BACK),
            rewording_screens.reasons(text, lines, story, BACK),
        )


@settings(max_examples=40, **CALM)
@given(
    stories=FEW,
    articles=ARTICLES.map(lambda some: (some * 20)[:20]),
    marks=st.integers(0, 2**20 - 1),
    reader=READERS,
)
def test_what_belongs_together_is_asked_in_messages_that_telegram_takes(
    stories: Any, articles: Any, marks: int, reader: Reader
) -> None:
    story, *others = [*stories, *stories]
    taken(
        sorting_screens.sort(reader, story, articles, marks, others, BACK, now=NOW),
        sorting_screens.sort(reader, story, articles[:1], marks, others, BACK, now=NOW),
        sorting_screens.join(reader, story, others, BACK, now=NOW, refusal="Нет."),
        sorting_screens.join(reader, story, (), BACK, now=NOW),
        sorting_screens.pair(reader, story, others[0], BACK, chapters=True, now=NOW),
        sorting_screens.pair(reader, story, others[0], BACK, chapters=False, now=NOW),
    )
