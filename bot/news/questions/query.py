"""Understanding a question: words, topics, sources, times, quotes and minus.

Whatever somebody types is a question; what we do not understand is words to look for.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.news.questions.alike import alike
from bot.news.questions.naming import take_names
from bot.news.questions.relaxing import is_kept
from bot.news.questions.smalltalk import small_talk, without_opening
from bot.news.questions.snippets import snippet as snippet
from bot.news.questions.wishes import wishes
from bot.news.text.unread import UNPARTED
from bot.news.times.coming import find_coming
from bot.news.times.periods import find_period
from bot.news.topics.scores import Topics
from bot.news.topics.topicfile import Topic
from bot.news.words.cues import (
    ASKS,
    AUXILIARY,
    CUE,
    CUED,
    EVENTS,
    FILLER,
    FROM,
    INTERROGATIVE,
    NEWEST,
    PLANNED,
)
from bot.news.words.language import detect
from bot.news.words.morphology import Token, is_known, is_stop, lemmas, tokens
from bot.news.words.morphology import words as folded
from bot.news.words.spelling import mended
from storage.models import Ahead, Query

LONGEST = 1000  # characters of a question that are read
MOST_TERMS = 16

_QUOTED = re.compile(r"(?P<minus>(?<!\S)-)?(?:«([^«»]*)»|\"([^\"]*)\"|“([^“”]*)”|„([^„“”]*)[“”])")
_MINUS = re.compile(r"(?<!\S)-(?P<word>[^\W_][\w’'-]*)")
_EXCEPT = re.compile(r"(?<!\w)(?:кроме|апрача|except)\s+(?P<word>[^\W_][\w’'-]*)", re.I)

_SHORTENED = re.compile(r"(?<=[a-z])['’](?:s|re|ll|ve|d|m)(?!\w)", re.I)  # "what's"


def parse_query(
    text: str, *, now: datetime, zone: str, topics: Topics, sources: Sequence[str]
) -> Query:
    """What is asked for. `zone` is the reader's, `sources` the titles that may be named."""
    text = mended(text)
    plain = " ".join(text[:LONGEST].replace("\0", " ").split())
    if small_talk(plain):
        return Query(raw=text)
    unnamed, names = take_names(plain)
    asked = _Asked(without_opening(unnamed))
    phrases, quoted_sources = asked.take_quotes(sources)
    phrases += asked.take_unparted()
    ahead = asked.take_ahead(now, zone)
    since, until = (None, None) if ahead else asked.take_period(now, zone)
    excluded = asked.take_excluded()
    named = asked.take_sources(sources)
    slugs = asked.take_topics(topics)
    ahead = ahead or asked.take_plans(now, zone)
    words, also = asked.take_words(any_event=ahead is not None or since is not None)
    named_any = named or quoted_sources or names
    some = words or phrases or slugs or named_any or since or ahead
    if not some and FILLER.search(text):
        since = now - timedelta(days=1)  # «что нового?»
    return Query(
        raw=text,
        terms=tuple(words)[:MOST_TERMS],
        phrases=tuple(phrases)[:MOST_TERMS],
        excluded=tuple(excluded)[:MOST_TERMS],
        topics=slugs,
        sources=tuple(dict.fromkeys((*quoted_sources, *named))),
        names=names,
        since=since,
        until=until,
        ahead=ahead,
        newest=bool(NEWEST.search(plain)),
        question="?" in text or bool(ASKS.match(text)) or bool(wishes(text)),
        language="en" if detect(plain) == "en" else asked.language,
        also=also,
    )


