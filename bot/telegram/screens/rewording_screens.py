"""What a story says is set right: asked for, shown before and after, and confirmed.

What was typed stands in the message itself, as its quote: a restart forgets no confirmation.
"""

import hashlib
from collections.abc import Sequence

from aiogram.types import InaccessibleMessage, Message
from aiogram.utils import formatting as f

from bot.news.text.splitting import split
from bot.telegram.buttons.callbacks_desk import Desk, Do
from bot.telegram.buttons.keyboards import LABEL, rows
from bot.telegram.rendering.stories import HEADLINE, QUOTE, SENTENCE, headline
from bot.telegram.screens.desk_screens import press, to_desk
from bot.telegram.writing.posts import one_line, post, shorten, stack, units
from bot.telegram.writing.texts import Text
from storage.models import Post, Story

REASON = 300  # UTF-16 units, as of the others: what readers are shown whole
MOST = {Do.HEADLINE: HEADLINE, Do.SUMMARY: QUOTE, Do.OTHER_REASON: REASON}
NAMES = {Do.HEADLINE: "headline", Do.SUMMARY: "summary", Do.OTHER_REASON: "reason"}
REASONS = ("unconfirmed", "mistake", "source")  # ready ones
SURE = {Do.HEADLINE: Do.REHEAD, Do.SUMMARY: Do.RETELL, Do.WITHDRAW: Do.UNTELL,
        Do.RESTORE: Do.RETURN}  # fmt: skip


def likeness(story: Story) -> int:
    """Three digits that tell what a story says from what it said before."""
    amended = story.amendment.id if story.amendment else 0
    said = "\n".join((str(story.id), str(amended), story.headline, *story.summary))
    return int.from_bytes(hashlib.sha256(said.encode(errors="replace")).digest()[:4]) % 1000


def ask(text: Text, story: Story, do: Do, back: str, refusal: str = "") -> Post:
    """What shall it say? `refusal`: why what was typed will not do."""
    summary = shorten(" ".join(story.summary), SENTENCE + QUOTE)
    now = summary if do is Do.SUMMARY else headline(text, story.headline)
    body = stack(
        f.Bold(text(f"desk-title-{NAMES[do]}")),
        f.Text(f.Italic(text("desk-now")), "\n", now) if now else None,
        refusal or text(f"desk-ask-{NAMES[do]}", most=MOST[do]),
    )
    return post(body, (to_desk(text, story.id, back),))


def reasons(text: Text, ready: Sequence[str], story: Story, back: str) -> Post:
    """Why is it withdrawn? `ready`: reasons in the words in which readers are told them."""

    def why(number: int, do: Do = Do.WITHDRAW) -> Desk:
        return Desk(do=do, story=story.id, back=back, pick=number)

    each = [press(shorten(one, LABEL), why(number)) for number, one in enumerate(ready, 1)]
    other = press(text("desk-button-other-reason"), why(0, Do.OTHER_REASON))
    body = stack(
        f.Bold(text("desk-title-reason")),
        headline(text, story.headline),
        text("desk-choose-reason"),
    )
    return post(body, (*rows([*each, other], 1), to_desk(text, story.id, back)))


def sure(text: Text, story: Story, do: Do, said: Sequence[str], messages: int, back: str) -> Post:
    """Shall it be done? The safe choice first. `said`: the lines that readers will be told."""
    name = do.name.lower()
    then = text(f"desk-then-{name}")
    before = shorten(" ".join(story.summary), SENTENCE + QUOTE)
    title = before if do is Do.SUMMARY and before else headline(text, story.headline)
    body = stack(
        f.Bold(text(f"desk-sure-{name}")),
        f.Text(f.Italic(text("desk-now")), "\n", title),
        f.Text(f.Italic(then) if do in NAMES else then, "\n", f.BlockQuote("\n".join(said)))
        if said
        else then,
        text("desk-will-edit", n=messages),
    )
    no = press(text(f"desk-no-{name}"), Desk(do=Do.OPEN, story=story.id, back=back))
    yes = Desk(do=SURE[do], story=story.id, back=back, pick=likeness(story))
    return post(body, ((no,), (press(text(f"desk-yes-{name}"), yes),)))


def quoted(message: Message | InaccessibleMessage | None) -> list[str]:
    """The lines that `sure` shows in a message; [] where it is too old to be read."""
    if not isinstance(message, Message):
        return []
    quotes = [one for one in message.entities or () if one.type == "blockquote"]
    lines = quotes[-1].extract_from(message.text or "").splitlines() if quotes else []
    return [line for one in lines if (line := one_line(one))]


def sentences(said: str) -> list[str]:
    """Those of a summary that was typed, on one line or several."""
    lines = (one_line(line) for line in said.splitlines())
    return [sentence for line in lines for sentence in split(line)]


def too_long(text: Text, do: Do, said: Sequence[str]) -> str:
    """Why readers would not be shown all of it; '' if they would."""
    if do is Do.SUMMARY and (long := [one for one in said if units(one) > SENTENCE]):
        return text("desk-long-sentence", begins=shorten(long[0], LABEL), most=SENTENCE)
    length = units(" ".join(said))
    return text("desk-long", n=length, most=MOST[do]) if length > MOST[do] else ""
