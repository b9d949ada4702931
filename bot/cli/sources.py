"""`svodka sources`: list, add, remove, switch on and off."""

import argparse

from bot import app, clock
from bot.cli.output import fail, print_json, source_json


async def list_(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        await app.list_sources(house)
        sources = await house.store.sources.all()
    if args.json:
        print_json([source_json(source, house.zone) for source in sources])
        return 0
    for source in sources:
        state = "on " if source.enabled else "off"
        print(f"{source.id:>6}  {state}  {source.kind:<8} {source.title:<28} {source.url}")
    return 0


async def remove(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        if not await house.store.sources.remove(args.id):
            return fail(unknown(args.id))
    if args.json:
        print_json({"removed": args.id})
    return 0


async def switch(args: argparse.Namespace) -> int:
    """`on`, `off`: one that is on is polled with the next that are due."""
    async with app.open_house() as house:
        sources = house.store.sources
        if not await sources.enable(args.id, args.on, now=clock.now()):
            return fail(unknown(args.id))
        source = await sources.get(args.id)
    if args.json and source is not None:
        print_json(source_json(source, house.zone))
    elif source is not None:
        print(f"{source.id}  {source.title}: {'on' if source.enabled else 'off'}.")
    return 0


def unknown(source_id: int) -> str:
    return f"There is no source {source_id}; `svodka sources list` shows them."
