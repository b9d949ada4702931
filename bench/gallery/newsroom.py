"""The news of the gallery: the samples' articles as if they had been polled, at an instant."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TypeVar, TypeVarTuple

from bot.jobs.articles.filing import Filing
from bot.jobs.life.startup import read_samples
from bot.workers import Workers
from storage.connect import open_store
from storage.models import SourceKind
from storage.ports import Store

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)  # Wednesday, 08:00 in Novokuznetsk


class HereAndNow(Workers):
    """Does the work in this process, so that a run is the same each time."""

    async def run(self, work: Callable[[*Ts], T], *args: *Ts, timeout_s: float = 60) -> T:
        return work(*args)


def topics_toml() -> str:
    return files("bot.news.topics").joinpath("topics.toml").read_text(encoding="utf-8")


async def print_news(path: Path) -> None:
    """Make a database with the news; a stage begins with a copy of it."""
    store = await open_store(f"sqlite:///{path.absolute()}")
    try:
        await _file(store)
    finally:
        await store.close()


async def _file(store: Store) -> None:
    filing = Filing(store=store, workers=HereAndNow(), topics_toml=topics_toml(), clock=lambda: NOW)
    texts = {
        one.name: one.read_text(encoding="utf-8")
        for one in files("bot.samples").iterdir()
        if one.name.endswith(".toml")
    }
    for outlet, pieces in read_samples(texts, now=NOW):
        source = await store.sources.add(replace(outlet, kind=SourceKind.FEED), now=NOW)
        await filing.file(source, pieces)


def copy_news(printed: Path, to: Path) -> str:
    """A database of one's own; its address."""
    shutil.copyfile(printed, to)
    return f"sqlite:///{to.absolute()}"
