"""Inline mode, `@bot рейсы` in any chat: the newest, a topic's, what the words find, one story.

What somebody follows is found as soon as its beginning is typed: «бел» for «БелАЗ».
"""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.types import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
)

from bot.config import Settings
from bot.jobs.answering.answer import answer as find
from bot.news.digests.interests import queries
from bot.news.questions.query import parse_query
from bot.news.topics.scores import Topics
from bot.telegram.buttons.sharing import asked_id, deep_link, shared_story
from bot.telegram.rendering.stories import Reader, headline, origin, story_text
from bot.telegram.subscriptions.wishes import ALL
from bot.telegram.writing import dates
from bot.telegram.writing.posts import link, markup
from storage.models import Button, Chat, Query, Story
from storage.ports import Store

FIRST = 10  # a phone shows six, and a person waits
PAGE = 50  # then as many as Telegram takes
FARTHEST = 450  # a search ranks no more than the newest 500
LONGEST = 256  # characters that Telegram lets people type
BEGINNING = 3  # characters by which something followed is known
CACHE_S = 60
CACHE_STORY_S = 300  # of one story, asked for by its button


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
    bot: Bot,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    settings: Settings,
    now: datetime,
) -> None:
    words = query.query[:LONGEST].strip()
    offset = int(query.offset) if query.offset.isascii() and query.offset.isdigit() else 0
    offset = min(offset, FARTHEST)
    size = PAGE if offset else FIRST
    limit = size + 1
    stories = followed = await _followed(words, store, chat, offset=offset, limit=limit)
    if not followed:
        stories = await _stories(words, store, reader, topics, offset=offset, limit=limit, now=now)
    more = len(stories) > size and offset + size <= FARTHEST
    nothing = InlineQueryResultsButton(text=reader.text("inline-nothing"), start_parameter="inline")
    usual = (settings.default_language, settings.timezone)
    name = (await bot.me()).username or ""
    await query.answer(
        [_result(reader, story, name, now=now) for story in stories[:size]],
        next_offset=str(offset + size) if more else "",
        cache_time=CACHE_S if asked_id(words) is None else CACHE_STORY_S,
        # Else one answer serves all.
        is_personal=bool(followed) or (reader.text.language, reader.zone) != usual,
        button=None if stories or offset else nothing,
    )


async def _stories(
    words: str,
    store: Store,
    reader: Reader,
    topics: Topics,
    *,
    offset: int,
    limit: int,
    now: datetime,
) -> list[Story]:
    if (story_id := asked_id(words)) is not None:
        story = None if offset else await shared_story(store, story_id)
        return [story] if story else []
    slug = topics.find(words)
    if not words or slug is not None or words.casefold() in ALL:
        wanted = (slug,) if slug else ()
        return await store.stories.latest(topics=wanted, limit=limit, offset=offset)
    names = await store.sources.titles()
    query = parse_query(words, now=now, zone=reader.zone, topics=topics, sources=names)
    return await _found(store, query, offset=offset, limit=limit)


async def _followed(
    words: str, store: Store, chat: Chat, *, offset: int, limit: int
) -> list[Story]:
    """Stories of what the person follows and begins so."""
    if len(words) < BEGINNING:
        return []
    known = [one for s in await store.subscriptions.of_chat(chat.id) for one in s.follows]
    begun = (one for one in known if one.label.casefold().startswith(words.casefold()))
    for query in (query for interest in begun for query in queries(interest)):
        if stories := await _found(store, query, offset=offset, limit=limit):
            return stories
    return []


async def _found(store: Store, query: Query, *, offset: int, limit: int) -> list[Story]:
    answer = await find(store, query, limit=limit, offset=offset, quote=False)
    return [found.story for found in answer.found if found.story is not None]


def _result(reader: Reader, story: Story, name: str, *, now: datetime) -> InlineQueryResultArticle:
    """The headline to choose by; the message to send, with words that stay true tomorrow.

    `name`: the bot's username, for the way back to the story.
    """
    text = reader.text
    when = dates.age(text, story.last_at, now=now, zone=reader.zone)
    described, _ = origin(text, story.sources, when, sample=story.sample).render()
    words, entities = story_text(reader, story, now=now, asked=False, more=False).render()
    read_on = Button(text=text("button-read-on"), url=deep_link(name, story.id))
    page = link(story.url)
    return InlineQueryResultArticle(
        id=f"s{story.id}",
        title=headline(text, story.headline),
        description=described,
        thumbnail_url=_thumbnail(story),
        reply_markup=markup(((read_on,),)),
        input_message_content=InputTextMessageContent(
            message_text=words,
            entities=entities,
            parse_mode=None,
            link_preview_options=LinkPreviewOptions(is_disabled=page is None, url=page),
        ),
    )


def _thumbnail(story: Story) -> str | None:
    """The picture's address, if Telegram's apps would show it."""
    address = link(story.image_url)
    return address if address and address.startswith("https://") else None
