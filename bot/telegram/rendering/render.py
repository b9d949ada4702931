"""Digests and notices as posts, in a chat's language and by its clock."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from aiogram.utils import formatting as f

from bot.news.digests.digest import heading_topic
from bot.news.stories.changes import Change
from bot.news.stories.disagreement import Disagreement
from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import (
    Rows,
    button,
    digest_buttons,
    doubt_buttons,
    numbers,
    open_one,
    ways_out,
)
from bot.telegram.rendering import layouts
from bot.telegram.rendering.edition import Edition, end, head, nothing
from bot.telegram.rendering.layouts import Item
from bot.telegram.rendering.richly import rich_parts
from bot.telegram.rendering.stories import Reader
from bot.telegram.writing.packing import Block, Packed, pack
from bot.telegram.writing.posts import Size, post, shorten
from bot.telegram.writing.texts import Text, Texts
from storage.models import Chat, Layout, Post, Span, Story, Subscription

AT_A_GLANCE = 5  # with more stories only the first of a digest unfolds
FEW = 3  # stories, among which one that goes on makes the digest a reply to the one before
PART = Size(units=40, entities=1, bytes=80)  # «2 из 3»


class Render:
    """Implements bot.jobs.delivery.sending.Renderer."""

    def __init__(
        self, texts: Texts, topics: Topics, *, default_zone: str, default_language: str
    ) -> None:
        self._texts = texts
        self._topics = topics
        self._zone = default_zone
        self._language = default_language

    def reader(self, chat: Chat) -> Reader:
        return Reader(self._texts.get(chat.language or self._language), chat.zone or self._zone)

    def digest(
        self,
        *,
        chat: Chat,
        subscription: Subscription | None,
        stories: Sequence[Story],
        now: datetime,
        late: bool = False,
        next_run_at: datetime | None = None,
        topics: Sequence[str] = (),
        changes: Mapping[int, Change] = MappingProxyType({}),
        missed_since: datetime | None = None,
        muted: int = 0,
        disputes: Mapping[int, Sequence[Disagreement]] = MappingProxyType({}),
    ) -> list[Post]:
        items = [
            Item(
                story=story,
                change=changes.get(story.id),
                disputes=disputes.get(story.id, ()),
                unfolds=position == 0 or len(stories) <= AT_A_GLANCE,
            )
            for position, story in enumerate(stories)
        ]
        edition = Edition(
            reader=self.reader(chat),
            chat=chat,
            subscription=subscription,
            items=items,
            now=now,
            late=late,
            next_run_at=next_run_at,
            missed_since=missed_since,
            muted=muted,
        )
        return _posts(
            edition, self._blocks(edition, subscription.topics if subscription else topics)
        )

    def notice(self, *, chat: Chat, name: str, **values: object) -> Post:
        return post(f.Text(self.reader(chat).text(name, **values)))

    def doubt(self, *, chat: Chat, channel: Chat, delivery_id: int) -> Post:
        text = self.reader(chat).text
        words = text("notice-in-doubt", channel=shorten(channel.title, 100))
        return post(f.Text(words), doubt_buttons(text, channel.id, delivery_id))

    def _blocks(self, edition: Edition, wanted: Sequence[str]) -> list[Block]:
        """One per story, in the order given, under the headings of their topics."""
        reader, items = edition.reader, edition.items
        brief = edition.layout is Layout.BRIEF
        blocks = []
        for number, (item, flag) in enumerate(zip(items, layouts.flags(items), strict=True), 1):
            slug = heading_topic(item.story, wanted)
            body = layouts.told(reader, item, edition.layout, now=edition.now)
            heading = f.Bold(topic_heading(self._topics, slug, reader.text))
            counted = f"{number}. " if edition.private and len(items) > 1 else "• " if brief else ""
            blocks.append(Block(body, heading, slug, counted + flag, tight=brief))
        return blocks


def _posts(edition: Edition, blocks: Sequence[Block]) -> list[Post]:
    top, foot = head(edition), end(edition)
    texts = pack(top, blocks or [Block(nothing(edition))], foot, PART)
    unfolds = blocks and edition.layout is Layout.RICH
    rich = rich_parts(edition, blocks, texts) if unfolds else {}
    alone = edition.items[0].story if len(edition.items) == 1 else None
    posts = []
    for part, text in enumerate(texts, 1):
        made = post(
            numbered(edition.reader.text, text.node, part, len(texts)),
            _buttons(edition, text, last=part == len(texts)),
            preview_url=alone.url if alone else None,
            silent=part > 1 or edition.silent,
        )
        posts.append(replace(_remembered(made, edition, text), rich=rich.get(part)))
    posts[0] = replace(posts[0], after=_goes_on(edition))
    return posts


def _remembered(made: Post, edition: Edition, text: Packed) -> Post:
    """The post with what it takes to draw its stories again."""
    if not edition.items:
        return made
    return replace(
        made,
        spans=_spans(text, edition.items),
        language=edition.reader.text.language,
        zone=edition.reader.zone,
        layout=edition.layout,
    )


def _goes_on(edition: Edition) -> int | None:
    """The story that the chat may have been told of before, if it is the one to speak of."""
    stories = [item.story.id for item in edition.items]
    changed = [item.story.id for item in edition.items if item.change]
    if len(stories) == 1:
        return stories[0]
    few = edition.alert or len(stories) <= FEW
    return changed[0] if few and len(changed) == 1 else None


def _buttons(edition: Edition, text: Packed, *, last: bool) -> Rows:
    """What opens the stories of this text, and under the last one the ways out."""
    if edition.channel:
        return ()
    words = edition.reader.text
    rows: Rows = ()
    if edition.private and edition.items:
        told = [edition.items[place.block].story.id for place in text.places]
        rows = numbers(told, cb.SentDigest(), first=text.places[0].block + 1) if told else ()
        if told and len(edition.items) == 1:
            rows = (open_one(words, told[0], cb.SentDigest()),)
    if not last:
        return rows
    if edition.muted and not edition.items:
        rows = ((button(words("button-interests"), cb.Interests()),),)
    return (*rows, *((ways_out(words),) if edition.subscription else digest_buttons(words)))


def _spans(text: Packed, items: Sequence[Item]) -> tuple[Span, ...]:
    """Where a text of these stories' blocks tells which."""
    return tuple(
        Span(
            story_id=items[place.block].story.id,
            offset=place.offset,
            length=place.length,
            amendment_id=amendment_id(items[place.block].story),
        )
        for place in text.places
    )


def amendment_id(story: Story) -> int:
    return story.amendment.id if story.amendment else 0


def topic_heading(topics: Topics, slug: str, text: Text) -> str:
    """«✈️ Авиарейсы»; a slug that is no topic any more stands for itself."""
    topic = topics.get(slug) or topics.other
    return f"{topic.emoji} {topic.titles[text.language]}"


def numbered(text: Text, node: f.Text, part: int, parts: int) -> f.Text:
    """The text, saying which part it is when there are several."""
    if parts == 1:
        return node
    return f.Text(node, "\n\n", part_of(text, part, parts))


def part_of(text: Text, part: int, parts: int) -> f.Text:
    return f.Italic(text("part", part=part, parts=parts))
