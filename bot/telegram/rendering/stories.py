"""One story as it is drawn everywhere: in digests, in /latest, among answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiogram.utils import formatting as f

from bot.telegram.writing import dates
from bot.telegram.writing.posts import linked, one_line, shorten, visible
from bot.telegram.writing.texts import Text
from storage.models import Story

HEADLINE = 200  # UTF-16 units; what a phone shows in three lines
SENTENCE = 320
QUOTE = 900
SOURCE = 40
SOURCES_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Reader:
    """How a chat reads: in its language, by its clock."""

    text: Text
    zone: str


def headline(text: Text, title: str) -> str:
    short = shorten(title, HEADLINE)
    return short if visible(short) else text("no-title")


def origin(
    text: Text, sources: Sequence[str], when: str | f.Text, *, sample: bool, more: str = ""
) -> f.Text:
    """«🧪 пример · Сибдепо, НГС42 и ещё 2 · 18:40»; `more` is what else is said of the sources."""
    shown = ", ".join(shorten(s, SOURCE) for s in sources[:SOURCES_SHOWN])
    if len(sources) > SOURCES_SHOWN:
        shown += " " + text("more-sources", n=len(sources) - SOURCES_SHOWN)
    said = " · ".join(filter(None, (text("sample") if sample else "", shown, more)))
    if isinstance(when, str):
        return f.Italic(" · ".join(filter(None, (said, when))))
    return f.Text(f.Italic(f"{said} · "), when) if said else when


def listed(reader: Reader, number: int, story: Story, units: int, *, now: datetime) -> f.Text:
    """A story of a numbered list: its headline, within so many UTF-16 units, and its origin."""
    title = shorten(headline(reader.text, story.headline), units)
    when = dates.stamp(reader.text, story.last_at, now=now, zone=reader.zone)
    under = origin(reader.text, story.sources, when, sample=story.sample)
    return f.Text(f"{number}. ", linked(title, story.url), "\n", under)


def story_text(
    reader: Reader, story: Story, *, now: datetime, asked: bool = True, more: bool = True
) -> f.Text:
    """Headline, one sentence, source and age; `more`: the other sentences in a quote to unfold.

    `asked`: read at once, so the age is told as «3 часа назад».
    """
    tell = dates.age if asked else dates.stamped
    when = tell(reader.text, story.last_at, now=now, zone=reader.zone)
    first, rest = sentences(story)
    lines: list[f.Text | str] = [linked(headline(reader.text, story.headline), story.url)]
    if first:
        lines += ["\n", first]
    lines += ["\n", origin(reader.text, story.sources, when, sample=story.sample)]
    if more and rest:
        lines += ["\n", f.ExpandableBlockQuote(rest)]
    return f.Text(*lines)


def sentences(story: Story) -> tuple[str, str]:
    """Its first sentence and the others; none that only repeats the headline."""
    title = one_line(story.headline).rstrip(".")
    said = [line for s in story.summary if (line := one_line(s)) and line.rstrip(".") != title]
    said = [line for line in said if visible(line)]
    return (shorten(said[0], SENTENCE), shorten(" ".join(said[1:]), QUOTE)) if said else ("", "")
