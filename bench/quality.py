"""How good our topics and stories are against people's labels.

    python -m bench.quality topics FILE.tsv --json
    python -m bench.quality stories FILE.tsv --json

Files have the columns of IlyaGusev/tgcontest's toloka sets, in any order: INPUT:title, INPUT:text
and GOLDEN:res; or INPUT:first_title …, INPUT:second_text and GOLDEN:quality.
"""

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.pairs import same_story
from bench.rubrics import RUBRICS, rubric
from bench.scores import f1, macro_f1
from bot.news.understanding import Raw, understand
from storage.models import Understanding

BATCH = 100
TOPICS = Path(__file__).parent.parent / "bot" / "news" / "topics.toml"

Row = Mapping[str, str]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.quality", description=__doc__)
    parser.add_argument("what", choices=("topics", "stories"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--errors", action="store_true", help="name each mistake on stderr")
    asked = parser.parse_args(arguments)
    rows = read(asked.file)
    result = {"topics": topics, "stories": stories}[asked.what](rows, asked.errors)
    if asked.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        for name, value in result.items():
            print(f"{name:>16}  {value}")
    return 0


def read(path: Path) -> list[Row]:
    """The rows of a TSV file by header; its quotes are text."""
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def topics(rows: Sequence[Row], errors: bool = False) -> dict[str, object]:
    """Rubrics from our topics against the labels: macro F1, accuracy, F1 of each rubric."""
    labelled = [row for row in rows if row.get("GOLDEN:res") in RUBRICS]
    articles = understood([Raw(row["INPUT:title"], row["INPUT:text"]) for row in labelled])
    expected = [row["GOLDEN:res"] for row in labelled]
    found = [rubric(article) for article in articles]
    if errors:
        for article, wanted, got in zip(articles, expected, found, strict=True):
            if wanted != got:
                scores = ", ".join(f"{one.slug} {one.score}" for one in article.topics)
                print(f"{wanted} not {got}: {article.title} ({scores})", file=sys.stderr)
    right = sum(a == b for a, b in zip(expected, found, strict=True))
    return {
        "macro_f1": round(macro_f1(expected, found), 4),
        "accuracy": round(right / max(1, len(expected)), 4),
        "rows": len(expected),
        **{f"f1_{name}": round(f1(expected, found, name), 3) for name in RUBRICS},
        "labels": dict(Counter(expected)),
    }


def stories(rows: Sequence[Row], errors: bool = False) -> dict[str, object]:
    """Pairs that we put into one story against pairs that people did."""
    labelled = [row for row in rows if row.get("GOLDEN:quality") in ("OK", "BAD")]
    articles = understood(
        [
            Raw(row[f"INPUT:{side}_title"], row[f"INPUT:{side}_text"])
            for row in labelled
            for side in ("first", "second")
        ]
    )
    expected = [row["GOLDEN:quality"] for row in labelled]
    found = []
    for row, first, second in zip(labelled, articles[::2], articles[1::2], strict=True):
        found.append("OK" if same_story(first, second) else "BAD")
        if errors and found[-1] != row["GOLDEN:quality"]:
            print(f"{row['GOLDEN:quality']}: {first.title} | {second.title}", file=sys.stderr)
    right = sum(a == b for a, b in zip(expected, found, strict=True))
    return {
        "f1": round(f1(expected, found, "OK"), 4),
        "accuracy": round(right / max(1, len(expected)), 4),
        "pairs": len(expected),
    }


def understood(raws: Sequence[Raw]) -> list[Understanding]:
    toml = TOPICS.read_text("utf-8")
    found: list[Understanding] = []
    for at in range(0, len(raws), BATCH):
        found += understand(raws[at : at + BATCH], toml)
    return found


if __name__ == "__main__":
    sys.exit(main())
