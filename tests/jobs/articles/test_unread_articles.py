"""Articles in no language of ours, filed like any other: found by their words, joined by copies."""

from datetime import datetime, timedelta

import pytest

from bot.jobs.answering.answer import answer
from bot.jobs.articles.filing import Filing, Piece
from bot.news.questions.query import parse_query
from bot.news.topics.scores import parse_topics
from storage.models import Article, Entry, NewSource
from storage.ports import Store
from tests.jobs.newsroom import TOPICS, Inline, Time

BRIDGE = (
    "Nowy most nad Wisłą",
    "W Toruniu otwarto we wtorek nowy most nad Wisłą. Budowa trwała 3 lata i kosztowała 550 mln. "
    "Ruch ruszył w południe, powiedział prezydent miasta Paweł Gulewski.",
)
RETOLD = ("Most w Toruniu otwarty", BRIDGE[1].replace("we wtorek", "18 listopada"))
CHINESE = ("新桥开通", "市议会周二批准在河上建造一座新桥。工程将于春季开始。总投资五亿元。")


@pytest.fixture
def time(now: datetime) -> Time:
    return Time(now)


async def filed(store: Store, time: Time, *told: tuple[str, str]) -> list[Article]:
    """One after another, an hour apart, each by an outlet of its own."""
    desk = Filing(store=store, workers=Inline(), topics_toml=TOPICS, clock=time.clock)
    articles = []
    for number, (title, text) in enumerate(told):
        source = await store.sources.add(
            NewSource(url=f"https://{number}.test/rss", title=f"{number}"), now=time.now
        )
        at = time.now - timedelta(hours=len(told) - number)
        piece = Piece(entry=Entry(key="1", title=title, published_at=at), text=text)
        articles += await desk.file(source, [piece])
    return articles


async def found(store: Store, question: str, now: datetime) -> list[str]:
    topics = parse_topics(TOPICS, name="topics.toml")
    query = parse_query(question, now=now, zone="UTC", topics=topics, sources=())
    return [one.article.title for one in (await answer(store, query)).found]


async def test_only_a_copy_joins_its_story(store: Store, time: Time) -> None:
    first, retold, copy = await filed(store, time, BRIDGE, RETOLD, BRIDGE)
    assert retold.story_id != first.story_id
    assert copy.story_id == first.story_id


@pytest.mark.parametrize("question", ["most w Toruniu", "otwarto nowy most", "Wisłą"])
async def test_it_is_found_by_its_words(store: Store, time: Time, question: str) -> None:
    await filed(store, time, BRIDGE)
    assert await found(store, question, time.now) == [BRIDGE[0]]


async def test_writing_without_spaces_is_found_by_part_of_a_line(store: Store, time: Time) -> None:
    await filed(store, time, CHINESE)
    assert await found(store, "新桥", time.now) == [CHINESE[0]]
    assert await found(store, "旧桥", time.now) == []
