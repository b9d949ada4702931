"""Tasting: what of a story may be read less or more of, and why a story is shown to somebody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.jobs.answering.opening import ACCOUNTS, Opened, open_story
from bot.news.digests import likes
from bot.news.digests.besides import names
from bot.news.digests.digest import heading_topic
from bot.news.digests.interests import queries
from bot.news.names.entities import key
from bot.news.topics.scores import Topics, words_for
from storage.models import Chat, Decision, Entity, Interest, InterestKind, Story, Taste
from storage.ports import Store

MOST_NAMES = 20
MOST_INTERESTS = 20  # of each sort that are looked at
SHARED = 3  # names told of those that articles have in common
TELLING = 1.0  # what a name in common must have counted
A_DAY = timedelta(days=1)


async def offered(
    store: Store, story_id: int, topics: Topics, language: str
) -> tuple[Story, list[Interest]] | None:
    """What there is to like or not about the story; None if it is no more."""
    story = await store.stories.get(story_id)
    if story is None:
        return None
    articles = await store.stories.articles(story.id, limit=ACCOUNTS)
    candidates = likes.telling(articles[0])
    counts = await store.articles.having(candidates)
    found = [
        *likes.of_topics(story.topics, topics, language),
        *likes.of_names(articles),
        *likes.of_words(candidates, counts),
        *likes.of_sources(articles),
    ]
    return story, found


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why a chat is shown a story."""

    opened: Opened
    topic: str | None  # a slug: of those the chat asked for, else the story's surest
    asked: bool  # the chat asked for that topic
    everything: bool  # the chat takes whatever comes
    words: tuple[str, ...]  # of the text that put the topic there
    follows: tuple[Interest, ...]  # what the chat follows that the story is about
    tastes: tuple[Taste, ...]  # what the chat said of what the story is about
    shared: tuple[str, ...]  # names by which its articles were found to be one story


async def why(
    store: Store, chat: Chat, story_id: int, topics: Topics, *, person: int
) -> Reasons | None:
    """None if the story is no more."""
    opened = await open_story(store, story_id, person=person)
    if opened is None:
        return None
    story, lead = opened.story, opened.articles[0]
    subscriptions = await store.subscriptions.of_chat(chat.id)
    asked = {slug for one in subscriptions for slug in one.topics}
    followed = list(dict.fromkeys(interest for one in subscriptions for interest in one.follows))
    told = chat.tastes[-MOST_INTERESTS:]
    slug = heading_topic(story, sorted(asked))
    decisions = await store.corrections.decisions(story.id)
    return Reasons(
        opened=opened,
        topic=None if slug == likes.OTHER else slug,
        asked=slug in asked,
        everything=not (asked or followed),
        words=words_for(topics, slug, lead.title, lead.text),
        follows=tuple(
            [one for one in followed[:MOST_INTERESTS] if await _about(store, opened, one)]
        ),
        tastes=tuple([one for one in told if await _about(store, opened, one.interest)]),
        shared=_shared(decisions.values(), names(opened.articles, most=MOST_NAMES)),
    )


async def _about(store: Store, opened: Opened, interest: Interest) -> bool:
    """Whether the interest matches the story."""
    match interest.kind:
        case InterestKind.TOPIC:
            return interest.value in {one.slug for one in opened.story.topics}
        case InterestKind.SOURCE:
            return interest.value in {str(one.source_id) for one in opened.articles}
    since = opened.story.first_at - A_DAY
    [found] = await store.stories.matching([queries(interest)], since=since)
    return opened.story.id in found


def _shared(decisions: Iterable[Decision], named: Sequence[Entity]) -> tuple[str, ...]:
    """The names that made several articles one story, as a text spells them."""
    agreed = {
        what
        for one in decisions
        if one.through is not None
        for kind, what, weight in one.through.agreed
        if kind == "name" and weight >= TELLING
    }
    return tuple([one.name for one in named if agreed & set(key(one).split())])[:SHARED]
