"""Where sources disagree: a number or a day that they give differently for the same thing.

Sure or silent: the same things counted in the same words, at about the same time, exactly. Later
figures are news, not a quarrel; so are those that name a period, a place or a part of their own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from bot.news.facts import figures
from bot.news.summaries.headline import stems
from storage.models import Article, Fact, FactKind

NEAR = timedelta(hours=6)  # apart; what comes later may be a correction
SHARED, SHARE = 2, 0.6  # words of a clause that two have in common: how many, and which part
SHARED_OF_DAYS = 3  # words of a sentence; a day has no noun that says what it is of
WIDEST = 3.0  # times as much is something else
EXACT = 100  # from there on a number may be a rounding of another
MOST = 2  # of one story
NUMBERS = (FactKind.QUANTITY, FactKind.SUM, FactKind.PERCENT)

_CLAUSE = re.compile(r"[;:()]\s|,\s|\s[—–-]\s")
_NAME = re.compile(r"(?<=\w )[«\"“]?([A-ZА-ЯЁЎІ][\w-]{2,})")
_UNSURE = re.compile(
    r"\b(?:около|почти|более|больше|свыше|порядка|примерно|ориентировочно|не менее|менее|меньше|"
    r"до|от|минимум|максимум|приблизительно|по меньшей мере|как минимум|"
    r"каля|амаль|больш|звыш|прыкладна|не менш|менш|да|ад|"
    r"about|around|nearly|almost|over|more than|less than|at least|up to|some|roughly)\s+\S*\d",
    re.I,
)
_PART = re.compile(
    r"\b(?:из них|из которых|в том числе|среди|ещ[её]|другие|других|также|кажд\w+|ранее|раньше|"
    r"сначала|первоначально|до этого|вместо|план\w*|прогноз\w*|"
    r"з іх|у тым ліку|сярод|яшчэ|іншых|раней|спачатку|замест|"
    r"of them|of whom|of which|including|among|another|each|earlier|previously|initially)\b",
    re.I,
)
_PERIOD = re.compile(
    r"\b(?:сутк\w+|сутак|час\w*|недел\w+|тыд\w+|месяц\w*|месяч\w+|квартал\w*|год\w*|лет|полугод\w+|"
    r"январ\w+|феврал\w+|март\w*|апрел\w+|ма[яй]|июн\w+|июл\w+|август\w*|сентябр\w+|октябр\w+|"
    r"ноябр\w+|декабр\w+|утр\w+|ноч\w+|вечер\w*|дн\w+|ден\w+|"
    r"hours?|days?|weeks?|months?|years?|quarter)\b",
    re.I,
)
_DAYS = re.compile(  # in folded words
    r"январ|феврал|март|апрел|мая|июн|июл|авгус|сентя|октяб|ноябр|декаб|понед|вторн|сред|четве|"
    r"пятни|суббо|воскр|студз|лютаг|сакав|краса|траве|чэрве|липен|жниун|верас|кастр|листа|снежн"
)
_UNIT = re.compile(
    r"рубл|росси|белор|беларус|долла|долар|евро|еура|юан|проце|працэ|тыс|мил|миль|млн|млрд|трлн|"
    r"doll|euro|roub|rubl|yuan|perce|thous|milli|billi"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What some of the sources say; the fact is the first one's."""

    fact: Fact
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two sayings or more about one thing, in the order in which they came."""

    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class _Claim:
    """A number or a day in its words."""

    article: Article
    fact: Fact
    value: float
    words: frozenset[str]
    counted: frozenset[str]  # the words for what is counted
    names: frozenset[str]
    periods: frozenset[str]


def disagreements(articles: Sequence[Article]) -> tuple[Disagreement, ...]:
    """Of one story's articles. Only the newest of each source speaks for it."""
    newest: dict[int, Article] = {}
    for one in sorted(articles, key=_said_at):
        newest[one.source_id] = one
    claims = [claim for one in newest.values() for claim in _claims(one)]
    groups = _groups(claims)
    found = [made for group in groups if (made := _disagreement(group)) is not None]
    return tuple(found[:MOST])


def _said_at(article: Article) -> datetime:
    return max(article.published_at, article.edited_at or article.published_at)


