"""Follow-ups: «а в Гомель?» after «что с рейсом в Минск?» is «что с рейсом в Гомель?».

What was asked last is put anew in words, not only understood anew: people see what they are
answered, and an answer's pages turn by the words that stand in it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.news.names.gazetteer import known
from bot.news.questions.query import parse_query
from bot.news.questions.smalltalk import small_talk
from bot.news.questions.wishes import wishing
from bot.news.times.coming import find_coming
from bot.news.times.periods import find_period
from bot.news.topics.scores import Topics
from bot.news.words.capitals import Said, words
from bot.news.words.morphology import is_stop, lemma, parses
from storage.models import EntityKind

LONGEST = 200  # characters of either question
MOST_PLACES = 4

_ABOUT = r"(?:как насч[её]т|насч[её]т|як наконт|наконт|что если|what about|how about)"
_OPENS = re.compile(
    rf"\W*(?:(?:ну|но|так|але|well|ok|okay|so)\W+)?(?:(?:а|и|і|and)(?:\W+(?:ещ[её]|яшчэ|also))?\W+"
    rf"(?:(?:{_ABOUT}|про|пра)\s+)?|{_ABOUT}\s+)",
    re.I,
)
_TO, _FROM = "to", "from"
_WAYS = {
    **dict.fromkeys(["в", "во", "до", "на", "у", "ў", "да", "to", "in", "at"], _TO),
    **dict.fromkeys(["из", "от", "с", "з", "ад", "from"], _FROM),
}
_CUE = re.compile(
    r"(?<!\w)(?:новост\w*|навін\w*|news)(?:\s+(?:о|об|про|пра|about|on))?(?!\w)", re.I
)
_ENDS = " \t\n?!.…,;:—–-"
_IT = re.compile(
    r"(?<!\w)(?:он[аои]?|его|её|ее|ему|ей|им|их|него|неё|нему|ней|них|это|этого|этому|там|туда|"
    r"ён|яна|яно|яны|яго|яму|іх|ім|гэта|гэтага|тут|it|its|he|she|they|them|there|this|that)(?!\w)",
    re.I,
)
_LEFT = re.compile(r"^(?:is|are|was|were|does|did|do|will|has|have)\s+", re.I)
_U_SHORT = re.compile(r"(?<=[бвгджзйклмнпрстфхцчшь])(\s+)ў", re.I)  # «у» behind a consonant
_DASH = " — "
_VERBS = frozenset(["VERB", "INFN", "PRTS"])


class _Span(NamedTuple):
    """A piece of a question, text[start:stop]; of a place, which way its preposition leads."""

    start: int
    stop: int
    way: str = ""


def follow_up(said: str, last: str, *, now: datetime, zone: str, topics: Topics) -> str | None:
    """The question that `said` means after the question `last`; None when it stands by itself.

    A place takes the place of a place, a time of a time, what is asked about of what was; the rest
    is kept, but for the place when another person or organisation is asked about.
    """
    opening = _OPENS.match(said)
    body = said[opening.end() if opening else 0 :].strip(_ENDS)
    if not body or max(len(said), len(last)) > LONGEST or small_talk(body):
        return None
    asked = _Asked(body, now=now, zone=zone)
    about = asked.subject(topics)
    if opening is None and not (asked.wish and asked.is_bare and not asked.places + asked.time):
        return None
    if not (about or asked.places or asked.time or asked.wish):
        return None
    before = _Asked(last.strip(_ENDS), now=now, zone=zone)
    merged = before.anew(asked) if about else before.changed(asked)
    mark = "?" if "?" in said or "?" in last or asked.wish else ""
    return merged + mark if len(merged) < LONGEST else None


class _Asked:
    """A question in pieces: its places, its time, the words that say what is wanted."""

    def __init__(self, text: str, *, now: datetime, zone: str) -> None:
        self.text = text
        coming = find_coming(text, now=now, zone=zone)
        time = coming if coming and coming.until else find_period(text, now=now, zone=zone)
        self.time = [_Span(time.start, time.stop)] if time else []
        self.places = list(_places(text))[:MOST_PLACES]
        self.wish = list(_wish(text))
        self.rest = self.without(*self.places, *self.time, *self.wish)
        self._now, self._zone = now, zone

    def said(self, spans: Sequence[_Span]) -> str:
        return " ".join(self.text[one.start : one.stop] for one in spans)

    def without(self, *spans: _Span) -> str:
        """The text with these pieces taken away; positions stay."""
        left = self.text
        for one in spans:
            left = left[: one.start] + " " * (one.stop - one.start) + left[one.stop :]
        return left

    def subject(self, topics: Topics) -> bool:
        """Whether it names anything to ask about, beside a place and a time.

        «Почему отменили?», "how long is it?" ask about what was asked about before.
        """
        if self.leans:
            return False
        query = parse_query(self.rest, now=self._now, zone=self._zone, topics=topics, sources=())
        return bool(query.terms or query.phrases or query.topics or query.names)

    @property
    def leans(self) -> bool:
        """Whether it asks of something that it does not name."""
        return bool(self.wish) and (self.is_bare or bool(_IT.search(self.rest)))

    @property
    def is_bare(self) -> bool:
        """Whether it is but a wish and what was done: «сколько?», «почему отменили?»."""
        said = words(_IT.sub(" ", self.rest))
        telling = [word.text for word in said if not is_stop(lemma(word.text))]
        others = [word for word in telling if parses(word)[0].tag.POS not in _VERBS]
        named = any(word.capital for word in said)
        return not named and len(others) <= bool(_IT.search(self.rest))

    @property
    def asks(self) -> str:
        """The words that say what is wanted."""
        if self.leans:
            return " ".join(self.without(*self.places, *self.time).split())
        return self.said(self.wish)

    @property
    def names(self) -> bool:
        """Whether it names a person or an organisation."""
        said = words(self.rest)
        return any(word.capital for word in said) or any(
            found[1].entity.kind is not EntityKind.PLACE
            for at in range(len(said))
            if (found := known(said, at, None) or known(said, at, "be"))
        )

    def anew(self, asked: "_Asked") -> str:
        """Another thing is asked about, the same of it, there and then."""
        kept = (
            [] if asked.wish or asked.text.lower().startswith(("что", "што", "what")) else self.wish
        )
        cue = _CUE.search(self.text)
        parts = [
            self.said(kept),
            cue[0] if cue and not kept and not _CUE.search(asked.text) else "",
            asked.text,
            "" if asked.places or asked.names else self.said(self.places),
            "" if asked.time else self.said(self.time),
        ]
        return " ".join(filter(None, parts))

    def changed(self, asked: "_Asked") -> str:
        """The same is asked about, elsewhere, at another time, or something else of it."""
        gone = [*self.wish, _Span(self.end, len(self.text))] if asked.wish else []
        put: list[tuple[int, str]] = []
        for place in asked.places:
            old = self._place_like(place.way)
            gone += [old] if old else []
            put.append((old.start if old else self.end, _placed(asked, place, self, old)))
        if asked.time:
            gone += self.time
            put.append((self.time[0].start if self.time else self.end, asked.said(asked.time)))
        return _joined(self, gone, put, asked.asks)

    @property
    def end(self) -> int:
        """Where the question ends, without what an earlier follow-up put behind it."""
        dash = self.text.rfind(_DASH)
        added = dash >= 0 and any(one.start > dash for one in self.wish)
        return dash if added else len(self.text)

    def _place_like(self, way: str) -> _Span | None:
        """The place that one led to this way takes the place of."""
        alike = [one for one in self.places if one.way == way or not (one.way and way)]
        return alike[-1] if alike else None


def _joined(
    before: _Asked, gone: Sequence[_Span], put: Sequence[tuple[int, str]], wish: str
) -> str:
    text = before.without(*gone)
    for at, piece in sorted(put, reverse=True, key=lambda one: one[0]):
        text = f"{text[:at]} {piece} {text[at:]}"
    text = _U_SHORT.sub(r"\1у", " ".join(text.split()).strip(_ENDS))
    if not wish:
        return text
    text = _LEFT.sub("", text)
    return f"{text}{_DASH}{wish}" if text else wish


def _placed(asked: _Asked, place: _Span, before: _Asked, old: _Span | None) -> str:
    """The new place in words; with the old one's preposition when it has none."""
    name = asked.text[place.start : place.stop]
    lead = before.text[old.start : old.stop].split()[0] if old and old.way and not place.way else ""
    return f"{lead} {name}".strip()


def _places(text: str) -> Iterator[_Span]:
    """The places of the gazetteer that a text names, each with its preposition."""
    said, at = words(text), 0
    while at < len(said):
        found = known(said, at, None) or known(said, at, "be")
        if (
            found is None
            or found[1].entity.kind is not EntityKind.PLACE
            or _doubtful(said, at, found[1].signs)
        ):
            at += 1
            continue
        way = _WAYS.get(said.folded(at - 1), "") if at and said.gaps[at] == " " else ""
        first = said[at - 1] if way else said[at]
        at += found[0]
        yield _Span(first.start, said.stop(at - 1), way)


def _doubtful(said: Said, at: int, signs: frozenset[str]) -> bool:
    """A name that is a common word, too, is one with a capital only."""
    return bool(signs) and not said.capitals[at]


def _wish(text: str) -> Iterator[_Span]:
    """The words that say what is wanted (сколько стоит, когда), each once, in order."""
    spans = sorted(
        {m.span() for piece in wishing(text) for m in re.finditer(re.escape(piece), text)}
    )
    stop = 0
    for start, end in spans:
        if start >= stop:
            stop = end
            yield _Span(start, end)
