"""The screens of settings and of the first steps: text and buttons, redrawn in place."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.utils import formatting as f

from bot.news.topics import Topics
from bot.telegram import callbacks as cb
from bot.telegram import dates, zones
from bot.telegram.keyboards import Rows, button, rows, ticked
from bot.telegram.posts import post, shorten
from bot.telegram.stories import Reader
from bot.telegram.subscribing import EVERY_DAY, WORKDAYS, Held
from bot.telegram.texts import LANGUAGES, Text, Texts
from storage.models import Button, Chat, ChatKind, Post, Subscription

USUAL_TIMES = tuple(60 * h for h in (7, 8, 9, 12, 15, 18, 19, 20, 21))
USUAL_COUNTS = (3, 5, 7, 10, 15, 20)
TOPICS_NAMED = 3
LABEL = 40
TOPICS_IN_LABEL = 24  # so that a time is seen too


def settings(
    reader: Reader,
    chat: Chat,
    subscriptions: Sequence[Subscription],
    topics: Topics,
    now: datetime,
    *,
    channels: Sequence[Chat] = (),
) -> Post:
    """Everything a chat chose, and a button to change each; then a person's channels."""
    text = reader.text
    zone = zones.zone_name(text, reader.zone)
    time = f"{now.astimezone(ZoneInfo(reader.zone)):%H:%M}"
    says = chat.kind is ChatKind.PRIVATE if chat.say_empty is None else chat.say_empty
    lines = [
        text("settings-language", language=text("language-name")),
        text("settings-zone", zone=zone, time=time),
        text("settings-empty-on" if says else "settings-empty-off"),
    ]
    listed = [describe(text, s, topics) for s in subscriptions]
    body = f.as_list(
        f.Bold(text("settings-title")),
        "",
        *lines,
        "",
        f.Bold(text("settings-subscriptions")) if listed else text("settings-none"),
        *listed,
    )
    buttons = [
        button(text("button-language", language=text("language-name")), cb.Screen(name="language")),
        button(text("button-zone", zone=shorten(zone, LABEL)), cb.Screen(name="zone")),
    ]
    opened = [subscription_button(text, s, topics) for s in subscriptions]
    empty = button(
        text("settings-empty-on" if says else "settings-empty-off"), cb.SayEmpty(on=not says)
    )
    theirs = [channel_button(channel) for channel in channels]
    close = button(text("button-close"), cb.Close())
    return post(body, (*rows(buttons, 2), *rows([*opened, empty, *theirs, close], 1)))


def channel_button(channel: Chat) -> Button:
    return button(f"📢 {shorten(channel.title, LABEL)}", cb.Channel(do="open", chat=channel.id))


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


def language(text: Text, texts: Texts) -> Post:
    choices = [
        button(
            ticked(texts.get(code)("language-name"), code == text.language), cb.Language(code=code)
        )
        for code in LANGUAGES
    ]
    return post(f.Text(text("settings-choose-language")), (*rows(choices, 1), (back(text),)))


def zone(text: Text, *, setup: bool = False) -> Post:
    """Where the chat lives; at the first steps with a word of welcome."""
    choices = [
        button(zones.zone_name(text, name), cb.Zone(name=name, setup=setup)) for name in zones.NEAR
    ]
    other = button(text("zone-other"), cb.Zone(name="", setup=setup))
    if setup:
        body = f.Text(text("start-hello"), "\n\n", f.Bold(text("start-zone")))
        return post(body, (*rows([*choices, other], 2),))
    return post(f.Text(text("settings-choose-zone")), (*rows([*choices, other], 2), (back(text),)))


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
    on = button(text("start-on"), cb.Screen(name="first_time", sub=sub))
    words = text("start-topics" if setup else "settings-topics")
    last = on if setup else _to_subscription(text, sub)
    return post(f.Bold(words), ((every,), *rows(each, 2), (last,)))


def first_time(text: Text, held: Held) -> Post:
    """The last of the first steps: one press chooses the time and begins."""
    sub, hours = held.subscription.id, (7, 8, 9, 12, 18, 20)
    once = [button(dates.clock(60 * h), cb.FirstTime(sub=sub, minutes=60 * h)) for h in hours]
    twice = button(text("start-twice"), cb.FirstTime(sub=sub, minutes=60 * 8, second=60 * 19))
    other = button(text("start-other-time"), cb.FirstTime(sub=sub, minutes=-1))
    words = text("start-time", zone=zones.zone_name(text, held.zone))
    return post(f.Bold(words), (*rows(once, 3), (twice,), (other,)))


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


def forget(text: Text, *, group: bool) -> Post:
    yes = button(text("forget-yes"), cb.Forget(sure=True))
    no = button(text("forget-no"), cb.Forget(sure=False))
    return post(f.Text(text("forget-sure-group" if group else "forget-sure")), ((yes, no),))


def back(text: Text, screen: str = "main", sub: int = 0) -> Button:
    return button(text("button-back"), cb.Screen(name=screen, sub=sub))


def _to_subscription(text: Text, sub: int) -> Button:
    return button(text("button-done"), cb.Screen(name="sub", sub=sub))
