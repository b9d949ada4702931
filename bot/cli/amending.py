"""Commands of editors about what was told already: reword a story, withdraw it, take that back.

They write what is to be said, and leave the messages to the bot: it edits them where they are.
"""

import argparse

from bot import app, clock
from bot.cli.output import fail, print_json
from bot.jobs.articles import correcting
from storage.models import EditState


async def reword(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        summary = None if args.summary is None else tuple(args.summary)
        id_ = await correcting.reword(
            house.store, args.id, headline=args.headline, summary=summary, now=clock.now()
        )
        if id_ is None:
            return _no_story(args.id)
        print(f"Story {id_} says: {args.headline}")
        await _tell_of_messages(house, id_)
    return 0


async def withdraw(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        id_ = await correcting.withdraw(house.store, args.id, reason=args.reason, now=clock.now())
        if id_ is None:
            return _no_story(args.id)
        print(f"Story {id_} is withdrawn: no digest, list or search shows it.")
        await _tell_of_messages(house, id_)
    return 0


async def restore(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        id_ = await correcting.restore(house.store, args.id, now=clock.now())
        if id_ is None:
            return fail(f"Story {args.id} is neither reworded nor withdrawn.")
        print(f"Story {id_} is told as before.")
        await _tell_of_messages(house, id_)
    return 0


async def edits(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        now = await correcting.editions(house.store)
    if args.json:
        print_json(
            {
                "counts": {state.value: now.counts.get(state, 0) for state in EditState},
                "to_plan": now.to_plan,
                "reasons": [{"error": why, "messages": n} for why, n in now.reasons.items()],
            }
        )
        return 0
    print(", ".join(f"{state.value} {now.counts.get(state, 0)}" for state in EditState))
    if now.to_plan:
        print("A correction is new: the bot plans its edits within seconds, once it runs.")
    for why, n in now.reasons.items():
        print(f"{n:>6}  {why}")
    return 0


def _no_story(id_: int) -> int:
    return fail(f"There is no story {id_}; `svodka stories` shows the newest.")


async def _tell_of_messages(house: app.House, story_id: int) -> None:
    if told := await house.store.edits.holding(story_id):
        print(f"Messages that tell it: {told}. The bot edits them; `svodka edits` tells how far.")
