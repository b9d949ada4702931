"""Why a story is shown, and what of it to read less or more of: screens in place of the story."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from aiogram.utils import formatting as f

from bot.jobs.answering.tasting import Reasons
from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import Row, button, rows
from bot.telegram.rendering.stories import Reader, headline
from bot.telegram.screens.story_screens import BULLET, Way
from bot.telegram.writing import dates
from bot.telegram.writing.posts import post, shorten, stack, visible
from bot.telegram.writing.texts import Text
from storage.models import Interest, InterestKind, Post, Story, Verdict

LABEL, TITLE = 30, 120  # UTF-16 units
WORDS = 4  # of a text, shown

SAYS = {Verdict.MORE: cb.Say.MORE, Verdict.LESS: cb.Say.LESS, Verdict.MUTE: cb.Say.MUTE}
VERDICTS = {say: verdict for verdict, say in SAYS.items()}
ASKS = {cb.Act.MORE: (Verdict.MORE, "taste-which-more"),
        cb.Act.LESS: (Verdict.LESS, "taste-which-less")}  # fmt: skip


def pick(interest: Interest) -> int:
    """Three digits that tell an interest from the others about one story."""
    said = hashlib.sha256(f"{interest.kind} {interest.value}".encode("utf-8", "replace"))
    return int.from_bytes(said.digest()[:4]) % 1000


def choose(
    text: Text, story: Story, interests: Sequence[Interest], topics: Topics, do: cb.Act, way: Way
) -> Post:
    """What of the story is meant?"""
    verdict, question = ASKS[do]
    each = [
        button(
            named(text, one, topics),
            cb.StoryTaste(say=SAYS[verdict], pick=pick(one), story=story.id, back=way.back),
        )
        for one in interests
    ]
    title = shorten(headline(text, story.headline), TITLE)
    body = stack(way.crumb, f.Bold(text(question)), f.Italic(title))
    return post(body, (*rows(each, 2), _to_story(text, story.id, way)))


def understood(
    text: Text, interest: Interest, verdict: Verdict, topics: Topics, at: cb.StoryTaste, way: Way
) -> Post:
    """What was understood, and how to take it back."""
    what = named(text, interest, topics)
    body = stack(way.crumb, text(f"taste-{verdict.value}", what=what), text("taste-undo-hint"))

    def say(label: str, what: cb.Say) -> Row:
        return (button(text(label), at.model_copy(update={"say": what})),)

    never = (say("button-never", cb.Say.MUTE),) if verdict is Verdict.LESS else ()
    undo = say("button-undo", cb.Say.UNDO)
    return post(body, (*never, undo, _to_story(text, at.story, way)))


def named(text: Text, interest: Interest, topics: Topics) -> str:
    """«✈️ Авиарейсы», «📰 Томский вестник», «Минск», a word in quotes."""
    label = _label(text, interest.label)
    match interest.kind:
        case InterestKind.TOPIC if topic := topics.get(interest.value):
            return f"{topic.emoji} {topic.titles[text.language]}"
        case InterestKind.SOURCE:
            return f"📰 {label}"
        case InterestKind.WORD:
            return text("quoted", words=label)
    return label


def why(reader: Reader, reasons: Reasons, topics: Topics, way: Way, *, now: datetime) -> Post:
    """In plain words, what speaks for the story most first."""
    text, story = reader.text, reasons.opened.story
    said = [*_wanted(text, reasons, topics), *_told(reader, reasons, topics, now=now)]
    less = cb.StoryAct(do=cb.Act.LESS, story=story.id, back=way.back)
    more = cb.StoryAct(do=cb.Act.MORE, story=story.id, back=way.back)
    likes = (button(text("button-more-like"), more), button(text("button-less-like"), less))
    title = shorten(headline(text, story.headline), TITLE)
    lines = [f"{BULLET}{one}" for one in said]
    body = stack(way.crumb, f.Bold(text("why-title")), f.Italic(title), f.as_list(*lines, sep="\n"))
    return post(body, (likes, _to_story(text, story.id, way)))


def _wanted(text: Text, reasons: Reasons, topics: Topics) -> list[str]:
    """What the chat asked for, and what of the text that is."""
    said = [text("why-follows", what=named(text, one, topics)) for one in reasons.follows]
    topic = topics.get(reasons.topic or "")
    if topic is not None:
        what = f"{topic.emoji} {topic.titles[text.language]}"
        said.append(text("why-topic-asked" if reasons.asked else "why-topic", what=what))
        if words := [text("quoted", words=_label(text, word)) for word in reasons.words[:WORDS]]:
            said[-1] += " " + text("why-words", words=", ".join(words))
    if reasons.everything:
        said.append(text("why-everything"))
    return said + [
        text(f"why-{taste.verdict.value}", what=named(text, taste.interest, topics))
        for taste in reasons.tastes
    ]


def _told(reader: Reader, reasons: Reasons, topics: Topics, *, now: datetime) -> list[str]:
    """How much is written about it, and why it is one story."""
    text, story, chapters = reader.text, reasons.opened.story, reasons.opened.chapters
    said = []
    if len(story.sources) > 1:
        said.append(text("why-sources", n=len(story.sources)))
        if reasons.shared:
            said[-1] += " " + text(
                "why-shared", names=", ".join(_label(text, name) for name in reasons.shared)
            )
    if len(chapters) > 1 and chapters[0].id != story.id:
        since = dates.stamp(text, chapters[0].first_at, now=now, zone=reader.zone)
        said.append(text("why-chapter", since=since))
    when = dates.age(text, story.last_at, now=now, zone=reader.zone)
    said.append(text("why-new", when=when))
    return said


def _label(text: Text, words: str) -> str:
    """Words that fit a button and can be seen there."""
    short = shorten(words, LABEL)
    return short if visible(short) else text("no-title")


def _to_story(text: Text, story: int, way: Way) -> Row:
    return (button(text("button-to-story"), cb.StoryOpen(story=story, back=way.back)),)
