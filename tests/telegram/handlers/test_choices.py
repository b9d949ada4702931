"""How digests come: their length, look and sound, pauses, quiet hours, and one more of them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.telegram.buttons import callbacks as cb
from bot.telegram.handlers.choices import read_hours
from bot.telegram.subscriptions.pausing import midnight, read_days
from storage.models import Layout, QuietHours, Subscription
from tests.telegram.conftest import GROUP, ME, Talk

NEXT_WEEK = datetime(2026, 11, 24, 17, tzinfo=UTC)  # Wednesday 25 November, 00:00 in Kuzbass


async def only(talk: Talk) -> Subscription:
    [mine] = await talk.store.subscriptions.of_chat(ME)
    return mine


async def test_three_minutes_instead_of_a_number_of_stories(talk: Talk) -> None:
    await talk.says("/subscribe flights")
    await talk.presses("Сколько")
    await talk.presses("3 мин")
    assert "✅ 3 мин" in talk.buttons()
    assert (await only(talk)).reading_s == 180
    [shown] = await talk.presses("Готово")
    assert "на 3 минуты" in shown
    await talk.presses("Сколько")
    await talk.presses("5")
    assert ((await only(talk)).reading_s, (await only(talk)).max_stories) == (None, 5)


async def test_a_rich_layout_is_offered_with_a_warning(talk: Talk) -> None:
    await talk.says("/subscribe flights")
    [shown] = await talk.presses("Вид")
    assert "В старых приложениях Телеграма такое сообщение пустое" in shown
    await talk.presses("Красиво")
    assert (await only(talk)).layout is Layout.RICH
    assert "✅ Красиво" in talk.buttons()


async def test_the_sound_is_switched_off_and_on(talk: Talk) -> None:
    await talk.says("/subscribe flights")
    await talk.presses("Без звука")
    assert (await only(talk)).silent
    await talk.presses("Со звуком")
    assert not (await only(talk)).silent


async def test_a_pause_lasts_a_week_and_can_be_ended(talk: Talk) -> None:
    await talk.says("/subscribe flights 9:00")
    [shown] = await talk.presses("Пауза: неделя")
    assert "⏸ На паузе. Вернусь 25 ноября" in shown
    mine = await only(talk)
    assert mine.paused_until == NEXT_WEEK
    assert mine.next_run_at == NEXT_WEEK + timedelta(hours=9)
    [shown] = await talk.presses("Продолжить")
    assert "Следующая сводка — сегодня в 09:00." in shown
    assert (await only(talk)).paused_until == talk.now


async def test_another_time_chosen_in_a_pause_does_not_end_it(talk: Talk) -> None:
    await talk.says("/subscribe flights 9:00")
    await talk.presses("Пауза")
    await talk.presses("Время")
    await talk.presses("19:00")
    assert (await only(talk)).next_run_at == NEXT_WEEK + timedelta(hours=9)


async def test_pause_is_a_command_too(talk: Talk) -> None:
    assert (await talk.says("/pause"))[0].startswith("Пока нечего ставить на паузу")
    await talk.says("/subscribe flights")
    await talk.says("/subscribe trade")
    [said] = await talk.says("/pause 3")
    assert said.startswith("⏸ Молчу. Вернусь 21 ноября")
    for one in await talk.store.subscriptions.of_chat(ME):
        assert one.paused_until == midnight("Asia/Novokuznetsk", days=3, now=talk.now)
    assert (await talk.presses("Продолжить"))[0].startswith("▶️ Продолжаю.")
    for one in await talk.store.subscriptions.of_chat(ME):
        assert one.paused_until == talk.now


@pytest.mark.parametrize("words", ["вечность", "0", "-1", "99999", "3 3", "2 недели подряд", "<b>"])
async def test_a_pause_for_no_time_that_is_one_is_answered_with_examples(
    talk: Talk, words: str
) -> None:
    [said] = await talk.says(f"/pause {words}")
    assert said.startswith("Не понял, на сколько")
    assert "/pause 3" in said


@pytest.mark.parametrize(
    ("words", "days"),
    [("", 7), ("неделю", 7), ("на 2 недели", 14), ("10", 10), ("3 дня", 3), ("for a year", None),
     ("1 month", 30), ("13 months", None), ("два", None), ("5 дзён", 5), ("тыдзень", 7)],
)  # fmt: skip
def test_days_are_read_as_people_say_them(words: str, days: int | None) -> None:
    assert read_days(words) == days


async def test_quiet_hours_are_chosen_or_typed(talk: Talk) -> None:
    await talk.says("/settings")
    await talk.presses("Тихие часы")
    await talk.presses("23:00–07:00")
    chat = await talk.store.chats.get(ME)
    assert chat is not None
    assert chat.quiet == QuietHours(start=23 * 60, end=7 * 60)
    assert "✅ 23:00–07:00" in talk.buttons()
    await talk.presses("Другие часы")
    assert (await talk.says("всегда"))[0].startswith("Не понял часы «всегда».")
    [shown] = await talk.says("с 22:30 до 7")
    assert "Тихие часы: 22:30–07:00" in shown
    await talk.presses("Тихие часы")
    await talk.presses("Без тихих часов")
    chat = await talk.store.chats.get(ME)
    assert chat is not None
    assert chat.quiet is None


@pytest.mark.parametrize(
    ("words", "hours"),
    [("22:30 7", (1350, 420)), ("22-8", (1320, 480)), ("from 23 to 6:15", (1380, 375)),
     ("8 8", None), ("25:00 7", None), ("7", None), ("1 2 3", None), ("", None)],
)  # fmt: skip
def test_hours_are_read_in_their_order(words: str, hours: tuple[int, int] | None) -> None:
    read = read_hours(words)
    assert (read and (read.start, read.end)) == hours


async def test_a_weekly_digest_is_added_beside_a_daily_one(talk: Talk) -> None:
    await talk.says("/subscribe flights")
    await talk.says("/settings")
    await talk.presses("Ещё одна сводка")
    await talk.presses("Раз в неделю")
    [shown] = await talk.presses("Авиарейсы")
    assert shown.startswith("Авиарейсы · 10:00 · вс")
    daily, weekly = await talk.store.subscriptions.of_chat(ME)
    assert (daily.schedule.days, weekly.schedule.days) == ((1, 2, 3, 4, 5, 6, 7), (7,))


async def test_alerts_are_about_words_and_wait_for_news(talk: Talk) -> None:
    await talk.says("/settings")
    await talk.presses("Ещё одна сводка")
    await talk.presses("Сразу")
    await talk.presses("Имя, место, слово")
    [shown] = await talk.says("БелАЗа, Гомель")
    assert shown.startswith("БелАЗ, Гомель · сразу, как появится")
    assert not any("Время" in label for label in talk.buttons())
    mine = await only(talk)
    assert (mine.instant, mine.next_run_at) == (True, None)
    assert "🔔 БелАЗ" in " ".join((await talk.says("/settings"), talk.buttons())[1])


async def test_a_digest_that_is_there_already_is_opened(talk: Talk) -> None:
    await talk.says("/subscribe flights 7:15")
    await talk.press_data(cb.NewDigest(how=cb.NewHow.DAILY, slug="flights").pack(), 5001)
    assert talk.alerts()[-1].startswith("Такая сводка уже есть")
    assert (await only(talk)).schedule.minutes == (7 * 60 + 15,)


async def test_in_a_group_these_buttons_are_for_admins(talk: Talk) -> None:
    await talk.says("/subscribe flights", chat=GROUP)
    [mine] = await talk.store.subscriptions.of_chat(GROUP)
    talk.session.members[GROUP, ME] = {"status": "member"}
    talk.now += timedelta(minutes=2)
    presses = [
        cb.Minutes(sub=mine.id, minutes=3),
        cb.LayoutPick(sub=mine.id, layout=Layout.BRIEF),
        cb.Silent(sub=mine.id, on=True),
        cb.Pause(sub=mine.id, days=7),
        cb.Pause(sub=0, days=0),
        cb.Quiet(start=0, end=60),
        cb.NewDigest(how=cb.NewHow.DAILY),
        cb.Interests(),
        cb.OneInterest(do=cb.Wish.DROP, key="x"),
        cb.OneInterest(do=cb.Wish.AT_ONCE, key="x"),
        cb.Language(code="en", setup=True),
        cb.Zone(name="Europe/Minsk", setup=True),
        cb.FirstTime(sub=mine.id, minutes=480),
        *(cb.Screen(name=name) for name in ("new", "new_daily", "words_daily", "quiet", "follow")),
    ]
    for press in presses:
        assert await talk.press_data(press.pack(), 5001, chat=GROUP) == [], press
        assert talk.alerts()[-1].startswith("Это решают админы группы"), press
    assert await talk.store.subscriptions.of_chat(GROUP) == [mine]
