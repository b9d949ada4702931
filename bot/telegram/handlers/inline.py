"""Inline mode, `@bot рейсы` in any chat: the newest, a topic's, or what the words find."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.types import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Message,
)

from bot.config import Settings
from bot.jobs.answer import answer as find
from bot.news.query import parse_query
from bot.news.topics import Topics
from bot.telegram import dates
from bot.telegram.posts import edit_kwargs, post
from bot.telegram.stories import Reader, headline, origin, story_text
from bot.telegram.subscribing import ALL
from storage.models import Story
from storage.ports import Store

PAGE = 20  # Telegram takes 50; a phone shows six
FARTHEST = 480  # a search ranks no more than the newest 500
CACHE_S = 60


def router() -> Router:
    made = Router(name="inline")
    made.inline_query.register(inline)
    return made


def router_of_chosen() -> Router:
    """Stands before whatever reads messages: a chosen result is our own words, not a question."""
    made = Router(name="chosen")
    made.message.register(chosen, sent_through_us)
    return made


async def sent_through_us(message: Message, bot: Bot) -> bool:
    return message.via_bot is not None and message.via_bot.id == bot.id


async def chosen(message: Message) -> None:
    """It was meant for the people of the chat, and needs no answer."""


async def inline(
    query: InlineQuery,
    store: Store,
    reader: Reader,
    topics: Topics,
    settings: Settings,
    now: datetime,
) -> None:
    offset = int(query.offset) if query.offset.isascii() and query.offset.isdigit() else 0
    offset = min(offset, FARTHEST)
    stories = await _stories(query.query, store, reader, topics, offset=offset, now=now)
    more = len(stories) > PAGE and offset + PAGE <= FARTHEST
    nothing = InlineQueryResultsButton(text=reader.text("inline-nothing"), start_parameter="inline")
    usual = (settings.default_language, settings.timezone)
    await query.answer(
        [_result(reader, story, now=now) for story in stories[:PAGE]],
        next_offset=str(offset + PAGE) if more else "",
        cache_time=CACHE_S,
        is_personal=(reader.text.language, reader.zone) != usual,  # else one answer serves all
        button=None if stories or offset else nothing,
    )


async def _stories(
    words: str, store: Store, reader: Reader, topics: Topics, *, offset: int, now: datetime
) -> list[Story]:
    """A page of stories, and one more when there is a next page."""
    words = words.strip()
    slug = topics.find(words)
    if not words or slug is not None or words.casefold() in ALL:
        wanted = (slug,) if slug else ()
        return await store.stories.latest(topics=wanted, limit=PAGE + 1, offset=offset)
    names = [source.title for source in await store.sources.all()]
    query = parse_query(words, now=now, zone=reader.zone, topics=topics, sources=names)
    if query.empty:
        return []
    answer = await find(store, query, limit=PAGE + 1, offset=offset, quote=False)
    return [found.story for found in answer.found if found.story is not None]


def _result(reader: Reader, story: Story, *, now: datetime) -> InlineQueryResultArticle:
    """The headline to choose by; the message to send, with words that stay true tomorrow."""
    text = reader.text
    when = dates.age(text, story.last_at, now=now, zone=reader.zone)
    described, _ = origin(text, story.sources, when, sample=story.sample).render()
    message = post(story_text(reader, story, now=now, asked=False, more=False))
    said = edit_kwargs(message)
    return InlineQueryResultArticle(
        id=f"s{story.id}",
        title=headline(text, story.headline),
        description=described,
        input_message_content=InputTextMessageContent(
            message_text=said["text"],
            entities=said["entities"],
            parse_mode=None,
            link_preview_options=said["link_preview_options"],
        ),
    )
