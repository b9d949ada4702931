"""`svodka deliveries`: the outbox, its broadcasts and its dead letters."""

import argparse

from bot import app, clock
from bot.cli.output import delivery_json, fail, iso, print_json, span, when
from bot.jobs.planning import broadcasts
from bot.jobs.planning.broadcasts import Progress, name_of
from storage.models import Delivery, DeliveryState
from storage.ports import Store


async def deliveries(args: argparse.Namespace) -> int:
    if args.do is not None:
        return await _steer(args)
    async with app.open_house() as house:
        store, zone = house.store, house.zone
        counts = await store.outbox.counts()
        if args.dead:
            rows = await store.outbox.letters(limit=args.n)
        else:
            state = DeliveryState(args.state) if args.state else None
            rows = await store.outbox.list(state=state, limit=args.n)
        found = await store.broadcasts.list(limit=broadcasts.SHOWN)
        shown = await broadcasts.progress(store.broadcasts, found, now=clock.now())
    if args.json:
        print_json(
            {
                "counts": {state.value: counts.get(state, 0) for state in DeliveryState},
                "broadcasts": [broadcast_json(one, zone) for one in shown],
                "deliveries": [delivery_json(row, zone) for row in rows],
            }
        )
        return 0
    print(", ".join(f"{each.value} {counts.get(each, 0)}" for each in DeliveryState))
    if not args.dead:
        for one in shown:
            print(_line(one, zone))
    for row in rows:
        print(_dead_letter(row, zone) if args.dead else _row(row))
    return 0


async def _steer(args: argparse.Namespace) -> int:
    if args.slot is None:
        return fail("Which broadcast? `svodka deliveries` names them, as in 20261118T0100Z.")
    async with app.open_house() as house:
        try:
            broadcast = await house.store.broadcasts.of(broadcasts.slot_of(args.slot))
        except ValueError:
            broadcast = None
        if broadcast is None:
            return fail(f"There is no broadcast {args.slot!r}; `svodka deliveries` names them.")
        if not await _do(house.store, args.do, broadcast.id):
            return fail(f"{args.slot} is {broadcast.state.value}: there is nothing to {args.do}.")
    print(f"{args.slot}: {DONE[args.do]}")
    return 0


DONE = {
    "pause": "paused; requests in flight are finished.",
    "resume": "it goes on.",
    "cancel": "cancelled; what had not left is dead.",
}


async def _do(store: Store, what: str, broadcast_id: int) -> bool:
    now = clock.now()
    if what == "pause":
        return await store.broadcasts.pause(broadcast_id, now=now)
    if what == "resume":
        return await store.broadcasts.resume(broadcast_id, now=now)
    return await broadcasts.cancel(store.broadcasts, broadcast_id, now=now)


def broadcast_json(one: Progress, zone: str) -> dict[str, object]:
    return {
        "slot": name_of(one.broadcast.slot),
        "at": iso(one.broadcast.slot, zone),
        "state": one.broadcast.state.value,
        "began_at": iso(one.broadcast.began_at, zone),
        "counts": {state.value: n for state, n in one.broadcast.deliveries.items()},
        "total": one.total,
        "left": one.left,
        "rate_per_s": round(one.rate_per_s, 2),
        "left_s": None if one.left_s is None else round(one.left_s),
    }


def _line(one: Progress, zone: str) -> str:
    """«20261118T0100Z  18.11.2026 08:00  running  512 of 1000 sent, 3 dead, 30.0/s, 16 s left»."""
    said = f"{one.sent} of {one.total} sent"
    if one.dead:
        said += f", {one.dead} dead"
    if one.rate_per_s:
        said += f", {one.rate_per_s:.1f}/s"
    if one.left_s:
        said += f", {span(one.left_s)} left"
    at = when(one.broadcast.slot, zone)
    return f"{name_of(one.broadcast.slot)}  {at}  {one.broadcast.state.value:<9}  {said}"


def _row(row: Delivery) -> str:
    said = row.error or row.post.text.replace("\n", " ")[:60]
    return f"{row.id:>6}  {row.state:<8} {row.kind:<8} {row.chat_id:>15}  {said}"


def _dead_letter(row: Delivery, zone: str) -> str:
    """With the cause, and the beginning of what was not sent."""
    text = row.post.text.replace("\n", " ")[:60]
    head = f"{row.id:>6}  {when(row.changed_at, zone)} {row.kind:<8} {row.chat_id:>15}"
    return f"{head}  {row.error}\n        {text}"
