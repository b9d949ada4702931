"""Questions put to a store that holds what had been published when they were asked."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

from bench.quality import baselines
from bench.quality.live import Live, living
from bench.quality.measures import Score, folded
from bench.quality.reading import (
    ZONE,
    BadFile,
    Labelled,
    Question,
    read_all,
    read_questions,
)
from bench.quality.report import Figures, Report
from bench.quality.texts import TOPICS
from bot.jobs.answering.answer import Relaxed, answer
from bot.news.questions.query import parse_query
from bot.news.topics.scores import Topics, parse_topics

FIRST = 3  # stories
FIRST_THREE = ("first", "first_three")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back: our stories, best first, and the sentence quoted from the first."""

    stories: tuple[int, ...]
    titles: tuple[str, ...]
    sentence: str | None
    sure: bool  # it does not say that not all of what was asked for was found
    close: bool  # … nor that this is no answer, but merely near


def measure(files: Sequence[Path], *, compare: bool) -> Report:
    if len(files) != 2:
        raise BadFile("questions takes two files: ARTICLES.jsonl QUESTIONS.jsonl")
    articles, questions = read_all(files[:1], dated=True), read_questions(files[1])
    wanted = _expected(articles)
    strange = [q for q in questions if not q.no_answer and not set(q.expected) & wanted.keys()]
    asked = [q for q in questions if q not in strange]
    replies, plain = asyncio.run(_ask(articles, asked, wanted, compare))
    figures, outcomes = judged(asked, replies)
    answerable = [q for q in asked if not q.no_answer]
    firsts = outcomes.count("first")
    given = sum(outcome not in ("nothing", "not answered") for outcome in outcomes)
    score = Score(firsts, given - firsts, len(answerable) - firsts)
    return Report(
        figures=figures,
        n=len(asked),
        overall=score,
        classes={"first story": score},
        confusion=_confusion(asked, outcomes),
        errors=_errors(asked, replies, outcomes),
        left_out=[f"{len(strange)} questions whose stories are not there"] if strange else (),
        baseline=judged(asked, plain)[0] if compare else None,
    )


Judged = tuple[Reply, frozenset[int]]  # with the stories of ours that would be right


async def _ask(
    articles: Sequence[Labelled],
    questions: Sequence[Question],
    wanted: Mapping[str, frozenset[str]],
    compare: bool,
) -> tuple[list[Judged], list[Judged]]:
    """Each question at its hour, between the articles before it and those after it."""
    ours: list[Judged] = []
    plain: list[Judged] = []
    coming = list(reversed(articles))
    async with living() as live:
        for question in questions:
            while coming and coming[-1].at <= question.asked_at:
                await live.take(coming.pop())
            live.now = max(live.now, question.asked_at.astimezone(UTC))
            ids = [one for name in question.expected for one in wanted.get(name, ())]
            right = frozenset((await live.stories(ids)).values())
            ours.append((await _reply(live, question), right))
            if compare:
                plain.append((await _plain(live, question), right))
    return ours, plain


async def _reply(live: Live, question: Question) -> Reply:
    query = parse_query(
        question.q,
        now=live.now,
        zone=ZONE,
        topics=_topics(),
        sources=[source.title for source in await live.store.sources.all()],
    )
    found = await answer(live.store, query)
    return Reply(
        stories=tuple(one.article.story_id for one in found.found),
        titles=tuple(one.article.title for one in found.found),
        sentence=found.found[0].sentence if found.found else None,
        sure=bool(found.found) and not found.relaxed,
        close=bool(found.found) and found.how not in (Relaxed.NEAR, Relaxed.TOPIC),
    )


@cache
def _topics() -> Topics:
    return parse_topics(TOPICS, name="topics.toml")


async def _plain(live: Live, question: Question) -> Reply:
    found = await baselines.search(live.store, question.q)
    return Reply(
        stories=tuple(one.story_id for one in found),
        titles=tuple(one.title for one in found),
        sentence=next(iter(baselines.lead(found[0].text, 1)), None) if found else None,
        sure=bool(found),
        close=bool(found),
    )


def judged(questions: Sequence[Question], replies: Sequence[Judged]) -> tuple[Figures, list[str]]:
    """The figures, and what became of each question."""
    outcomes = [_outcome(q, *reply) for q, reply in zip(questions, replies, strict=True)]
    rows = list(zip(questions, replies, outcomes, strict=True))
    answerable = [row for row in rows if not row[0].no_answer]
    quotable = [row for row in answerable if row[0].answer_contains]
    unanswerable = [row for row in rows if row[0].no_answer]
    return {
        "first": _share([outcome == "first" for _, _, outcome in answerable]),
        "first_three": _share([outcome in FIRST_THREE for _, _, outcome in answerable]),
        "answered": _share([_answers(q, reply) for q, (reply, _), _ in quotable]),
        "wrongly_answered": _share([reply.sure for _, (reply, _), _ in unanswerable]),
        "held_close": _share([reply.close for _, (reply, _), _ in unanswerable]),
        "answerable": len(answerable),
        "no_answer": len(unanswerable),
    }, outcomes


def _expected(articles: Sequence[Labelled]) -> dict[str, frozenset[str]]:
    """By the id of a story or of an article, the articles of that story."""
    stories: dict[str, set[str]] = {}
    for a in articles:
        stories.setdefault(a.story or a.id, set()).add(a.id)
    by_article = {a.id: frozenset(stories[a.story or a.id]) for a in articles}
    return by_article | {story: frozenset(ids) for story, ids in stories.items()}


def _outcome(question: Question, reply: Reply, right: frozenset[int]) -> str:
    if question.no_answer:
        return "answered" if reply.sure else "not answered"
    if set(reply.stories[:1]) & right:
        return "first"
    if set(reply.stories[:FIRST]) & right:
        return "first_three"
    return "later" if set(reply.stories) & right else "other" if reply.stories else "nothing"


def _answers(question: Question, reply: Reply) -> bool:
    said = folded(reply.sentence or "")
    return any(folded(one) in said for one in question.answer_contains)


def _share(held: Sequence[bool]) -> float | None:
    return sum(held) / len(held) if held else None


def _confusion(
    questions: Sequence[Question], outcomes: Sequence[str]
) -> Mapping[str, Mapping[str, int]]:
    kinds = ["no_answer" if q.no_answer else "answerable" for q in questions]
    pairs = Counter(zip(kinds, outcomes, strict=True))
    return {
        kind: {outcome: n for (k, outcome), n in pairs.items() if k == kind}
        for kind in sorted(set(kinds))
    }


def _errors(
    questions: Sequence[Question], replies: Sequence[Judged], outcomes: Sequence[str]
) -> list[dict[str, Any]]:
    """Questions that went wrong: nothing or another story first, then wrong sentences."""
    order = ["nothing", "other", "answered", "later", "first_three", "first"]
    rows = [
        (order.index(outcome), q, reply, outcome)
        for q, (reply, _), outcome in zip(questions, replies, outcomes, strict=True)
        if outcome in order[:-1]
        or (outcome == "first" and q.answer_contains and not _answers(q, reply))
    ]
    rows.sort(key=lambda row: row[0])
    return [
        {
            "q": q.q,
            "outcome": "first, not answered" if outcome == "first" else outcome,
            "expected": ", ".join(q.expected),
            "answer": " / ".join(q.answer_contains),
            "found": reply.titles[0] if reply.titles else None,
            "sentence": reply.sentence,
        }
        for _, q, reply, outcome in rows
    ]
