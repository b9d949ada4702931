"""What belongs together is set right: articles leave a story, two stories become one or part."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from aiogram.utils import formatting as f

from bot.telegram.buttons.callbacks_desk import Desk, Do, Marked, Pair, Pairing
from bot.telegram.buttons.keyboards import Row, in_equal_rows, ticked
from bot.telegram.rendering.stories import SOURCE, Reader, headline, origin
from bot.telegram.screens.desk_screens import press, to_desk
from bot.telegram.writing import dates
from bot.telegram.writing.posts import page, post, shorten, stack
from storage.models import Article, Button, Post, Story

TITLE = 90  # UTF-16 units


def seen(articles: Sequence[Article]) -> int:
    """Three digits that tell these articles from others."""
    ids = " ".join(str(one.id) for one in articles)
    return int.from_bytes(hashlib.sha256(ids.encode()).digest()[:4]) % 1000


def marked(articles: Sequence[Article], marks: int) -> list[int]:
    """The ids of those that are marked."""
    return [one.id for place, one in enumerate(articles) if marks >> place & 1]


def sort(
    reader: Reader,
    story: Story,
    articles: Sequence[Article],
    marks: int,
    others: Sequence[Story],
    back: str,
    *,
    now: datetime,
) -> Post:
    """Which articles tell of something else, and which chapters do? `marks`: chosen so far."""
    text, own = reader.text, articles if len(articles) > 1 else ()
    told = [_account(reader, one, now=now) for one in own]
    told += [_chapter(reader, one, now=now) for one in others]
    lines = [f.Text(f"{number}. ", line) for number, line in enumerate(told, 1)]
    if own and others:
        lines[len(own)] = f.Text(f.Bold(text("desk-sort-chapters")), "\n", lines[len(own)])
    head = stack(
        f.Bold(text("desk-sort-title")),
        f.Italic(headline(text, story.headline)),
        text("desk-sort-hint" if own else "desk-sort-chapter-hint"),
    )
    each = [*_marks(story, own, marks, back), *_pairs(story, others, back, first=len(own) + 1)]
    split = _split(reader, story, own, marks, back) if marked(own, marks) else ()
    home = to_desk(text, story.id, back)
    return page(head, lines, lambda fit: (*in_equal_rows(each[:fit]), split, home))


def join(
    reader: Reader,
    story: Story,
    found: Sequence[Story],
    back: str,
    *,
    now: datetime,
    refusal: str = "",
) -> Post:
    """Which other story is it one with? `found`: those to choose from."""
    text = reader.text
    lines = [
        f.Text(f"{number}. ", _chapter(reader, one, now=now)) for number, one in enumerate(found, 1)
    ]
    head = stack(
        f.Bold(text("desk-join-title")),
        f.Italic(headline(text, story.headline)),
        refusal or None,
        text("desk-join-hint") if found else text("desk-join-nothing"),
    )
    each = _pairs(story, found, back)
    return page(
        head, lines, lambda fit: (*in_equal_rows(each[:fit]), to_desk(text, story.id, back))
    )


def pair(
    reader: Reader, story: Story, other: Story, back: str, *, chapters: bool, now: datetime
) -> Post:
    """What are the two to each other? `chapters`: of one thread, they are."""
    text = reader.text

    def row(do: Pairing, key: str) -> Row:
        return (press(text(key), Pair(do=do, story=story.id, other=other.id, back=back)),)

    body = stack(
        f.Bold(text("desk-pair-title")),
        _numbered(reader, story, now=now),
        _numbered(reader, other, now=now),
        text("desk-pair-hint"),
        text("desk-pair-apart" if chapters else "desk-pair-thread"),
    )
    no = press(text("desk-pair-no"), Desk(do=Do.OPEN, story=story.id, back=back))
    thread = row(Pairing.APART, "desk-button-apart")
    if not chapters:
        thread = row(Pairing.THREAD, "desk-button-thread")
    return post(body, ((no,), row(Pairing.ONE, "desk-button-one"), thread))


def _account(reader: Reader, article: Article, *, now: datetime) -> f.Text:
    when = dates.stamp(reader.text, article.published_at, now=now, zone=reader.zone)
    title = shorten(headline(reader.text, article.title), TITLE)
    return f.Text(title, "\n", f.Italic(f"{shorten(article.source, SOURCE)} · {when}"))


def _chapter(reader: Reader, story: Story, *, now: datetime) -> f.Text:
    when = dates.stamp(reader.text, story.last_at, now=now, zone=reader.zone)
    title = shorten(headline(reader.text, story.headline), TITLE)
    return f.Text(title, "\n", origin(reader.text, story.sources, when, sample=False))


def _numbered(reader: Reader, story: Story, *, now: datetime) -> f.Text:
    title = reader.text("desk-title", number=str(story.id))
    return f.Text(f.Bold(title), "\n", _chapter(reader, story, now=now))


def _marks(story: Story, articles: Sequence[Article], marks: int, back: str) -> list[Button]:
    """Each marks its article, or takes the mark away."""
    known = seen(articles)
    return [
        press(
            ticked(str(place + 1), bool(marks >> place & 1)),
            Marked(split=False, marks=marks ^ 1 << place, seen=known, story=story.id, back=back),
        )
        for place in range(len(articles))
    ]


def _pairs(story: Story, others: Sequence[Story], back: str, *, first: int = 1) -> list[Button]:
    """Each asks what the other is to the story."""
    return [
        press(str(n), Pair(do=Pairing.ASK, story=story.id, other=one.id, back=back))
        for n, one in enumerate(others, first)
    ]


def _split(reader: Reader, story: Story, articles: Sequence[Article], marks: int, back: str) -> Row:
    count = len(marked(articles, marks))
    label = reader.text("desk-button-split", n=count)
    data = Marked(split=True, marks=marks, seen=seen(articles), story=story.id, back=back)
    return (press(label, data),)
