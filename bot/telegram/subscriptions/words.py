"""A subscription in words: «Рейсы, БелАЗ · 08:00, 19:00 · каждый день · до 10 новостей»."""

from collections.abc import Sequence

from bot.news.topics.scores import Topics
from bot.telegram.buttons.keyboards import LABEL
from bot.telegram.subscriptions.subscribing import EVERY_DAY, WORKDAYS
from bot.telegram.writing import dates
from bot.telegram.writing.posts import shorten
from bot.telegram.writing.texts import Text
from storage.models import Subscription

NAMED = 3  # topics and interests, before «и ещё 2»
NAME = 40  # UTF-16 units
WANTS_IN_LABEL = 24  # so that a time is seen too
MINUTE_S = 60


def in_brief(text: Text, subscription: Subscription, topics: Topics) -> str:
    """«Рейсы, Торговля · 08:00, 19:00», as much of it as a button shows."""
    what = shorten(wants(text, subscription, topics), WANTS_IN_LABEL)
    return shorten(f"{what} · {_times(text, subscription)}", LABEL)


def describe(text: Text, subscription: Subscription, topics: Topics) -> str:
    """What, when, on which days, how much."""
    days = [] if subscription.instant else [_days(text, subscription.schedule.days)]
    said = [wants(text, subscription, topics), _times(text, subscription), *days]
    return " · ".join([*said, amount(text, subscription)])


def wants(text: Text, subscription: Subscription, topics: Topics) -> str:
    found = [topic for slug in subscription.topics if (topic := topics.get(slug))]
    names = [topic.titles[text.language] for topic in found]
    names += [shorten(one.label or one.value, NAME) for one in subscription.follows]
    shown, more = ", ".join(names[:NAMED]), len(names) - NAMED
    return f"{shown} {text('more-sources', n=more)}" if more > 0 else shown or text("all-topics")


def amount(text: Text, subscription: Subscription) -> str:
    """«до 10 новостей», or «на 3 минуты»."""
    if subscription.reading_s is None:
        return text("stories-up-to", n=subscription.max_stories)
    return text("minutes-to-read", n=max(1, subscription.reading_s // MINUTE_S))


def _times(text: Text, subscription: Subscription) -> str:
    if subscription.instant:
        return text("at-once")
    return ", ".join(dates.clock(m) for m in subscription.schedule.minutes)


def _days(text: Text, days: Sequence[int]) -> str:
    if tuple(days) == EVERY_DAY:
        return text("days-every")
    if tuple(days) == WORKDAYS:
        return text("days-workdays")
    return ", ".join(dates.weekday(text, day) for day in days)
