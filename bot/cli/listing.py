"""`svodka sources import`, `export`: lists of sources, from other readers and for them."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import app, clock
from bot.cli.output import fail, print_json, progress
from bot.jobs.gathering.ingest import PollReport
from bot.jobs.gathering.listed import Listed, add_listed
from bot.sources.errors import SourceError
from bot.sources.opml import parse_opml, write_opml
from storage.models import POLLED


async def import_(args: argparse.Namespace) -> int:
    """Add all at once, then read each that is new; the dead stay, for they may come back."""
    try:
        listed = parse_opml(_read(args.file))
    except OSError as e:
        return fail(f"{args.file} cannot be read: {(e.strerror or str(e)).lower()}.")
    except SourceError as e:
        return fail(f"{args.file} cannot be imported: {e}.")
    reports: list[PollReport] = []
    async with app.open_house() as house:
        done = await add_listed(house.store, listed, now=clock.now())
        if done.new and not args.no_check:
            async with app.open_newsroom(house) as ingest:
                with progress("sources", total=len(done.new)) as step:
                    reports = await ingest.poll_all(done.new, on_done=step)
    dead = [report for report in reports if report.error]
    if args.json:
        print_json(_json(len(listed), done, reports, dead))
    else:
        _tell(done, reports, dead)
    return fail(f"{len(dead)} of {len(reports)} new sources do not answer.") if dead else 0


async def export(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        sources = await house.store.sources.all()
    polled = [source for source in sources if source.kind in POLLED]
    sys.stdout.buffer.write(write_opml(polled, now=clock.now()).encode())
    return 0


def _read(path: str) -> bytes:
    return Path(path).read_bytes()


def _tell(done: Listed, reports: Sequence[PollReport], dead: Sequence[PollReport]) -> None:
    print(f"{len(done.new)} new sources, {len(done.known)} known already.")
    if reports:
        work = len(reports) - len(dead)
        print(f"{work} work, {len(dead)} do not answer{':' if dead else '.'}")
    for report in dead:
        print(f"{report.source.id:>6}  {report.source.title}: {report.error}.")


def _json(
    listed: int, done: Listed, reports: Sequence[PollReport], dead: Sequence[PollReport]
) -> dict[str, object]:
    """`work` is null when nothing was asked."""
    return {
        "listed": listed,
        "new": len(done.new),
        "known": [source.id for source in done.known],
        "work": len(reports) - len(dead) if reports else None,
        "dead": [
            {
                "id": report.source.id,
                "title": report.source.title,
                "url": report.source.url,
                "error": report.error,
            }
            for report in dead
        ],
    }
