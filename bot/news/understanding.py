"""All that is known of a text, from the text alone: the steps of bot.news, one after another.

`understand` is what the worker processes run: it takes and gives plain values, and raises on no
text whatever.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.news.facts import figures
from bot.news.names import entities
from bot.news.names.lettercase import set_as_sentence
from bot.news.stories import fingerprint
from bot.news.stories import index as stories
from bot.news.summaries import summary
from bot.news.text import reading, unread
from bot.news.text.clean import Cleaned, clean, one_line, shorten
from bot.news.text.splitting import sentences
from bot.news.topics import notnews
from bot.news.topics import scores as topics
from bot.news.topics.topicfile import OTHER
from bot.news.words import language
from storage.models import NOT_NEWS, Entity, EntityKind, Fact, TopicScore, Understanding

LONGEST_AUTHOR = 120  # characters
NO_TOPIC = (TopicScore(slug=OTHER, score=1.0),)
MINSK = "Europe/Minsk"
TELLS = 100  # characters from which on a text tells its language, whatever its source says
READ = 50_000  # characters that are read for facts
OURS = ("ru", "be", "uk", "en")

_ADDRESS = re.compile(r"\w+://\S+")
_PARTS = re.compile(r"\s[—–-]+\s|[,.(/]")


@dataclass(frozen=True, slots=True)
class Raw:
    """A text as its source gave it: plain, but with the page's furniture.

    Or one that is stored: `cleaned` before, with the topics it was found to have.
    """

    title: str
    text: str
    headings: tuple[str, ...] = ()
    author: str | None = None  # what the feed or the page says; a credit in the text goes before
    language: str | None = None  # what the source says; the text itself goes before
    published_at: datetime | None = None  # None: days that it names are not known
    zone: str = "UTC"  # IANA; in which its days begin
    cleaned: Cleaned | None = None
    topics: tuple[TopicScore, ...] = ()


class _Text(NamedTuple):
    """A text that was cleaned, and its language, if it is one of ours."""

    raw: Raw
    own: Cleaned
    whole: str
    tongue: str | None


def understand(batch: Sequence[Raw], topics_toml: str) -> list[Understanding]:
    """Understand each text of the batch by these topics. Raises TopicsError alone."""
    known = _compiled(topics_toml)
    texts = [_text(raw) for raw in batch]
    read = iter(_read([one for one in texts if one.tongue], known))
    return [next(read) if one.tongue else _unread(one.own, one.raw) for one in texts]


def _text(raw: Raw) -> _Text:
    own = raw.cleaned or clean(raw.title, raw.text, raw.headings)
    whole = f"{own.title}\n{own.text}"
    tongue = _tongue(whole, raw.language)
    title = set_as_sentence(own.title, own.text, tongue) if tongue else own.title
    if title != own.title:
        own = replace(own, title=title)
        whole = f"{own.title}\n{own.text}"
    return _Text(raw, own, whole, tongue)


def _read(texts: Sequence[_Text], known: topics.Topics) -> list[Understanding]:
    """A step of all texts, then the next: so its code and tables stay near the processor."""
    titles = [list(reading.sentence_lemmas(one.own.title, one.tongue)) for one in texts]
    lemmas = [reading.text_lemmas(one.own.text, one.tongue) for one in texts]
    facts = [_facts(one) for one in texts]
    named = [entities.find(one.whole, one.tongue) for one in texts]
    told = [_summary(one, found) for one, found in zip(texts, named, strict=True)]
    marked = [_marks(one, found) for one, found in zip(texts, named, strict=True)]
    scored = [
        _topics(one.raw, known, title, text)
        for one, title, text in zip(texts, titles, lemmas, strict=True)
    ]
    prints = [fingerprint.minhash(text) for text in lemmas]
    return [
        Understanding(
            title=one.own.title,
            text=one.own.text,
            headings=one.own.headings,
            author=_author(one.own, one.raw),
            photo_credit=one.own.photo_credit,
            dateline=one.own.dateline,
            language=one.tongue,
            topics=scored[at],
            entities=named[at],
            entity_keys=tuple(map(entities.key, named[at])),
            facts=facts[at],
            summary=told[at],
            index_title=" ".join(titles[at]),
            index_text=" ".join(lemmas[at]),
            terms=stories.terms(titles[at], lemmas[at]),
            marks=marked[at],
            fingerprint=prints[at],
        )
        for at, one in enumerate(texts)
    ]


def _summary(one: _Text, found: Sequence[Entity]) -> tuple[str, ...]:
    return summary.summarise(
        one.own.title,
        one.own.text,
        headings=one.own.headings,
        persons=[entity.name for entity in found if entity.kind is EntityKind.PERSON],
        language=one.tongue,
    )


def _marks(one: _Text, found: Sequence[Entity]) -> frozenset[str]:
    keys = [Entity(kind=entity.kind, name=entities.key(entity)) for entity in found]
    placed = f"{_where(one.own.dateline)}{one.own.text}"
    return stories.marks(one.own.title, placed, keys, one.tongue)


def _unread(own: Cleaned, raw: Raw) -> Understanding:
    """What can be said of a text in none of our languages; that it is no news, its signs may."""
    title_words, text_words = unread.words(own.title), unread.words(own.text)
    copy = unread.copy_mark(own.text or own.title)
    also, _ = _not_news(raw, frozenset([*title_words, *text_words]))
    return Understanding(
        title=own.title,
        text=own.text,
        headings=own.headings,
        author=_author(own, raw),
        photo_credit=own.photo_credit,
        dateline=own.dateline,
        topics=(*NO_TOPIC, *also),
        summary=unread.opening(own.text),
        index_title=" ".join(title_words),
        index_text=" ".join(text_words),
        marks=frozenset([copy]),
        fingerprint=fingerprint.minhash(text_words or [copy]),
    )


def _tongue(whole: str, said: str | None) -> str | None:
    """The text's own language; of a short one that tells none, the source's."""
    if "://" in whole:  # an address is in no language
        whole = _ADDRESS.sub(" ", whole)
    return language.detect(whole) or (_said(said) if len(whole) < TELLS else None)


def _topics(
    raw: Raw, known: topics.Topics, title_lemmas: list[str], text_lemmas: list[str]
) -> tuple[TopicScore, ...]:
    """Its topics of those known, then `not_news` if it is none."""
    also, bare = _not_news(raw, frozenset([*title_lemmas, *text_lemmas]))
    if bare:
        return (*NO_TOPIC, *also)
    return (*topics.score(known, title_lemmas=title_lemmas, text_lemmas=text_lemmas), *also)


def _not_news(raw: Raw, lemmas: frozenset[str]) -> tuple[tuple[TopicScore, ...], bool]:
    """`not_news`, if it is none, and whether it has no other topic.

    Of a stored text the label «Реклама» is gone as furniture: what was found of it then stands.
    """
    if junk := notnews.judge(raw.title, raw.text, lemmas):
        return (TopicScore(slug=NOT_NEWS, score=junk.score),), junk.bare
    stood = tuple(one for one in raw.topics if one.slug == NOT_NEWS)
    return stood, bool(stood) and all(one.slug in (NOT_NEWS, OTHER) for one in raw.topics)


def _facts(one: _Text) -> tuple[Fact, ...]:
    raw = one.raw
    local = raw.published_at and raw.published_at.astimezone(ZoneInfo(raw.zone))
    country = "by" if one.tongue == "be" or raw.zone == MINSK else "ru"
    return figures.find(sentences(one.own.text[:READ]), published=local, country=country)


def _author(own: Cleaned, raw: Raw) -> str | None:
    return shorten(own.author or one_line(raw.author or ""), LONGEST_AUTHOR) or None


def _where(dateline: str | None) -> str:
    """The dateline's town, in capitals as names are: it is where the event was."""
    parts = [part.strip() for part in _PARTS.split(dateline or "")]
    town = next((part for part in parts if part and not any(map(str.isdigit, part))), "")
    return f"{town.upper()}. " if town else ""


def _said(tongue: str | None) -> str | None:
    """`be-BY` is be; a language that is none of ours is None."""
    short = (tongue or "").strip().lower()[:2]
    return short if short in OURS else None


@lru_cache(maxsize=4)
def _compiled(toml: str) -> topics.Topics:
    return topics.parse_topics(toml, name="topics.toml")
