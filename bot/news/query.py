"""Understanding a question: words, topics, sources, times, quotes and minus.

Whatever somebody types is a question; what we do not understand is words to look for.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.news.alike import alike
from bot.news.language import detect
from bot.news.morphology import Token, is_known, is_stop, lemmas, tokens
from bot.news.morphology import words as folded
from bot.news.naming import take_names
from bot.news.periods import find_period
from bot.news.smalltalk import small_talk, without_opening
from bot.news.snippets import snippet as snippet
from bot.news.topics import Topics
from bot.news.unread import UNPARTED
from bot.news.wishes import wishes
from storage.models import Query

LONGEST = 1000  # characters of a question that are read
MOST_TERMS = 16

_QUOTED = re.compile(r"(?P<minus>(?<!\S)-)?(?:«([^«»]*)»|\"([^\"]*)\"|“([^“”]*)”|„([^„“”]*)[“”])")
_MINUS = re.compile(r"(?<!\S)-(?P<word>[^\W_][\w’'-]*)")
_EXCEPT = re.compile(r"(?<!\w)(?:кроме|апрача|except)\s+(?P<word>[^\W_][\w’'-]*)", re.I)
_ASKING = (
    "что|чего|во сколько|поч[её]м|где|когда|кто|кого|кому|как|какой|какая|какие|какую|какое|"
    "сколько|до скольки|насколько|почему|зачем|откуда|какого числа|в каком году|в котором часу|"
    "куда|чем|што|дзе|калі|хто|як|якая|якой|якія|колькі|чаму|"
    "what|where|when|who|why|how many|how much|how|which"
)
_ASKS = re.compile(rf"\W*(?:[аиіну]{{1,2}} )?(?:{_ASKING})(?!\w)", re.I)
# Belarusian words that Russian has among its stop words: будзе, ёсць, можна.
_AUXILIARY = frozenset(["буд", "будз", "будзе", "есц", "можн", "трэб"])
_INTERROGATIVE = re.compile(rf"(?<!\w)(?:{_ASKING})(?!\w)", re.I)
_FILLER = re.compile(
    r"(?<!\w)(?:(?:сам\w+ )?(?:последн|свеж|главн|апошн)\w+(?= (?:новост|навін|извест|событ))|"
    r"новост\w*|навін\w*|известия|news|headlines|что нового|чего нового|што новага|что случилось|"
    r"что произошло|что происходит|что слышно|што здарылася|what happened|what's new|"
    r"(?:что|што) (?:известно|вядома)|известно ли|(?:правда|можно|нужно|надо) ли|подробност\w+|"
    r"последний раз|чем занимается|кем работает|как называ[ею]тся|назови\w*|"
    r"расскажи\w*|покажи\w*|найди\w*|пишет|пишут|статьи|tell me|show me|latest)(?!\w)",
    re.I,
)
_NEWS = r"(?:новост\w*|навін\w*|news|тем[аеыу]|тэм[аеыу]|рубрик\w+|topic|#)"
_CUE = re.compile(rf"{_NEWS}\W*$", re.I)
_CUED = re.compile(rf"(?<!\w){_NEWS}", re.I)
_FROM = re.compile(r"(?:из|от|з|ад|from|источник|крыніца|source|пишет|пишут|газета|сайт)\W*$", re.I)


def parse_query(
    text: str, *, now: datetime, zone: str, topics: Topics, sources: Sequence[str]
) -> Query:
    """What is asked for. `zone` is the reader's, `sources` the titles that may be named."""
    plain = " ".join(text[:LONGEST].replace("\0", " ").split())
    if small_talk(plain):
        return Query(raw=text)
    unnamed, names = take_names(plain)
    asked = _Asked(without_opening(unnamed))
    phrases, quoted_sources = asked.take_quotes(sources)
    phrases += asked.take_unparted()
    since, until = asked.take_period(now, zone)
    excluded = asked.take_excluded()
    named = asked.take_sources(sources)
    slugs = asked.take_topics(topics)
    words, also = asked.take_words()
    named_any = named or quoted_sources or names
    if not (words or phrases or slugs or named_any or since) and _FILLER.search(text):
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
        question="?" in text or bool(_ASKS.match(text)) or bool(wishes(text)),
        also=also,
    )


class _Asked:
    """The text of a question, from which what was understood is taken away, part by part."""

    def __init__(self, text: str) -> None:
        self.whole = text
        self.rest = text
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
                cue = _FROM.search(self.rest[: run[0].start])
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

    def take_words(self) -> tuple[list[str], dict[str, tuple[str, ...]]]:
        """What is left: words to look for, without those that only ask; and others for them."""
        self.take(_FILLER)
        self.take(_INTERROGATIVE)
        left = [t for t in self.tokens() if not is_stop(t.lemma) and t.lemma not in _AUXILIARY]
        others = {t.lemma: alike(self.rest[t.start : t.stop], t.lemma, self.language) for t in left}
        words = list(dict.fromkeys([*self._single, *(t.lemma for t in left)]))
        return words, {term: found for term, found in others.items() if found}

    def _topic(self, topics: Topics) -> tuple[str, list[Token]] | None:
        words = self.tokens()
        cued = bool(_CUED.search(self.whole))
        for size in (3, 2, 1):
            for at in range(len(words) - size + 1):
                run = words[at : at + size]
                slug = topics.find(self.rest[run[0].start : run[-1].stop])
                if slug is None:
                    continue
                behind = _CUE.search(self.rest[: run[0].start])
                topic = topics.get(slug)
                names = topic.titles.values() if topic else ()
                lemma = " ".join(t.lemma for t in run)
                title = lemma == slug or any(lemma == " ".join(_key(name)) for name in names)
                if behind or (title and (cued or self._alone(run))):
                    return slug, run
        return None

    def _alone(self, run: Sequence[Token]) -> bool:
        """Whether nothing that means anything is left beside these words."""
        left = self.rest[: run[0].start] + " " + self.rest[run[-1].stop :]
        return all(is_stop(t.lemma) for t in tokens(_FILLER.sub(" ", left), self.language))


def _language(text: str) -> str:
    """Belarusian, if it looks so and has a word that Russian has not; a word or two tell little."""
    western = detect(text) in ("be", "uk")
    return "be" if western and not all(is_known(word) for word in folded(text)) else "ru"


def _key(title: str) -> tuple[str, ...]:
    return tuple(lemmas(title))
