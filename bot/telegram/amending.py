"""Amending posts: where one tells a story that an editor reworded or withdrew, it says so."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from aiogram.utils import formatting as f

from bot.telegram import dates
from bot.telegram.posts import MAX_BYTES, MAX_ENTITIES, MAX_UNITS, entity_rows, shorten, units
from bot.telegram.render import AT_A_GLANCE, amendment_id
from bot.telegram.splicing import splice
from bot.telegram.stories import Reader, headline, story_text
from bot.telegram.texts import Texts
from storage.models import CorrectionKind, Post, Span, Story

REASON = 300  # UTF-16 units


class Amend:
    """Implements bot.jobs.sending.Amender."""

    def __init__(self, texts: Texts, *, default_zone: str) -> None:
        self._texts = texts
        self._zone = default_zone

    def amended(self, post: Post, stories: Mapping[int, Story], *, now: datetime) -> Post:
        """The post with these stories, by number of their span, as they are told now."""
        reader = Reader(self._texts.get(post.language), post.zone or self._zone)
        for number, story in stories.items():
            more = len(post.spans) <= AT_A_GLANCE
            length = post.spans[number].length
            for block in blocks(reader, story, now=now, more=more, length=length):
                changed = tell(post, number, story, block)
                if _fits(changed):
                    break
            post = changed
        return post


def blocks(
    reader: Reader, story: Story, *, now: datetime, more: bool, length: int
) -> Iterator[f.Text]:
    """What may stand where the story is told, the best first; the last is no longer than that."""
    amendment = story.amendment
    assert amendment is not None  # or the post would not be out of date
    text = reader.text
    if amendment.kind is CorrectionKind.WITHDRAW:
        word = f"🚫 {text('story-withdrawn')}"
        if amendment.reason:
            yield f.Text(f.Italic(word), "\n", shorten(amendment.reason, REASON))
        yield f.Italic(word)
        yield f.Text("🚫")
        return
    mark: list[f.Text | str] = []
    if amendment.kind is CorrectionKind.REWORD:
        at = dates.stamp(text, amendment.at, now=now, zone=reader.zone)
        mark = ["\n", f.Italic(f"✏️ {text('story-reworded', when=at)}")]
    for unfolds in (True, False) if more else (False,):
        yield f.Text(story_text(reader, story, now=now, asked=False, more=unfolds), *mark)
    yield f.Text(f.Bold(headline(text, story.headline)), *mark)
    yield f.Text(shorten(headline(text, story.headline), length))


def tell(post: Post, number: int, story: Story, block: f.Text) -> Post:
    """The post with that block where the span of this number was."""
    span = post.spans[number]
    part, entities = block.render()
    text, spliced = splice(
        post.text,
        json.loads(post.entities),
        span.offset,
        span.length,
        part,
        entity_rows(entities),
    )
    return replace(
        post,
        text=text,
        entities=json.dumps(spliced, ensure_ascii=False),
        spans=_moved(post.spans, number, story, units(part)),
        preview_url=_preview(post, story),
    )


def _moved(spans: tuple[Span, ...], number: int, story: Story, length: int) -> tuple[Span, ...]:
    """The spans, of which that one is so long now; what follows it moves along."""
    old = spans[number]
    new = replace(old, story_id=story.id, length=length, amendment_id=amendment_id(story))
    grown = length - old.length
    later = (replace(span, offset=span.offset + grown) for span in spans[number + 1 :])
    return (*spans[:number], new, *later)


def _preview(post: Post, story: Story) -> str | None:
    """A withdrawn story is shown by no preview; it was there where the post tells it alone."""
    withdrawn = story.amendment is not None and story.amendment.kind is CorrectionKind.WITHDRAW
    return None if withdrawn else post.preview_url


def _fits(post: Post) -> bool:
    entities = json.loads(post.entities)
    urls = sum(len(entity.get("url", "").encode()) for entity in entities)
    return (
        units(post.text) <= MAX_UNITS
        and len(entities) <= MAX_ENTITIES
        and len(post.text.encode()) + urls <= MAX_BYTES
    )
