"""Quoting: the sentence of a text that answers a question."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from math import log

from bot.news.questions.posts import is_plain
from bot.news.questions.relaxing import is_kept, weight
from bot.news.questions.wishes import FIGURES, Wish, holds, wishes, wishing
from bot.news.text.sentences import (
    dangles,
    is_headline,
    names_another_time,
    paragraphs,
    points_back,
    sentences,
    split,
    tells_nothing,
    tells_of_before,
)
from bot.news.times.coming import tells_of_future, tells_of_past
from bot.news.words.morphology import is_stop, lemmas, parses
from bot.news.words.seeking import Sought
from storage.models import Article, FactKind, Query

READ = 20_000  # characters of a text that are looked through
LOOK = 60  # sentences among which the best is chosen

# What a word is worth where it stands, and a sentence by what it is.
BEFORE = 0.5
TITLED = 0.5  # of a word in the title: all of the text is about that
WISHED, COUNTED = 2.4, 1.0
BESIDE, WINDOW = 0.6, 5  # a figure that stands so few words from what it is asked of
COMING = 1.5  # a time to come, when one is asked for: «когда откроют»
ABOUT, LEAST = 2.0, 0.5  # «какой дефицит»; any word at all
TELLING = 0.5  # weight from which a word that is asked about says something: not «сколько человек»
SUMMED_UP, SUMMED_UP_UNWISHED = 0.2, 1.2
# When no more is asked than how things stand: what sums them up, or is the first thing told; what
# is to come; and what somebody only says of them.
OPEN, ANNOUNCED, SPEECH = 1.2, 2.5, 1.0
LEANS = 0.4
CLAUSE = 8  # words of a clause among which its verb is
BACKGROUND = 1.0  # it tells of another time than the news does, and none was asked for
ANYBODY = 0.1  # of what a person is worth of whom it is not told that he did, or is, what is asked
OTHER_POST = 0.3  # of one who is its commercial director, when it is asked for the director
LATER, DEEP = 0.05, 12  # each sentence further down; below that all are as deep
LONG = 1 / 1500  # each character

_COUNTED = re.compile(r"(?<!\w)(?:сколько|колькі|how many) (\w+)", re.I)
_MANY = frozenset({Wish.AMOUNT, Wish.PEOPLE})
_DONE = re.compile(  # what they did is what counts
    r"(?<!\w)(?:сколько|колькі|how many) "
    r"(?:(?:человек|людей|народу?а?|чалавек|людзей|people) )?(\w+)",
    re.I,
)
_DOER = re.compile(  # «кто открыл», «кто директор», «кого задержали»
    r"(?<!\w)(?:кто|кого|кому|хто|каго|каму|whom?)"
    r"(?:(?:'s| is| was| has| такой| такая| был| стал| у нас)(?!\w))* (?:the )?(\w+)",
    re.I,
)
_TELLER = re.compile(  # who only tells it did not do it
    r"(?:сообщи|сказа|рассказа|заяви|отмети|поясни|уточни|добави|подчеркну|паведамі|расказа|said|"
    r"told)\w* (?:[^\W\d]\w*[ -]){0,8}?(?:[А-ЯЁЎІA-Z]\w+[ -]?){2,3}"
)
_ABOUT = re.compile(
    r"(?<!\w)(?:как(?:ой|ая|ое|ие|ую)|сколько|як(?:і|ая|ое|ія|ую)|колькі|which|what|how many)"
    r" (\w+)|(\w+) (?:как(?:ой|ая|ое|ие)|як(?:і|ая|ое|ія))\W*$",
    re.I,
)

# «что с рейсом», «чё там по ценам», «как дела с мостом», «што новага пра завод»
_OPEN = re.compile(
    r"^\W*(?:(?:а|ну|и|так|скажи\w*)\W+)*(?:что|чего|че|чё|чо|шо|как|што|шта|як|what|how)\W+"
    r"(?:(?:там|это|дела|слышно|ново(?:го|е)|известно|чува?ць|чутно|нова(?:га|е)|вядома|is|s|are|"
    r"new|news|the latest|known)\W+)*"
    r"(?:с|со|по|о|об|про|насчет|насчёт|з|са|аб|пра|with|about|on)\W",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence, how well it answers, and whether it counts the very things asked for.

    `grants`: it says all that was wished for, of something that was asked about.
    `says`: a word of the question is in it, or a name of it in the title.
    """

    sentence: str
    score: float
    counts: bool
    grants: bool
    says: bool


