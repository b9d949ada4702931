"""On the desk: another headline or summary, a withdrawal, and its return; each is confirmed."""

from collections.abc import Sequence
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.jobs.articles import correcting
from bot.telegram.buttons.callbacks_desk import Desk, Do
from bot.telegram.conversation.answers import redraw, redraw_at
from bot.telegram.conversation.asking import Answers, Question, ask
from bot.telegram.conversation.guards import Press
from bot.telegram.handlers.desk import ByEditor, drawn
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import rewording_screens as screens
from bot.telegram.screens import story_screens
from bot.telegram.screens.story_screens import Way
from bot.telegram.writing.posts import one_line
from bot.telegram.writing.texts import Text, Texts
from storage.models import Chat, Post, Story
from storage.ports import Store

QUESTIONS = {f"desk_{name}": do for do, name in screens.NAMES.items()}
CONFIRMED = {then: first for first, then in screens.SURE.items()}


def router() -> Router:
    """Stands before what takes an admin's text for news."""
    made = Router(name="rewording")
    typed = Answers(*QUESTIONS)
    made.message.register(answered, ByEditor(), ~F.forward_origin, typed)
    on = made.callback_query.register
    on(ask_words, Desk.filter(F.do.in_(tuple(screens.NAMES))), ByEditor())
    on(ask_reason, Desk.filter(F.do == Do.WITHDRAW), ByEditor())
    on(ask_return, Desk.filter(F.do == Do.RESTORE), ByEditor())
    on(confirmed, Desk.filter(F.do.in_(tuple(CONFIRMED))), ByEditor())
    return made


async def ask_words(
    query: CallbackQuery,
    callback_data: Desk,
    store: Store,
    chat: Chat,
    text: Text,
    now: datetime,
) -> None:
    at = callback_data
    story = await correcting.current(store, at.story)
    if story is None:
        await redraw(query, story_screens.gone(text, Way(at.back)))
        return
    question = Question(f"desk_{screens.NAMES[at.do]}", rest=f"{story.id} {at.back}")
    await ask(query, store, chat, question, screens.ask(text, story, at.do, at.back), now=now)


async def ask_reason(
    query: CallbackQuery,
    callback_data: Desk,
    store: Store,
    texts: Texts,
    text: Text,
    settings: Settings,
) -> None:
    """Ready reasons are in the bot's own language: readers are told them as they stand."""
    at, own = callback_data, texts.get(settings.default_language)
    ready = [own(f"desk-reason-{name}") for name in screens.REASONS]
    story = await correcting.current(store, at.story)
    if story is None:
        shown = story_screens.gone(text, Way(at.back))
    elif at.pick:
        said = ready[at.pick - 1 : at.pick]
        shown = await _sure(store, text, story, Do.WITHDRAW, said, at.back)
    else:
        shown = screens.reasons(text, ready, story, at.back)
    await redraw(query, shown)


async def ask_return(query: CallbackQuery, callback_data: Desk, store: Store, text: Text) -> None:
    at = callback_data
    story = await correcting.current(store, at.story)
    if story is None:
        await redraw(query, story_screens.gone(text, Way(at.back)))
    else:
        await redraw(query, await _sure(store, text, story, Do.RESTORE, (), at.back))


async def answered(
    message: Message, question: Question, store: Store, chat: Chat, text: Text, now: datetime
) -> None:
    """What was typed is shown where it was asked for, before anything is done."""
    do, said = QUESTIONS[question.name], message.text or ""
    number, _, back = question.rest.partition(" ")
    story = await correcting.current(store, int(number))
    lines = screens.sentences(said) if do is Do.SUMMARY else [one_line(said)]
    if story is None:
        await store.chats.ask(chat.id, "", now=now)
        shown = story_screens.gone(text, Way(back))
    elif correcting.in_words(said) is None:
        shown = screens.ask(text, story, do, back, text("desk-no-words"))
    elif refusal := screens.too_long(text, do, lines):
        shown = screens.ask(text, story, do, back, refusal)
    else:
        await store.chats.ask(chat.id, "", now=now)
        what = Do.WITHDRAW if do is Do.OTHER_REASON else do
        shown = await _sure(store, text, story, what, lines, back)
    await redraw_at(question.message_id, shown, answering=message)


async def confirmed(
    query: CallbackQuery,
    callback_data: Desk,
    store: Store,
    reader: Reader,
    press: Press,
    now: datetime,
) -> None:
    """Done if the story is still as it was shown; else it is shown anew. Twice is once."""
    at, text, done = callback_data, reader.text, ""
    do, said = CONFIRMED[at.do], screens.quoted(query.message)
    story = await correcting.current(store, at.story)
    if story is None:
        await redraw(query, story_screens.gone(text, Way(at.back)))
        return
    lost = not said and do is not Do.RESTORE
    if lost:  # too old a message, or the desk, where somebody pressed twice
        known = isinstance(query.message, Message)
        press.words, press.alert = "" if known else text("desk-again"), not known
    elif not _says(story, do, said) and screens.likeness(story) != at.pick:
        press.words, press.alert = text("desk-changed"), True
        await redraw(query, await _sure(store, text, story, do, said, at.back))
        return
    elif _says(story, do, said) or await _correct(store, story, do, said, now=now):
        done = text(f"desk-did-{do.name.lower()}")
    await redraw(query, await drawn(store, reader, story.id, at.back, now=now, said=done))


def _says(story: Story, do: Do, said: Sequence[str]) -> bool:
    """Whether the editors have it so already."""
    match do:
        case Do.HEADLINE:
            return story.reworded and story.headline == said[0]
        case Do.SUMMARY:
            return story.reworded and story.summary == tuple(said)
        case Do.WITHDRAW:
            told = story.amendment.reason if story.amendment else None
            return story.withdrawn and told == " ".join(said)
        case _:
            return not (story.withdrawn or story.reworded)


async def _correct(
    store: Store, story: Story, do: Do, said: Sequence[str], *, now: datetime
) -> bool:
    match do:
        case Do.HEADLINE:
            made = await correcting.retitle(store, story, said[0], now=now)
        case Do.SUMMARY:
            headline = story.headline
            made = await correcting.reword(
                store, story.id, headline=headline, summary=said, now=now
            )
        case Do.WITHDRAW:
            made = await correcting.withdraw(store, story.id, reason=" ".join(said), now=now)
        case _:
            made = await correcting.restore(store, story.id, now=now)
    return made is not None


async def _sure(
    store: Store, text: Text, story: Story, do: Do, said: Sequence[str], back: str
) -> Post:
    return screens.sure(text, story, do, said, await store.edits.holding(story.id), back)
