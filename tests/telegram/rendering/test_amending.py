"""A correction changes one story of a post, in the chat's language, and nothing around it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiogram.utils import formatting as f
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.rendering.amending import Amend
from bot.telegram.rendering.render import Render
from bot.telegram.writing.posts import MAX_ENTITIES, MAX_UNITS, units
from bot.telegram.writing.splicing import cut, splice
from bot.telegram.writing.texts import Texts
from storage.models import Amendment, Chat, ChatKind, CorrectionKind, Post, Story

Make = Callable[..., Story]
PERSON = Chat(id=1, kind=ChatKind.PRIVATE, language="ru", zone="Asia/Novokuznetsk")


@pytest.fixture(scope="module")
def amend() -> Amend:
    return Amend(Texts(), default_zone="Europe/Minsk")


def amended(story: Story, kind: CorrectionKind, at: datetime, **changes: Any) -> Story:
    amendment = Amendment(id=7, kind=kind, at=at, reason=changes.pop("reason", None))
    return replace(story, amendment=amendment, **changes)


def digest(render: Render, stories: list[Story], now: datetime, chat: Chat = PERSON) -> list[Post]:
    return render.digest(chat=chat, subscription=None, stories=stories, now=now)


def told(post: Post) -> list[str]:
    """What the spans of a post hold."""
    return [cut(post.text, s.offset, s.offset + s.length) for s in post.spans]


def marked(post: Post) -> dict[str, list[str]]:
    """The words under each kind of entity."""
    found: dict[str, list[str]] = {}
    for e in json.loads(post.entities):
        words = cut(post.text, e["offset"], e["offset"] + e["length"])
        found.setdefault(e["type"], []).append(words)
    return found


def test_a_post_knows_where_it_tells_which_story(
    render: Render, story: Make, now: datetime
) -> None:
    stories = [story(n, now, headline=f"🔥 Новость {n} " + "слово " * 30) for n in range(1, 41)]
    posts = digest(render, stories, now)
    assert len(posts) > 1
    assert [s.story_id for post in posts for s in post.spans] == [*range(1, 41)]
    for text, span in ((t, s) for p in posts for t, s in zip(told(p), p.spans, strict=True)):
        assert text.startswith(f"🔥 Новость {span.story_id} слово")
    assert {(post.language, post.zone) for post in posts} == {("ru", "Asia/Novokuznetsk")}


def test_a_withdrawn_story_says_so_and_why(
    amend: Amend, render: Render, story: Make, now: datetime
) -> None:
    stories = [story(1, now), story(2, now)]
    [before] = digest(render, stories, now)
    gone = amended(stories[0], CorrectionKind.WITHDRAW, now, reason="Рейса не будет.")
    after = amend.amended(before, {0: gone}, now=now)
    assert told(after) == ["🚫 Новость отозвана редакцией.\nРейса не будет.", told(before)[1]]
    assert [s.amendment_id for s in after.spans] == [7, 0]
    assert after.text == before.text.replace(told(before)[0], told(after)[0])
    assert marked(after)["text_link"] == ["Новость номер 2"]
    assert after.buttons == before.buttons


def test_a_reworded_story_is_told_anew_with_a_mark(
    amend: Amend, render: Render, story: Make, now: datetime
) -> None:
    stories = [story(1, now), story(2, now)]
    [before] = digest(render, stories, now)
    said = amended(
        stories[1],
        CorrectionKind.REWORD,
        now + timedelta(hours=1),
        headline="Иначе",
        summary=("Так.",),
    )
    after = amend.amended(before, {1: said}, now=now + timedelta(hours=1))
    assert told(after) == [
        told(before)[0],
        "Иначе\nТак.\nТомский вестник · 08:00\n✏️ исправлено редакцией · 09:00",
    ]
    assert marked(after)["text_link"] == ["Новость номер 1", "Иначе"]


def test_a_restored_story_is_told_as_it_was(
    amend: Amend, render: Render, story: Make, now: datetime
) -> None:
    stories = [story(n, now) for n in range(1, 4)]
    [before] = digest(render, stories, now)
    gone = amended(stories[1], CorrectionKind.WITHDRAW, now)
    back = amended(stories[1], CorrectionKind.RESTORE, now)
    after = amend.amended(amend.amended(before, {1: gone}, now=now), {1: back}, now=now)
    assert (after.text, after.entities) == (before.text, before.entities)


def test_a_withdrawn_storys_preview_goes(
    amend: Amend, render: Render, story: Make, now: datetime
) -> None:
    [before] = digest(render, [story(1, now)], now)
    gone = amended(story(1, now), CorrectionKind.WITHDRAW, now)
    assert before.preview_url
    assert amend.amended(before, {0: gone}, now=now).preview_url is None


@pytest.mark.parametrize(
    ("language", "says"),
    [("be", "Навіна адклікана рэдакцыяй."), ("en", "The editors have withdrawn this story.")],
)
def test_it_is_said_in_the_chats_language(
    amend: Amend, render: Render, story: Make, now: datetime, language: str, says: str
) -> None:
    [before] = digest(render, [story(1, now)], now, replace(PERSON, language=language))
    gone = amended(story(1, now), CorrectionKind.WITHDRAW, now)
    assert says in amend.amended(before, {0: gone}, now=now).text


def test_what_an_editor_says_is_cut_to_what_the_message_holds(
    amend: Amend, render: Render, story: Make, now: datetime
) -> None:
    stories = [story(n, now, headline=f"№{n}. " + "Слово " * 33) for n in range(40)]
    for post in digest(render, stories, now):
        long = {
            number: amended(
                stories[span.story_id],
                CorrectionKind.REWORD,
                now,
                headline="Очень " * 60,
                summary=("Длинно " * 60, "Долго " * 200),
            )
            for number, span in enumerate(post.spans)
        }
        after = amend.amended(post, long, now=now)
        assert units(after.text) <= MAX_UNITS
        assert len(json.loads(after.entities)) <= MAX_ENTITIES
        assert all(text.startswith("Очень") for text in told(after))


TEXTS = st.text(st.sampled_from("аб 🔥\n"), max_size=12)


@settings(max_examples=150)
@given(before=TEXTS, old=TEXTS, after=TEXTS, new=TEXTS, data=st.data())
def test_what_is_around_a_part_stays_with_its_entities(
    before: str, old: str, after: str, new: str, data: st.DataObject
) -> None:
    text, offset, length = before + old + after, units(before), units(old)
    entities, inside = data.draw(entities_of(text)), data.draw(entities_of(new))
    changed, spliced = splice(text, entities, offset, length, new, inside)
    assert changed == before + new + after
    end, new_end = offset + length, offset + units(new)
    for e in entities:
        first, last = e["offset"], e["offset"] + e["length"]
        if last <= offset or first >= end:
            moved = 0 if last <= offset else new_end - end
            assert {**e, "offset": first + moved} in spliced
        elif first <= offset and last >= end and last - first > length:
            assert {**e, "length": e["length"] + new_end - end} in spliced
    for e in inside:
        assert {**e, "offset": e["offset"] + offset} in spliced
    assert all(0 <= e["offset"] <= e["offset"] + e["length"] <= units(changed) for e in spliced)
    assert splice(changed, spliced, offset, units(new), old, [])[0] == text


def entities_of(text: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    end = units(text)
    pairs = st.tuples(st.integers(0, end), st.integers(0, end)).map(sorted)
    lengthy = pairs.filter(lambda pair: pair[0] < pair[1]) if end else st.nothing()
    one = lengthy.map(lambda pair: {"type": "bold", "offset": pair[0], "length": pair[1] - pair[0]})
    return st.lists(one, max_size=6) if end else st.just([])


def test_an_entity_that_reaches_into_the_part_ends_before_it() -> None:
    node = f.Text(f.Bold("раз два"), " три")
    text, entities = node.render()
    rows = [e.model_dump(exclude_none=True, mode="json") for e in entities]
    assert splice(text, rows, 4, 7, "пять", []) == (
        "раз пять",
        [{"type": "bold", "offset": 0, "length": 4}],
    )
