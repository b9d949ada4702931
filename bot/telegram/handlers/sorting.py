"""On the desk: articles that tell of something else leave a story."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from bot.jobs.answering.opening import ACCOUNTS
from bot.jobs.articles import correcting
from bot.telegram.buttons.callbacks_desk import Desk, Do, Marked
from bot.telegram.conversation.answers import redraw
from bot.telegram.conversation.guards import Press
from bot.telegram.handlers.desk import ByEditor, drawn
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import sorting_screens as screens
from bot.telegram.screens import story_screens
from bot.telegram.screens.story_screens import Way
from storage.models import Article, Post, Story
from storage.ports import Store

CHAPTERS = 6  # offered


def router() -> Router:
    made = Router(name="sorting")
    made.callback_query.register(sort, Desk.filter(F.do == Do.SORT), ByEditor())
    made.callback_query.register(mark, Marked.filter(), ByEditor())
    return made


async def sort(
    query: CallbackQuery, callback_data: Desk, store: Store, reader: Reader, now: datetime
) -> None:
    at = callback_data
    await redraw(query, await _sorting(store, reader, at.story, 0, at.back, now=now))


async def mark(
    query: CallbackQuery,
    callback_data: Marked,
    store: Store,
    reader: Reader,
    press: Press,
    now: datetime,
) -> None:
    """Mark an article, or have those that are marked leave for a story of their own."""
    at, text = callback_data, reader.text
    story = await correcting.current(store, at.story)
    articles = await _articles(store, story) if story else []
    if story is None or screens.seen(articles) != at.seen:
        press.words, press.alert = text("desk-changed"), True
        shown = await _sorting(store, reader, at.story, 0, at.back, now=now)
    elif not at.split:
        shown = await _sorting(store, reader, at.story, at.marks, at.back, now=now)
    else:
        leaving = screens.marked(articles, at.marks)
        own = await store.corrections.split(leaving, now=now)
        if own is None:
            press.words, press.alert = text("desk-not-all"), True
            shown = await _sorting(store, reader, at.story, at.marks, at.back, now=now)
        else:
            said = text("desk-did-split", n=len(leaving), number=str(own))
            shown = await drawn(store, reader, story.id, at.back, now=now, said=said, other=own)
    await redraw(query, shown)


async def _articles(store: Store, story: Story) -> list[Article]:
    """In the order in which they came, so that a new one moves no mark."""
    found = await store.stories.articles(story.id, limit=ACCOUNTS)
    return sorted(found, key=lambda one: one.id)


async def _sorting(
    store: Store, reader: Reader, story_id: int, marks: int, back: str, *, now: datetime
) -> Post:
    story = await correcting.current(store, story_id)
    if story is None:
        return story_screens.gone(reader.text, Way(back))
    articles = await _articles(store, story)
    thread = await store.corrections.chapters(story.id)
    others = [one for one in thread if one.id != story.id][-CHAPTERS:]
    return screens.sort(reader, story, articles, marks, others, back, now=now)
