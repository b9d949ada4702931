"""Telling a story of several articles: whose headline leads, and which sentences sum it up.

What was printed stays unless something clearly better comes: readers know a story by its headline.
A correction leads, and what was told before it is told no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.news.summaries.headline import borne_out, corrects, stems, worth
from bot.news.text.sentences import dangles, points_back, tells_nothing
from storage.models import Account

BETTER = 0.4  # of a headline over the one that leads; of a summary over the printed one
READ = 1500  # characters of each text that others' sentences are held against
SUPPORT = 2.0  # what it is worth that every other source tells the same
OURS = 0.4  # that it is of the article whose headline leads, and link
EARLIER = 0.4  # that its own article tells it first
REPEATS = 2.0  # what it loses that only says again what is chosen
SENTENCES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How a story is told: its lead's headline, and these sentences."""

    lead_id: int
    summary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """An account as it is held against the others."""

    article: Account
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence that may sum the story up."""

    text: str
    stems: frozenset[str]
    worth: float
    place: tuple[int, datetime]  # in its article; when that was published


def tell(articles: Sequence[Account], summary: Sequence[str] = ()) -> Telling:
    """The best telling; the first of the articles leads so far, and `summary` is printed so far."""
    printed = articles[0]
    standing = _standing(articles)
    fit = [one for one in standing if one.language == printed.language] or standing
    accounts = [_Weighed(a, stems(f"{a.title}\n{a.text[:READ]}")) for a in fit]
    lead = _lead(accounts, printed)
    lines = _lines(accounts, lead)
    best = _best(lines, max(SENTENCES, len(lead.summary)))
    known = {line.text: line for line in lines}
    kept = [known[sentence] for sentence in summary if sentence in known]
    if kept and len(kept) == len(summary) and _sum(best) < _sum(kept) + BETTER:
        best = kept
    return Telling(lead_id=lead.id, summary=tuple([line.text for line in best]) or lead.summary)


def _standing(articles: Sequence[Account]) -> Sequence[Account]:
    """The last correction and what came after it; all, if there is none."""
    last = max((a.published_at for a in articles if corrects(a.title)), default=None)
    return articles if last is None else [a for a in articles if a.published_at >= last]


def _lead(accounts: Sequence[_Weighed], printed: Account) -> Account:
    """Whose headline is the best; that of the printed one, if it is not much worse."""
    values = {one.article.id: worth(one.article.title, _others(one, accounts)) for one in accounts}
    best = max(accounts, key=lambda one: (values[one.article.id], -one.article.id)).article
    stays = printed.id in values and values[best.id] < values[printed.id] + BETTER
    return printed if stays else best


def _others(one: _Weighed, accounts: Sequence[_Weighed]) -> list[frozenset[str]]:
    """What other sources tell: a source's own second article bears nothing out."""
    source = one.article.source_id
    return [other.stems for other in accounts if other.article.source_id != source]


def _lines(accounts: Sequence[_Weighed], lead: Account) -> list[_Line]:
    """The sentences of the articles' own summaries that stand alone, each once."""
    lines: dict[str, _Line] = {}
    for one in accounts:
        others = _others(one, accounts)
        for at, text in enumerate(one.article.summary):
            if text in lines or dangles(text) or points_back(text) or tells_nothing(text):
                continue
            own = stems(text)
            value = SUPPORT * borne_out(own, others) + EARLIER / (1 + at)
            value += OURS * (one.article.id == lead.id)
            lines[text] = _Line(text, own, value, (at, one.article.published_at))
    return list(lines.values())


def _best(lines: Sequence[_Line], most: int) -> list[_Line]:
    """The best, then each time the best of the rest less what it repeats; in order to be read."""
    chosen: list[_Line] = []
    left = list(lines)
    while left and len(chosen) < most:
        best = max(left, key=lambda line: line.worth - _repeated(line, chosen))
        chosen.append(best)
        left.remove(best)
    return sorted(chosen, key=lambda line: line.place)


def _sum(lines: Sequence[_Line]) -> float:
    return sum([one.worth - _repeated(one, lines[:at]) for at, one in enumerate(lines)])


def _repeated(line: _Line, others: Sequence[_Line]) -> float:
    shares = [
        len(line.stems & other.stems) / (min(len(line.stems), len(other.stems)) or 1)
        for other in others
    ]
    return REPEATS * max(shares, default=0.0)
