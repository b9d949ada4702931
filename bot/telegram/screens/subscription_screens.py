"""The screens of one subscription: what it wants and when, redrawn in place."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.utils import formatting as f

from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import Rows, back, button, channel_button, rows, ticked
from bot.telegram.subscriptions import zones
from bot.telegram.subscriptions.pausing import A_WEEK, paused
from bot.telegram.subscriptions.subscribing import EVERY_DAY, Held
from bot.telegram.subscriptions.words import MINUTE_S, NAME, describe, in_brief
from bot.telegram.writing import dates
from bot.telegram.writing.posts import post, shorten
from bot.telegram.writing.texts import Text
from storage.models import Button, ChatKind, Layout, Post, Subscription

PARTS = ["topics", "times", "days", "count", "layout"]
USUAL_TIMES = tuple(60 * h for h in (7, 8, 9, 12, 15, 18, 19, 20, 21))
USUAL_COUNTS = (3, 5, 7, 10, 15, 20)
USUAL_MINUTES = (1, 3, 5, 10)  # to read
SIGNS = {Layout.BRIEF: "▫️", Layout.STANDARD: "▪️", Layout.RICH: "✨"}


def subscription_button(text: Text, subscription: Subscription, topics: Topics) -> Button:
    sign = "🔔" if subscription.instant else "🗞"
    label = f"{sign} {in_brief(text, subscription, topics)}"
    return button(label, cb.Screen(name="sub", sub=subscription.id))


def subscription(text: Text, held: Held, topics: Topics, *, now: datetime) -> Post:
    """One subscription, and a button for each of its parts."""
    sub, chat = held.subscription, held.chat
    body: list[f.Text | str] = [f.Bold(describe(text, sub, topics))]
    if until := paused(sub, now=now):
        back_at = dates.date(text, until, zone=held.zone)
        body += ["\n\n", text("paused-until", date=back_at)]
    elif sub.next_run_at is not None and not sub.instant:
        moment = dates.moment(text, sub.next_run_at, now=now, zone=held.zone)
        body += ["\n\n", text("digest-next", moment=moment)]
    home = channel_button(chat) if chat.kind is ChatKind.CHANNEL else back(text)
    return post(f.Text(*body), (*subscription_buttons(text, sub, now=now), (home,)))


def subscription_buttons(text: Text, subscription: Subscription, *, now: datetime) -> Rows:
    """For each part of it; alerts have no times and days."""
    sub, resting = subscription.id, paused(subscription, now=now)
    parts = ["topics", "count", "layout"] if subscription.instant else PARTS
    sound = "button-sound" if subscription.silent else "button-silent"
    ends = [
        button(text(sound), cb.Silent(sub=sub, on=not subscription.silent)),
        button(text("button-resume"), cb.Pause(sub=sub, days=0))
        if resting
        else button(text("button-pause"), cb.Pause(sub=sub, days=A_WEEK)),
        button(text("button-unsubscribe"), cb.Unsubscribe(sub=sub)),
    ]
    each = [button(text(f"button-{part}"), cb.Screen(name=part, sub=sub)) for part in parts]
    return rows([*each, *ends], 2)


def topic_choice(text: Text, held: Held, topics: Topics, *, setup: bool = False) -> Post:
    sub, chosen, follows = held.subscription.id, held.subscription.topics, held.subscription.follows
    whole = ticked(text("all-topics"), not (chosen or follows))
    every = button(whole, cb.TopicPick(sub=sub, slug="", setup=setup))
    each = [
        button(
            ticked(f"{t.emoji} {t.titles[text.language]}", t.slug in chosen),
            cb.TopicPick(sub=sub, slug=t.slug, setup=setup),
        )
        for t in topics.all
    ]
    onward = "start-on" if chosen or follows else "start-skip"
    on = button(text(onward), cb.Screen(name="first_time", sub=sub))
    words = text("start-topics" if setup else "settings-topics")
    last = on if setup else _to_subscription(text, sub)
    body: list[f.Text | str] = [f.Bold(words)]
    if follows:
        names = ", ".join(shorten(one.label or one.value, NAME) for one in follows)
        body += ["\n\n", text("topics-beside", names=names)]
    return post(f.Text(*body), ((every,), *rows(each, 2), (last,)))


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
    """So many stories, or as much as can be read in so many minutes."""
    sub, reading_s = held.subscription.id, held.subscription.reading_s
    chosen = held.subscription.max_stories if reading_s is None else 0
    each = [button(ticked(str(n), n == chosen), cb.Count(sub=sub, stories=n)) for n in USUAL_COUNTS]
    minutes = [
        button(
            ticked(text("minutes", n=n), n * MINUTE_S == reading_s), cb.Minutes(sub=sub, minutes=n)
        )
        for n in USUAL_MINUTES
    ]
    body = f.Text(f.Bold(text("settings-count")), "\n\n", text("settings-minutes"))
    return post(body, (*rows(each, 3), *rows(minutes, 2), (_to_subscription(text, sub),)))


def layout(text: Text, held: Held) -> Post:
    """How it looks; what a rich one shows to older clients is said before it is chosen."""
    sub, chosen = held.subscription.id, held.subscription.layout
    each = [
        button(
            ticked(text(f"layout-{one.value}"), one is chosen), cb.LayoutPick(sub=sub, layout=one)
        )
        for one in Layout
    ]
    lines = [f"{SIGNS[one]} {text(f'layout-is-{one.value}')}" for one in Layout]
    body = f.as_list(f.Bold(text("settings-layout")), "", *lines)
    return post(body, (*rows(each, 1), (_to_subscription(text, sub),)))


def leaving(
    text: Text, subscriptions: Sequence[Subscription], topics: Topics, unknown: str = ""
) -> Post:
    """Which of several subscriptions to stop. `unknown`: words that named none."""
    asked = text("unsubscribe-which")
    if unknown:
        one = subscriptions[0]
        names = ", ".join((*one.topics, *(interest.label for interest in one.follows)))
        example = f"/unsubscribe {shorten(names, NAME)}".strip()
        asked = text("unsubscribe-unknown", words=shorten(unknown, NAME), example=example)
    each = [
        button(f"🔕 {in_brief(text, s, topics)}", cb.Unsubscribe(sub=s.id)) for s in subscriptions
    ]
    every = button(text("unsubscribe-all"), cb.Unsubscribe(sub=0))
    close = button(text("button-close"), cb.Close())
    return post(f.Text(asked), (*rows(each, 1), (every,), (close,)))


def gone(text: Text) -> Post:
    return post(f.Text(text("subscription-gone")))


def _to_subscription(text: Text, sub: int) -> Button:
    return button(text("button-done"), cb.Screen(name="sub", sub=sub))
