"""The screens of a channel: drawn in private for whoever runs it, in their language."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.utils import formatting as f

from bot.news.topics.scores import Topics
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import LABEL, Rows, button, rows, ticked
from bot.telegram.rendering.stories import Reader
from bot.telegram.screens.subscription_screens import subscription_button
from bot.telegram.subscriptions import zones
from bot.telegram.subscriptions.words import describe
from bot.telegram.writing.posts import post, shorten
from bot.telegram.writing.texts import LANGUAGES, Text, Texts
from storage.models import Button, Chat, Post, Subscription

HEADER = 100  # what the first line of a digest may have, and a phone show in two lines


def main(
    text: Text,
    channel: Chat,
    own: Reader,
    subscriptions: Sequence[Subscription],
    topics: Topics,
    *,
    now: datetime,
    said: str = "",
    reads: bool | None = None,
) -> Post:
    """What a channel gets, and a button to change each part; `own`: how the channel reads.

    `reads`: whether it is a source too; None where that is not for this person to choose.
    """
    lines = [
        text("channel-language", language=own.text("language-name")),
        text(
            "settings-zone",
            zone=zones.zone_name(text, own.zone),
            time=f"{now.astimezone(ZoneInfo(own.zone)):%H:%M}",
        ),
        text("channel-header", header=shorten(channel.header, HEADER))
        if channel.header
        else text("channel-header-none"),
        text("settings-empty-on" if channel.say_empty else "settings-empty-off"),
        *([text("channel-reads")] if reads else []),
    ]
    listed = [describe(text, s, topics) for s in subscriptions]
    body = f.as_list(
        *([said, ""] if said else []),
        f.Bold(f"📢 {shorten(channel.title, 100)}"),
        *([f.Italic(text("channel-asleep"))] if channel.asleep else []),
        "",
        *lines,
        "",
        f.Bold(text("settings-subscriptions")) if listed else text("channel-no-digests"),
        *listed,
    )
    return post(body, _buttons(text, channel, own, subscriptions, topics, reads))


def _buttons(
    text: Text,
    channel: Chat,
    own: Reader,
    subs: Sequence[Subscription],
    topics: Topics,
    reads: bool | None,
) -> Rows:
    opened = [subscription_button(text, s, topics) for s in subs]
    add = _to(text("button-add-digest"), "add", channel)
    zone = shorten(zones.zone_name(text, own.zone), LABEL)
    header = _to(text("button-header"), "header", channel)
    ways = (
        _to(text("button-language", language=own.text("language-name")), "languages", channel),
        _to(text("button-zone", zone=zone), "zones", channel),
    )
    now = [
        _to(text("button-preview"), "preview", channel),
        _to(text("button-publish"), "publish", channel),
    ]
    says = bool(channel.say_empty)
    empty = _to(
        text("settings-empty-on" if says else "settings-empty-off"),
        "silent" if says else "say",
        channel,
    )
    read = _to(
        text("button-read-no" if reads else "button-read"), "no-read" if reads else "read", channel
    )
    source = [] if reads is None else [read]
    close = button(text("button-close"), cb.Close())
    return (*rows([*opened, add, header], 1), ways, (empty,), *rows([*now, *source], 1), (close,))


def header(text: Text, channel: Chat) -> Post:
    """The question for a header, which the next text answers."""
    none = _to(text("button-no-header"), "no-header", channel)
    return post(f.Text(text("ask-header")), ((none,), (back(text, channel),)))


def language(text: Text, texts: Texts, channel: Chat, own: Reader) -> Post:
    each = [
        _to(ticked(texts.get(code)("language-name"), code == own.text.language), code, channel)
        for code in LANGUAGES
    ]
    return post(f.Text(text("channel-choose-language")), (*rows(each, 1), (back(text, channel),)))


def zone(text: Text, channel: Chat) -> Post:
    each = [
        button(zones.zone_name(text, name), cb.ChannelZone(chat=channel.id, name=name))
        for name in zones.NEAR
    ]
    other = _to(text("zone-other"), "ask-zone", channel)
    return post(
        f.Text(text("settings-choose-zone")), (*rows([*each, other], 2), (back(text, channel),))
    )


def back(text: Text, channel: Chat) -> Button:
    return _to(text("button-back"), "open", channel)


def _to(label: str, do: str, channel: Chat) -> Button:
    return button(label, cb.Channel(do=do, chat=channel.id))
