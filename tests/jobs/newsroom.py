"""A newsroom for tests: feeds as text, a clock moved by hand, workers that work here and now."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any, TypeVar, TypeVarTuple

from aiohttp import web

from bot.jobs.gathering.ingest import Ingest
from bot.sources.http import Fetcher
from bot.workers import WorkerFailed, Workers
from storage.models import Source
from storage.ports import Store

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
TOPICS = (files("bot.news.topics") / "topics.toml").read_text("utf-8")
LONG = (
    "Мост через реку строили три года, и обошёлся он городу в восемь миллиардов рублей. "
    "Движение открыли в полдень, первой проехала колонна городских автобусов. "
)


class Inline(Workers):
    """Does the work here and now; fails, as a hang would, on a text with the word КРАХ, and as a
    mistake in the work would on one with ОШИБКА."""

    async def run(self, work: Callable[[*Ts], T], *args: *Ts, timeout_s: float = 60) -> T:
        raws: Any = next(iter(args), ())
        if work.__name__ == "understand" and any("КРАХ" in raw.text for raw in raws):
            raise WorkerFailed("understand took longer than 60 s")
        if work.__name__ == "understand" and any("ОШИБКА" in raw.text for raw in raws):
            raise RuntimeError("generator raised StopIteration")
        return work(*args)


class Time:
    """A clock that is moved by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def clock(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.now.timestamp()

    def pass_(self, **span: float) -> None:
        self.now += timedelta(**span)


def newsroom(store: Store, fetcher: Fetcher, workers: Workers, time: Time) -> Ingest:
    return Ingest(
        store=store, fetcher=fetcher, workers=workers, topics_toml=TOPICS, clock=time.clock
    )


def item(
    i: int,
    *,
    text: str = LONG * 6,
    title: str = "Открыли мост номер {}",
    guid: str = "{}",
    link: str = "/news/{}",
    date: str | datetime = "",
) -> str:
    """One entry; `{}` is its number."""
    if isinstance(date, datetime):
        date = date.isoformat()
    return (
        f"<item><title>{title.format(i)}</title>"
        + (f"<guid isPermaLink='false'>{guid.format(i)}</guid>" if guid else "")
        + (f"<link>{link.format(i)}</link>" if link else "")
        + (f"<pubDate>{date}</pubDate>" if date else "")
        + f"<description><![CDATA[Новость {i}. {text}]]></description></item>"
    )


def feed(*items: str, etag: str = '"1"', about: str = "", **headers: str) -> web.Response:
    xml = (
        f"<rss version='2.0'><channel><title>Вестник</title>{about}{''.join(items)}</channel></rss>"
    )
    return web.Response(body=xml.encode(), headers={"ETag": etag, **headers})


def conditional(
    answer: web.Response,
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A handler that answers 304 to whoever has the answer's ETag."""

    async def answered(request: web.Request) -> web.StreamResponse:
        if request.headers.get("If-None-Match") == answer.headers["ETag"]:
            return web.Response(status=304, headers={"ETag": answer.headers["ETag"]})
        return web.Response(status=answer.status, headers=answer.headers, body=answer.body)

    return answered


async def again(store: Store, source: Source) -> Source:
    """The source as it is now."""
    found = await store.sources.get(source.id)
    assert found is not None
    return found
