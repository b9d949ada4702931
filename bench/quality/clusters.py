"""Whole stories: articles in order of time, each placed as it arrives, against gold stories."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.quality import baselines
from bench.quality.live import living
from bench.quality.measures import Score, b_cubed, pairs
from bench.quality.reading import Labelled, read_all
from bench.quality.report import Figures, Report
from bench.quality.twins import twin_pairs

Stories = Mapping[str, Any]  # by article


def measure(files: Sequence[Path], *, compare: bool) -> Report:
    articles = read_all(files, dated=True)
    found, threads = asyncio.run(_placed(articles))
    gold = {a.id: a.story for a in articles if a.story is not None}
    figures, errors = judged(articles, gold, found)
    scored = pairs(gold, found)
    chapters = chaptered(articles, found, threads)
    return Report(
        figures={**figures, "chapters_f1": chapters.f1 if chapters.n else None},
        n=len(gold.keys() & found.keys()),
        overall=scored,
        classes={"pairs": scored, "chapters": chapters},
        confusion={
            "same": {"same": scored.both, "apart": scored.theirs},
            "apart": {"same": scored.ours},
        },
        errors=errors,
        left_out=[
            f"{count} articles {what}"
            for count, what in (
                (len(articles) - len(gold), "without a story"),
                (len(articles) - len(found), "that were not stored"),
            )
            if count
        ],
        baseline=judged(articles, gold, baselines.clusters(articles))[0] if compare else None,
    )


async def _placed(articles: Sequence[Labelled]) -> tuple[Stories, Mapping[int, int]]:
    """Our story of each article, and the threads of our stories."""
    async with living() as live:
        for article in articles:
            await live.take(article)
        found = await live.stories(live.ids)
        return found, await live.threads(found.values())


def chaptered(articles: Sequence[Labelled], found: Stories, threads: Mapping[int, int]) -> Score:
    """The pairs of gold stories of one thread; ours is that of a story's first article."""
    gold: dict[str, str] = {}
    ours: dict[str, str] = {}
    for one in articles:
        if one.story is not None and one.id in found:
            alone = f"no thread: {one.story}"
            gold.setdefault(one.story, one.thread or alone)
            thread = threads.get(found[one.id])
            ours.setdefault(one.story, alone if thread is None else f"{thread}")
    return pairs(gold, ours)


def judged(
    articles: Sequence[Labelled], gold: Stories, found: Stories
) -> tuple[Figures, list[dict[str, Any]]]:
    """The figures, and what was merged or split wrongly, the largest first."""
    precision, recall, f1 = b_cubed(gold, found)
    scored = pairs(gold, found)
    twins = twin_pairs(articles)
    ours = _ours(gold, found)
    merged = [(a, b) for a, b in twins if ours[a] & ours[b]]
    figures = {
        "b_cubed_f1": f1,
        "b_cubed_precision": precision,
        "b_cubed_recall": recall,
        "twins_merged": len(merged),
        "twins": len(twins),
        "pair_f1": scored.f1,
        "stories": len(ours),
        "stories_found": len({found[one] for one in gold.keys() & found.keys()}),
    }
    titles = {a.id: a.title for a in articles}
    return figures, [
        *({"twins merged": f"{a} and {b}"} for a, b in merged),
        *_wrong("merged", found, gold, titles),
        *_wrong("split", gold, found, titles),
    ]


def _ours(gold: Stories, found: Stories) -> dict[str, set[Any]]:
    """By gold story, those of ours that its articles are in."""
    ours: defaultdict[str, set[Any]] = defaultdict(set)
    for one, story in gold.items():
        ours[story] |= {found[one]} if one in found else set()
    return ours


def _wrong(
    what: str, whole: Stories, parts: Stories, titles: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Clusters of the one that hold several of the other, by an article of each."""
    within: defaultdict[Any, dict[Any, list[str]]] = defaultdict(dict)
    for one in sorted(whole.keys() & parts.keys()):
        within[whole[one]].setdefault(parts[one], []).append(one)
    several = [cluster for cluster in within.values() if len(cluster) > 1]
    several.sort(key=lambda cluster: -sum(map(len, cluster.values())))
    return [
        {what: " | ".join(f"{' '.join(ids)} {titles[ids[0]]}" for ids in cluster.values())}
        for cluster in several
    ]