class _Asked:
    """The text of a question, from which what was understood is taken away, part by part."""

    def __init__(self, text: str) -> None:
        self.whole = text
        self.rest = _SHORTENED.sub(lambda match: " " * len(match[0]), text)
        self.language = _language(text)
        self._unsaid: list[str] = []
        self._single: list[str] = []

    def tokens(self) -> list[Token]:
        """The words that are left."""
        return tokens(self.rest, self.language)

    def blank(self, start: int, stop: int) -> None:
        """Take text away; positions stay."""
        self.rest = self.rest[:start] + " " * (stop - start) + self.rest[stop:]

    def take(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        matches = list(pattern.finditer(self.rest))
        for match in matches:
            self.blank(*match.span())
        return iter(matches)

    def take_quotes(self, sources: Sequence[str]) -> tuple[list[tuple[str, ...]], list[str]]:
        """The phrases in quotes, and the sources that are named so; a minus excludes words."""
        phrases: list[tuple[str, ...]] = []
        named: list[str] = []
        for match in self.take(_QUOTED):
            inside = next((part for part in match.groups()[1:] if part), "")
            words = tuple(lemmas(inside, self.language))
            title = next((s for s in sources if words and _key(s) == words), None)
            if match["minus"]:
                self._unsaid += [word for word in words if not is_stop(word)]
            elif title:
                named.append(title)
            elif len(words) == 1:
                self._single.append(words[0])
            elif words:
                phrases.append(words)
        return phrases, named

    def take_unparted(self) -> list[tuple[str, ...]]:
        """Words of writing without spaces, as the index has them: letter by letter."""
        return [tuple(match[0]) for match in self.take(UNPARTED)]

    def take_period(self, now: datetime, zone: str) -> tuple[datetime | None, datetime | None]:
        """The first time that is named bounds the search; what else is said stays words."""
        period = find_period(self.rest, now=now, zone=zone)
        if period is None:
            return None, None
        self.blank(period.start, period.stop)
        return period.since, period.until

    def take_ahead(self, now: datetime, zone: str) -> Ahead | None:
        """Days to come that are named, where what will be is asked for."""
        found = find_coming(self.rest, now=now, zone=zone)
        if found is None:
            return None
        said = lemmas(self.rest[found.start : found.stop], self.language) if found.named else ()
        self.blank(found.start, found.stop)
        words = tuple(word for word in said if not is_stop(word))
        return Ahead(since=found.since, until=found.until, words=words)

    def take_plans(self, now: datetime, zone: str) -> Ahead | None:
        """«Что ожидается в Гомеле?»: all that is planned, where nothing but a place is named."""
        if not PLANNED.search(self.rest):
            return None
        left = EVENTS.sub(" ", INTERROGATIVE.sub(" ", self.rest))
        if all(is_stop(t.lemma) or is_kept(t.lemma) for t in tokens(left, self.language)):
            return Ahead(since=now.astimezone(ZoneInfo(zone)).date(), until=None)
        return None

    def take_excluded(self) -> list[str]:
        """The lemmas behind a minus or «кроме»."""
        words = [m["word"] for pattern in (_MINUS, _EXCEPT) for m in self.take(pattern)]
        found = [one for word in words for one in lemmas(word, self.language)]
        return list(dict.fromkeys(found + self._unsaid))

    def take_sources(self, sources: Sequence[str]) -> list[str]:
        """The titles that are named: of several words anywhere, of one after «из» or alone."""
        found: list[str] = []
        for title in sorted(sources, key=len, reverse=True):
            key = _key(title)
            words = self.tokens()
            for at in range(len(words) - len(key) + 1 if key else 0):
                run = words[at : at + len(key)]
                if tuple(t.lemma for t in run) != key:
                    continue
                cue = FROM.search(self.rest[: run[0].start])
                if len(key) > 1 or cue or self._alone(run):
                    self.blank(cue.start() if cue else run[0].start, run[-1].stop)
                    found.append(title)
                    break
        return found

    def take_topics(self, topics: Topics) -> tuple[str, ...]:
        """Topics: right behind «новости» by any name; by title anywhere after it, or when alone."""
        found: list[str] = []
        while (run := self._topic(topics)) is not None:
            slug, words = run
            found.append(slug)
            self.blank(words[0].start, words[-1].stop)
        return tuple(dict.fromkeys(found))

    def take_words(self, *, any_event: bool) -> tuple[list[str], dict[str, tuple[str, ...]]]:
        """What is left: words to look for, without those that only ask; and others for them."""
        for only_asks in (FILLER, INTERROGATIVE, *((EVENTS,) if any_event else ())):
            self.take(only_asks)
        left = [t for t in self.tokens() if not is_stop(t.lemma) and t.lemma not in AUXILIARY]
        others = {t.lemma: alike(self.rest[t.start : t.stop], t.lemma, self.language) for t in left}
        words = list(dict.fromkeys([*self._single, *(t.lemma for t in left)]))
        return words, {term: found for term, found in others.items() if found}

    def _topic(self, topics: Topics) -> tuple[str, list[Token]] | None:
        words = self.tokens()
        cued = bool(CUED.search(self.whole))
        for size in (3, 2, 1):
            for at in range(len(words) - size + 1):
                run = words[at : at + size]
                slug = topics.find(self.rest[run[0].start : run[-1].stop])
                if slug is None:
                    continue
                behind = CUE.search(self.rest[: run[0].start])
                topic = topics.get(slug)
                names = _telling_names(topic) if topic else ()
                lemma = " ".join(t.lemma for t in run)
                title = lemma == slug or any(lemma == " ".join(_key(name)) for name in names)
                if behind or (title and (cued or self._alone(run))):
                    return slug, run
        return None

    def _alone(self, run: Sequence[Token]) -> bool:
        """Whether nothing that means anything is left beside these words."""
        left = self.rest[: run[0].start] + " " + self.rest[run[-1].stop :]
        return all(is_stop(t.lemma) for t in tokens(FILLER.sub(" ", left), self.language))


def _telling_names(topic: Topic) -> list[str]:
    """Its titles, and of its other names those of several words: «прогноз погоды», not «мороз»."""
    return [*topic.titles.values(), *(name for name in topic.aliases if " " in name)]


def _language(text: str) -> str:
    """Belarusian, if it looks so and has a word that Russian has not; a word or two tell little."""
    western = detect(text) in ("be", "uk")
    return "be" if western and not all(is_known(word) for word in folded(text)) else "ru"


def _key(title: str) -> tuple[str, ...]:
    return tuple(lemmas(title))
