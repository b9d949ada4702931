"""Under an open story: less or more like this, asked and told in place; and why it is here."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery

from bot.jobs.answering.tasting import offered, why
from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.conversation.admins import CHANGES
from bot.telegram.conversation.answers import redraw
from bot.telegram.conversation.guards import Press
from bot.telegram.handlers.reading import card, way_of
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import story_screens, taste_screens
from bot.telegram.writing.texts import Text
from storage.models import Chat, Taste
from storage.ports import Store


def router() -> Router:
    made = Router(name="tastes")
    like = F.do.in_((cb.Act.MORE, cb.Act.LESS))
    made.callback_query.register(choose, cb.StoryAct.filter(like), flags=CHANGES)
    made.callback_query.register(explain, cb.StoryAct.filter(F.do == cb.Act.WHY))
    made.callback_query.register(say, cb.StoryTaste.filter(), flags=CHANGES)
    return made


async def choose(
    query: CallbackQuery, callback_data: cb.StoryAct, store: Store, text: Text, topics: Topics
) -> None:
    found = await offered(store, callback_data.story, topics, text.language)
    way = way_of(query, callback_data.back)
    if found is None:
        await redraw(query, story_screens.gone(text, way))
    else:
        await redraw(query, taste_screens.choose(text, *found, topics, callback_data.do, way))


async def say(
    query: CallbackQuery,
    callback_data: cb.StoryTaste,
    bot: Bot,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    press: Press,
    editor: bool,
    now: datetime,
) -> None:
    """Remember what was said of it, or that nothing was."""
    text, at = reader.text, callback_data
    found = await offered(store, at.story, topics, text.language)
    interests = {taste_screens.pick(one): one for one in (found[1] if found else ())}
    way = way_of(query, at.back)
    interest, verdict = interests.get(at.pick), taste_screens.VERDICTS.get(at.say)
    if interest is None:  # the story has changed since the button was drawn, or is gone
        press.words, press.alert = text("taste-gone"), True
    elif verdict is None:
        await store.chats.untaste(chat.id, interest)
        press.words = text("taste-undone")
    else:
        await store.chats.taste(chat.id, Taste(interest=interest, verdict=verdict))
        await redraw(query, taste_screens.understood(text, interest, verdict, topics, at, way))
        return
    person = query.from_user.id
    shown = await card(person, at.story, way, bot, store, reader, editor=editor, now=now)
    await redraw(query, shown)


async def explain(
    query: CallbackQuery,
    callback_data: cb.StoryAct,
    store: Store,
    chat: Chat,
    reader: Reader,
    topics: Topics,
    now: datetime,
) -> None:
    way, person = way_of(query, callback_data.back), query.from_user.id
    reasons = await why(store, chat, callback_data.story, topics, person=person)
    if reasons is None:
        await redraw(query, story_screens.gone(reader.text, way))
    else:
        await redraw(query, taste_screens.why(reader, reasons, topics, way, now=now))
