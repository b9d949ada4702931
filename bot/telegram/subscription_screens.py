"""The screens of one subscription: what it wants and when, redrawn in place."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.utils import formatting as f

from bot.news.topics import Topics
from bot.telegram import callbacks as cb
from bot.telegram import dates, zones
from bot.telegram.keyboards import LABEL, Rows, back, button, channel_button, rows, ticked
from bot.telegram.posts import post, shorten
from bot.telegram.subscribing import EVERY_DAY, WORKDAYS, Held
from bot.telegram.texts import Text
from storage.models import Button, ChatKind, Post, Subscription

USUAL_TIMES = tuple(60 * h for h in (7, 8, 9, 12, 15, 18, 19, 20, 21))
USUAL_COUNTS = (3, 5, 7, 10, 15, 20)
TOPICS_NAMED = 3
TOPICS_IN_LABEL = 24  # so that a time is seen too


def subscription_button(text: Text, subscription: Subscription, topics: Topics) -> Button:
    label = f"🗞 {in_brief(text, subscription, topics)}"
    return button(label, cb.Screen(name="sub", sub=subscription.id))


def in_brief(text: Text, subscription: Subscription, topics: Topics) -> str:
    """«Рейсы, Торговля · 08:00, 19:00», as much of it as a button shows."""
    what = topic_names(text, subscription.topics, topics)
    times = ", ".join(dates.clock(m) for m in subscription.schedule.minutes)
    return shorten(f"{shorten(what, TOPICS_IN_LABEL)} · {times}", LABEL)


def describe(text: Text, subscription: Subscription, topics: Topics) -> str:
    """«Рейсы, Торговля · 08:00, 19:00 · каждый день · до 10 новостей»."""
    schedule = subscription.schedule
    return " · ".join(
        (
            topic_names(text, subscription.topics, topics),
            ", ".join(dates.clock(m) for m in schedule.minutes),
            _days(text, schedule.days),
            text("stories-up-to", n=subscription.max_stories),
        )
    )


def topic_names(text: Text, slugs: Sequence[str], topics: Topics) -> str:
    if not slugs:
        return text("all-topics")
    names = [topic.titles[text.language] for slug in slugs if (topic := topics.get(slug))]
    shown = ", ".join(names[:TOPICS_NAMED])
    more = len(names) - TOPICS_NAMED
    return f"{shown} {text('more-sources', n=more)}" if more > 0 else shown or text("all-topics")


def _days(text: Text, days: Sequence[int]) -> str:
    if tuple(days) == EVERY_DAY:
        return text("days-every")
    if tuple(days) == WORKDAYS:
        return text("days-workdays")
    return ", ".join(dates.weekday(text, day) for day in days)


def subscription(text: Text, held: Held, topics: Topics, *, now: datetime) -> Post:
    """One subscription, and a button for each of its parts."""
    sub, chat = held.subscription, held.chat
    body: list[f.Text | str] = [f.Bold(describe(text, sub, topics))]
    if sub.next_run_at is not None:
        moment = dates.moment(text, sub.next_run_at, now=now, zone=held.zone)
        body += ["\n\n", text("digest-next", moment=moment)]
    home = channel_button(chat) if chat.kind is ChatKind.CHANNEL else back(text)
    return post(f.Text(*body), (*subscription_buttons(text, sub.id), (home,)))


def subscription_buttons(text: Text, sub: int) -> Rows:
    parts = [
        button(text("button-choose-topics"), cb.Screen(name="topics", sub=sub)),
        button(text("button-times"), cb.Screen(name="times", sub=sub)),
        button(text("button-days"), cb.Screen(name="days", sub=sub)),
        button(text("button-count"), cb.Screen(name="count", sub=sub)),
        button(text("button-unsubscribe"), cb.Unsubscribe(sub=sub)),
    ]
    return rows(parts, 2)


def topic_choice(text: Text, held: Held, topics: Topics, *, setup: bool = False) -> Post:
    sub, chosen = held.subscription.id, held.subscription.topics
    every = button(
        ticked(text("all-topics"), not chosen), cb.TopicPick(sub=sub, slug="", setup=setup)
    )
    each = [
        button(
            ticked(f"{t.emoji} {t.titles[text.language]}", t.slug in chosen),
            cb.TopicPick(sub=sub, slug=t.slug, setup=setup),
        )
        for t in topics.all
    ]
    on = button(text("start-on" if chosen else "start-skip"), cb.Screen(name="first_time", sub=sub))
    words = text("start-topics" if setup else "settings-topics")
    last = on if setup else _to_subscription(text, sub)
    return post(f.Bold(words), ((every,), *rows(each, 2), (last,)))


def times(text: Text, held: Held) -> Post:
    sub, chosen = held.subscription.id, held.subscription.schedule.minutes
    each = [
        button(ticked(dates.clock(m), m in chosen), cb.TimePick(sub=sub, minutes=m))
        for m in sorted({*USUAL_TIMES, *chosen})
    ]
    other = button(text("start-other-time"), cb.TimePick(sub=sub, minutes=-1))
    words = text("settings-times", zone=zones.zone_name(text, held.zone))
    return post(f.Bold(words), (*rows(each, 3), (other,), (_to_subscription(text, sub),)))


def days(text: Text, held: Held) -> Post:
    sub, chosen = held.subscription.id, held.subscription.schedule.days
    each = [
        button(ticked(dates.weekday(text, day), day in chosen), cb.DayPick(sub=sub, day=day))
        for day in EVERY_DAY
    ]
    whole = (
        button(text("button-every-day"), cb.DayPick(sub=sub, day=0)),
        button(text("button-workdays"), cb.DayPick(sub=sub, day=8)),
    )
    return post(
        f.Bold(text("settings-days")), (*rows(each, 4), whole, (_to_subscription(text, sub),))
    )


def count(text: Text, held: Held) -> Post:
    sub, chosen = held.subscription.id, held.subscription.max_stories
    each = [button(ticked(str(n), n == chosen), cb.Count(sub=sub, stories=n)) for n in USUAL_COUNTS]
    return post(f.Bold(text("settings-count")), (*rows(each, 3), (_to_subscription(text, sub),)))


def leaving(text: Text, subscriptions: Sequence[Subscription], topics: Topics) -> Post:
    """Which of several subscriptions to stop."""
    each = [
        button(f"🔕 {in_brief(text, s, topics)}", cb.Unsubscribe(sub=s.id)) for s in subscriptions
    ]
    every = button(text("unsubscribe-all"), cb.Unsubscribe(sub=0))
    close = button(text("button-close"), cb.Close())
    return post(f.Text(text("unsubscribe-which")), (*rows(each, 1), (every,), (close,)))


def gone(text: Text) -> Post:
    return post(f.Text(text("subscription-gone")))


def _to_subscription(text: Text, sub: int) -> Button:
    return button(text("button-done"), cb.Screen(name="sub", sub=sub))
