"""What a chat follows and mutes, and what was understood of words that say so."""

from collections.abc import Sequence

from aiogram.utils import formatting as f

from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import Row, back, button, rows
from bot.telegram.rendering.lists import arrows
from bot.telegram.screens.taste_screens import named
from bot.telegram.subscriptions.following import Entry, How, key
from bot.telegram.writing.posts import post
from bot.telegram.writing.texts import Text
from storage.models import Button, Interest, Post, Verdict

PAGE = 20
SIGNS = {None: "👁", Verdict.MORE: "👍", Verdict.LESS: "👎", Verdict.MUTE: "🔇"}


def listed(text: Text, entries: Sequence[Entry], topics: Topics, page: cb.Interests) -> Post:
    """All of it, a button to take each back, and two to say more."""
    shown = entries[page.offset : page.offset + PAGE]
    each = [
        button(
            f"✖ {SIGNS[one.verdict]} {named(text, one.interest, topics)}",
            cb.OneInterest(do=cb.Wish.DROP, key=key(one.interest)),
        )
        for one in shown
    ]
    before = page.model_copy(update={"offset": max(0, page.offset - PAGE)})
    after = page.model_copy(update={"offset": page.offset + PAGE})
    more = len(entries) > page.offset + PAGE
    turns = arrows(text, before if page.offset else None, after if more else None)
    hint = text("interests-hint" if shown else "interests-none")
    body: list[f.Text | str] = [f.Bold(text("interests-title")), "\n\n", hint]
    return post(f.Text(*body), (*rows(each, 1), *turns, _ask(text), (back(text),)))


def asking(text: Text, what: str) -> Post:
    """`what`: follow or mute; the next text answers."""
    words = text(f"ask-{what}", example=text(f"example-{what}"))
    return post(f.Text(words), ((_to_list(text),),))


def followed(text: Text, told: Sequence[tuple[Interest, How]], topics: Topics, *, n: int) -> Post:
    """What was understood, how it will come, and how much of it there was in a week."""
    what = ", ".join(named(text, interest, topics) for interest, _ in told)
    hows = dict.fromkeys(how for _, how in told)
    lines = [text("follow-done", what=what), *(text(f"follow-{how.value}") for how in hows)]
    if len(told) > 1:
        return post(f.as_list(*lines), ((_to_list(text),),))
    interest = told[0][0]
    at_once = button(text("button-at-once"), cb.OneInterest(do=cb.Wish.AT_ONCE, key=key(interest)))
    undo = button(text("button-follow-no"), cb.OneInterest(do=cb.Wish.DROP, key=key(interest)))
    return post(f.as_list(*lines, text("follow-week", n=n)), ((at_once,), (undo, _to_list(text))))


def muted(text: Text, interests: Sequence[Interest], topics: Topics) -> Post:
    what = ", ".join(named(text, interest, topics) for interest in interests)
    undo = [
        button(text("button-mute-no"), cb.OneInterest(do=cb.Wish.DROP, key=key(interest)))
        for interest in interests[:1]
    ]
    ways = ((*undo, _to_list(text)) if len(interests) == 1 else (_to_list(text),),)
    return post(f.Text(text("mute-done", what=what)), ways)


def _ask(text: Text) -> Row:
    """What else to follow, or to mute?"""
    return tuple(
        button(text(f"button-more-{what}"), cb.Screen(name=what)) for what in ("follow", "mute")
    )


def _to_list(text: Text) -> Button:
    return button(text("button-interests-all"), cb.Interests())
