"""The composition root: the one place that chooses the parts of Svodka and joins them."""

from bot.app.drawing import draw_week
from bot.app.house import (
    CannotStart,
    House,
    list_sources,
    load_sources,
    load_topics,
    open_house,
    open_newsroom,
    owned,
    settings,
)
from bot.app.life import run
from bot.app.verifying import verify_telegram

__all__ = [
    "CannotStart",
    "House",
    "draw_week",
    "list_sources",
    "load_sources",
    "load_topics",
    "open_house",
    "open_newsroom",
    "owned",
    "run",
    "settings",
    "verify_telegram",
]
