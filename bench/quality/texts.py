"""Labelled articles through the same understanding as live, in this process."""

from collections.abc import Sequence
from pathlib import Path

from bench.quality.reading import Labelled
from bot.news.understanding import Raw, understand
from storage.models import Understanding

TOPICS = (Path(__file__).parents[2] / "bot" / "news" / "topics.toml").read_text("utf-8")


def understood(articles: Sequence[Labelled]) -> list[Understanding]:
    raws = [Raw(title=a.title, text=a.text, language=a.language) for a in articles]
    return understand(raws, TOPICS)
