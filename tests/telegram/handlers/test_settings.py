"""/settings in one message, /subscribe in words, /unsubscribe, /forgetme."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import BotCommandScopeChat

from bot.jobs.planning.plan import plan_due
from bot.telegram.buttons import callbacks as cb
from bot.telegram.rendering.render import Render
from storage.models import Layout, Subscription
from tests.telegram.conftest import GROUP, ME, Talk


async def only(talk: Talk, chat: int = ME) -> Subscription:
    [mine] = await talk.store.subscriptions.of_chat(chat)
    return mine


async def test_one_message_is_redrawn_for_every_setting(talk: Talk) -> None:
    await talk.says("/subscribe flights")
    [shown] = await talk.says("/settings")
    assert shown == (
        "⚙️ Настройки\n\nЯзык: Русский\nГород: Кузбасс, сейчас 08:00\n"
        "Если новостей нет: скажу об этом\n\nСводки:\n"
        "Авиарейсы · 08:00 · каждый день · до 10 новостей"
    )
    await talk.presses("🕰 Кузбасс")
    await talk.presses("Минск")
    await talk.presses("Если новостей нет: скажу")
    await talk.presses("🗞")
    await talk.presses("Темы")
    await talk.presses("Торговля")
    await talk.presses("Готово")
    await talk.presses("Время")
    await talk.presses("19:00")
    await talk.presses("08:00")
    await talk.presses("Готово")
    await talk.presses("Дни")
    await talk.presses("Будни")
    await talk.presses("вт")
    await talk.presses("Готово")
    await talk.presses("Сколько")
    await talk.presses("3")
    await talk.presses("Готово")
    [shown] = await talk.presses("Назад")
    assert shown == (
        "⚙️ Настройки\n\nЯзык: Русский\nГород: Минск, сейчас 04:00\n"
        "Если новостей нет: промолчу\n\nСводки:\n"
        "Авиарейсы, Торговля · 19:00 · пн, ср, чт, пт · до 3 новостей"
    )
    assert len(talk.calls(SendMessage)) == 2
    mine = await only(talk)
    assert mine.next_run_at == datetime(2026, 11, 18, 16, tzinfo=UTC)


async def test_a_button_names_a_digest_by_its_topics_and_times(talk: Talk) -> None:
    await talk.says("/subscribe flights trade agriculture 8:00 19:00")
    await talk.says("/subscribe 9:00")
    await talk.says("/settings")
    digests = [label for label in talk.buttons() if label.startswith("🗞")]
    assert digests == ["🗞 Авиарейсы, Торговля… · 08:00, 19:00", "🗞 Все темы · 09:00"]


async def test_a_new_zone_moves_the_digests(talk: Talk) -> None:
    await talk.says("/subscribe 9:00")
    assert (await only(talk)).next_run_at == datetime(2026, 11, 18, 2, tzinfo=UTC)
    await talk.says("/settings")
    await talk.presses("🕰")
    await talk.presses("Другой город")
    assert "Город: Варшава" in (await talk.says("Варшава"))[0]
    assert (await only(talk)).next_run_at == datetime(2026, 11, 18, 8, tzinfo=UTC)


async def test_the_language_changes_at_once_with_the_menu(talk: Talk) -> None:
    await talk.says("/settings")
    await talk.presses("🌐 Русский")
    [shown] = await talk.presses("Беларуская")
    assert shown.startswith("⚙️ Налады\n\nМова: Беларуская")
    [menu] = talk.menus()
    assert menu.scope == BotCommandScopeChat(chat_id=ME)
    assert "Свежыя навіны" in [c.description for c in menu.commands]
    assert (await talk.says("/topics"))[0].startswith("Тэмы")


async def test_the_last_time_and_the_last_day_stay(talk: Talk) -> None:
    await talk.says("/subscribe 8")
    await talk.presses("Время")
    await talk.presses("08:00")
    assert talk.alerts()[0].startswith("Хотя бы одно время нужно.")
    sub = (await only(talk)).id
    for day in range(1, 8):
        await talk.press_data(cb.DayPick(sub=sub, day=day).pack(), talk.session.last_id)
    mine = await only(talk)
    assert (mine.schedule.minutes, mine.schedule.days) == ((480,), (7,))


async def test_an_own_time_is_typed(talk: Talk) -> None:
    await talk.says("/subscribe 8")
    await talk.presses("Время")
    await talk.presses("Другое время")
    await talk.says("6:45")
    assert (await only(talk)).schedule.minutes == (405, 480)
    assert "✅ 06:45" in talk.buttons()


async def test_an_open_question_does_not_hold_back_other_questions(talk: Talk) -> None:
    await talk.says("/settings")
    await talk.presses("🕰")
    await talk.presses("Другой город")
    [answer] = await talk.says("что с рейсом в Минск")
    assert answer.startswith("🔎 что с рейсом в Минск")
    assert (await talk.says("Варшава"))[0].startswith("🔎 Варшава")


@pytest.mark.parametrize(
    ("said", "wanted", "minutes"),
    [
        ("/subscribe", (), (480,)),
        ("/subscribe все 7", (), (420,)),
        ("/subscribe flights trade 8:00 19.30", ("flights", "trade"), (480, 1170)),
        ("/subscribe торговля, Сельское хозяйство 21:15", ("trade", "agriculture"), (1275,)),
        ("/subscribe 19 flights 7 7:00", ("flights",), (420, 1140)),
        ("/subscribe авиарейсы в 8 и в 19", ("flights",), (480, 1140)),
    ],
)
async def test_a_subscription_in_words(
    talk: Talk, said: str, wanted: tuple[str, ...], minutes: tuple[int, ...]
) -> None:
    [answer] = await talk.says(said)
    assert answer.startswith("Готово! Буду присылать: ")
    mine = await only(talk)
    assert (mine.topics, mine.schedule.minutes) == (wanted, minutes)
    assert mine.next_run_at is not None
    assert mine.next_run_at > talk.now


async def test_times_that_are_none_are_named(talk: Talk) -> None:
    [answer] = await talk.says("/subscribe flights и 25:00 балет 8:99")
    assert answer.startswith("Не понял слова: «25:00», «8:99».")
    assert "/subscribe flights trade 8:00 19:30" in answer
    assert await talk.store.subscriptions.of_chat(ME) == []


@pytest.mark.parametrize(
    ("said", "shown", "instant"),
    [
        ("/subscribe БелАЗа 8:00", "БелАЗ · 08:00 · каждый день", False),
        ("/subscribe авиарейсы сразу", "Авиарейсы · сразу, как появится", True),
        ("/subscribe по воскресеньям 10:00", "Все темы · 10:00 · вс", False),
        (
            "/subscribe торговля, Гомель по будням в 7",
            "Торговля, Гомель · 07:00 · по будням",
            False,
        ),
        ("/subscribe trade weekly", "Торговля · 10:00 · вс", False),
        ("/subscribe гороскоп каждый день", "гороскоп · 08:00 · каждый день", False),
    ],
)
async def test_names_days_and_alerts_are_said_in_words(
    talk: Talk, said: str, shown: str, instant: bool
) -> None:
    [answer] = await talk.says(said)
    assert answer.startswith(f"Готово! Буду присылать: {shown}")
    assert (await only(talk)).instant is instant


async def test_a_weekly_digest_is_beside_the_daily_one(talk: Talk) -> None:
    await talk.says("/subscribe flights 7:00")
    await talk.says("/subscribe flights по воскресеньям")
    await talk.says("/subscribe flights воскресенье 11:00")
    daily, weekly = await talk.store.subscriptions.of_chat(ME)
    assert (daily.schedule.minutes, weekly.schedule.minutes) == ((420,), (660,))


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("сразу", "Сразу обо всём — это сообщения без конца."),
        (" ".join(f"{hour}:30" for hour in range(13)), "Слишком много сразу"),
        (", ".join(f"слово{n}" for n in range(30)), "Слишком много сразу"),
        ("99", "Не понял: «99»."),
        ("😀", "Не понял: «😀»."),
    ],
)
async def test_too_much_and_nothing_at_all_are_told_with_an_example(
    talk: Talk, words: str, answer: str
) -> None:
    [said] = await talk.says(f"/subscribe {words}")
    assert said.startswith(answer)
    assert "/subscribe " in said


async def test_four_thousand_letters_are_read_as_far_as_is_sensible(talk: Talk) -> None:
    [said] = await talk.says("/subscribe " + "flights балет " * 290)
    assert "балет" in said


async def test_alerts_of_nothing_chosen_are_refused(talk: Talk) -> None:
    await talk.says("/subscribe flights сразу")
    await talk.presses("Темы")
    await talk.presses("Авиарейсы")
    assert talk.alerts()[-1].startswith("Чтобы сообщать сразу, нужна хотя бы одна тема или имя")
    assert (await only(talk)).topics == ("flights",)


async def test_subscribing_again_to_the_same_only_changes_the_times(talk: Talk) -> None:
    await talk.says("/subscribe flights trade 9:00")
    await talk.presses("Сколько")
    await talk.presses("15")
    await talk.says("/subscribe trade flights 10:00")
    mine = await only(talk)
    assert (mine.schedule.minutes, mine.max_stories) == ((600,), 15)


async def test_a_forum_topic_has_subscriptions_of_its_own(talk: Talk) -> None:
    await talk.says("/subscribe", chat=GROUP, message_thread_id=7, is_topic_message=True)
    assert (await only(talk, GROUP)).thread_id == 7


async def test_its_digests_go_to_that_forum_topic(
    talk: Talk, render: Render, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Минск"])
    in_topic = {"message_thread_id": 7, "is_topic_message": True}
    await talk.says("/subscribe 9:00", chat=GROUP, **in_topic)
    await talk.says("/follow БелАЗ", chat=GROUP, message_thread_id=8, is_topic_message=True)
    later = talk.now.replace(hour=2)  # 09:00 in Kuzbass
    assert await plan_due(talk.store, render, now=later, default_zone="Asia/Novokuznetsk")
    [delivery] = await talk.store.outbox.list()
    assert (delivery.chat_id, delivery.thread_id) == (GROUP, 7)


async def test_unsubscribing(talk: Talk) -> None:
    assert (await talk.says("/unsubscribe"))[0].startswith("Вы ни на что не подписаны.")
    await talk.says("/subscribe flights")
    assert (await talk.says("/unsubscribe"))[0].startswith("Больше не присылаю.")
    assert await talk.store.subscriptions.of_chat(ME) == []
    await talk.says("/subscribe flights")
    await talk.says("/subscribe trade")
    await talk.says("/unsubscribe")
    await talk.presses("🔕 Торговля")
    assert (await only(talk)).topics == ("flights",)


async def test_what_is_named_ends_and_nothing_else(talk: Talk) -> None:
    await talk.says("/subscribe flights")
    await talk.says("/subscribe trade")
    assert (await talk.says("/unsubscribe Торговля"))[0].startswith("Больше не присылаю.")
    for words in ("trade", "балет", "flights trade"):
        [said] = await talk.says(f"/unsubscribe {words}")
        assert said.startswith(f"Такой подписки нет: «{words}».")
        assert said.endswith("/unsubscribe flights")
    assert (await only(talk)).topics == ("flights",)


async def test_an_english_reader_is_quoted_in_english(talk: Talk) -> None:
    talk.language = "en"
    [answer] = await talk.says("/subscribe 25:00")
    assert answer.startswith("I didn’t understand “25:00”.")


async def test_another_chats_subscription_cannot_be_touched(talk: Talk) -> None:
    await talk.says("/subscribe flights", chat=GROUP)
    theirs = (await only(talk, GROUP)).id
    await talk.says("/help")
    [answer] = await talk.press_data(cb.Unsubscribe(sub=theirs).pack(), talk.session.last_id)
    assert answer.startswith("Этой сводки уже нет.")
    assert (await only(talk, GROUP)).id == theirs


async def test_presses_on_a_subscription_that_is_gone_are_answered(talk: Talk) -> None:
    await talk.says("/settings")
    number = talk.session.last_id
    presses = [
        cb.TopicPick(sub=99, slug="flights"),
        cb.TimePick(sub=99, minutes=480),
        cb.DayPick(sub=99, day=1),
        cb.Count(sub=99, stories=5),
        cb.Screen(name="sub", sub=99),
        cb.Screen(name="first_time", sub=99),
        cb.FirstTime(sub=99, minutes=480),
        cb.Minutes(sub=99, minutes=3),
        cb.LayoutPick(sub=99, layout=Layout.BRIEF),
        cb.Silent(sub=99, on=True),
        cb.Pause(sub=99, days=7),
        cb.Screen(name="layout", sub=99),
    ]
    for press in presses:
        await talk.press_data(press.pack(), number)
        assert talk.session.drawn[number].text.startswith("Этой сводки уже нет."), press
    assert await talk.store.outbox.list() == []


async def test_the_rest_is_told_plainly(talk: Talk) -> None:
    assert "/latest — Свежие новости" in (await talk.says("/help"))[0]
    assert "Сейчас у меня 0 статей (0 сюжетов)." in (await talk.says("/about"))[0]
    assert (await talk.says("/sources"))[0] == "Источников пока нет."
    assert not talk.calls(EditMessageText)
