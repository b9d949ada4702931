"""/start to the first digest, step by step, with nothing remembered but rows."""

import base64
from collections.abc import Callable
from typing import Any

import pytest

from bot.telegram.buttons import callbacks as cb
from storage.models import DeliveryKind
from tests.telegram.conftest import ME, Talk


def to_word(words: str) -> str:
    return "w_" + base64.urlsafe_b64encode(words.encode()).decode().rstrip("=")


async def test_four_presses_lead_to_a_digest_at_once(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Минск"])
    [hello] = await talk.says("/start")
    assert "Я Сводка" in hello
    assert talk.buttons() == ["✅ Русский", "Беларуская", "English", "Пропустить →"]
    before = talk.updates
    [where] = await talk.presses("Русский")
    assert where.startswith("Где вы живёте?")
    assert talk.buttons()[:4] == ["Кузбасс", "Минск", "Москва", "Другой город…"]
    [about] = await talk.presses("Минск")
    assert about.startswith("О чём рассказывать?")
    [when] = await talk.presses("Пропустить")
    assert when == "Когда присылать сводку? Время вашего города: Минск."
    [done] = await talk.presses("20:00")
    assert talk.updates - before == 4
    assert done.startswith("Готово! Следующая сводка — сегодня в 20:00.")
    [delivery] = await talk.store.outbox.list()
    assert delivery.kind is DeliveryKind.ASKED
    assert "Открыт рейс в Минск" in delivery.post.text
    assert talk.rings


async def test_what_was_chosen_step_by_step_is_stored(talk: Talk) -> None:
    await talk.says("/start")
    await talk.presses("Русский")
    await talk.presses("Минск")
    await talk.presses("Авиарейсы")
    assert "✅ ✈️ Авиарейсы" in talk.buttons()
    await talk.presses("Дальше")
    await talk.presses("20:00")
    chat = await talk.store.chats.get(ME)
    assert chat is not None
    assert (chat.zone, chat.language) == ("Europe/Minsk", "ru")
    [mine] = await talk.store.subscriptions.of_chat(ME)
    assert (mine.topics, mine.schedule.minutes) == (("flights",), (20 * 60,))
    assert mine.next_run_at == talk.now.replace(hour=17)


async def test_every_step_can_be_skipped(talk: Talk) -> None:
    await talk.says("/start")
    for _ in range(3):
        await talk.presses("Пропустить")
    [done] = await talk.presses("Пропустить")
    assert done.startswith("Готово! Следующая сводка — завтра в 08:00.")
    [mine] = await talk.store.subscriptions.of_chat(ME)
    assert (mine.topics, mine.schedule.minutes) == ((), (8 * 60,))
    chat = await talk.store.chats.get(ME)
    assert chat is not None
    assert (chat.zone, chat.language) == (None, "ru")  # the settings' and the client's


async def test_the_language_chosen_first_is_spoken_from_then_on(talk: Talk) -> None:
    await talk.says("/start")
    [where] = await talk.presses("Беларуская")
    assert where.startswith("Дзе вы жывяце?")
    assert "Свежыя навіны" in [c.description for c in talk.menus()[-1].commands]
    [about] = await talk.presses("Мінск")
    assert about.startswith("Пра што расказваць?")


async def test_the_zone_is_told_by_the_clock_on_the_wall(talk: Talk) -> None:
    talk.now = talk.now.replace(hour=1, minute=20)  # 04:20 in Minsk
    await talk.says("/start")
    await talk.presses("Пропустить")
    [which] = await talk.presses("По моим часам")
    assert which.startswith("Который у вас час?")
    hours = [label for label in talk.buttons() if ":" in label]
    assert hours == [f"{hour:02}:20" for hour in range(24)]
    assert (await talk.presses("08:20"))[0].startswith("О чём рассказывать?")
    chat = await talk.store.chats.get(ME)
    assert chat is not None
    assert chat.zone == "Asia/Novokuznetsk"


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("04:22", "Europe/Minsk"),
        ("6.49", "Asia/Kolkata"),
        ("в Москве", "Europe/Moscow"),
        ("КЕМЕРОВО", "Asia/Novokuznetsk"),
    ],
)
async def test_a_city_or_the_time_there_can_be_typed(talk: Talk, typed: str, zone: str) -> None:
    talk.now = talk.now.replace(hour=1, minute=20)
    await talk.says("/start")
    await talk.presses("Пропустить")
    await talk.presses("Другой город")
    assert (await talk.says(typed))[0].startswith("О чём рассказывать?")
    chat = await talk.store.chats.get(ME)
    assert chat is not None
    assert chat.zone == zone


async def test_another_city_and_other_times_are_typed(talk: Talk) -> None:
    await talk.says("/start")
    await talk.presses("Пропустить")
    assert "Напишите название" in (await talk.presses("Другой город"))[0]
    assert "Не знаю такого города: «Нигде»" in (await talk.says("Нигде"))[0]
    assert "О чём рассказывать?" in (await talk.says("красноярск"))[0]
    await talk.presses("Пропустить")
    await talk.presses("Другое время")
    assert "Не понял время «25:00»" in (await talk.says("25:00"))[0]
    assert (await talk.says("7.30, 18"))[0].startswith("Готово!")
    [mine] = await talk.store.subscriptions.of_chat(ME)
    assert mine.schedule.minutes == (7 * 60 + 30, 18 * 60)
    chat = await talk.store.chats.get(ME)
    assert chat is not None
    assert chat.zone == "Asia/Krasnoyarsk"


