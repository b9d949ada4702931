"""Deliveries as admins see them: broadcasts with their buttons, and dead letters."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.utils import formatting as f

from bot.jobs.planning.broadcasts import Progress
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import Row, Rows, button
from bot.telegram.rendering.stories import Reader
from bot.telegram.writing import dates
from bot.telegram.writing.posts import post, shorten, stack
from storage.models import BroadcastState, Button, Delivery, DeliveryState, Post

CAUSE = 200
BEGINNING = 60
COUNTED = (DeliveryState.SENT, DeliveryState.PLANNED, DeliveryState.UNKNOWN, DeliveryState.DEAD)


def broadcasts(
    reader: Reader,
    found: Sequence[Progress],
    counts: Mapping[DeliveryState, int],
    *,
    now: datetime,
) -> Post:
    """How far each broadcast is, what there is in all, and what can be done."""
    text = reader.text
    said = [_told(reader, one, now=now) for one in found] or [f.Text(text("deliveries-none"))]
    in_all = ", ".join(text(f"deliveries-{state.value}", n=counts[state]) for state in COUNTED)
    body = stack(
        f.Bold(text("deliveries-title")), *said, f.Italic(text("deliveries-all", counts=in_all))
    )
    return post(body, (*(row for one in found for row in _buttons(reader, one)), _last(reader)))


def sure_to_cancel(reader: Reader, one: Progress, *, now: datetime) -> Post:
    """Cancelling cannot be undone, so it is asked about."""
    text = reader.text
    moment = dates.stamp(text, one.broadcast.slot, now=now, zone=reader.zone)
    yes = _press(reader, "sure", one.broadcast.slot)
    no = button(text("deliveries-button-back"), cb.Broadcast(do="show"))
    said = text("deliveries-cancel-sure", when=moment, left=one.left)
    return post(f.Text(said), ((yes,), (no,)))


def dead_letters(reader: Reader, letters: Sequence[Delivery], *, now: datetime) -> Post:
    """What was never sent, and why."""
    text = reader.text
    back = button(text("deliveries-button-back"), cb.Broadcast(do="show"))
    said = [
        f.Text(
            f.Bold(shorten(one.post.text, BEGINNING) or "…"),
            f" → {one.chat_id}, {dates.age(text, one.changed_at, now=now, zone=reader.zone)}\n",
            shorten(one.error or "", CAUSE),
        )
        for one in letters
    ] or [f.Text(text("deliveries-no-dead"))]
    return post(stack(f.Bold(text("deliveries-dead-title")), *said), ((back,),))


def _told(reader: Reader, one: Progress, *, now: datetime) -> f.Text:
    """«08:00 — идёт: 512 из 1000, 30 в секунду, осталось 16 с»."""
    text, broadcast = reader.text, one.broadcast
    moment = dates.stamp(text, broadcast.slot, now=now, zone=reader.zone)
    said = [
        text(f"broadcast-{broadcast.state.value}"),
        text("broadcast-sent", sent=one.sent, total=one.total),
    ]
    if one.dead:
        said.append(text("deliveries-dead", n=one.dead))
    if one.rate_per_s:
        said.append(text("broadcast-rate", rate=round(one.rate_per_s, 1)))
    if one.left_s:
        said.append(text("broadcast-left", minutes=max(1, round(one.left_s / 60))))
    return f.Text(f.Bold(moment), " — ", ", ".join(said))


def _buttons(reader: Reader, one: Progress) -> Rows:
    """Of what is open: pause or resume it, cancel it."""
    slot, state = one.broadcast.slot, one.broadcast.state
    if state is BroadcastState.RUNNING:
        return ((_press(reader, "pause", slot), _press(reader, "cancel", slot)),)
    if state is BroadcastState.PAUSED:
        return ((_press(reader, "resume", slot), _press(reader, "cancel", slot)),)
    return ()


def _press(reader: Reader, do: str, slot: datetime) -> Button:
    """«Пауза · 08:00»: several broadcasts may be open."""
    clock = f"{slot.astimezone(ZoneInfo(reader.zone)):%H:%M}"
    data = cb.Broadcast(do=do, minute=int(slot.timestamp()) // 60)
    return button(f"{reader.text(f'deliveries-button-{do}')} · {clock}", data)


def _last(reader: Reader) -> Row:
    return (
        button(reader.text("deliveries-button-show"), cb.Broadcast(do="show")),
        button(reader.text("deliveries-button-dead"), cb.Broadcast(do="dead")),
    )
