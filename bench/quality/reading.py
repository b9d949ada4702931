"""Labelled files, read tolerantly: a label may lack, a line that is none is named by its number."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ZONE = "Asia/Novokuznetsk"  # of times without one, and of who asks

Row = Mapping[str, Any]


class BadFile(Exception):
    """A file or a line of it that cannot be read: «FILE, line 3: it has no title»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One article with its labels; None: the file says nothing of the kind."""

    id: str
    title: str
    text: str
    outlet: str = ""
    published_at: datetime | None = None
    language: str | None = None
    rubric: str | None = None
    topics: frozenset[str] | None = None
    not_news: bool | None = None
    story: str | None = None
    twin_of: str | None = None
    thread: str | None = None
    best_sentences: tuple[str, ...] = ()
    entities: Mapping[str, Sequence[str]] | None = None

    @property
    def at(self) -> datetime:
        """When it was published; only where files are read as dated ones."""
        assert self.published_at is not None
        return self.published_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two articles, and whether people call them one story; None: they could not tell."""

    first: Labelled
    second: Labelled
    same: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    q: str
    asked_at: datetime
    expected: tuple[str, ...]  # ids of stories or of articles, any of which is right
    answer_contains: tuple[str, ...]
    no_answer: bool


def read_all(files: Iterable[Path], *, dated: bool = False) -> list[Labelled]:
    """The articles of .jsonl files, and those with rubrics of .tsv files. Raises BadFile.

    `dated`: each needs a time and an id of its own, and they are put in order of time.
    """
    found: list[Labelled] = []
    for path in files:
        found += _rubrics(path) if path.suffix == ".tsv" else _articles(path, dated)
    if not dated:
        return found
    if twice := [name for name, n in Counter(one.id for one in found).items() if n > 1]:
        raise BadFile(f"{', '.join(map(str, files))}: two articles have the id «{twice[0]}»")
    return sorted(found, key=lambda one: one.at)


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a .tsv file. Raises BadFile."""
    return [
        Pair(
            first=_side(path, number, row, "first"),
            second=_side(path, number, row, "second"),
            same={"OK": True, "BAD": False}.get(_cell(path, number, row, "GOLDEN:quality")),
        )
        for number, row in _table(path)
    ]


def read_questions(path: Path) -> list[Question]:
    """The questions of a .jsonl file, in order of time. Raises BadFile."""
    found = [_question(path, number, row) for number, row in _objects(path)]
    return sorted(found, key=lambda one: one.asked_at)


def _rubrics(path: Path) -> Iterator[Labelled]:
    for number, row in _table(path):
        yield Labelled(
            id=str(number),
            title=_cell(path, number, row, "INPUT:title"),
            text=_cell(path, number, row, "INPUT:text"),
            rubric=_cell(path, number, row, "GOLDEN:res"),
        )


def _articles(path: Path, dated: bool) -> Iterator[Labelled]:
    for number, row in _objects(path):
        yield _article(f"{path}, line {number}", row, str(number), dated)


def _side(path: Path, number: int, row: Row, side: str) -> Labelled:
    return Labelled(
        id=f"{number}:{side}",
        title=_cell(path, number, row, f"INPUT:{side}_title"),
        text=_cell(path, number, row, f"INPUT:{side}_text"),
    )


def _article(where: str, row: Row, name: str, dated: bool) -> Labelled:
    entities = row.get("entities")
    if not (entities is None or isinstance(entities, dict)):
        raise BadFile(f"{where}: entities is not an object")
    topics = row.get("topics")
    return Labelled(
        id=_id(row.get("id")) or name,
        title=_text(where, row, "title"),
        text=_text(where, row, "text"),
        outlet=str(row.get("outlet") or ""),
        published_at=_when(where, row, "published_at", needed=dated),
        language=_id(row.get("language")),
        topics=None if topics is None else frozenset(_strings(where, row, "topics")),
        not_news=row.get("not_news"),
        story=_id(row.get("story")),
        twin_of=_id(row.get("twin_of")),
        thread=_id(row.get("thread")),
        best_sentences=_strings(where, row, "best_sentences"),
        entities=None
        if entities is None
        else {kind: _strings(where, entities, kind) for kind in entities},
    )


def _question(path: Path, number: int, row: Row) -> Question:
    where = f"{path}, line {number}"
    asked_at = _when(where, row, "asked_at", needed=True)
    assert asked_at is not None
    return Question(
        q=_text(where, row, "q"),
        asked_at=asked_at,
        expected=_strings(where, row, "expected"),
        answer_contains=_strings(where, row, "answer_contains"),
        no_answer=bool(row.get("no_answer")),
    )


def _table(path: Path) -> Iterator[tuple[int, Mapping[str, str | None]]]:
    """The rows of a TSV file by header, each with its line; its quotes are text."""
    csv.field_size_limit(1 << 30)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            for row in reader:
                yield reader.line_num, row
    except (OSError, UnicodeError, csv.Error) as e:
        raise BadFile(f"{path} cannot be read: {e}") from e


def _objects(path: Path) -> Iterator[tuple[int, Row]]:
    """The objects of a JSON Lines file, each with its line; empty lines are none."""
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeError) as e:
        raise BadFile(f"{path} cannot be read: {e}") from e
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as e:
            raise BadFile(f"{path}, line {number}: it is no JSON ({e})") from e
        if not isinstance(row, dict):
            raise BadFile(f"{path}, line {number}: it is no JSON object")
        yield number, row


def _cell(path: Path, number: int, row: Row, column: str) -> str:
    cell = row.get(column)
    if not isinstance(cell, str):
        raise BadFile(f"{path}, line {number}: it has no {column}")
    return cell


def _text(where: str, row: Row, key: str) -> str:
    text = row.get(key)
    if not isinstance(text, str):
        raise BadFile(f"{where}: it has no {key}")
    return text


def _id(value: object) -> str | None:
    return None if value is None else str(value)


def _strings(where: str, row: Row, key: str) -> tuple[str, ...]:
    found = row.get(key)
    if found is None:
        return ()
    if not isinstance(found, list):
        raise BadFile(f"{where}: {key} is not a list")
    return tuple(map(str, found))


def _when(where: str, row: Row, key: str, *, needed: bool) -> datetime | None:
    said = row.get(key)
    if said is None:
        if needed:
            raise BadFile(f"{where}: it has no {key}")
        return None
    try:
        found = datetime.fromisoformat(str(said))
    except ValueError as e:
        raise BadFile(f"{where}: {key} is not an ISO 8601 time") from e
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(ZONE))
