"""A digest is read at a glance, holds every story once, and says what it must."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.telegram.posts import MAX_ENTITIES, MAX_UNITS, units
from bot.telegram.render import Render
from storage.models import Chat, ChatKind, Story, Subscription, TopicScore

Make = Callable[..., Story]
PERSON = Chat(id=1, kind=ChatKind.PRIVATE, language="ru", zone="Asia/Novokuznetsk")
CHANNEL = Chat(id=-100123, kind=ChatKind.CHANNEL, header="Кузбасс утром")


def subscription(now: datetime, *topics: str) -> Subscription:
    return Subscription(id=1, chat_id=1, topics=topics, created_at=now)


def test_a_digest_of_two_topics(render: Render, story: Make, now: datetime) -> None:
    stories = [
        story(1, now - timedelta(hours=2), headline="Рейс <b>Кемерово</b> — Минск & обратно"),
        story(2, now, topics=(TopicScore(slug="trade", score=0.5),), sample=True),
    ]
    [post] = render.digest(
        chat=PERSON,
        subscription=None,
        stories=stories,
        now=now,
        next_run_at=now + timedelta(hours=11),
    )
    assert post.text == (
        "🗞 Утренняя сводка\nсреда, 18 ноября\n\n"
        "✈️ Авиарейсы\nРейс <b>Кемерово</b> — Минск & обратно\nПервое предложение.\n"
        "Томский вестник · 06:00\nВторое предложение.\n\n"
        "🤝 Торговля\nНовость номер 2\nПервое предложение.\n"
        "🧪 пример · Томский вестник · 08:00\nВторое предложение.\n\n"
        "Следующая сводка — сегодня в 19:00."
    )
    kinds = {e["type"] for e in json.loads(post.entities)}
    assert kinds == {"bold", "text_link", "italic", "expandable_blockquote"}
    assert post.preview_url is None
    assert [b.text for row in post.buttons for b in row] == ["📰 Свежее", "⚙️ Настройки"]


def test_a_story_stands_under_the_topic_that_was_asked_for(
    render: Render, story: Make, now: datetime
) -> None:
    both = (TopicScore(slug="flights", score=0.9), TopicScore(slug="trade", score=0.5))
    [post] = render.digest(
        chat=PERSON,
        subscription=None,
        stories=[story(1, now, topics=both)],
        now=now,
        topics=("trade",),
    )
    assert "🤝 Торговля\nНовость номер 1" in post.text


def test_a_single_story_shows_its_preview(render: Render, story: Make, now: datetime) -> None:
    [post] = render.digest(chat=PERSON, subscription=None, stories=[story(1, now)], now=now)
    assert post.preview_url == "https://example.org/1"


def test_a_channel_gets_its_header_and_no_buttons(
    render: Render, story: Make, now: datetime
) -> None:
    [post] = render.digest(
        chat=CHANNEL, subscription=None, stories=[story(1, now)], now=now, next_run_at=now
    )
    assert post.text.startswith("Кузбасс утром\n")
    assert "Следующая" not in post.text
    assert post.buttons == ()


def test_a_late_digest_says_so(render: Render, story: Make, now: datetime) -> None:
    [post] = render.digest(
        chat=PERSON, subscription=None, stories=[story(1, now)], now=now, late=True
    )
    assert "С опозданием" in post.text


def test_no_news_is_said(render: Render, now: datetime) -> None:
    [post] = render.digest(
        chat=PERSON, subscription=subscription(now), stories=[], now=now, next_run_at=now
    )
    assert "Пока тихо" in post.text


def test_a_story_stands_under_a_topic_that_was_asked_for(
    render: Render, story: Make, now: datetime
) -> None:
    both = (TopicScore(slug="flights", score=0.9), TopicScore(slug="trade", score=0.4))
    [post] = render.digest(
        chat=PERSON,
        subscription=subscription(now, "trade"),
        stories=[story(1, now, topics=both)],
        now=now,
    )
    assert "🤝 Торговля" in post.text
    assert "Авиарейсы" not in post.text


def test_a_long_digest_is_split_between_stories(render: Render, story: Make, now: datetime) -> None:
    stories = [story(n, now, headline=f"№{n}. " + "Слово " * 60) for n in range(40)]
    posts = render.digest(chat=PERSON, subscription=None, stories=stories, now=now)
    assert len(posts) > 2
    together = "\n".join(post.text for post in posts)
    assert [together.count(f"№{n}. ") for n in range(40)] == [1] * 40
    for part, post in enumerate(posts, 1):
        assert units(post.text) <= MAX_UNITS
        assert len(json.loads(post.entities)) <= MAX_ENTITIES
        assert post.text.endswith(f"{part} из {len(posts)}")
        assert "✈️ Авиарейсы" in post.text
        assert bool(post.buttons) is (part == len(posts))


def test_a_chat_is_read_to_in_its_language_and_zone(
    render: Render, story: Make, now: datetime
) -> None:
    minsk = Chat(id=2, kind=ChatKind.PRIVATE, language="be", zone="Europe/Minsk")
    [post] = render.digest(chat=minsk, subscription=None, stories=[story(1, now)], now=now)
    assert post.text.startswith("🗞 Начная зводка\nсерада, 18 лістапада\n\n✈️ Авіярэйсы\n")
    assert "· 04:00" in post.text


def test_a_notice_is_a_text_by_its_key(render: Render) -> None:
    post = render.notice(chat=PERSON, name="quoted", words="<i>")
    assert post.text == "«<i>»"
