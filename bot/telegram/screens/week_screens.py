"""/week: the top stories of the week as one list, by day, or by topic; pages redrawn in place."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from aiogram.utils import formatting as f

from bot.jobs.answering.week import WEEK
from bot.news.digests.digest import heading_topic
from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import Rows, button, numbers
from bot.telegram.rendering.lists import arrows
from bot.telegram.rendering.render import topic_heading
from bot.telegram.rendering.stories import Reader, listed
from bot.telegram.writing import dates
from bot.telegram.writing.posts import post, stack
from bot.telegram.writing.texts import Text
from storage.models import Post, Story

PAGE = 7
HEADLINE = 140  # UTF-16 units
LABELS = {cb.By.WEIGHT: "week-by-weight", cb.By.DAY: "week-by-day", cb.By.TOPIC: "week-by-topic"}


def week(
    reader: Reader, stories: Sequence[Story], topics: Topics, at: cb.WeekPage, *, now: datetime
) -> Post:
    """A page of them, in the order that `at` asks for."""
    text = reader.text
    if not stories:
        return post(f.Text(text("week-none")), ((button(text("button-close"), cb.Close()),),))
    ordered = arranged(reader, stories, topics, at.by)
    shown = ordered[at.offset : at.offset + PAGE]
    blocks: list[f.Text] = []
    above = ""
    for number, (over, story) in enumerate(shown, at.offset + 1):
        item = listed(reader, number, story, HEADLINE, now=now)
        blocks.append(item if over == above else f.Text(f.Bold(over), "\n", item))
        above = over
    head = _head(reader, topics, at, now=now)
    return post(stack(head, *blocks), _buttons(text, [one for _, one in ordered], at))


def arranged(
    reader: Reader, stories: Sequence[Story], topics: Topics, by: cb.By
) -> list[tuple[str, Story]]:
    """Each under its heading; those of one together, the newest day or weightiest topic first."""
    if by is cb.By.WEIGHT:
        return [("", story) for story in stories]
    groups: dict[str, list[Story]] = {}
    if by is cb.By.DAY:
        for story in sorted(stories, key=lambda one: _day(reader, one), reverse=True):
            over = "📅 " + dates.day(reader.text, story.last_at, zone=reader.zone)
            groups.setdefault(over, []).append(story)
    else:
        for story in stories:
            over = topic_heading(topics, heading_topic(story, ()), reader.text)
            groups.setdefault(over, []).append(story)
    return [(over, story) for over, group in groups.items() for story in group]


def _day(reader: Reader, story: Story) -> int:
    return story.last_at.astimezone(ZoneInfo(reader.zone)).toordinal()


def _head(reader: Reader, topics: Topics, at: cb.WeekPage, *, now: datetime) -> f.Text:
    first = now - WEEK + timedelta(days=1)
    days = [dates.date(reader.text, one, zone=reader.zone) for one in (first, now)]
    topic = topics.get(at.topic)
    named = f" · {topic.emoji} {topic.titles[reader.text.language]}" if topic else ""
    title = f.Bold(f"{reader.text('week-title')}{named}")
    return f.Text(title, "\n", f.Italic(" — ".join(days)))


def _buttons(text: Text, ordered: Sequence[Story], at: cb.WeekPage) -> Rows:
    def page(offset: int) -> cb.WeekPage:
        return at.model_copy(update={"offset": offset})

    end = at.offset + PAGE
    shown = [story.id for story in ordered[at.offset : end]]
    before = page(max(0, at.offset - PAGE)) if at.offset else None
    turns = arrows(text, before, page(end) if end < len(ordered) else None)
    orders = tuple(
        button(text(LABELS[by]), cb.WeekPage(topic=at.topic, by=by))
        for by in cb.By
        if by is not at.by
    )
    return (*numbers(shown, at, first=at.offset + 1), *turns, orders)
