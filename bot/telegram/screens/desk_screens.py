"""The editors' desk: a story with what can be set right in it, and how far its messages are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.utils import formatting as f

from bot.jobs.articles.correcting import Editions, OnDesk
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.callbacks_desk import Desk, Do, Edits, fitted
from bot.telegram.buttons.keyboards import Row, Rows, button, in_equal_rows
from bot.telegram.rendering.stories import Reader, headline, origin
from bot.telegram.screens.story_screens import BULLET
from bot.telegram.writing import dates
from bot.telegram.writing.posts import linked, post, shorten, stack
from bot.telegram.writing.texts import Text
from storage.models import Button, Correction, EditState, Post, Story

SUMMARY, REASON = 1200, 300  # UTF-16 units
CAUSE, CAUSES = 120, 5
TITLE = 90  # UTF-16 units
# What the store and Telegram say of a message that stays as it is.
KNOWN_CAUSES = {
    "its chat is asleep": "asleep",
    "Forbidden": "asleep",
    "its group became a supergroup": "moved",
    "it was never sent": "unsent",
    "Bad Request: message to edit not found": "deleted",
    "Bad Request: message can't be edited": "deleted",
}


def desk(
    reader: Reader, at: OnDesk, back: str, *, now: datetime, said: str = "", other: int = 0
) -> Post:
    """All that can be done with the story now; `said`: what was just done.

    `other`: a story that came of it, and has a desk too.
    """
    text, story = reader.text, at.story
    body = stack(
        f.Bold(said) if said else None,
        f.Bold(text("desk-title", number=str(story.id))),
        _told(reader, story, now=now),
        _amended(reader, story, now=now),
        f.as_list(*_messages(text, at), sep="\n"),
    )
    came = _to(text, other, back) if other else ()
    return post(body, (came, *_corrections(text, at, back), to_story(text, story.id, back)))


def edits(
    reader: Reader,
    editions: Editions,
    corrected: Sequence[tuple[Correction, Story]],
    *,
    now: datetime,
) -> Post:
    """How far all messages are that tell what editors corrected; what was `corrected` last."""
    text, back = reader.text, cb.way_back(Edits())
    counts = ", ".join(
        text(f"edits-{state.value}", n=editions.counts.get(state, 0)) for state in EditState
    )
    causes = [f"{BULLET}{one}" for one in _causes(text, editions.reasons)]
    body = stack(
        f.Bold(text("edits-title")),
        counts,
        text("edits-to-plan") if editions.to_plan else None,
        f.as_list(f.Bold(text("edits-why")), *causes, sep="\n") if causes else None,
        f.Bold(text("edits-last")) if corrected else None,
        *(
            f.Text(f"{number}. ", _corrected(reader, *one, now=now))
            for number, one in enumerate(corrected, 1)
        ),
    )
    desks = [
        press(str(number), Desk(do=Do.OPEN, story=story.id, back=back))
        for number, (_, story) in enumerate(corrected, 1)
    ]
    return post(body, (*in_equal_rows(desks), (button(text("desk-button-refresh"), Edits()),)))


def press(label: str, data: CallbackData) -> Button:
    """A button that bears a way back as far as it can."""
    return button(label, fitted(data))


def to_desk(text: Text, story_id: int, back: str) -> Row:
    return (press(text("button-back"), Desk(do=Do.OPEN, story=story_id, back=back)),)


def to_story(text: Text, story_id: int, back: str) -> Row:
    return (button(text("button-to-story"), cb.StoryOpen(story=story_id, back=back)),)


def _to(text: Text, story_id: int, back: str) -> Row:
    title = text("desk-title", number=str(story_id))
    return (press(title, Desk(do=Do.OPEN, story=story_id, back=back)),)


def _corrected(reader: Reader, made: Correction, story: Story, *, now: datetime) -> f.Text:
    """«Рейс отменили», below it «отозвана · 08:00»."""
    at = dates.stamp(reader.text, made.at, now=now, zone=reader.zone)
    title = shorten(headline(reader.text, story.headline), TITLE)
    return f.Text(title, "\n", f.Italic(f"{reader.text(f'edits-did-{made.kind.value}')} · {at}"))


def _told(reader: Reader, story: Story, *, now: datetime) -> f.Text:
    """As readers are told it, and by whom."""
    when = dates.stamp(reader.text, story.last_at, now=now, zone=reader.zone)
    lines: list[f.Text | str] = [linked(headline(reader.text, story.headline), story.url)]
    if story.summary:
        lines += ["\n", shorten(" ".join(story.summary), SUMMARY)]
    lines += ["\n", origin(reader.text, story.sources, when, sample=story.sample)]
    return f.Text(*lines)


def _amended(reader: Reader, story: Story, *, now: datetime) -> f.Text | None:
    amendment = story.amendment
    if amendment is None or not (story.withdrawn or story.reworded):
        return None
    if story.reworded:
        at = dates.stamp(reader.text, amendment.at, now=now, zone=reader.zone)
        return f.Italic(f"✏️ {reader.text('story-reworded', when=at)}")
    reason = [f"\n{shorten(amendment.reason, REASON)}"] if amendment.reason else []
    return f.Text(f.Italic(f"🚫 {reader.text('story-withdrawn')}"), *reason)


def _messages(text: Text, at: OnDesk) -> list[str]:
    """How many messages tell it, and how they come to say what it says now."""
    said = [text("desk-messages", n=at.messages)]
    waiting, done, kept = (at.edits.counts[state] for state in EditState)
    if waiting:
        said.append(text("desk-editing", done=done, total=waiting + done))
    elif done:
        said.append(text("desk-edited", n=done))
    if kept:
        said.append(text("desk-kept", n=kept))
        said += [f"{BULLET}{one}" for one in _causes(text, at.edits.reasons)]
    return said


def _causes(text: Text, reasons: Mapping[str, int]) -> list[str]:
    """Why messages stay as they are, in people's words where these are known."""
    counted: Counter[str] = Counter()
    for error, n in reasons.items():
        known = next((key for said, key in KNOWN_CAUSES.items() if error.startswith(said)), None)
        counted[text(f"edits-cause-{known}") if known else shorten(error, CAUSE)] += n
    return [f"{cause}: {n}" for cause, n in counted.most_common(CAUSES)]


def _corrections(text: Text, at: OnDesk, back: str) -> Rows:
    def do(what: Do, key: str, pick: int = 0) -> Button:
        return press(text(key), Desk(do=what, story=at.story.id, back=back, pick=pick))

    amended = at.story.withdrawn or at.story.reworded
    refresh = (do(Do.REFRESH, "desk-button-refresh"),) if amended and at.messages else ()
    if at.story.withdrawn:
        return (do(Do.RESTORE, "desk-button-return"),), refresh
    sortable = at.story.articles > 1 or len(at.chapters) > 1
    sort = (do(Do.SORT, "desk-button-sort"),) if sortable else ()
    return (
        (do(Do.HEADLINE, "desk-button-headline"), do(Do.SUMMARY, "desk-button-summary")),
        (*sort, do(Do.JOIN, "desk-button-join")),
        (do(Do.UNDO, f"desk-undo-{at.last.kind.value}", at.last.id),) if at.last else (),
        (do(Do.RESTORE, "desk-button-restore"),) if at.story.reworded else (),
        (do(Do.WITHDRAW, "desk-button-withdraw"),),
        refresh,
    )
