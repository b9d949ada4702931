"""A story opened in place of the list that showed it: all there is to it, and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiogram.utils import formatting as f

from bot.jobs.answering.opening import Opened
from bot.news.digests.besides import besides, names
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.callbacks_desk import Desk, Do, fitted
from bot.telegram.buttons.keyboards import Row, Rows, button, numbers
from bot.telegram.rendering.stories import SENTENCE, Reader, headline
from bot.telegram.writing import dates
from bot.telegram.writing.posts import link, linked, one_line, page, post, shorten, stack
from bot.telegram.writing.texts import Text
from storage.models import Article, Button, FactKind, Post, Story

BULLET = "• "
CHAPTERS, ACCOUNTS, NAMES = 6, 10, 8  # shown at most
CHAPTER, ACCOUNT, SOURCE, NAME = 110, 110, 40, 40  # UTF-16 units
FOLDED = 3  # accounts that are seen at once; more of them unfold


@dataclass(frozen=True, slots=True)
class Way:
    """The way back from a story, through all that is drawn in its place meanwhile."""

    back: str  # what the button says, as StoryOpen carries it; '': there is no way back
    crumb: f.Text | None = None  # what must stand above, because the list is drawn from it


def story(
    reader: Reader,
    opened: Opened,
    way: Way,
    *,
    now: datetime,
    share: Row = (),
    editor: bool = False,
) -> Post:
    """All of it that one message holds, the summary first; `share` is a row of buttons.

    `editor`: who reads it may set it right.
    """
    others = [one for one in opened.chapters if one.id != opened.story.id][-CHAPTERS:]
    blocks = (
        _summary(reader, opened.story, now=now),
        _besides(reader, opened),
        _chapters(reader, opened, others, now=now),
        _accounts(reader, opened, now=now),
        _names(reader, opened),
    )
    head: f.Text = linked(headline(reader.text, opened.story.headline), opened.story.url)
    if opened.story.sample:
        head = f.Text(head, "\n", f.Italic(reader.text("sample")))
    keys = _buttons(reader.text, opened, others, way.back, share, ahead=_ahead(opened, now))
    return page(
        stack(way.crumb, head),
        [block for block in blocks if block is not None],
        lambda _: (
            *keys,
            *_correct(reader.text, opened.story, way, editor),
            leave(reader.text, way),
        ),
    )


def gone(text: Text, way: Way) -> Post:
    return post(stack(way.crumb, text("reading-gone")), (leave(text, way),))


def withdrawn(text: Text, story: Story, way: Way, *, editor: bool = False) -> Post:
    said: list[f.Text | str] = [f.Italic(f"🚫 {text('story-withdrawn')}")]
    if story.amendment and story.amendment.reason:
        said += ["\n", shorten(story.amendment.reason, SENTENCE)]
    keys = *_correct(text, story, way, editor), leave(text, way)
    return post(stack(way.crumb, f.Text(*said)), keys)


def _correct(text: Text, story: Story, way: Way, editor: bool) -> Rows:
    data = fitted(Desk(do=Do.OPEN, story=story.id, back=way.back))
    return ((button(text("desk-button"), data),),) if editor else ()


def leave(text: Text, way: Way) -> Row:
    """The button that leads back; without a way, one that closes the message."""
    if not way.back:
        return (button(text("button-close"), cb.Close()),)
    digest = way.back == cb.way_back(cb.SentDigest())
    label = text("button-to-digest" if digest else "button-back")
    return (Button(text=label, data=cb.carried(way.back)),)


def _summary(reader: Reader, story: Story, *, now: datetime) -> f.Text | None:
    said: list[f.Text | str] = [" ".join(shorten(sentence, SENTENCE) for sentence in story.summary)]
    if story.reworded and story.amendment:
        at = dates.stamp(reader.text, story.amendment.at, now=now, zone=reader.zone)
        said += ["\n", f.Italic(f"✏️ {reader.text('story-reworded', when=at)}")]
    return f.Text(*said) if story.summary else None


def _besides(reader: Reader, opened: Opened) -> f.Text | None:
    sentences = besides(opened.story.summary, opened.articles)
    return _listed(reader.text("reading-besides"), [BULLET + one_line(one) for one in sentences])


def _chapters(
    reader: Reader, opened: Opened, others: Sequence[Story], *, now: datetime
) -> f.Text | None:
    """The thread, oldest first; the others by the numbers of the buttons that open them."""
    if not others:
        return None
    lines, number = [], 0
    for chapter in opened.chapters:
        if chapter not in others and chapter.id != opened.story.id:
            continue
        when = dates.stamp(reader.text, chapter.first_at, now=now, zone=reader.zone)
        title = shorten(headline(reader.text, chapter.headline), CHAPTER)
        if chapter.id == opened.story.id:
            lines.append(f.Text("▸ ", f.Italic(when), f" · {reader.text('reading-here')}"))
        else:
            number += 1
            lines.append(f.Text(f"{number}. ", f.Italic(when), f" · {title}"))
    return _listed(reader.text("reading-chapters"), lines)


def _accounts(reader: Reader, opened: Opened, *, now: datetime) -> f.Text | None:
    """Who told it and when, earliest first; their own headlines where these are others."""
    shown = sorted(opened.articles, key=lambda one: one.published_at)[:ACCOUNTS]
    lines = [_account(reader, one, opened.story, now=now) for one in shown]
    if (more := opened.story.articles - len(shown)) > 0:
        lines.append(f.Text(reader.text("reading-more-accounts", n=more)))
    title = f.Bold(reader.text("reading-sources", n=len(opened.story.sources)))
    body = f.as_list(*lines)
    return f.Text(title, "\n", f.ExpandableBlockQuote(body) if len(lines) > FOLDED else body)


def _account(reader: Reader, article: Article, story: Story, *, now: datetime) -> f.Text:
    when = dates.stamp(reader.text, article.published_at, now=now, zone=reader.zone)
    source, url = shorten(article.source, SOURCE), link(article.url)
    line: list[f.Text | str] = [f.TextLink(source, url=url) if url else source, f" · {when}"]
    title = headline(reader.text, article.title)
    if title != headline(reader.text, story.headline):
        line.append(f" · {shorten(title, ACCOUNT)}")
    return f.Text(*line)


def _names(reader: Reader, opened: Opened) -> f.Text | None:
    named = [shorten(one.name, NAME) for one in names(opened.articles, most=NAMES)]
    return _listed(reader.text("reading-names"), [", ".join(named)] if named else [])


def _listed(title: str, lines: Sequence[f.Text | str]) -> f.Text | None:
    return f.Text(f.Bold(title), "\n", f.as_list(*lines)) if lines else None


def _ahead(opened: Opened, now: datetime) -> bool:
    """Whether anything that its articles plan is still to come."""
    ends = (
        fact.until or fact.since
        for one in opened.articles
        for fact in one.facts
        if fact.kind is FactKind.EVENT
    )
    return any(end is not None and end > now for end in ends)


def _buttons(
    text: Text, opened: Opened, others: Sequence[Story], back: str, share: Row, *, ahead: bool
) -> Rows:
    def act(label: str, do: cb.Act) -> Button:
        return button(text(label), cb.StoryAct(do=do, story=opened.story.id, back=back))

    keep = act("button-save", cb.Act.SAVE)
    if opened.saved:
        keep = act("button-saved", cb.Act.DROP)
    return (
        *numbers([one.id for one in others], back),
        (keep, *((act("button-calendar", cb.Act.DATES),) if ahead else ())),
        (act("button-more-like", cb.Act.MORE), act("button-less-like", cb.Act.LESS)),
        share,
        (act("button-why", cb.Act.WHY),),
    )
