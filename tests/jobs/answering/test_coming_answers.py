"""Questions about days to come, answered from what articles plan; and the latest by date."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs.answering.answer import Answer, Relaxed, answer
from bot.jobs.articles.filing import Filing, Piece
from bot.news.questions.query import parse_query
from bot.news.topics.scores import parse_topics
from storage.models import Entry, NewSource
from storage.ports import Store
from tests.jobs.newsroom import TOPICS, Inline, Time

NOW = datetime(2026, 11, 18, 5, tzinfo=UTC)  # a Wednesday
NEWS = {
    "Сочи": "Авиакомпания откроет рейсы из Кемерова в Сочи 5 декабря. Билеты уже продают.",
    "Каток": "В Гомеле завтра откроют каток на площади Ленина. Прокат коньков стоит 8 рублей.",
    "Мост": "Мост через Томь сузят на лето. До конца года пройдут торги на ремонт.",
    "Хоккей": "Команда «Металлург» вчера выиграла матч в Новокузнецке, зрителей было три тысячи.",
    "Погода": "Завтра в Кузбассе ночью до минус двадцати градусов, днём минус девять градусов.",
}


@pytest.fixture
async def told(store: Store) -> Store:
    time = Time(NOW)
    desk = Filing(store=store, workers=Inline(), topics_toml=TOPICS, clock=time.clock)
    for number, (title, text) in enumerate(NEWS.items(), 1):
        source = await store.sources.add(
            NewSource(url=f"https://{number}.test/rss", title=title), now=NOW
        )
        entry = Entry(key="1", title=title, published_at=NOW - timedelta(hours=number))
        await desk.file(source, [Piece(entry=entry, text=text)])
    return store


async def ask(store: Store, question: str) -> Answer:
    topics = parse_topics(TOPICS, name="topics.toml")
    query = parse_query(question, now=NOW, zone="Asia/Novokuznetsk", topics=topics, sources=())
    return await answer(store, query)


async def test_what_is_planned_for_a_day_is_told_with_its_sentence_and_days(told: Store) -> None:
    found = await ask(told, "что будет завтра")
    one = found.found[0]
    assert one.sentence == "В Гомеле завтра откроют каток на площади Ленина."
    assert one.plan is not None
    assert one.plan.since.isoformat() == "2026-11-19"
    assert found.how is None


async def test_words_choose_among_what_is_planned(told: Store) -> None:
    found = await ask(told, "какие рейсы откроют в декабре")
    assert [one.article.title for one in found.found] == ["Сочи"]


async def test_a_forecast_is_told_to_who_asks_for_it(told: Store) -> None:
    found = await ask(told, "какая погода будет завтра в Кузбассе")
    assert [(one.article.title, found.how) for one in found.found] == [("Погода", None)]


@pytest.mark.parametrize(
    "question", ["погода завтра", "что у нас с погодой завтра", "прогноз погоды на завтра"]
)
async def test_a_forecast_is_the_news_of_a_topic_though_it_is_none(
    told: Store, question: str
) -> None:
    found = await ask(told, question)
    assert [(one.article.title, found.how) for one in found.found] == [("Погода", None)]


async def test_where_nothing_is_planned_for_the_day_comes_what_is_later(told: Store) -> None:
    found = await ask(told, "что будет послезавтра")
    assert [one.article.title for one in found.found][:1] == ["Сочи"]
    assert found.how is Relaxed.TIME


async def test_what_was_is_no_answer_to_what_will_be(told: Store) -> None:
    found = await ask(told, "когда следующий матч Металлурга")
    assert [one.article.title for one in found.found] == ["Хоккей"]
    assert found.how is Relaxed.NEAR


async def test_the_latest_comes_by_date_whatever_matches_best(told: Store) -> None:
    source = await told.sources.add(NewSource(url="https://late.test/rss", title="Л"), now=NOW)
    desk = Filing(
        store=told, workers=Inline(), topics_toml=TOPICS, clock=lambda: NOW + timedelta(hours=1)
    )
    entry = Entry(key="1", title="Снег", published_at=NOW - timedelta(minutes=5))
    text = "Снег убирают третий день подряд. Больше всего машин вышло на улицы города Кемерово."
    await desk.file(source, [Piece(entry=entry, text=text)])
    found = await ask(told, "последние новости в Кемерове")
    assert [one.article.title for one in found.found] == ["Снег", "Сочи"]
