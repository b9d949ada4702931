"""`svodka sources`: the feeds we poll."""

import argparse
import sys
from pathlib import Path

from bot import app, clock
from bot.cli.output import fail, print_json, source_json
from bot.sources.errors import SourceError
from bot.sources.opml import parse_opml, write_opml
from storage.models import Source, SourceKind


async def list_(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        await app.list_sources(house)
        _show(await house.store.sources.all(), args.json, house.zone)
    return 0


async def add(args: argparse.Namespace) -> int:
    async with app.open_house() as house, app.open_newsroom(house) as ingest:
        try:
            report = await ingest.add(args.url)
        except SourceError as e:
            return fail(f"{e}.")
        if args.json:
            told = {"source": source_json(report.source, house.zone), "new": len(report.new)}
            print_json(told | {"error": report.error})
        else:
            print(f"{report.source.id}  {report.source.title}: {len(report.new)} new articles.")
    return fail(f"{report.error}.") if report.error else 0


async def remove(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        if not await house.store.sources.remove(args.id):
            return fail(f"There is no source {args.id}; `svodka sources list` shows them.")
    if args.json:
        print_json({"removed": args.id})
    return 0


async def check(args: argparse.Namespace) -> int:
    """Every source's state; exit status 1 when one that is on cannot be read."""
    async with app.open_house() as house:
        await app.list_sources(house)
        sources = await house.store.sources.all()
        _show(sources, args.json, house.zone)
    failing = [source for source in sources if source.enabled and source.failures]
    for source in failing:
        often = "once" if source.failures == 1 else f"{source.failures} times in a row"
        fail(f"{source.title}: {source.last_error} ({often}).")
    return 1 if failing else 0


async def import_(args: argparse.Namespace) -> int:
    try:
        listed = parse_opml(_read(args.file))
    except OSError as e:
        return fail(f"{args.file} cannot be read: {(e.strerror or str(e)).lower()}.")
    except SourceError as e:
        return fail(f"{args.file} cannot be imported: {e}.")
    async with app.open_house() as house:
        known = {source.url for source in await house.store.sources.all()}
        new = [source for source in listed if source.url not in known]
        for source in new:
            await house.store.sources.add(source, now=clock.now())
    if args.json:
        print_json({"listed": len(listed), "new": len(new)})
    else:
        print(f"{len(new)} new sources, {len(listed) - len(new)} known already.")
    return 0


async def export(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        sources = await house.store.sources.all()
    feeds = [source for source in sources if source.kind is SourceKind.FEED]
    sys.stdout.buffer.write(write_opml(feeds, now=clock.now()).encode())
    return 0


def _read(path: str) -> bytes:
    return Path(path).read_bytes()


def _show(sources: list[Source], as_json: bool, zone: str) -> None:
    if as_json:
        print_json([source_json(source, zone) for source in sources])
        return
    for source in sources:
        state = "on " if source.enabled else "off"
        print(f"{source.id:>6}  {state}  {source.title:<28} {source.url}")