async def test_morning_and_evening_is_one_press(talk: Talk) -> None:
    await talk.says("/start")
    await talk.presses("Пропустить")
    await talk.presses("Кузбасс")
    await talk.presses("Пропустить")
    await talk.presses("08:00 и 19:00")
    [mine] = await talk.store.subscriptions.of_chat(ME)
    assert mine.schedule.minutes == (8 * 60, 19 * 60)


async def test_a_second_quick_press_brings_no_second_digest(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Минск"])
    await talk.says("/start")
    await talk.presses("Пропустить")
    await talk.presses("Кузбасс")
    [_] = await talk.presses("Пропустить")
    screen = talk.session.last_id
    for _ in range(2):
        await talk.press_data(cb.FirstTime(sub=1, minutes=480).pack(), screen)
    assert len(await talk.store.outbox.list()) == 1
    for _ in range(2):
        await talk.press_data(cb.Go(to="digest").pack(), screen)
    assert len(await talk.store.outbox.list()) == 2


async def test_a_question_can_be_gone_back_from(talk: Talk) -> None:
    await talk.says("/start")
    await talk.presses("Пропустить")
    await talk.presses("Кузбасс")
    await talk.presses("Пропустить")
    await talk.presses("Другое время")
    [when] = await talk.presses("Назад")
    assert when.startswith("Когда присылать сводку?")
    assert (await talk.says("8"))[0].startswith("🔎 8")  # not waited for any more


async def test_steps_left_halfway_are_no_digest(talk: Talk) -> None:
    await talk.says("/start")
    await talk.presses("Пропустить")
    await talk.presses("Кузбасс")
    assert "Сводок пока нет." in (await talk.says("/settings"))[0]
    assert (await talk.says("/unsubscribe"))[0].startswith("Вы ни на что не подписаны.")
    await talk.says("/subscribe 9:00")
    assert "Все темы · 09:00" in (await talk.says("/settings"))[0]


async def test_nothing_is_due_before_the_last_step(talk: Talk) -> None:
    await talk.says("/start")
    await talk.presses("Пропустить")
    await talk.presses("Кузбасс")
    assert await talk.store.subscriptions.next_due_at() is None


@pytest.mark.parametrize(
    ("client", "said"),
    [("be", "Вітаю!"), ("en-GB", "Hello!"), ("kk", "Здравствуйте!"), (None, "Здравствуйте!")],
)
async def test_the_language_is_the_clients(talk: Talk, client: str | None, said: str) -> None:
    talk.language = client  # type: ignore[assignment]
    [hello] = await talk.says("/start")
    assert hello.startswith(said)


async def test_who_comes_back_finds_the_digests_as_they_were(talk: Talk) -> None:
    await talk.says("/subscribe flights 9:00")
    [hello] = await talk.says("/start")
    assert hello == "С возвращением! Ваши сводки на месте. Следующая — сегодня в 09:00."
    assert len(await talk.store.subscriptions.of_chat(ME)) == 1


async def test_a_link_to_a_topic_has_it_chosen_already(talk: Talk) -> None:
    [hello] = await talk.says("/start t_flights")
    assert "Авиарейсы" in hello
    await talk.presses("Пропустить")
    await talk.presses("Кузбасс")
    assert "✅ ✈️ Авиарейсы" in talk.buttons()
    await talk.presses("Дальше")
    await talk.presses("08:00")
    [mine] = await talk.store.subscriptions.of_chat(ME)
    assert mine.topics == ("flights",)


async def test_a_link_to_a_word_follows_it_through_the_first_steps(talk: Talk) -> None:
    [hello] = await talk.says(f"/start {to_word('белазом')}")
    assert "БелАЗ" in hello
    for _ in range(2):
        await talk.presses("Пропустить")
    await talk.presses("Дальше")
    await talk.presses("Пропустить")
    [mine] = await talk.store.subscriptions.of_chat(ME)
    assert [one.label for one in mine.follows] == ["БелАЗ"]


async def test_somebody_known_follows_a_link_at_once(talk: Talk) -> None:
    await talk.says("/subscribe trade")
    assert (await talk.says("/start t_flights"))[0].startswith("Слежу за: ✈️ Авиарейсы")
    assert (await talk.says(f"/start {to_word('Гомель')}"))[0].startswith("Слежу за: Гомель")
    [mine] = await talk.store.subscriptions.of_chat(ME)
    assert (mine.topics, len(mine.follows)) == (("trade", "flights"), 1)


@pytest.mark.parametrize(
    "link", ["w_", "w_!!!", "w_0", "w__w", "w_4oCu", "t_nosuch", to_word("и"), to_word("😀")]
)
async def test_a_broken_link_is_told_and_the_first_steps_follow(talk: Talk, link: str) -> None:
    said, hello = await talk.says(f"/start {link}")
    assert said.startswith("Ссылка не открылась")
    assert "На каком языке говорить?" in hello
    assert await talk.store.subscriptions.of_chat(ME) == []


async def test_help_shows_three_things_to_try_and_invites_to_channels(talk: Talk) -> None:
    [said] = await talk.says("/help")
    assert said.split("\n\n")[1].count("•") == 3
    markup: Any = talk.session.drawn[talk.session.last_id].reply_markup
    assert markup.inline_keyboard[0][0].url == (
        "https://t.me/svodka?startchannel&admin=post_messages"
    )


async def test_a_made_up_zone_is_refused(talk: Talk) -> None:
    await talk.says("/start")
    await talk.press_data(cb.Zone(name="Mars/Olympus", setup=True).pack())
    chat = await talk.store.chats.get(ME)
    assert chat is not None
    assert chat.zone is None
    assert talk.alerts() == ["Эта кнопка из старого сообщения. Попробуйте заново: /help"]
