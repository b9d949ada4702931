"""Persons, organisations and places by their names in the nominative."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.quality import baselines
from bench.quality.measures import Score, folded, together
from bench.quality.reading import Labelled, read_all
from bench.quality.report import Confusion, Figures, Report
from bench.quality.texts import understood
from storage.models import Entity, EntityKind

KINDS = {"persons": EntityKind.PERSON, "orgs": EntityKind.ORG, "places": EntityKind.PLACE}
_WORD = re.compile(r"[\w'’-]+")
_QUOTES = str.maketrans("", "", '«»"“”„')

Names = dict[str, list[str]]  # by kind


def measure(files: Sequence[Path], *, compare: bool) -> Report:
    articles = read_all(files)
    labelled = [a for a in articles if a.entities is not None]
    understandings = understood(labelled)
    found = [_by_kind(one.entities) for one in understandings]
    scores, errors, confusion = judged(labelled, found)
    left_out = len(articles) - len(labelled)
    return Report(
        figures=_figures(scores),
        n=len(labelled),
        overall=together(scores.values()),
        classes=scores,
        confusion=confusion,
        errors=errors,
        left_out=[f"{left_out} articles without entities"] if left_out else (),
        baseline=_figures(judged(labelled, list(map(_by_kind, baselines.names(labelled))))[0])
        if compare
        else None,
    )


def judged(
    articles: Sequence[Labelled], found: Sequence[Names]
) -> tuple[dict[str, Score], list[dict[str, Any]], Confusion]:
    """Scores by kind, articles by how much is wrong in them, kinds taken for another."""
    scores = dict.fromkeys(KINDS, Score())
    errors: list[tuple[int, dict[str, Any]]] = []
    confusion: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article, ours in zip(articles, found, strict=True):
        missed: Names = {}
        made_up: Names = {}
        for kind in KINDS:
            gold = _once((article.entities or {}).get(kind, ()))
            same = same_person if kind == "persons" else _alike
            missed[kind], made_up[kind] = _unmatched(gold, _once(ours[kind]), same)
            both = len(gold) - len(missed[kind])
            scores[kind] += Score(both, len(made_up[kind]), len(missed[kind]))
            confusion[kind][kind] += both
        _confuse(confusion, missed, made_up)
        wrong = sum(map(len, (*missed.values(), *made_up.values())))
        if wrong:
            row = {"id": article.id, "title": article.title}
            errors.append((wrong, row | {"missed": _said(missed), "made up": _said(made_up)}))
    errors.sort(key=lambda error: -error[0])
    return scores, [error for _, error in errors], {k: dict(v) for k, v in confusion.items()}


def same_person(a: str, b: str) -> bool:
    """Given name and surname in any order; a patronymic that only one has is no difference.

    «Цивилев С.Е.» is «С. Е. Цивилев».
    """
    less, more = sorted((set(_WORD.findall(_plain(name))) for name in (a, b)), key=len)
    return _alike(a, b) or (len(less) >= 2 and less <= more)


def _figures(scores: dict[str, Score]) -> Figures:
    return {
        "f1": together(scores.values()).f1,
        **{f"f1_{kind}": score.f1 for kind, score in scores.items()},
    }


def _by_kind(entities: Iterable[Entity]) -> Names:
    known = list(entities)
    return {name: [e.name for e in known if e.kind is kind] for name, kind in KINDS.items()}


def _once(names: Iterable[str]) -> list[str]:
    return list({_plain(name): name for name in names}.values())


def _unmatched(
    gold: Sequence[str], ours: Sequence[str], same: Callable[[str, str], bool]
) -> tuple[list[str], list[str]]:
    """Gold names that we lack, and ours that are none; each name stands for one."""
    left = list(ours)
    missed = []
    for name in gold:
        matches = [one for one in left if same(one, name)]
        match = max(matches, key=lambda one: _alike(one, name), default=None)
        if match is None:
            missed.append(name)
        else:
            left.remove(match)
    return missed, left


def _confuse(confusion: defaultdict[str, Counter[str]], missed: Names, made_up: Names) -> None:
    """Count what was taken for another kind, missed altogether, or made up."""
    kind_of = {_plain(name): kind for kind, names in made_up.items() for name in names}
    gone = {_plain(name): kind for kind, names in missed.items() for name in names}
    for name, kind in gone.items():
        confusion[kind][kind_of.get(name, "nothing")] += 1
    for name, kind in kind_of.items():
        if name not in gone:
            confusion["nothing"][kind] += 1


def _said(names: Names) -> str:
    return ", ".join(f"{name} ({kind})" for kind, all_ in names.items() for name in all_)


def _alike(a: str, b: str) -> bool:
    """But for case, ё and quotation marks."""
    return _plain(a) == _plain(b)


def _plain(name: str) -> str:
    return folded(name.translate(_QUOTES))
