"""`svodka sources add`: what is at an address, and from now on among the sources."""

import argparse

from bot import app
from bot.cli.output import entry_json, fail, print_json, source_json, span, warn, when
from bot.jobs.gathering.adding import About
from bot.jobs.gathering.ingest import Looked, PollReport
from bot.jobs.gathering.taking import FROM_PAGES
from bot.sources.errors import SameSource, SourceError
from bot.sources.newest import headline, newest
from bot.workers import WorkerFailed
from storage.models import Source

MANY_PAGES = 30


async def add(args: argparse.Namespace) -> int:
    """Look, show, add, and poll: asks nothing."""
    async with app.open_house() as house, app.open_newsroom(house) as ingest:
        try:
            looked = await ingest.look(
                args.what, selector=args.selector, folders=True, zone=args.zone
            )

            def show(found: Looked) -> None:
                if not args.json:
                    _show(found, args.title, house.zone)

            report = await ingest.add(looked, about=_about(args), on_found=show)
        except SameSource as e:
            return fail(f"{e} (source {e.source_id}).")
        except (SourceError, WorkerFailed, MemoryError) as e:
            return fail(f"{e}.")
    source = report.source
    if looked.found.warning:
        warn(f"{looked.found.warning}.")
    if args.json:
        print_json(_json(looked, source, report, house.zone))
    else:
        print(f"{source.id}  {source.title}: {report.added} new articles{_left_out(report)}.")
    return fail(f"{report.error}.") if report.error else 0


def _left_out(report: PollReport) -> str:
    return f"; {report.wordless} items have no text" if report.wordless else ""


def _about(args: argparse.Namespace) -> About:
    return About(title=args.title, region=args.region, language=args.language, zone=args.zone)


def _show(looked: Looked, title: str | None, zone: str) -> None:
    """What was found, before all of it is read, which may take a while."""
    found = looked.found
    print(f"{title or found.feed.title or found.url}")
    print(f"{found.kind}, asked every {span(looked.interval_s)}: {found.url}")
    for entry in newest(found.feed.entries):
        at = entry.published_at
        print(f"  {when(at, zone) if at else 'undated':<16}  {headline(entry) or 'no title'}")
    pages = len(found.feed.entries) if found.kind in FROM_PAGES else 0
    if pages > MANY_PAGES:
        print(
            f"Reading {pages} pages, one a second; Ctrl-C leaves the rest to the bot.", flush=True
        )


def _json(looked: Looked, source: Source, report: PollReport, zone: str) -> dict[str, object]:
    return {
        "source": source_json(source, zone),
        "kind": looked.found.kind.value,
        "entries": [entry_json(entry, zone) for entry in newest(looked.found.feed.entries)],
        "interval_s": looked.interval_s,
        "new": report.added,
        "without_text": report.wordless,
        "warning": looked.found.warning,
        "error": report.error,
    }
