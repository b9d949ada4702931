"""Screens of what is chosen seldom: quiet hours, and one more subscription."""

from aiogram.utils import formatting as f

from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import back, button, rows, ticked
from bot.telegram.writing import dates
from bot.telegram.writing.posts import post
from bot.telegram.writing.texts import Text
from storage.models import Post, QuietHours

USUAL_QUIET = tuple((60 * start, 60 * end) for start, end in ((22, 7), (22, 8), (23, 7), (23, 8)))


def quiet(text: Text, chosen: QuietHours | None) -> Post:
    own = [(chosen.start, chosen.end)] if chosen else []
    each = [
        button(
            ticked(f"{dates.clock(start)}–{dates.clock(end)}", (start, end) in own),
            cb.Quiet(start=start, end=end),
        )
        for start, end in dict.fromkeys([*USUAL_QUIET, *own])
    ]
    none = button(ticked(text("quiet-none"), chosen is None), cb.Quiet(start=0, end=0))
    other = button(text("quiet-other"), cb.Screen(name="ask_quiet"))
    ways = rows([*each, none, other], 2)
    return post(f.Text(text("settings-quiet")), (*ways, (back(text),)))


def new(text: Text) -> Post:
    """One more subscription: how shall it come?"""
    each = [
        button(text(f"new-{how.value}"), cb.Screen(name=f"new_{how.value}")) for how in cb.NewHow
    ]
    return post(f.Bold(text("new-how")), (*rows(each, 1), (back(text),)))


def new_about(text: Text, how: cb.NewHow, topics: Topics) -> Post:
    """And what shall it be about?"""
    every = button(text("all-topics"), cb.NewDigest(how=how))
    words = button(text("new-words"), cb.Screen(name=f"words_{how.value}"))
    each = [
        button(f"{t.emoji} {t.titles[text.language]}", cb.NewDigest(how=how, slug=t.slug))
        for t in topics.all
    ]
    first = (words,) if how is cb.NewHow.INSTANT else (every, words)
    ways = (first, *rows(each, 2), (back(text, "new"),))
    return post(f.Text(f.Bold(text(f"new-{how.value}")), "\n\n", text("new-about")), ways)
