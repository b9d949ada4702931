"""Whole articles in, what we make of them out: tests/golden/*.txt and the .json beside each.

`python tests/news/test_golden.py` writes the .json anew; read the difference before committing it.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.news.understanding import Raw, understand

GOLDEN = Path(__file__).parents[1] / "golden"
TOPICS = Path(__file__).parents[2] / "bot" / "news" / "topics" / "topics.toml"
CASES = sorted(GOLDEN.glob("*.txt"))


def made_of(path: Path) -> dict[str, Any]:
    (found,) = understand([Raw("", path.read_text("utf-8"))], TOPICS.read_text("utf-8"))
    return {
        "title": found.title,
        "paragraphs": found.text.split("\n\n"),
        "headings": list(found.headings),
        "author": found.author,
        "photo_credit": found.photo_credit,
        "dateline": found.dateline,
        "language": found.language,
        "topics": [one.slug for one in found.topics],
        "entities": [f"{one.kind}: {one.name}" for one in found.entities],
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_an_article_is_understood_as_recorded(path: Path) -> None:
    assert made_of(path) == json.loads(path.with_suffix(".json").read_text("utf-8"))


def test_the_visit_has_the_shape_of_the_article_we_began_with() -> None:
    found = made_of(GOLDEN / "ru_visit.txt")
    text = "\n\n".join(found["paragraphs"])
    assert text.startswith("В понедельник глава")
    assert text.endswith("опыту Павла Верхотина.")
    assert found["headings"] == ["Заводы и поля", "Самолёт вместо двух поездов", "Наука без границ"]
    assert (found["author"], found["photo_credit"]) == ("Мария Лугова", "priozerye.example")
    assert not any(word in text for word in ("×", "VK", "OK", "WhatsApp", "телеграм"))
    assert {
        "flights", "trade", "industry", "agriculture", "tourism", "science", "politics",
    } <= set(found["topics"])  # fmt: skip


if __name__ == "__main__":
    for case in CASES:
        text = json.dumps(made_of(case), ensure_ascii=False, indent=2)
        case.with_suffix(".json").write_text(text + "\n", "utf-8")
