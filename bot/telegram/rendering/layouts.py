"""How a digest tells a story, in each layout, and what is new to those who had it before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiogram.utils import formatting as f

from bot.news.stories.changes import Change
from bot.news.stories.disagreement import Disagreement
from bot.telegram.rendering.stories import QUOTE, SENTENCE, Reader, headline, origin, sentences
from bot.telegram.writing import dates
from bot.telegram.writing.amounts import dispute
from bot.telegram.writing.posts import link, linked, shorten
from bot.telegram.writing.rich import RichBlock, details
from storage.models import Layout, Story

NEW, GROWING, CHANGED = "🆕 ", "📈 ", "🔄 "
BOLD = 10  # numbers in bold, so that one story never takes all entities of a message
NEWS_IN_A_LINE = 140  # UTF-16 units of what is new, where there are only headlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A story of a digest. `change`: since the chat was told of it; None: it is told first now."""

    story: Story
    change: Change | None = None
    disputes: Sequence[Disagreement] = ()
    unfolds: bool = True


def flags(items: Sequence[Item]) -> list[str]:
    """One before each headline; none where all are told first now."""
    mixed = any(item.change for item in items)
    return [_flag(item.change) if mixed else "" for item in items]


def _flag(change: Change | None) -> str:
    if change is None:
        return NEW
    return GROWING if change.grows else CHANGED


def told(reader: Reader, item: Item, layout: Layout, *, now: datetime) -> f.Text:
    """The story as a text of that layout has it; a rich message's text is the standard one."""
    return line(reader, item) if layout is Layout.BRIEF else standard(reader, item, now=now)


def line(reader: Reader, item: Item) -> f.Text:
    """A headline, and in a few words what is new of a story that was told before."""
    words = headline(reader.text, item.story.headline)
    url = link(item.story.url)
    parts: list[f.Text | str] = [f.TextLink(words, url=url) if url else words]
    if item.change and item.change.sentences:
        news = item.change.sentences[0]
        parts += ["\n", _news(reader, [shorten(news, NEWS_IN_A_LINE)], item.change.numbers)]
    elif item.change:
        parts.append(f.Italic(f" · {_joined(reader, item.change)}"))
    return f.Text(*parts)


def standard(reader: Reader, item: Item, *, now: datetime) -> f.Text:
    """Headline, what is said first, sources and age; the rest in a quote to unfold."""
    story = item.story
    said, rest = _said(reader, item)
    lines: list[f.Text | str] = [linked(headline(reader.text, story.headline), story.url)]
    for one in (*said, _origin(reader, item, now=now)):
        lines += ["\n", one]
    if item.unfolds and rest:
        lines += ["\n", f.ExpandableBlockQuote(rest)]
    return f.Text(*lines)


def rich(
    reader: Reader, item: Item, *, now: datetime, lead: str = "", unfolded: bool = False
) -> list[RichBlock]:
    """A headline to unfold. `lead` stands before it."""
    story = item.story
    said, rest = _said(reader, item)
    ways: list[f.Text | str] = [_origin(reader, item, now=now)]
    if url := link(story.url):
        ways += [" · ", f.TextLink(reader.text("read-at-source"), url=url)]
    summary = f.Text(lead, f.Bold(headline(reader.text, story.headline)))
    inside = [*said, *([f.Text(rest)] if rest else []), f.Text(*ways)]
    return [details(summary, *inside, unfolded=unfolded)]


def _said(reader: Reader, item: Item) -> tuple[list[f.Text], str]:
    """What is said at once, in lines, and the rest."""
    first, rest = sentences(item.story)
    if item.change and item.change.sentences:
        news = [shorten(sentence, SENTENCE) for sentence in item.change.sentences]
        said, rest = [_news(reader, news, item.change.numbers)], shorten(f"{first} {rest}", QUOTE)
    else:
        said = [f.Text(first)] if first else []
    disputed = [dispute(reader.text, one, zone=reader.zone) for one in item.disputes]
    return [*said, *map(f.Text, disputed)], rest


def _news(reader: Reader, sentences: Sequence[str], numbers: Sequence[str]) -> f.Text:
    """«Новое: …», its numbers in bold."""
    said = " ".join(sentences)
    known = sorted(filter(None, numbers), key=len, reverse=True)
    wanted = "|".join(map(re.escape, known))
    parts = re.split(rf"(?<!\d)({wanted})(?!\d)", said, maxsplit=BOLD) if wanted else [said]
    shown = [f.Bold(part) if at % 2 else part for at, part in enumerate(parts)]
    return f.Text(f.Italic(reader.text("story-news")), " ", *shown)


def _origin(reader: Reader, item: Item, *, now: datetime) -> f.Text:
    story, text = item.story, reader.text
    when = dates.stamped(text, story.last_at, now=now, zone=reader.zone)
    more = _joined(reader, item.change) if item.change and item.change.sources else ""
    return origin(text, story.sources, when, sample=story.sample, more=more)


def _joined(reader: Reader, change: Change) -> str:
    """«+2 источника»."""
    return reader.text("more-joined", n=change.sources)
