"""Commands that take news in: import, poll."""

import argparse

from bot import app
from bot.cli.output import (
    article_json,
    fail,
    iso,
    print_articles,
    print_json,
    progress,
    source_json,
)
from bot.jobs.gathering.ingest import PollReport
from storage.models import POLLED


async def take(args: argparse.Namespace) -> int:
    """`svodka import`."""
    async with app.open_house() as house, app.open_newsroom(house) as ingest:
        with progress("files") as step:
            taken = await ingest.importing.take(
                args.what, source=args.source, pages=args.pages, on_done=step
            )
        if args.json:
            print_json([article_json(article, house.zone) for article in taken.articles])
        else:
            print_articles(taken.articles, house.zone)
            print(f"{taken.new} new, {len(taken.articles) - taken.new} known already.")
    for sentence in taken.failures:
        fail(sentence)
    return 1 if taken.failures else 0


async def poll(args: argparse.Namespace) -> int:
    async with app.open_house() as house, app.open_newsroom(house) as ingest:
        await app.list_sources(house)
        sources = [s for s in await house.store.sources.all() if s.kind in POLLED]
        unknown = set(args.ids) - {source.id for source in sources}
        if unknown:
            listed = ", ".join(map(str, sorted(unknown)))
            return fail(f"There is no source {listed}; `svodka sources list` shows them.")
        chosen = [s for s in sources if (s.id in args.ids if args.ids else s.enabled)]
        with progress("sources", total=len(chosen)) as step:
            reports = await ingest.poll_all(chosen, on_done=step, keep=args.json)
            if not args.ids:
                await ingest.awaiting.ask_again()
        if args.json:
            print_json([_json(report, house.zone) for report in reports])
        else:
            for report in reports:
                if not report.error:
                    told = _told(report, house.zone)
                    print(f"{report.source.id:>6}  {report.source.title}: {told}")
    failed = [report for report in reports if report.error]
    for report in failed:
        fail(f"{report.source.title}: {report.error}.")
    return 1 if failed else 0


def _told(report: PollReport, zone: str) -> str:
    if report.wait_until:
        return f"asked to wait until {iso(report.wait_until, zone)}"
    edited = f", {report.edited} edited" if report.edited else ""
    left_out = f", {report.wordless} without text" if report.wordless else ""
    return f"{report.added} new{edited}{left_out}"


def _json(report: PollReport, zone: str) -> dict[str, object]:
    return {
        "source": source_json(report.source, zone),
        "new": [article_json(article, zone) for article in report.new],
        "without_text": report.wordless,
        "error": report.error,
        "wait_until": iso(report.wait_until, zone),
    }
