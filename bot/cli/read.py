"""Commands that read what is stored: latest, search, stories, ask, digest."""

import argparse
from datetime import timedelta

from bot import app, clock
from bot.cli.output import (
    article_json,
    fail,
    iso,
    print_articles,
    print_json,
    print_stories,
    story_json,
)
from bot.jobs.answering.answer import Relaxed, answer
from bot.jobs.planning import plan
from bot.news.digests.planned import Planned
from bot.news.questions.query import parse_query
from storage.models import Article, Query

WITHOUT = {
    Relaxed.SPELLING: "Nothing is spelled quite so; this is spelled much like it.",
    Relaxed.WORDS: "Nothing has all the words; this comes closest.",
    Relaxed.TIME: "There is nothing from that time; this is from another.",
    Relaxed.NEAR: "Nothing answers this; here is what is nearest to it.",
    Relaxed.TOPIC: "Nothing has these words; this is the news on the topic.",
}


async def latest(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        slug = house.topics.find(args.topic) if args.topic else None
        if args.topic and slug is None:
            return fail(f"There is no topic {args.topic!r}; `svodka topics list` shows them.")
        articles = await house.store.articles.latest(topic=slug, limit=args.n)
        _show(articles, args.json, house.zone)
    return 0


async def search(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        query = await _understood(house, args.query)
        hits = await house.store.articles.search(query, limit=args.n)
        _show([hit.article for hit in hits], args.json, house.zone)
    return 0


async def stories(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        found = await house.store.stories.latest(limit=args.n)
        if args.json:
            print_json([story_json(story, house.zone) for story in found])
        else:
            print_stories(found, house.zone)
    return 0


async def ask(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        query = await _understood(house, args.question)
        reply = await answer(house.store, query)
        if args.json:
            print_json(
                {
                    "question": query.raw,
                    "relaxed": reply.relaxed,
                    "without": reply.how,
                    "found": [
                        {
                            "sentence": found.sentence,
                            "planned": _days(found.plan),
                            "article": article_json(found.article, house.zone),
                        }
                        for found in reply.found
                    ],
                    "suggestions": list(reply.suggestions),
                }
            )
            return 0
        if reply.how is not None:
            print(WITHOUT[reply.how])
        for found in reply.found:
            if found.plan:
                print(" — ".join(filter(None, _days(found.plan) or ())))
            if found.sentence:
                print(f"«{found.sentence}»")
            print_articles([found.article], house.zone)
        if not reply.found:
            print("Nothing was found. Try: " + "; ".join(reply.suggestions or ("other words",)))
    return 0


def _days(plan: Planned | None) -> list[str | None] | None:
    """The first day of what is planned, and the one after its last if that is known."""
    if plan is None:
        return None
    return [plan.since.isoformat(), plan.until.isoformat() if plan.until else None]


async def digest(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        slugs = []
        for word in args.topic:
            if (slug := house.topics.find(word)) is None:
                return fail(f"There is no topic {word!r}; `svodka topics list` shows them.")
            slugs.append(slug)
        now = clock.now()
        since = now - timedelta(hours=args.since)
        chosen = await plan.preview(house.store, topics=slugs, since=since, now=now, limit=args.n)
        if args.json:
            print_json(
                {
                    "since": iso(since, house.zone),
                    "topics": slugs,
                    "stories": [story_json(story, house.zone) for story in chosen],
                }
            )
        else:
            print_stories(chosen, house.zone)
    return 0


async def _understood(house: app.House, words: list[str]) -> Query:
    titles = await house.store.sources.titles()
    return parse_query(
        " ".join(words), now=clock.now(), zone=house.zone, topics=house.topics, sources=titles
    )


def _show(articles: list[Article], as_json: bool, zone: str) -> None:
    if as_json:
        print_json([article_json(article, zone) for article in articles])
    else:
        print_articles(articles, zone)
