"""/ahead: what is planned, page by page under its days, and the file for a calendar."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram.utils import formatting as f

from bot.news.digests.planned import Planned
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import Rows, button, numbers
from bot.telegram.rendering.lists import arrows
from bot.telegram.rendering.stories import SOURCE, Reader
from bot.telegram.writing.posts import link, post, shorten, stack
from bot.telegram.writing.texts import Text
from bot.telegram.writing.whendays import heading
from storage.models import Post

PAGE = 6
SENTENCE, TITLE = 220, 120  # UTF-16 units


def ahead(reader: Reader, events: Sequence[Planned], at: cb.AheadPage, *, now: datetime) -> Post:
    """A page of all events, those of the same days under one heading."""
    text, today = reader.text, now.astimezone(ZoneInfo(reader.zone)).date()
    shown = events[at.offset : at.offset + PAGE]
    if not shown:
        return post(f.Text(text("ahead-none")), ((button(text("button-close"), cb.Close()),),))
    blocks: list[f.Text] = []
    above = ""
    for number, one in enumerate(shown, at.offset + 1):
        over, item = _days(text, one, today), _item(text, number, one)
        blocks.append(item if over == above else f.Text(f.Bold(f"📅 {over}"), "\n", item))
        above = over
    return post(stack(f.Bold(text("ahead-title")), *blocks), _buttons(text, events, shown, at))


def _days(text: Text, one: Planned, today: date) -> str:
    return heading(text, one.since, one.until, today=today)


def _item(text: Text, number: int, one: Planned) -> f.Text:
    source, url = shorten(one.event.source, SOURCE), link(one.event.url)
    mark = f"{text('sample')} · " if one.event.sample else ""
    linked = f.TextLink(source, url=url) if url else source
    said = shorten(one.sentence, SENTENCE)
    about = "" if one.alone else f"{shorten(one.event.title, TITLE)}\n"
    return f.Text(f"{number}. {said}\n", about, f.Italic(mark), f.Italic(linked))


def _buttons(
    text: Text, events: Sequence[Planned], shown: Sequence[Planned], at: cb.AheadPage
) -> Rows:
    here, end = cb.AheadPage(offset=at.offset), at.offset + PAGE
    before = cb.AheadPage(offset=max(0, at.offset - PAGE)) if at.offset else None
    after = cb.AheadPage(offset=end) if end < len(events) else None
    opening = numbers([one.event.story_id for one in shown], here, first=at.offset + 1)
    file = (button(text("button-calendar"), cb.AheadPage(offset=at.offset, file=True)),)
    exact = any(one.exact for one in events)
    return (*opening, *arrows(text, before, after), *((file,) if exact else ()))
