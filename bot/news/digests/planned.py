"""What is to come: events that articles tell of, each once, by days of the calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.news.summaries.headline import stems
from storage.models import Event

EXACT = timedelta(days=10)  # a longer range is a season, a month, a year: no date to keep
NOON = timedelta(hours=12)
SHARED = 2  # words of the headline in a sentence that tells by itself what it is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Something that is planned for these days."""

    since: date
    until: date | None  # the day after the last; None: nobody said
    sentence: str  # of the article
    event: Event

    @property
    def exact(self) -> bool:
        """Whether one may keep the days free for it."""
        return self.until is None or self.until - self.since <= EXACT

    @property
    def alone(self) -> bool:
        """Whether the sentence tells without its headline what it is about."""
        title = stems(self.event.title)
        return len(title & stems(self.sentence)) >= min(SHARED, len(title))


def planned(events: Iterable[Event], *, today: date, language: str) -> list[Planned]:
    """Those with exact days by their days, then those of whole months, seasons, years.

    What several articles of a story say of the same days is one, told in that language if any is;
    so is what begins on a day, whether or not they say until when.
    """
    found: dict[tuple[int, date, date | None], Planned] = {}
    for event in events:
        one = _planned(event)
        if one is None or _over(one, today):
            continue
        key = event.story_id, one.since, None if one.exact else one.until
        if key not in found or _worth(one, language) > _worth(found[key], language):
            found[key] = one
    return sorted(found.values(), key=lambda one: _order(one, today))


def _planned(event: Event) -> Planned | None:
    fact = event.fact
    if fact.since is None:
        return None
    until = fact.until and day_of(fact.until)
    return Planned(since=day_of(fact.since), until=until, sentence=fact.sentence, event=event)


def day_of(midnight: datetime) -> date:
    """The day that begins then, in whatever zone the article has: its noon is that day in UTC."""
    return (midnight + NOON).date()


def _worth(one: Planned, language: str) -> tuple[bool, bool]:
    return one.event.language == language, one.until is not None


def _over(one: Planned, today: date) -> bool:
    return (one.until or one.since + timedelta(days=1)) <= today


def _order(one: Planned, today: date) -> tuple[bool, date, date, date, int]:
    since = max(one.since, today)
    return not one.exact, since, one.until or since, one.since, one.event.article_id
