"""Commands of editors: a story with its articles and the reasons for them, and how to set it right.

`why` of an article names the one it joined its story by, what the two have in common with its
weight, and the nearest article of another story with what spoke against it.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from textwrap import indent

from bot import app, clock
from bot.cli.output import article_json, fail, iso, print_json, story_json, when
from bot.jobs.articles import correcting
from storage.models import Article, Correction, Decision, Likeness, PastVersion, Story

MANY = 200  # articles, and corrections, the newest


async def story(args: argparse.Namespace) -> int:
    """`svodka story`."""
    async with app.open_house() as house:
        made = house.store.corrections
        found = await house.store.stories.get(await made.now_called(args.id))
        if found is None:
            return fail(f"There is no story {args.id}; `svodka stories` shows the newest.")
        articles = await house.store.stories.articles(found.id, limit=MANY)
        chapters = await made.chapters(found.id)
        decisions = await made.decisions(found.id) if args.why else {}
        corrected = await made.newest(story_id=found.id, limit=MANY) if args.why else []
        corrected.reverse()  # in the order in which they were made
        past = await _past(house, articles) if args.past else {}
        if args.json:
            value = story_json(found, house.zone) | {
                "chapters": [chapter.id for chapter in chapters],
                "contents": [article_json(article, house.zone) for article in articles],
            }
            if args.past:
                value["past"] = [_past_json(one.id, past[one.id], house.zone) for one in articles]
            if args.why:
                value["why"] = [_why_json(article, decisions) for article in articles]
                value["corrections"] = [_correction_json(one, house.zone) for one in corrected]
            print_json(value)
            return 0
        for line in _told(found, articles, chapters, decisions, corrected, house.zone, args.why):
            print(line)
        for article in articles:
            for version in past.get(article.id, ()):
                print(f"  article {article.id} until {when(version.until, house.zone)}")
                print(f"        {version.title}\n{indent(version.text, ' ' * 8)}")
    return 0


async def _past(
    house: app.House, articles: Sequence[Article]
) -> Mapping[int, Sequence[PastVersion]]:
    """By article, what it said before, the newest first."""
    return {one.id: await house.store.articles.past(one.id) for one in articles}


def _past_json(article_id: int, versions: Sequence[PastVersion], zone: str) -> dict[str, object]:
    return {
        "article": article_id,
        "versions": [
            {"until": iso(one.until, zone), "title": one.title, "text": one.text}
            for one in versions
        ],
    }


async def merge(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        merged = await correcting.merge(house.store, args.id, args.other, now=clock.now())
        if merged is None:
            return _not_two(args)
        into, other = merged
        print(f"The articles of story {other} are in story {into} now.")
    return 0


async def split(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        own = await house.store.corrections.split(args.articles, now=clock.now())
        if own is None:
            return fail("Name articles of one story, and not all of it: they leave the others.")
        print(f"They are story {own} now.")
    return 0


async def apart(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        if not await house.store.corrections.apart(args.id, args.other, now=clock.now()):
            return _not_two(args)
        print(f"Stories {args.id} and {args.other} are two matters.")
    return 0


async def link(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        if not await house.store.corrections.link(args.id, args.other, now=clock.now()):
            return _not_two(args)
        print(f"Stories {args.id} and {args.other} are chapters of one thread.")
    return 0


def _not_two(args: argparse.Namespace) -> int:
    return fail(f"{args.id} and {args.other} are not two stories; `svodka stories` shows them.")


def _told(
    story: Story,
    articles: list[Article],
    chapters: list[Story],
    decisions: dict[int, Decision],
    corrected: list[Correction],
    zone: str,
    why: bool,
) -> Iterator[str]:
    yield f"{story.id:>6}  {story.headline}"
    for chapter in chapters:
        here = "this" if chapter.id == story.id else str(chapter.id)
        yield f"        chapter {here}: {chapter.headline} · {when(chapter.first_at, zone)}"
    for article in articles:
        yield f"  article {article.id}  {article.title}"
        yield f"        {article.source} · {when(article.published_at, zone)}"
        if why:
            yield from _why(decisions.get(article.id))
    for one in corrected:
        stories = " ".join(str(id_) for id_ in dict.fromkeys((one.story_id, one.other_id)))
        yield f"  corrected {when(one.at, zone)}: {one.kind.value} {stories}"


def _why(decision: Decision | None) -> Iterator[str]:
    if decision is None:
        yield "        why: it was stored before decisions were kept"
        return
    yield f"        why: {decision.why}"
    if decision.through is not None:
        yield from _likeness("joined by", decision.through)
    if decision.nearest is not None:
        yield from _likeness("nearest of another story", decision.nearest)


def _likeness(head: str, one: Likeness) -> Iterator[str]:
    yield f"        {head}: article {one.article_id}, {one.score:+.1f} (one event above 0)"
    yield "          " + ", ".join(f"{reason} {by:+.1f}" for reason, by in one.reasons)
    if one.agreed:
        said = ", ".join(f"{kind} {what} ({weight:g})" for kind, what, weight in one.agreed)
        yield f"          in common: {said}"


def _why_json(article: Article, decisions: dict[int, Decision]) -> dict[str, object]:
    decision = decisions.get(article.id)
    return {
        "article": article.id,
        "why": decision.why if decision else None,
        "through": _likeness_json(decision.through if decision else None),
        "nearest": _likeness_json(decision.nearest if decision else None),
    }


def _likeness_json(one: Likeness | None) -> dict[str, object] | None:
    if one is None:
        return None
    return {
        "article": one.article_id,
        "score": one.score,
        "reasons": [{"reason": reason, "added": by} for reason, by in one.reasons],
        "in_common": [
            {"kind": kind, "what": what, "weight": weight} for kind, what, weight in one.agreed
        ],
    }


def _correction_json(one: Correction, zone: str) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "at": iso(one.at, zone),
        "story": one.story_id,
        "other": one.other_id,
        "articles": list(one.articles),
    }
