"""Labelled articles through the same understanding as live, in this process."""

from collections.abc import Sequence
from pathlib import Path

from bench.quality.reading import Labelled
from bot.news.understanding import Raw, understand
from storage.models import Understanding

TOPICS = (Path(__file__).parents[2] / "bot" / "news" / "topics" / "topics.toml").read_text("utf-8")


def understood(articles: Sequence[Labelled]) -> list[Understanding]:
    """In their order; a text that comes twice is understood once."""
    raws = [Raw(title=one.title, text=one.text, language=one.language) for one in articles]
    once = list(dict.fromkeys(raws))
    known = dict(zip(once, understand(once, TOPICS), strict=True))
    return [known[raw] for raw in raws]
