"""A story opens in place of the list that shows it, and the list comes back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiogram.methods import EditMessageText, SendMessage

from bot.telegram.buttons import callbacks as cb
from bot.telegram.writing.posts import send_kwargs
from storage.models import (
    Entity,
    EntityKind,
    Fact,
    FactKind,
    NewArticle,
    NewSource,
    Story,
    TopicScore,
    Understanding,
)
from storage.ports import Store
from tests.telegram.conftest import GROUP, ME, Talk

Print = Callable[..., Any]
MISSING = 404


@pytest.fixture
async def thread(store: Store, now: datetime) -> list[int]:
    """Two chapters of one matter; the second is told by two sources, with a plan and names."""
    earlier, later = now - timedelta(days=3), now - timedelta(hours=3)
    plan = "Первый рейс полетит 15 декабря, билет стоит 9 000 рублей."
    facts = (
        Fact(kind=FactKind.SUM, value="9000", unit="RUB", sentence=plan),
        Fact(kind=FactKind.EVENT, since=now + timedelta(days=27), sentence=plan),
    )
    minsk = Entity(kind=EntityKind.PLACE, name="Минск")
    articles = [
        ("Вестник", "Рейс в Минск отменили", earlier, {}),
        ("Вестник", "Рейс в Минск вернут", later, {"facts": facts, "entities": (minsk,)}),
        ("Курьер", "Самолёты снова полетят", now - timedelta(hours=2), {"entities": (minsk,)}),
    ]
    batch = []
    for number, (source, title, at, more) in enumerate(articles):
        printed = await store.sources.add(
            NewSource(url=f"https://{len(source)}.test/rss", title=source), now=now
        )
        understanding = Understanding(
            title=title,
            text=f"{title}. Так сказали в порту. {plan}",
            language="ru",
            topics=(TopicScore(slug="flights", score=0.9),),
            summary=("Так сказали в порту.",),
            index_title=title.lower(),
            **more,  # type: ignore[arg-type]
        )
        batch.append(
            NewArticle(
                source_id=printed.id,
                key=title,
                url=f"https://example.org/{number}",
                published_at=at,
                seen_at=at,
                dated=True,
                understanding=understanding,
                joins=1 if number == 2 else None,
            )
        )
    first, second, _ = [one for one in await store.articles.add(batch) if one is not None]
    await store.corrections.link(first.story_id, second.story_id, now=now)
    return [first.story_id, second.story_id]


async def deliver(talk: Talk, *, chat: int = ME) -> int:
    """Send what waits in the outbox; the message id of the last of it."""
    claimed = await talk.store.outbox.claim(owner="o", now=talk.now, limit=9, lease_s=60)
    for delivery in claimed:
        await talk.store.outbox.sending(delivery.id, floor=None, now=talk.now)
        await talk.bot.send_message(chat, **send_kwargs(delivery.post))
        number = talk.session.last_id
        await talk.store.outbox.sent(delivery.id, message_id=number, now=talk.now)
    return talk.session.last_id


async def digest(talk: Talk, *, chat: int = ME) -> int:
    await talk.says("/digest", chat=chat)
    return await deliver(talk, chat=chat)


def opening(story: int) -> str:
    return cb.StoryOpen(story=story).pack()


async def test_a_story_tells_all_there_is_to_it(talk: Talk, thread: list[int]) -> None:
    await talk.press_data(opening(thread[1]), await digest(talk))
    assert talk.session.drawn[talk.session.last_id].text == (
        "Рейс в Минск вернут\n\n"
        "Так сказали в порту.\n\n"
        "Что ещё известно\n"
        "• Первый рейс полетит 15 декабря, билет стоит 9 000 рублей.\n\n"
        "Как всё развивалось\n"
        "1. 15 ноября · Рейс в Минск отменили\n"
        "▸ 05:00 · вы читаете\n\n"
        "2 источника\n"
        "Вестник · 05:00\n"
        "Курьер · 06:00 · Самолёты снова полетят\n\n"
        "Кто и где\n"
        "Минск"
    )


async def test_a_digest_comes_back_as_it_was(talk: Talk, thread: list[int]) -> None:
    number = await digest(talk)
    shown = talk.session.drawn[number]
    await talk.press_data(opening(thread[0]), number)
    await talk.presses("К сводке")
    back = talk.session.drawn[number]
    assert (back.text, back.entities, back.reply_markup) == (
        shown.text,
        shown.entities,
        shown.reply_markup,
    )
    assert len(talk.calls(SendMessage)) == 1


async def test_another_chapter_opens_from_there_and_leads_back_to_the_digest(
    talk: Talk, thread: list[int]
) -> None:
    number = await digest(talk)
    await talk.press_data(opening(thread[1]), number)
    [chapter] = await talk.presses("1")
    assert chapter.startswith("Рейс в Минск отменили\n")
    [back] = await talk.presses("К сводке")
    assert back.startswith("🗞")


async def test_a_digest_that_is_not_remembered_stays_and_the_story_opens_below(
    talk: Talk, thread: list[int]
) -> None:
    await talk.says("/help")
    [story] = await talk.press_data(opening(thread[0]), talk.session.last_id)
    assert story.startswith("Рейс в Минск отменили")
    assert talk.calls(EditMessageText) == []
    assert talk.buttons()[-1] == "Закрыть"


async def test_the_way_back_to_a_digest_forgotten_meanwhile_is_told_kindly(talk: Talk) -> None:
    await talk.says("/help")
    assert await talk.press_data(cb.SentDigest().pack(), talk.session.last_id) == []
    assert talk.alerts() == ["Эта сводка слишком давняя, вернуть её на место не получится. "
                             "Свежая: /digest"]  # fmt: skip


async def test_a_story_that_is_gone_is_told_kindly_and_the_digest_comes_back(
    talk: Talk, thread: list[int]
) -> None:
    number = await digest(talk)
    [answer] = await talk.press_data(opening(MISSING), number)
    assert answer.startswith("Этой новости у меня больше нет")
    assert (await talk.presses("К сводке"))[0].startswith("🗞")


async def test_a_withdrawn_story_is_not_told(talk: Talk, thread: list[int]) -> None:
    number = await digest(talk)
    await talk.store.corrections.withdraw(thread[0], reason="Ошиблись", now=talk.now)
    [answer] = await talk.press_data(opening(thread[0]), number)
    assert answer == "🚫 Новость отозвана редакцией.\nОшиблись"


async def test_a_story_that_was_merged_opens_as_the_one_it_came_into(
    talk: Talk, thread: list[int]
) -> None:
    number = await digest(talk)
    await talk.store.corrections.merge(thread[1], thread[0], now=talk.now)
    [answer] = await talk.press_data(opening(thread[0]), number)
    assert answer.startswith("Рейс в Минск вернут")


async def test_from_the_feed_one_comes_back_to_the_page_one_was_on(
    talk: Talk, print_news: Print
) -> None:
    await print_news([f"Новость {n:02}" for n in range(12)])
    await talk.says("/latest")
    [page] = await talk.presses("▶")
    [story] = await talk.presses("7")
    assert story.startswith("Новость 06")
    assert await talk.presses("← Назад") == [page]


async def test_from_a_search_one_comes_back_to_what_was_searched_for(
    talk: Talk, print_news: Print
) -> None:
    await print_news([f"Рейс номер {n}" for n in range(7)])
    await talk.says("/search рейс")
    [page] = await talk.presses("▶")
    [story] = await talk.presses("6")
    assert story.startswith("🔎 рейс\n\nРейс номер ")
    [saved] = await talk.presses("Сохранить")
    assert saved == story
    assert await talk.presses("← Назад") == [page]


async def test_a_sample_is_marked_in_its_card_too(talk: Talk, print_samples: Print) -> None:
    await print_samples("Выдуманный рейс")
    await talk.says("/latest")
    [story] = await talk.presses("1")
    assert story.startswith("Выдуманный рейс\n🧪 пример\n\n")


async def test_everybody_in_a_group_may_open_a_story(talk: Talk, thread: list[int]) -> None:
    number = await digest(talk, chat=GROUP)
    talk.session.members[GROUP, ME] = {"status": "member"}
    [story] = await talk.press_data(opening(thread[0]), number, chat=GROUP)
    assert story.startswith("Рейс в Минск отменили")


async def test_a_story_is_saved_listed_opened_and_taken_away(talk: Talk, print_news: Print) -> None:
    await print_news([f"Новость {n}" for n in range(6)])
    await talk.says("/latest 6")
    for number in range(1, 7):
        talk.now += timedelta(seconds=9)
        await talk.presses(str(number))
        await talk.presses("Сохранить")
        await talk.presses("Назад")
    assert talk.alerts() == ["Сохранил. Всё сохранённое: /saved"] * 6
    [page] = await talk.says("/saved")
    assert page.startswith("🔖 Сохранённое\n\n1. Новость 5\n")
    [page] = await talk.presses("▶")
    assert "6. Новость 0" in page
    [story] = await talk.presses("6")
    assert story.startswith("Новость 0")
    assert "✅ Сохранено" in talk.buttons()
    await talk.presses("Назад")
    await talk.presses("Убрать лишнее")
    [page] = await talk.presses("✕ 6")
    assert "5. Новость 1" in page  # nothing is left on the second page
    await talk.presses("Готово")
    assert len(await talk.store.saved.of(ME, limit=9)) == 5


async def test_nothing_saved_says_how_to_save(talk: Talk) -> None:
    assert (await talk.says("/saved"))[0].startswith("Здесь пока пусто.")


async def test_what_was_saved_is_shown_in_private_only(talk: Talk) -> None:
    [answer] = await talk.says("/saved", chat=GROUP)
    assert answer.startswith("Сохранённое — у каждого своё")


async def test_in_a_group_everybody_saves_for_themselves(talk: Talk, thread: list[int]) -> None:
    await talk.store.chats.forget(ME)
    number = await digest(talk, chat=GROUP)
    await talk.press_data(opening(thread[0]), number, chat=GROUP)
    await talk.presses("Сохранить", chat=GROUP)
    assert talk.alerts()[-1].startswith("Сохраняю каждому своё, а мы с вами ещё не знакомы.")
    await talk.says("/start")
    act = cb.StoryAct(do=cb.Act.SAVE, story=thread[0], back="J1")
    await talk.press_data(act.pack(), number, chat=GROUP)
    assert [one.id for one in await talk.store.saved.of(ME, limit=5)] == [thread[0]]


def test_the_longest_way_back_fits_a_button() -> None:
    page = cb.LatestPage(topic="s" * 32, offset=999_999, size=20)
    back = cb.way_back(page)
    assert cb.carried(back) == page.pack()
    for data in (
        cb.StoryOpen(story=999_999_999, back=back),
        *(cb.StoryAct(do=do, story=999_999_999, back=back) for do in cb.Act),
        cb.StoryTaste(say=cb.Say.LESS, pick=999, story=999_999_999, back=back),
    ):
        assert len(data.pack().encode()) <= 64


async def test_a_story_of_many_sources_fits_one_message(
    talk: Talk, store: Store, thread: list[int], now: datetime
) -> None:
    story = await store.stories.get(thread[1])
    assert isinstance(story, Story)
    [template] = [a for a in await store.stories.articles(story.id) if a.id == 2]
    for number in range(15):
        source = await store.sources.add(
            NewSource(url=f"https://s{number}.test/rss", title=f"Источник {number} {'о' * 200}"),
            now=now,
        )
        understanding = Understanding(
            title=f"{template.title} {number} {'слово ' * 60}", text="Текст.", language="ru"
        )
        await store.articles.add(
            [
                NewArticle(
                    source_id=source.id,
                    key="x",
                    url=f"https://example.org/{'long' * 400}/{number}",
                    published_at=now,
                    seen_at=now,
                    dated=True,
                    understanding=replace(understanding, summary=("Итог " * 99,)),
                    story_id=story.id,
                )
            ]
        )
    [card] = await talk.press_data(opening(story.id), await digest(talk))
    assert len(card) <= 4096
    assert "17 источников" in card
    assert "и ещё 7 статей" in card
