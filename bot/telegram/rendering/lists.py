"""Lists of news in answer to a person: /latest, topics, search results, answers."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import User
from aiogram.utils import formatting as f

from bot.jobs.answering.answer import Answer, Found, Relaxed
from bot.news.questions.query import snippet
from bot.news.questions.smalltalk import Talk
from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import Rows, button, numbers
from bot.telegram.buttons.sharing import share_buttons
from bot.telegram.rendering.stories import Reader, headline, origin, story_text
from bot.telegram.writing import dates
from bot.telegram.writing.posts import (
    UNWELCOME,
    linked,
    one_line,
    post,
    shorten,
    stack,
    visible,
)
from bot.telegram.writing.posts import page as draw
from bot.telegram.writing.texts import Text
from bot.telegram.writing.whendays import heading
from storage.models import Post, Query, Story

AT_A_GLANCE = 5  # on longer pages nothing unfolds
SNIPPET = 200
LABEL = 40
NO_ANSWER = (Relaxed.NEAR, Relaxed.TOPIC)
BULLET = "• "
LENS = "🔎 "  # what every answer begins with
QUOTE = 400


def latest(
    reader: Reader,
    stories: Sequence[Story],
    topics: Topics,
    page: cb.LatestPage,
    *,
    now: datetime,
) -> Post:
    """A page of the feed. `stories` holds one more than the page when there is a next one."""
    text, shown = reader.text, stories[: page.size]
    if not shown:
        return post(f.Text(_nothing(text, topics, page)), _turns(text, page, more=False))
    topic = topics.get(page.topic)
    title = f"{topic.emoji} {topic.titles[text.language]}" if topic else text("latest-title")
    more, first = page.size <= AT_A_GLANCE, page.offset + 1
    told = [story_text(reader, s, now=now, more=more) for s in shown]
    opening = [s.id for s in shown]
    return draw(
        f.Bold(title),
        [f.Text(f"{n}. ", block) for n, block in enumerate(told, first)],
        lambda fit: (
            *numbers(opening[:fit], page, first=first),
            *_turns(text, page, more=len(stories) > fit, shown=fit),
        ),
        preview_url=shown[0].url if len(shown) == 1 else None,
    )


def _nothing(text: Text, topics: Topics, page: cb.LatestPage) -> str:
    if page.offset:
        return text("latest-end")
    topic = topics.get(page.topic)
    if topic is None:
        return text("latest-empty")
    return text("latest-empty-topic", topic=topic.titles[text.language])


def _turns(text: Text, page: cb.LatestPage, *, more: bool, shown: int = 0) -> Rows:
    back = page.model_copy(update={"offset": max(0, page.offset - page.size)})
    on = page.model_copy(update={"offset": page.offset + shown})
    return arrows(text, back if page.offset else None, on if more else None)


def arrows(text: Text, back: CallbackData | None, on: CallbackData | None) -> Rows:
    ways = (("button-page-back", back), ("button-page-on", on))
    row = [button(text(key), to) for key, to in ways if to is not None]
    return (tuple(row),) if row else ()


def topic_list(text: Text, topics: Topics) -> Post:
    lines = [f"{t.emoji} /{t.slug} — {t.titles[text.language]}" for t in topics.all]
    return post(
        f.Text(f.Bold(text("topics-title")), "\n\n", "\n".join(lines), "\n\n", text("topics-hint"))
    )


def found(
    reader: Reader,
    query: Query,
    answer: Answer,
    page: cb.FoundPage,
    *,
    size: int,
    me: User,
    now: datetime,
) -> Post:
    """What a search or a question found, the matches in bold; kindly, when that is nothing.

    The first line holds the query whole: a press on an arrow reads it from there. What answers a
    question, or is all there is, can be handed on; `me` is the bot.
    """
    text = reader.text
    back = page.model_copy(update={"offset": max(0, page.offset - size)}) if page.offset else None
    head: f.Text = f.Bold(f"{LENS}{one_line(query.raw)}")
    if not answer.found:
        offered = [shorten(s, 100) for s in answer.suggestions[:2]]
        buttons = (*_offers(offered), *arrows(text, back, None))
        return post(stack(head, _not_found(text, offered)), buttons)
    if answer.how is not None:
        head = f.Text(head, "\n", f.Italic(text(f"search-without-{answer.how.value}")))

    shown, first = answer.found[:size], page.offset + 1
    asked, best = answer.query or query, shown[0].story
    leads = query.question and page.offset == 0 and answer.how not in NO_ANSWER
    share = share_buttons(text, best, me) if best and (leads or len(answer.found) == 1) else ()

    def keys(fit: int) -> Rows:
        on = page.model_copy(update={"offset": page.offset + fit})
        opening = numbers([one.article.story_id for one in shown[:fit]], page, first=first)
        return (*opening, share, *arrows(text, back, on if len(answer.found) > fit else None))

    return draw(
        head,
        [
            _found_text(reader, one, asked, number, now=now, first=leads and number == first)
            for number, one in enumerate(shown, first)
        ],
        keys,
        preview_url=answer.found[0].article.url if len(answer.found) == 1 else None,
    )


def query_in(shown: str) -> str:
    """The words that were searched for, from the first line of what `found` drew."""
    return shown.partition("\n")[0].partition(" ")[2]


def asked_in(shown: str) -> str:
    """The same of any message; '' when `found` did not draw it."""
    return query_in(shown) if shown.startswith(LENS) else ""


def not_understood(text: Text) -> Post:
    return post(f.Text(text("search-empty", example=text("search-example"))))


def talk(text: Text, kind: Talk) -> Post:
    """An answer to a greeting or thanks."""
    return post(f.Text(text(f"talk-{kind.value}", example=text("search-example"))))


def _found_text(
    reader: Reader, one: Found, query: Query, number: int, *, now: datetime, first: bool = False
) -> f.Text:
    """A story that was found; `first`: the answer, so that its sentence goes before its source."""
    article, text = one.article, reader.text
    when = dates.age(text, article.published_at, now=now, zone=reader.zone)
    title = f.Text(f"{number}. ", linked(headline(text, article.title), article.url))
    whence = origin(text, _told_by(one), when, sample=article.sample)
    if one.sentence and visible(one_line(one.sentence)):
        quote = f.Text(*_days(reader, one, now), f.BlockQuote(shorten(one.sentence, QUOTE)))
        said = [quote, "\n", title] if first else [title, "\n", quote]
        return f.Text(*said, "\n", whence)
    piece = snippet(article.text, query, width=SNIPPET, language=article.language)
    if not visible("".join(words for words, _ in piece)):
        return f.Text(title, "\n", whence)
    return f.Text(title, "\n", *_matched(piece), "\n", whence)


def _days(reader: Reader, one: Found, now: datetime) -> list[f.Text | str]:
    """Of a planned event, its days on a line of their own."""
    if one.plan is None:
        return []
    today = now.astimezone(ZoneInfo(reader.zone)).date()
    days = heading(reader.text, one.plan.since, one.plan.until, today=today)
    return [f.Text(f"📅 {days}"), "\n"]


def _told_by(one: Found) -> Sequence[str]:
    """The sources of the story, that of the article quoted and linked before the others."""
    told = one.story.sources if one.story else ()
    return tuple(dict.fromkeys((one.article.source, *told)))


def _matched(snippet: Sequence[tuple[str, bool]]) -> list[f.Text | str]:
    """The snippet's words on one line, those that matched in bold."""
    nodes: list[f.Text | str] = []
    for words, matched in snippet:
        flat = UNWELCOME.sub(" ", words)
        nodes.append(f.Bold(flat) if matched and visible(flat) else flat)
    return nodes


def _not_found(text: Text, offered: Sequence[str]) -> f.Text:
    said: list[f.Text | str] = [text("search-nothing")]
    if offered:
        said += ["\n\n", text("search-try")]
        said += [f"\n{BULLET}{words}" for words in offered]
    return f.Text(*said)


def _offers(offered: Sequence[str]) -> Rows:
    """A button for each suggestion; a press reads its words from the message."""
    return tuple(
        (button(f"🔎 {shorten(words, LABEL)}", cb.Suggested(number=number)),)
        for number, words in enumerate(offered)
    )


def suggestion_in(shown: str, number: int) -> str:
    """The words of that suggestion, from what `found` drew; '' when there is none."""
    lines = [line.removeprefix(BULLET) for line in shown.split("\n") if line.startswith(BULLET)]
    return lines[number] if 0 <= number < len(lines) else ""
