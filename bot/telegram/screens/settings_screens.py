"""The screens of a chat's settings: text and buttons, redrawn in place."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.utils import formatting as f

from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import LABEL, back, button, channel_button, rows, ticked
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens import subscription_screens
from bot.telegram.subscriptions import zones
from bot.telegram.subscriptions.words import describe
from bot.telegram.writing import dates
from bot.telegram.writing.posts import post, shorten
from bot.telegram.writing.texts import LANGUAGES, Text, Texts
from storage.models import Chat, ChatKind, Post, QuietHours, Subscription


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
        *([_quiet(text, chat.quiet)] if chat.quiet else []),
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
    opened = [subscription_screens.subscription_button(text, s, topics) for s in subscriptions]
    empty = button(
        text("settings-empty-on" if says else "settings-empty-off"), cb.SayEmpty(on=not says)
    )
    more = button(text("button-more-digests"), cb.Screen(name="new"))
    quiet = button(text("button-quiet"), cb.Screen(name="quiet"))
    interests = button(text("button-interests"), cb.Interests())
    theirs = [channel_button(channel) for channel in channels]
    close = button(text("button-close"), cb.Close())
    ways = [*opened, more, interests, quiet, empty, *theirs, close]
    return post(body, (*rows(buttons, 2), *rows(ways, 1)))


def _quiet(text: Text, hours: QuietHours) -> str:
    start, end = dates.clock(hours.start), dates.clock(hours.end)
    return text("settings-quiet-at", start=start, end=end)


def language(text: Text, texts: Texts) -> Post:
    choices = [
        button(
            ticked(texts.get(code)("language-name"), code == text.language), cb.Language(code=code)
        )
        for code in LANGUAGES
    ]
    return post(f.Text(text("settings-choose-language")), (*rows(choices, 1), (back(text),)))


def zone(text: Text) -> Post:
    """Where the chat lives."""
    choices = [button(zones.zone_name(text, name), cb.Zone(name=name)) for name in zones.NEAR]
    other = button(text("zone-other"), cb.Zone(name=""))
    clock = button(text("zone-clock"), cb.Screen(name="clock"))
    each = rows([*choices, other], 2)
    return post(f.Text(text("settings-choose-zone")), (*each, (clock,), (back(text),)))


def clock(text: Text, *, now: datetime, setup: bool = False) -> Post:
    """What the clock on the wall shows, of all it may show now; a time can be typed, too."""
    hours = [
        button(f"{now.astimezone(ZoneInfo(name)):%H:%M}", cb.Zone(name=name, setup=setup))
        for name in zones.by_the_clock(now)
    ]
    home = back(text, "first_zone" if setup else "zone")
    return post(f.Text(text("zone-which-hour")), (*rows(hours, 4), (home,)))
