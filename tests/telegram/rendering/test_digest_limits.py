"""Whatever stories a digest gives, in each layout Telegram takes its posts.

With DIGESTS=10000 in its environment it tries that many of each.
"""

import os
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.news.stories.changes import Change
from bot.telegram.rendering.amending import Amend
from bot.telegram.rendering.render import Render
from bot.telegram.writing.splicing import cut
from bot.telegram.writing.texts import LANGUAGES, Texts
from storage.models import (
    Amendment,
    Chat,
    ChatKind,
    CorrectionKind,
    Layout,
    Story,
    Subscription,
    TopicScore,
)
from tests.telegram.oracle import HOSTILE, NOW, STORIES, telegram_takes, telegram_takes_rich

DIGESTS = int(os.environ.get("DIGESTS", "60"))
CHANGES = st.builds(
    Change,
    sources=st.integers(0, 30),
    sentences=st.lists(HOSTILE, max_size=3).map(tuple),
    numbers=st.lists(st.sampled_from(["1", "12", "3,5", "2026"]) | HOSTILE, max_size=4).map(tuple),
)
TOPICS = st.sampled_from([(), (TopicScore(slug="flights", score=0.9),)])


@pytest.fixture(scope="module")
def amend() -> Amend:
    return Amend(Texts(), default_zone="Europe/Minsk")


@pytest.mark.parametrize("layout", list(Layout))
@settings(max_examples=DIGESTS, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    stories=STORIES,
    changes=st.lists(st.none() | CHANGES, max_size=30),
    topics=TOPICS,
    kind=st.sampled_from(list(ChatKind)),
    language=st.sampled_from(LANGUAGES),
    late=st.booleans(),
    instant=st.booleans(),
    days=st.none() | st.integers(0, 400),
    header=st.none() | HOSTILE,
)
def test_any_digest_is_taken_and_tells_each_story_once(
    render: Render,
    layout: Layout,
    stories: list[Story],
    changes: list[Change | None],
    topics: tuple[TopicScore, ...],
    kind: ChatKind,
    language: str,
    late: bool,
    instant: bool,
    days: int | None,
    header: str | None,
) -> None:
    told = [
        replace(one, id=n, headline=f"⟦{n}⟧{one.headline}", topics=topics if n % 2 else ())
        for n, one in enumerate(stories)
    ]
    posts = render.digest(
        chat=Chat(id=1, kind=kind, language=language, header=header),
        subscription=Subscription(id=1, chat_id=1, layout=layout, instant=instant, created_at=NOW),
        stories=told,
        now=NOW,
        late=late,
        next_run_at=None if days is None else NOW + timedelta(days=days),
        changes={n: one for n, one in enumerate(changes) if one is not None},
        missed_since=None if days is None else NOW - timedelta(days=days),
    )
    for post in posts:
        telegram_takes(post)
        if post.rich:
            telegram_takes_rich(post)
        for button in (b for row in post.buttons for b in row):
            assert len((button.data or "").encode()) <= 64
        for span in post.spans:
            words = cut(post.text, span.offset, span.offset + span.length)
            assert words.startswith(f"⟦{span.story_id}⟧")
    together = "".join(post.text for post in posts)
    assert re.findall(r"⟦(\d+)⟧", together) == [str(n) for n in range(len(told))]
    assert (
        all(post.rich for post in posts) or layout is not Layout.RICH or not told or len(told) > 9
    )


@pytest.mark.parametrize("layout", list(Layout))
@settings(max_examples=DIGESTS // 2, deadline=None)
@given(
    stories=STORIES.filter(bool),
    kind=st.sampled_from([CorrectionKind.REWORD, CorrectionKind.WITHDRAW, CorrectionKind.RESTORE]),
    headline=HOSTILE,
    reason=st.none() | HOSTILE,
)
def test_any_digest_is_taken_when_editors_have_been_at_it(
    render: Render,
    amend: Amend,
    layout: Layout,
    stories: list[Story],
    kind: CorrectionKind,
    headline: str,
    reason: str | None,
) -> None:
    amendment = Amendment(id=7, kind=kind, at=NOW, reason=reason)
    posts = render.digest(
        chat=Chat(id=1, kind=ChatKind.PRIVATE),
        subscription=Subscription(id=1, chat_id=1, layout=layout, created_at=NOW),
        stories=[replace(one, id=n) for n, one in enumerate(stories)],
        now=NOW,
    )
    for post in posts:
        number = len(post.spans) - 1
        story = stories[post.spans[number].story_id]
        story = replace(story, headline=headline, amendment=amendment)
        amended = amend.amended(post, {number: story}, now=NOW)
        telegram_takes(amended)
        if amended.rich:
            telegram_takes_rich(amended)
