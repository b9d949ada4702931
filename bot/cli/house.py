"""Commands about the house itself: deliveries, check, backup."""

import argparse
from dataclasses import replace
from functools import partial

from bot import app
from bot.cli.output import fail, print_json, progress
from bot.jobs.articles import remembering
from bot.workers import Workers


async def check(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        app.load_sources(house.settings)
        wrong = await house.store.check()
        facts = {
            "ok": not wrong,
            "problems": wrong,
            "mode": "sandbox" if house.settings.sandbox else "live",
            "database": house.settings.database_url,
            "topics": len(house.topics.all),
            "sources": len(await house.store.sources.all()),
            "articles": await house.store.articles.count(),
            "to_index": (await house.reindexing.progress()).left,
            "subscriptions": await house.store.subscriptions.count(),
        }
    if args.json:
        print_json(facts)
    else:
        for name, value in facts.items():
            if name not in ("ok", "problems"):
                print(f"{name:<14} {value}")
    for sentence in wrong:
        fail(sentence)
    if not wrong and not args.json:
        print("All is well.")
    return 1 if wrong else 0


async def reindex(args: argparse.Namespace) -> int:
    """The bot does the same by itself, beside its work; so not while it runs."""
    async with app.open_house() as house, app.owned(house):
        reindexing = replace(house.reindexing, gently=False)
        if args.all:
            await reindexing.begin_anew()
        left = (await reindexing.progress()).left
        workers = Workers(prepare=partial(remembering.preparation, house.store))
        try:
            with progress("articles", total=left) as step:

                def forward(articles: int) -> None:
                    for each in range(articles):
                        step(each)

                done = await reindexing.run(workers, step=forward)
        finally:
            await workers.close()
    if args.json:
        print_json({"articles": done})
    else:
        print(f"{done} articles are indexed anew." if done else "All is by today's rules.")
    return 0


async def backup(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        await house.store.backup(args.path)
    if args.json:
        print_json({"path": args.path})
    else:
        print(f"The database is copied to {args.path}.")
    return 0