def _claims(article: Article) -> Iterator[_Claim]:
    days = [fact.sentence for fact in article.facts if _is_day(fact)]
    for fact in article.facts:
        if fact.kind in NUMBERS and fact.value is not None and "–" not in fact.value:
            clauses = [one for one in _CLAUSE.split(fact.sentence) if _says(one, fact)]
            if len(clauses) == 1 and _plain(clauses[0]) and not _PART.search(fact.sentence):
                yield _claim(article, fact, float(fact.value), clauses[0])
        elif _is_day(fact) and days.count(fact.sentence) == 1 and not _PART.search(fact.sentence):
            assert fact.since is not None
            yield _claim(article, fact, fact.since.timestamp(), fact.sentence)


def _is_day(fact: Fact) -> bool:
    """One planned day."""
    if fact.kind is not FactKind.EVENT or fact.since is None or fact.until is None:
        return False
    return fact.until - fact.since == timedelta(days=1)


def _says(clause: str, fact: Fact) -> bool:
    country = "by" if fact.unit == "BYN" else "ru"
    said = figures.find([clause], published=None, country=country)
    return any(
        (one.kind, one.value, one.unit) == (fact.kind, fact.value, fact.unit) for one in said
    )


def _plain(clause: str) -> bool:
    return not _UNSURE.search(clause)


def _claim(article: Article, fact: Fact, value: float, words: str) -> _Claim:
    own = frozenset(word for word in stems(words) if not word[0].isdigit())
    unit = _DAYS if _is_day(fact) else _UNIT if fact.kind is not FactKind.QUANTITY else None
    if unit is not None:
        own = frozenset(word for word in own if not unit.match(word))
    return _Claim(
        article=article,
        fact=fact,
        value=value,
        words=own,
        counted=figures.counted(words, fact.unit)
        if fact.kind is FactKind.QUANTITY
        else frozenset(),
        names=frozenset().union(*map(stems, _NAME.findall(words))),
        periods=frozenset(found.lower()[:3] for found in _PERIOD.findall(words)),
    )


def _groups(claims: Sequence[_Claim]) -> list[list[_Claim]]:
    """Claims about one thing, each article with one: where it has two, none can be told apart."""
    groups: list[list[_Claim]] = []
    for claim in claims:
        fitting = [group for group in groups if all(_comparable(claim, one) for one in group)]
        if len(fitting) == 1:
            fitting[0].append(claim)
        else:
            groups.append([claim])
    return [group for group in groups if len(group) > 1 and _one_each(group, claims)]


def _one_each(group: Sequence[_Claim], claims: Sequence[_Claim]) -> bool:
    """Whether nothing else that any of their articles says could be meant."""
    articles = {one.article.id for one in group}
    near = [
        one for one in claims if one not in group and any(_alike(one, other) for other in group)
    ]
    return len(articles) == len(group) and not articles & {one.article.id for one in near}


def _comparable(one: _Claim, other: _Claim) -> bool:
    """Whether they speak of the same thing, at about the same time."""
    return (
        one.article.source_id != other.article.source_id
        and one.article.language == other.article.language
        and abs(_said_at(one.article) - _said_at(other.article)) <= NEAR
        and _alike(one, other)
        and one.periods == other.periods
        and (one.names == other.names or not one.names or not other.names)
    )


def _alike(one: _Claim, other: _Claim) -> bool:
    """Whether they count the same, in much the same words."""
    if (one.fact.kind, one.fact.unit) != (other.fact.kind, other.fact.unit):
        return False
    if one.counted != other.counted:
        return False
    shared = len(one.words & other.words)
    least = SHARED_OF_DAYS if one.fact.kind is FactKind.EVENT else SHARED
    return shared >= max(least, SHARE * min(len(one.words), len(other.words)))


def _disagreement(group: Sequence[_Claim]) -> Disagreement | None:
    """What they say, if it is not the same, and no saying is another one rounded."""
    by_value: dict[float, list[_Claim]] = {}
    for claim in sorted(group, key=lambda one: _said_at(one.article)):
        by_value.setdefault(claim.value, []).append(claim)
    if len(by_value) < 2 or not all(_differ(group[0], a, b) for a, b in combinations(by_value, 2)):
        return None
    return Disagreement(
        sayings=tuple(
            Saying(
                fact=claims[0].fact,
                sources=tuple(dict.fromkeys(one.article.source for one in claims)),
            )
            for claims in by_value.values()
        )
    )


def _differ(claim: _Claim, one: float, other: float) -> bool:
    if claim.fact.kind is FactKind.EVENT:
        return abs(one - other) <= timedelta(days=31).total_seconds()
    least, most = sorted((one, other))
    if least <= 0 or most / least > WIDEST:
        return False
    return most < EXACT or not any(
        round(most, -k) == least or round(least, -k) == most for k in range(1, 12)
    )
