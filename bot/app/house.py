"""The house: the settings, the store and the topics that every command needs, and the newsroom."""

import os
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path

from bot import clock as real_clock
from bot import config
from bot.clock import Clock
from bot.config import Settings
from bot.jobs.articles import remembering
from bot.jobs.articles.reindexing import Reindexing
from bot.jobs.gathering.ingest import Ingest
from bot.jobs.life.instance import Instance
from bot.jobs.life.startup import remember_waits, sync_sources
from bot.news.topics.scores import Topics, TopicsError, parse_topics
from bot.sources.http import Fetcher, user_agent
from bot.sources.listing import SourcesError, parse_sources
from bot.sources.wire.manners import Manners
from bot.workers import Workers
from storage.connect import open_store
from storage.models import NewSource
from storage.ports import Store


class CannotStart(Exception):
    """What an operator must mend before Svodka can go on; str() is one sentence that says how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What every command needs: the settings, the store and the topics."""

    settings: Settings
    store: Store
    topics: Topics
    topics_toml: str

    @property
    def zone(self) -> str:
        return self.settings.timezone

    @property
    def reindexing(self) -> Reindexing:
        return Reindexing(store=self.store, topics_toml=self.topics_toml, zone=self.zone)


def settings(env: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process. Raises ConfigError."""
    return config.load(env)


@asynccontextmanager
async def open_house(given: Settings | None = None) -> AsyncIterator[House]:
    """The store and the topics, open. Raises ConfigError, StorageError, CannotStart."""
    given = given or settings()
    topics_toml, topics = load_topics(given)
    store = await open_store(given.database_url)
    try:
        yield House(settings=given, store=store, topics=topics, topics_toml=topics_toml)
    finally:
        await store.close()


@asynccontextmanager
async def owned(house: House, clock: Clock = real_clock.now) -> AsyncIterator[None]:
    """The store as its one owner, for long work beside which no bot may run. Raises StoreBusy."""
    instance = Instance(house.store, clock=clock, monotonic=time.monotonic)
    await instance.begin()
    async with instance.beating():
        yield


@asynccontextmanager
async def open_newsroom(house: House, clock: Clock = real_clock.now) -> AsyncIterator[Ingest]:
    """What takes news in: HTTP and worker processes, started when first needed."""
    given = house.settings
    await house.reindexing.begin()
    workers = Workers(prepare=partial(remembering.preparation, house.store, house.topics_toml))
    fetcher = Fetcher(
        user_agent(given.user_agent_contact),
        allow_private=given.allow_private_hosts,
        manners=Manners(monotonic=time.monotonic, at_once=given.fetches_at_once),
    )
    remember_waits(await house.store.sources.all(), fetcher, now=clock())
    ingest = Ingest(
        store=house.store,
        fetcher=fetcher,
        workers=workers,
        topics_toml=house.topics_toml,
        clock=clock,
        at_once=given.fetches_at_once,
        zone=given.timezone,
    )
    try:
        yield ingest
    finally:
        await ingest.close()
        await fetcher.close()
        await workers.close()


async def list_sources(house: House, clock: Clock = real_clock.now) -> None:
    """Put what the sources file lists into the store. Raises CannotStart."""
    await sync_sources(house.store, load_sources(house.settings), now=clock())


def load_topics(given: Settings) -> tuple[str, Topics]:
    """The topics file, as text and understood; the shipped one unless TOPICS_FILE names another."""
    text, name = _text_of(given.topics_file, "bot.news.topics", "topics.toml")
    try:
        return text, parse_topics(text, name=name)
    except TopicsError as e:
        raise CannotStart(str(e)) from e


def load_sources(given: Settings) -> list[NewSource]:
    """The sources file; the shipped one unless SOURCES_FILE names another."""
    text, name = _text_of(given.sources_file, "bot.sources", "sources.toml")
    try:
        return parse_sources(text, name)
    except SourcesError as e:
        raise CannotStart(str(e)) from e


def _text_of(path: Path | None, package: str, shipped: str) -> tuple[str, str]:
    try:
        if path is None:
            return (files(package) / shipped).read_text(encoding="utf-8"), shipped
        return path.read_text(encoding="utf-8"), str(path)
    except (OSError, UnicodeDecodeError) as e:
        raise CannotStart(f"{path} cannot be read ({e}); save it as UTF-8 text.") from e
