"""What stands around the stories of a digest: its head, its end, a word when there are none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiogram.utils import formatting as f

from bot.news.digests.digest import reading_time_s
from bot.telegram.rendering.layouts import Item
from bot.telegram.rendering.stories import Reader
from bot.telegram.writing import dates
from bot.telegram.writing.posts import shorten
from storage.models import Chat, ChatKind, Layout, Subscription

HEADER = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One digest: for whom, of what, as of when."""

    reader: Reader
    chat: Chat
    subscription: Subscription | None
    items: Sequence[Item]
    now: datetime
    late: bool
    next_run_at: datetime | None
    missed_since: datetime | None
    muted: int

    @property
    def channel(self) -> bool:
        return self.chat.kind is ChatKind.CHANNEL

    @property
    def private(self) -> bool:
        return self.chat.kind is ChatKind.PRIVATE

    @property
    def alert(self) -> bool:
        return self.subscription is not None and self.subscription.instant

    @property
    def layout(self) -> Layout:
        return self.subscription.layout if self.subscription else Layout.STANDARD

    @property
    def silent(self) -> bool:
        return self.subscription is not None and self.subscription.silent

    @property
    def part_of_day(self) -> str:
        return dates.part_of_day(self.now, zone=self.reader.zone)


def head(edition: Edition) -> f.Text:
    lines = [line for one in below_title(edition) for line in ("\n", one)]
    return f.Text(f.Bold(title(edition)), *lines)


def title(edition: Edition) -> str:
    text = edition.reader.text
    own = edition.chat.header and shorten(edition.chat.header, HEADER)
    if own:
        return own
    if edition.alert:
        return text("digest-alert", n=len(edition.items))
    if edition.missed_since is not None:
        return text("digest-missed")
    return "🗞 " + text("digest-title", part=edition.part_of_day)


def below_title(edition: Edition) -> list[f.Text]:
    """The lines under the title."""
    reader, lines = edition.reader, []
    if not edition.alert:
        lines.append(f.Text(_day_and_length(edition)))
    if edition.missed_since is not None:
        since = dates.date(reader.text, edition.missed_since, zone=reader.zone)
        lines.append(f.Italic(reader.text("digest-missed-since", date=since)))
    if edition.late:
        lines.append(f.Italic(reader.text("digest-late")))
    return lines


def _day_and_length(edition: Edition) -> str:
    """«среда, 18 ноября · ≈ 2 мин»."""
    reader = edition.reader
    day = dates.day(reader.text, edition.now, zone=reader.zone)
    if edition.channel or not edition.items:
        return day
    layout = edition.layout
    read_s = sum(reading_time_s(one.story, one.change, layout=layout) for one in edition.items)
    minutes = max(1, round(read_s / 60))
    return f"{day} · {reader.text('digest-length', n=minutes)}"


def end(edition: Edition) -> f.Text | None:
    """«Это всё на утро. Следующая сводка — сегодня в 19:00.»"""
    if edition.channel or edition.alert:
        return None
    text = edition.reader.text
    said: list[f.Text | str] = []
    if edition.items:
        said.append(f.Italic(text("digest-end", part=edition.part_of_day)))
    if edition.next_run_at is not None:
        zone = edition.reader.zone
        moment = dates.momentous(text, edition.next_run_at, now=edition.now, zone=zone)
        said += ["\n" if said else "", dates.around(text, "digest-next", moment)]
    return f.Text(*said) if said else None


def nothing(edition: Edition) -> f.Text:
    """Why there are no stories."""
    text = edition.reader.text
    if edition.muted:
        return f.Text(text("digest-all-muted", n=edition.muted))
    return f.Text(text("digest-empty-channel" if edition.channel else "digest-empty"))
