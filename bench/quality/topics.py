"""Topics and not-news, against rubrics (.tsv) or against our own slugs (.jsonl)."""

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import replace
from pathlib import Path

from bench.quality import baselines
from bench.quality.measures import Score, macro_f1, tally, together
from bench.quality.reading import Labelled, read_articles
from bench.quality.report import Confusion, Report
from bench.quality.texts import TOPICS, understood
from bench.rubrics import RUBRICS, rubric
from bot.news.topics import parse_topics
from storage.models import Understanding

NAMED = ("flights", "trade")  # what the bot was made for


def measure(files: Sequence[Path], *, compare: bool) -> Report:
    articles = [one for path in files for one in read_articles(path)]
    by_rubric = [a for a in articles if a.rubric in RUBRICS]
    if any(a.rubric for a in articles):
        report = _rubrics(by_rubric, compare)
        unknown = len(articles) - len(by_rubric)
        return _saying(report, unknown, "rows without one of the eight rubrics")
    labelled = [a for a in articles if a.topics is not None]
    return _saying(_slugs(labelled, compare), len(articles) - len(labelled), "rows without topics")


def _saying(report: Report, count: int, what: str) -> Report:
    return replace(report, left_out=(*report.left_out, f"{count} {what}")) if count else report


def _rubrics(articles: Sequence[Labelled], compare: bool) -> Report:
    expected = [a.rubric or "" for a in articles]
    understandings = understood(articles)
    found = [rubric(one) for one in understandings]
    scores = tally([{one} for one in expected], [{one} for one in found])
    given = [name for name in RUBRICS if name in scores]
    errors = [
        {"title": one.title, "expected": wanted, "found": got, "topics": _scores(one)}
        for one, wanted, got in zip(understandings, expected, found, strict=True)
        if wanted != got
    ]
    return Report(
        figures={
            "macro_f1": macro_f1(scores, given),
            "accuracy": together(scores.values()).recall,
            **{f"f1_{name}": scores[name].f1 for name in given},
        },
        n=len(articles),
        overall=together(scores.values()),
        classes=scores,
        confusion=_confusion(zip([{e} for e in expected], [{f} for f in found], strict=True)),
        errors=errors,
        baseline=baselines.rubrics(expected) if compare else None,
    )


def _slugs(articles: Sequence[Labelled], compare: bool) -> Report:
    known = parse_topics(TOPICS, name="topics.toml")
    understandings = understood(articles)
    strange = {s for a in articles for s in a.topics or () if known.get(s) is None}
    expected = [frozenset(a.topics or ()) - strange for a in articles]
    found = [frozenset(t.slug for t in one.topics) for one in understandings]
    scores = tally(expected, found)
    gold = sorted({slug for slugs in expected for slug in slugs})
    junk = _not_news(articles, understandings)
    errors = [
        {
            "id": a.id,
            "title": a.title,
            "expected": ", ".join(sorted(wanted)),
            "found": _scores(one),
        }
        for a, one, wanted, got in zip(articles, understandings, expected, found, strict=True)
        if wanted != got
    ]
    errors.sort(key=lambda error: error["expected"])
    return Report(
        figures={
            "macro_f1": macro_f1(scores, gold),
            **{f"f1_{name}": scores.get(name, Score()).f1 for name in NAMED},
            "not_news_precision": junk.precision if junk else None,
            "not_news_recall": junk.recall if junk else None,
        },
        n=len(articles),
        overall=together(scores.values()),
        classes={**scores, **({"not_news": junk} if junk else {})},
        confusion=_confusion(zip(expected, found, strict=True)),
        errors=errors,
        left_out=[f"the labels {', '.join(sorted(strange))}, none of our topics"]
        if strange
        else (),
        baseline=baselines.slugs(articles, expected, gold) if compare else None,
    )


def is_not_news(one: Understanding) -> bool:
    """Whether it is kept out of digests."""
    return bool(getattr(one, "not_news", rubric(one) == "not_news"))


def _not_news(
    articles: Sequence[Labelled], understandings: Sequence[Understanding]
) -> Score | None:
    rows = [
        (bool(a.not_news), is_not_news(one))
        for a, one in zip(articles, understandings, strict=True)
        if a.not_news is not None
    ]
    both = sum(wanted and got for wanted, got in rows)
    score = Score(both, sum(got for _, got in rows) - both, sum(w for w, _ in rows) - both)
    return score if rows else None


def _confusion(rows: "zip[tuple[Set[str], Set[str]]]") -> Confusion:
    """For each label that people gave, how often we did, or what we gave in its place."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for wanted, got in rows:
        for label in wanted:
            instead = {label} & got or got - wanted or {"nothing"}
            found[label].update(instead)
    return {label: dict(row) for label, row in sorted(found.items())}


def _scores(one: Understanding) -> str:
    return ", ".join(f"{topic.slug} {topic.score}" for topic in one.topics)
