"""Topics and not-news, against eight rubrics (.tsv) or against our own slugs (.jsonl)."""

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from pathlib import Path
from typing import Any

from bench.quality import baselines
from bench.quality.measures import Score, macro_f1, tally, together
from bench.quality.reading import Labelled, read_all
from bench.quality.report import Confusion, Report
from bench.quality.texts import TOPICS, understood
from bench.rubrics import RUBRICS, rubric
from bot.news.topics.scores import parse_topics
from bot.news.topics.topicfile import OTHER
from storage.models import NOT_NEWS, Understanding

NAMED = ("flights", "trade")  # what the bot was made for

Labels = Sequence[Set[str]]


def measure(files: Sequence[Path], *, compare: bool) -> Report:
    articles = read_all(files)
    if any(one.rubric is not None for one in articles):
        return _rubrics(articles, compare)
    return _slugs(articles, compare)


def _rubrics(articles: Sequence[Labelled], compare: bool) -> Report:
    labelled = [one for one in articles if one.rubric in RUBRICS]
    understandings = understood(labelled)
    expected = [{one.rubric or ""} for one in labelled]
    found = [{rubric(one)} for one in understandings]
    scores = tally(expected, found)
    given = [name for name in RUBRICS if name in scores]
    return Report(
        figures={
            "macro_f1": macro_f1(scores, given),
            "accuracy": together(scores.values()).recall,
            **{f"f1_{name}": scores[name].f1 for name in given},
        },
        n=len(labelled),
        overall=together(scores.values()),
        classes=scores,
        confusion=_confusion(expected, found),
        errors=_errors(labelled, understandings, expected, found),
        left_out=_left_out(len(articles) - len(labelled), "rows without one of the eight rubrics"),
        baseline=baselines.rubrics([one.rubric or "" for one in labelled]) if compare else None,
    )


def _slugs(articles: Sequence[Labelled], compare: bool) -> Report:
    labelled = [one for one in articles if one.topics is not None]
    understandings = understood(labelled)
    known = parse_topics(TOPICS, name="topics.toml")
    strange = {s for one in labelled for s in one.topics or () if known.get(s) is None}
    expected = [(one.topics or frozenset()) - strange for one in labelled]
    found = [_given(one, wanted) for one, wanted in zip(understandings, expected, strict=True)]
    scores = tally(expected, found)
    gold = sorted({slug for slugs in expected for slug in slugs})
    junk = _not_news(labelled, understandings)
    return Report(
        figures={
            "macro_f1": macro_f1(scores, gold),
            **{f"f1_{name}": scores.get(name, Score()).f1 for name in NAMED},
            "not_news_precision": junk.precision if junk else None,
            "not_news_recall": junk.recall if junk else None,
        },
        n=len(labelled),
        overall=together(scores.values()),
        classes={**scores, **({NOT_NEWS: junk} if junk else {})},
        confusion=_confusion(expected, found),
        errors=_errors(labelled, understandings, expected, found),
        left_out=[
            *_left_out(len(articles) - len(labelled), "rows without topics"),
            *(f"the label {slug}, which is no topic of ours" for slug in sorted(strange)),
        ],
        baseline=baselines.slugs(labelled, expected, gold) if compare else None,
    )


def _given(one: Understanding, wanted: Set[str]) -> frozenset[str]:
    """Our topics; `not_news` is judged apart, `other` says as much as no label at all."""
    slugs = frozenset(topic.slug for topic in one.topics) - {NOT_NEWS}
    return slugs if wanted else slugs - {OTHER}


def _not_news(
    articles: Sequence[Labelled], understandings: Sequence[Understanding]
) -> Score | None:
    rows = [
        (bool(a.not_news), any(topic.slug == NOT_NEWS for topic in one.topics))
        for a, one in zip(articles, understandings, strict=True)
        if a.not_news is not None
    ]
    both = sum(wanted and got for wanted, got in rows)
    score = Score(both, sum(got for _, got in rows) - both, sum(w for w, _ in rows) - both)
    return score if rows else None


def _confusion(expected: Labels, found: Labels) -> Confusion:
    """For each label that people gave, how often we did, or what we gave in its place."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for wanted, got in zip(expected, found, strict=True):
        for label in wanted:
            counts[label].update({label} & got or got - wanted or {"nothing"})
    return {label: dict(row) for label, row in sorted(counts.items())}


def _errors(
    articles: Sequence[Labelled],
    understandings: Sequence[Understanding],
    expected: Labels,
    found: Labels,
) -> list[dict[str, Any]]:
    """Those with most labels missed and made up first; a surer mistake is a worse one."""
    errors: list[tuple[float, dict[str, Any]]] = []
    for article, one, wanted, got in zip(articles, understandings, expected, found, strict=True):
        sure = sum(topic.score for topic in one.topics if topic.slug not in wanted)
        row = {
            "id": article.id,
            "title": article.title,
            "expected": ", ".join(sorted(wanted)),
            "found": ", ".join(sorted(got)),
            "scores": ", ".join(f"{topic.slug} {topic.score}" for topic in one.topics),
        }
        if wanted != got:
            errors.append((len(wanted - got) + sure, row))
    return [row for _, row in sorted(errors, key=lambda error: -error[0])]


def _left_out(count: int, what: str) -> list[str]:
    return [f"{count} {what}"] if count else []