@dataclass(frozen=True, slots=True)
class _Text:
    """Its sentences with their words, one of the question standing for all that mean it."""

    sentences: Sequence[str]
    words: Sequence[Sequence[str]]
    titled: Set[str]
    summary: Collection[str]
    coming: Set[str]  # sentences that tell of what is to come, when that is asked for
    past: Set[str]  # and those that name no other days than past ones


class Asked:
    """What a question is after, to be looked for in text after text."""

    def __init__(self, query: Query) -> None:
        self._wished = wishes(query.raw)
        self._wanted = _wanted(query)
        about = (word for m in _ABOUT.finditer(query.raw) for word in lemmas(m[1] or m[2]))
        self._about = {word for word in about if weight(word) >= TELLING}
        if Wish.PEOPLE in self._wished:
            self._about |= {word for m in _DONE.finditer(query.raw) for word in lemmas(m[1])}
        doers = [m[1] for m in _DOER.finditer(query.raw)]
        self._deeds = self._wanted & {word for one in doers for word in lemmas(one)}
        self._did = any(parses(one)[0].tag.POS == "VERB" for one in doers)
        self._counted = [word for m in _COUNTED.finditer(query.raw) for word in lemmas(m[1])][:1]
        self._meant = {other: term for term in query.terms for other in query.also.get(term, ())}
        self._sought = Sought([*self._wanted, *self._counted, *self._meant])
        self._to_come = Wish.TIME in self._wished and tells_of_future(query.raw)
        self._gone_by = Wish.TIME in self._wished and tells_of_past(query.raw)
        self._open = not self._wished and bool(_OPEN.match(query.raw))
        self._timeless = not (query.since or query.until or names_another_time(query.raw))

    def quote(self, article: Article) -> Quote | None:
        """The sentence that answers best, if any has to do with the question."""
        text = self._read(article)
        best = max(self._quotes(text), key=lambda one: one.score, default=None)
        return None if best and self._wished and self._is_about_another(text, best) else best

    def _is_about_another(self, text: _Text, best: Quote) -> bool:
        """Whether one word of the question is in the title, and nowhere else: trains «домой к ёлке»
        do not tell when trees are sold."""
        at = text.sentences.index(best.sentence)
        if any(self._wanted & set(said) for said in text.words[max(0, at - 1) : at + 1]):
            return False
        titled = self._wanted & text.titled
        told = set().union(*text.words)
        return len(titled) == 1 < len(self._wanted) and not titled <= told

    def _read(self, article: Article) -> _Text:
        text = article.text[:READ]
        prose = [s for p in paragraphs(text) if not is_headline(p) for s in split(p)]
        prose = (prose or sentences(text))[:LOOK]
        dated = article.facts if self._to_come or self._gone_by or self._open else ()
        coming = frozenset(f.sentence for f in dated if f.kind is FactKind.EVENT)
        return _Text(
            sentences=prose,
            words=[self._words(sentence, article.language) for sentence in prose],
            titled=set(self._words(article.title, article.language)),
            summary=article.summary,
            coming=coming,
            past=frozenset(f.sentence for f in dated if f.kind is FactKind.DATE) - coming,
        )

    def _words(self, text: str, language: str | None) -> list[str]:
        return [self._meant.get(word, word) for word in self._sought.words(text, language)]

    def _quotes(self, text: _Text) -> Iterator[Quote]:
        weights = self._weights(text)
        more = self._about or any(self._wanted & set(said) - text.titled for said in text.words)
        summed_up = SUMMED_UP if self._wished or more else SUMMED_UP_UNWISHED
        titled = any(map(is_kept, self._wanted & text.titled))
        before: set[str] = set()
        for at, (sentence, said) in enumerate(zip(text.sentences, text.words, strict=True)):
            own = self._wanted & set(said)
            told = sentence in text.summary
            timely = not self._is_of_another_time(sentence, text)
            granted = self._granted(sentence, said, own, before) if timely else 0.0
            if (own or granted or told) and not tells_nothing(sentence):
                counts = bool(self._wished & _MANY) and self._counts(said, own)
                score = sum(weights[w] for w in own) + BEFORE * sum(
                    weights[w] for w in before - own
                )
                score += granted + COUNTED * counts + summed_up * told
                score += BESIDE * (granted > 0 and self._stands_beside(said, own))
                score += COMING * (self._to_come and sentence in text.coming)
                if self._open:
                    score += OPEN * (told or at == 0) - SPEECH * (": «" in sentence)
                    score += ANNOUNCED * (sentence in text.coming)
                score -= BACKGROUND * (self._timeless and tells_of_before(sentence))
                score -= _drawbacks(sentence, at)
                grants = granted >= WISHED and bool(own)
                yield Quote(sentence, score, counts, grants, titled or bool(own))
            before = own

    def _is_of_another_time(self, sentence: str, text: _Text) -> bool:
        return sentence in (text.past if self._to_come else text.coming if self._gone_by else ())

    def _granted(
        self, sentence: str, said: Sequence[str], own: Set[str], before: Set[str]
    ) -> float:
        """What it is worth that the sentence says what was wished for."""
        granted = 1.0 * sum(holds(wish, sentence) for wish in self._wished - {Wish.PERSON})
        if Wish.CAUSE in self._wished and own and not holds(Wish.CAUSE, sentence):
            granted += _explains(sentence)
        if Wish.PERSON in self._wished:
            doer = 1.0 if not self._deeds or self._deeds & (own | before) else ANYBODY
            only_tells = self._did and not self._deeds & own
            if not self._did and self._deeds & own and not is_plain(self._deeds, said):
                doer = OTHER_POST
            told = _TELLER.sub(" ", sentence) if only_tells else sentence
            granted += doer * holds(Wish.PERSON, told)
        return WISHED * granted / max(1, len(self._wished))

    def _stands_beside(self, said: Sequence[str], own: Set[str]) -> bool:
        """Whether a figure that is wished for is near a word of the question: «груши по 149»."""
        near = [
            " ".join(said[max(0, at - WINDOW) : at + WINDOW + 1])
            for at, word in enumerate(said)
            if word in own
        ]
        return any(holds(wish, piece) for wish in self._wished & FIGURES for piece in near)

    def _counts(self, said: Sequence[str], own: Set[str]) -> bool:
        """Whether a number of the things asked for is said: «сколько тонн», «220 тонн».

        «70 человек» are not those who «пострадало»: of what it says of them something must be said.
        """
        if self._wanted - {*self._counted} and not own - {*self._counted}:
            return False
        return any(
            [word] == self._counted
            and any(holds(Wish.AMOUNT, w) for w in said[max(0, at - 2) : at])
            for at, word in enumerate(said)
        )

    def _weights(self, text: _Text) -> Mapping[str, float]:
        """By word: 1 in a single sentence, less the more have it; what is asked about, more."""
        having = Counter(word for said in text.words for word in self._wanted & set(said))
        return {
            word: (ABOUT if word in self._about else max(LEAST, weight(word)))
            * (TITLED if word in text.titled - self._about else 1.0)
            / (1 + 0.5 * log(max(1, having[word])))
            for word in self._wanted
        }


def _wanted(query: Query) -> set[str]:
    soft = {word for piece in wishing(query.raw) for word in lemmas(piece)}
    found = {*query.terms, *(word for phrase in query.phrases for word in phrase)}
    return {word for word in found if not is_stop(word) and word not in soft} or found


def _explains(sentence: str) -> bool:
    """«Трём отказали: их комнаты были общежитием»: a clause behind a colon says why."""
    _, colon, why = sentence.partition(": ")
    said = why.split()[:CLAUSE] if colon and why[:1].islower() else ()
    return any(parses(word.strip(",.;:«»"))[0].tag.POS == "VERB" for word in said)


def _drawbacks(sentence: str, at: int) -> float:
    """What a reader would mind: it leans on another sentence, stands far down, is long."""
    leans = dangles(sentence) or points_back(sentence)
    return LEANS * leans + LATER * min(at, DEEP) + LONG * len(sentence)
