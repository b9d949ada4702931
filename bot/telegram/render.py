"""Digests and notices as posts, in a chat's language and by its clock."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from aiogram.utils import formatting as f

from bot.news.changes import Change
from bot.news.digest import heading_topic
from bot.news.topics import Topics
from bot.telegram import dates
from bot.telegram.keyboards import digest_buttons, doubt_buttons
from bot.telegram.packing import Block, Packed, pack
from bot.telegram.posts import Size, post, shorten
from bot.telegram.stories import Reader, story_text
from bot.telegram.texts import Text, Texts
from storage.models import Chat, ChatKind, Post, Span, Story, Subscription

AT_A_GLANCE = 5  # with more stories only the first of a digest unfolds
HEADER = 200
PART = Size(units=40, entities=1, bytes=80)  # «2 из 3»


class Render:
    """Implements bot.jobs.sending.Renderer."""

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
    ) -> list[Post]:
        reader = self.reader(chat)
        channel = chat.kind is ChatKind.CHANNEL
        wanted = subscription.topics if subscription else topics
        head = self._head(reader, chat, now=now, late=late)
        foot = None
        if next_run_at is not None and not channel:
            moment = dates.moment(reader.text, next_run_at, now=now, zone=reader.zone)
            foot = f.Italic(reader.text("digest-next", moment=moment))
        if not stories:
            word = f.Text(reader.text("digest-empty-channel" if channel else "digest-empty"))
            texts = pack(head, [Block(word)], foot, PART)
        else:
            texts = pack(head, self._blocks(reader, stories, wanted, now), foot, PART)
        preview = stories[0].url if len(stories) == 1 else None
        posts = [
            post(
                numbered(reader.text, text.node, part, len(texts)),
                digest_buttons(reader.text) if part == len(texts) and not channel else (),
                preview_url=preview,
                silent=part > 1,
            )
            for part, text in enumerate(texts, 1)
        ]
        if not stories:
            return posts
        return [
            replace(
                made,
                spans=_spans(text, stories),
                language=reader.text.language,
                zone=reader.zone,
            )
            for made, text in zip(posts, texts, strict=True)
        ]

    def notice(self, *, chat: Chat, name: str, **values: object) -> Post:
        return post(f.Text(self.reader(chat).text(name, **values)))

    def doubt(self, *, chat: Chat, channel: Chat, delivery_id: int) -> Post:
        text = self.reader(chat).text
        words = text("notice-in-doubt", channel=shorten(channel.title, 100))
        return post(f.Text(words), doubt_buttons(text, channel.id, delivery_id))

    def _head(self, reader: Reader, chat: Chat, *, now: datetime, late: bool) -> f.Text:
        title = chat.header and shorten(chat.header, HEADER)
        if not title:
            part = dates.part_of_day(now, zone=reader.zone)
            title = "🗞 " + reader.text("digest-title", part=part)
        lines: list[f.Text | str] = [f.Bold(title), "\n"]
        lines += [dates.day(reader.text, now, zone=reader.zone)]
        if late:
            lines += ["\n", f.Italic(reader.text("digest-late"))]
        return f.Text(*lines)

    def _blocks(
        self, reader: Reader, stories: Sequence[Story], wanted: Sequence[str], now: datetime
    ) -> list[Block]:
        """One per story, in the order given, under the headings of their topics."""
        blocks = []
        for position, story in enumerate(stories):
            slug = heading_topic(story, wanted)
            more = position == 0 or len(stories) <= AT_A_GLANCE
            body = story_text(reader, story, now=now, asked=False, more=more)
            heading = topic_heading(self._topics, slug, reader.text)
            blocks.append(Block(body, f.Bold(heading), slug))
        return blocks


def _spans(text: Packed, stories: Sequence[Story]) -> tuple[Span, ...]:
    """Where a text of these stories' blocks tells which."""
    return tuple(
        Span(
            story_id=stories[place.block].id,
            offset=place.offset,
            length=place.length,
            amendment_id=amendment_id(stories[place.block]),
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
    return f.Text(node, "\n\n", f.Italic(text("part", part=part, parts=parts)))
