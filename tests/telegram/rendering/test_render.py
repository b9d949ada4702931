"""A digest is read at a glance, holds every story once, and says what it must."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.news.stories.changes import Change
from bot.news.stories.disagreement import Disagreement, Saying
from bot.telegram.buttons import callbacks as cb
from bot.telegram.rendering.render import Render
from bot.telegram.writing.amounts import amount
from bot.telegram.writing.posts import MAX_ENTITIES, MAX_UNITS, units
from bot.telegram.writing.splicing import cut
from bot.telegram.writing.texts import Texts
from storage.models import (
    Chat,
    ChatKind,
    Fact,
    FactKind,
    Layout,
    Post,
    Story,
    Subscription,
    TopicScore,
)

Make = Callable[..., Story]
PERSON = Chat(id=1, kind=ChatKind.PRIVATE, language="ru", zone="Asia/Novokuznetsk")
CHANNEL = Chat(id=-100123, kind=ChatKind.CHANNEL, header="Кузбасс утром")


def subscription(now: datetime, *topics: str, **more: Any) -> Subscription:
    return Subscription(id=1, chat_id=1, topics=topics, created_at=now, **more)


def moments(post: Post) -> list[tuple[str, str]]:
    """What a client tells by its own clock: the words that we would say, and in which form."""
    return [
        (cut(post.text, e["offset"], e["offset"] + e["length"]), e["date_time_format"])
        for e in json.loads(post.entities)
        if e["type"] == "date_time"
    ]


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
        "🗞 Утренняя сводка\nсреда, 18 ноября · ≈ 1 мин\n\n"
        "✈️ Авиарейсы\n1. Рейс <b>Кемерово</b> — Минск & обратно\nПервое предложение.\n"
        "Томский вестник · 06:00\nВторое предложение.\n\n"
        "🤝 Торговля\n2. Новость номер 2\nПервое предложение.\n"
        "🧪 пример · Томский вестник · 08:00\nВторое предложение.\n\n"
        "Это всё на утро.\nСледующая сводка — сегодня в 19:00."
    )
    kinds = {e["type"] for e in json.loads(post.entities)}
    assert kinds == {"bold", "text_link", "italic", "expandable_blockquote", "date_time"}
    assert post.preview_url is None
    assert [[b.text for b in row] for row in post.buttons] == [
        ["1", "2"],
        ["📰 Свежее", "⚙️ Настройки"],
    ]


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
        numbers = [b.text for row in post.buttons for b in row if b.text.isdecimal()]
        assert numbers == re.findall(r"^(\d+)\. №", post.text, re.M)
        assert (len(numbers) < sum(map(len, post.buttons))) is (part == len(posts))


def test_a_chat_is_read_to_in_its_language_and_zone(
    render: Render, story: Make, now: datetime
) -> None:
    minsk = Chat(id=2, kind=ChatKind.PRIVATE, language="be", zone="Europe/Minsk")
    [post] = render.digest(chat=minsk, subscription=None, stories=[story(1, now)], now=now)
    assert post.text.startswith("🗞 Начная зводка\nсерада, 18 лістапада · ≈ 1 хв\n\n✈️ Авіярэйсы\n")
    assert "· 04:00" in post.text


def test_a_notice_is_a_text_by_its_key(render: Render) -> None:
    post = render.notice(chat=PERSON, name="quoted", words="<i>")
    assert post.text == "«<i>»"


def test_times_are_told_by_the_clock_of_whoever_reads(
    render: Render, story: Make, now: datetime
) -> None:
    ages = (1, 20, 24 * 20)
    [post] = render.digest(
        chat=PERSON,
        subscription=None,
        stories=[story(n, now - timedelta(hours=n)) for n in ages],
        now=now,
        next_run_at=now + timedelta(days=1),
    )
    assert moments(post) == [
        ("07:00", "t"),
        ("вчера в 12:00", "wt"),
        ("29 октября", "D"),
        ("завтра в 08:00", "wt"),
    ]


def test_a_brief_digest_is_headlines_by_topic(render: Render, story: Make, now: datetime) -> None:
    stories = [story(1, now), story(2, now), story(3, now, topics=(), url=None)]
    [post] = render.digest(
        chat=PERSON, subscription=subscription(now, layout=Layout.BRIEF), stories=stories, now=now
    )
    assert post.text == (
        "🗞 Утренняя сводка\nсреда, 18 ноября · ≈ 1 мин\n\n"
        "✈️ Авиарейсы\n1. Новость номер 1\n2. Новость номер 2\n\n"
        "📰 Другое\n3. Новость номер 3\n\nЭто всё на утро."
    )
    assert [b.text for row in post.buttons for b in row] == [
        *("1", "2", "3"),
        "⚙️ Изменить",
        "🔕 Отписаться",
    ]


def test_a_rich_digest_has_headings_and_stories_to_unfold_beside_its_text(
    render: Render, story: Make, now: datetime
) -> None:
    stories = [story(1, now), story(2, now)]
    plain, rich = (
        render.digest(
            chat=PERSON, subscription=subscription(now, layout=one), stories=stories, now=now
        )[0]
        for one in (Layout.STANDARD, Layout.RICH)
    )
    assert (rich.text, rich.entities, rich.buttons) == (plain.text, plain.entities, plain.buttons)
    groups = json.loads(rich.rich or "")
    assert [(number, [block["type"] for block in blocks]) for number, blocks in groups] == [
        (-1, ["heading", "paragraph"]),
        (-1, ["heading"]),
        (0, ["details"]),
        (1, ["details"]),
        (-1, ["footer"]),
    ]
    first = groups[2][1][0]
    assert first["summary"] == ["1. ", {"type": "bold", "text": "Новость номер 1"}]
    assert [block["text"] for block in first["blocks"]][:2] == [
        "Первое предложение.",
        "Второе предложение.",
    ]
    assert first["blocks"][2]["text"][-1] == {
        "type": "url",
        "text": "читать целиком",
        "url": "https://example.org/1",
    }


def test_what_was_told_before_is_marked_with_what_is_new(
    render: Render, story: Make, now: datetime
) -> None:
    changes = {
        2: Change(sources=2),
        3: Change(sources=1, sentences=("Ранены 14 человек.",), numbers=("14",)),
    }
    [post] = render.digest(
        chat=PERSON,
        subscription=None,
        stories=[story(n, now) for n in (1, 2, 3)],
        now=now,
        changes=changes,
    )
    assert "1. 🆕 Новость номер 1\nПервое предложение.\nТомский вестник · 08:00" in post.text
    assert "2. 📈 Новость номер 2\nПервое предложение.\nТомский вестник · +2 источника" in post.text
    assert (
        "3. 🔄 Новость номер 3\nНовое: Ранены 14 человек.\nТомский вестник · +1 источник · 08:00\n"
        "Первое предложение. Второе предложение."
    ) in post.text
    bold = [
        cut(post.text, e["offset"], e["offset"] + e["length"])
        for e in json.loads(post.entities)
        if e["type"] == "bold"
    ]
    assert "14" in bold


def test_nothing_is_marked_where_all_is_told_first(
    render: Render, story: Make, now: datetime
) -> None:
    [post] = render.digest(
        chat=PERSON, subscription=None, stories=[story(1, now), story(2, now)], now=now
    )
    assert "🆕" not in post.text


def test_an_alert_says_so_and_no_more(render: Render, story: Make, now: datetime) -> None:
    alert = subscription(now, instant=True)
    [post] = render.digest(
        chat=PERSON, subscription=alert, stories=[story(1, now)], now=now, next_run_at=now
    )
    assert post.text.startswith("⚡️ Только что\n\n✈️ Авиарейсы\nНовость номер 1\n")
    assert "Это всё" not in post.text
    assert "Следующая" not in post.text


def test_a_digest_after_a_pause_has_a_head_of_its_own(
    render: Render, story: Make, now: datetime
) -> None:
    [post] = render.digest(
        chat=PERSON,
        subscription=subscription(now),
        stories=[story(1, now)],
        now=now,
        missed_since=now - timedelta(days=7),
    )
    assert post.text.startswith("👋 Пока вас не было\nсреда, 18 ноября · ≈ 1 мин\n")
    assert "Самое важное с 11 ноября." in post.text


def test_a_digest_that_mutes_emptied_says_so(render: Render, now: datetime) -> None:
    [post] = render.digest(
        chat=PERSON, subscription=subscription(now), stories=[], now=now, muted=3
    )
    assert "все 3 вы попросили не показывать" in post.text
    assert [b.data for b in post.buttons[0]] == [cb.Interests().pack()]


def test_a_silent_subscription_makes_no_sound(render: Render, story: Make, now: datetime) -> None:
    quiet = subscription(now, silent=True)
    posts = render.digest(chat=PERSON, subscription=quiet, stories=[story(1, now)], now=now)
    assert [post.silent for post in posts] == [True]


def test_a_story_that_goes_on_makes_the_digest_a_reply(
    render: Render, story: Make, now: datetime
) -> None:
    def after(count: int, *changed: int) -> int | None:
        [post] = render.digest(
            chat=PERSON,
            subscription=subscription(now),
            stories=[story(n, now) for n in range(1, count + 1)],
            now=now,
            changes={n: Change(sources=1) for n in changed},
        )
        return post.after

    assert after(1) == 1
    assert after(3, 2) == 2
    assert after(3, 1, 2) is None
    assert after(4, 2) is None
    assert after(3) is None


def test_sources_that_disagree_are_both_named(render: Render, story: Make, now: datetime) -> None:
    def saying(value: str, *sources: str) -> Saying:
        fact = Fact(kind=FactKind.QUANTITY, value=value, unit="people", sentence="…")
        return Saying(fact=fact, sources=sources)

    disagreement = Disagreement(sayings=(saying("12", "Сибдепо"), saying("14", "НГС42", "Томск")))
    [post] = render.digest(
        chat=PERSON,
        subscription=subscription(now, layout=Layout.RICH),
        stories=[story(1, now)],
        now=now,
        disputes={1: [disagreement]},
    )
    words = "⚖️ Источники расходятся. Сибдепо: 12 человек; НГС42, Томск: 14"
    assert words in post.text
    assert words in (post.rich or "")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", ["21 рейс", "3,5 %", "340 млн руб.", "12 300 т", "1 декабря"]),
        ("be", ["21 рэйс", "3,5 %", "340 млн руб.", "12 300 т", "1 снежня"]),
        ("en", ["21 flights", "3.5%", "340M roubles", "12,300 t", "1 December"]),
    ],
)
def test_figures_are_told_as_a_language_tells_them(language: str, said: list[str]) -> None:
    text = Texts().get(language)
    day = datetime(2026, 11, 30, 17, tzinfo=UTC)
    facts = [
        Fact(kind=FactKind.QUANTITY, value="21", unit="flights", sentence=""),
        Fact(kind=FactKind.PERCENT, value="3.5", unit="%", sentence=""),
        Fact(kind=FactKind.SUM, value="340000000", unit="RUB", sentence=""),
        Fact(kind=FactKind.QUANTITY, value="12300", unit="t", sentence=""),
        Fact(kind=FactKind.EVENT, since=day, until=day + timedelta(days=1), sentence=""),
    ]
    told = [amount(text, fact, zone="Asia/Novokuznetsk") for fact in facts]
    assert [one.replace("\xa0", " ") for one in told] == said


def test_new_numbers_never_take_all_entities_of_a_message(
    render: Render, story: Make, now: datetime
) -> None:
    change = Change(sentences=("7 и " * 70,), numbers=("7", ""))
    [post] = render.digest(
        chat=PERSON, subscription=None, stories=[story(1, now)], now=now, changes={1: change}
    )
    assert len(json.loads(post.entities)) < 20
    assert post.spans
