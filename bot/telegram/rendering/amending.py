"""Amending posts: where one tells a story that an editor reworded or withdrew, it says so."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from aiogram.utils import formatting as f

from bot.telegram.rendering import layouts
from bot.telegram.rendering.layouts import Item
from bot.telegram.rendering.render import AT_A_GLANCE, amendment_id
from bot.telegram.rendering.stories import Reader, headline
from bot.telegram.writing import dates
from bot.telegram.writing.posts import (
    MAX_BYTES,
    MAX_ENTITIES,
    MAX_UNITS,
    entity_rows,
    shorten,
    units,
)
from bot.telegram.writing.rich import RichBlock, paragraph, told_anew
from bot.telegram.writing.splicing import splice
from bot.telegram.writing.texts import Texts
from storage.models import CorrectionKind, Post, Span, Story

REASON = 300  # UTF-16 units


class Amend:
    """Implements bot.jobs.delivery.sending.Amender."""

    def __init__(self, texts: Texts, *, default_zone: str) -> None:
        self._texts = texts
        self._zone = default_zone

    def amended(self, post: Post, stories: Mapping[int, Story], *, now: datetime) -> Post:
        """The post with these stories, by number of their span, as they are told now."""
        reader = Reader(self._texts.get(post.language), post.zone or self._zone)
        for number, story in stories.items():
            for block in blocks(reader, story, post, number, now=now):
                changed = tell(post, number, story, block)
                if _fits(changed):
                    break
            post = changed
            if post.rich:
                anew = rich_blocks(reader, story, now=now)
                post = replace(post, rich=told_anew(post.rich, number, anew))
        return post


def blocks(
    reader: Reader, story: Story, post: Post, number: int, *, now: datetime
) -> Iterator[f.Text]:
    """What may stand where the story is told, the best first; the last is no longer than that."""
    text = reader.text
    mark = [part for line in _mark(reader, story, now=now) for part in ("\n", line)]
    if story.withdrawn:
        yield f.Text(*mark[1:])
        yield f.Text(mark[1])
        yield f.Text("🚫")
        return
    for unfolds in (True, False) if len(post.spans) <= AT_A_GLANCE else (False,):
        item = Item(story=story, unfolds=unfolds)
        yield f.Text(layouts.told(reader, item, post.layout, now=now), *mark)
    yield f.Text(f.Bold(headline(text, story.headline)), *mark)
    yield f.Text(shorten(headline(text, story.headline), post.spans[number].length))


def rich_blocks(reader: Reader, story: Story, *, now: datetime) -> list[RichBlock]:
    """What stands in a rich message where the story is told."""
    mark = [paragraph(line) for line in _mark(reader, story, now=now)]
    if story.withdrawn:
        return mark
    return [*layouts.rich(reader, Item(story=story), now=now), *mark]


def _mark(reader: Reader, story: Story, *, now: datetime) -> list[f.Text]:
    """The lines that say what the editors did."""
    amendment, text = story.amendment, reader.text
    assert amendment is not None  # or the post would not be out of date
    if amendment.kind is CorrectionKind.WITHDRAW:
        reason = [f.Text(shorten(amendment.reason, REASON))] if amendment.reason else []
        return [f.Italic(f"🚫 {text('story-withdrawn')}"), *reason]
    if amendment.kind is CorrectionKind.REWORD:
        at = dates.stamp(text, amendment.at, now=now, zone=reader.zone)
        return [f.Italic(f"✏️ {text('story-reworded', when=at)}")]
    return []


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
    return None if story.withdrawn else post.preview_url


def _fits(post: Post) -> bool:
    entities = json.loads(post.entities)
    urls = sum(len(entity.get("url", "").encode()) for entity in entities)
    return (
        units(post.text) <= MAX_UNITS
        and len(entities) <= MAX_ENTITIES
        and len(post.text.encode()) + urls <= MAX_BYTES
    )
