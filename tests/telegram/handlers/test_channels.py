"""A channel is run in private by its admins; without the right to post its schedule sleeps."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram.exceptions import TelegramForbiddenError
from aiogram.methods import GetChatMember, SendMessage

from bot.jobs.planning.plan import plan_due
from bot.telegram.buttons import callbacks as cb
from bot.telegram.rendering.render import Render
from storage.models import Chat, ChatKind, DeliveryKind, Schedule, Subscription
from tests.telegram.conftest import BOT_ID, ME, Talk

CHANNEL = -1001234567890
STRANGER = {"status": "left"}
POSTING = {"status": "administrator", "can_post_messages": True}


async def becomes(talk: Talk, new: dict[str, Any], old: dict[str, Any] = STRANGER) -> list[str]:
    """The bot's place in the channel changes, by my hand."""
    bot = {"id": BOT_ID, "is_bot": True, "first_name": "Сводка"}
    event = {
        "chat": {"id": CHANNEL, "type": "channel", "title": "Томск & рядом"},
        "from": {"id": ME, "is_bot": False, "first_name": "Анна", "language_code": talk.language},
        "date": 1,
        "old_chat_member": {"user": bot} | old,
        "new_chat_member": {"user": bot} | new,
    }
    return await talk.feed({"my_chat_member": event})


async def stored(talk: Talk) -> Chat:
    chat = await talk.store.chats.get(CHANNEL)
    assert chat is not None
    return chat


async def only(talk: Talk) -> Subscription:
    [mine] = await talk.store.subscriptions.of_chat(CHANNEL)
    return mine


async def test_who_makes_the_bot_an_admin_is_greeted_and_owns_the_channel(talk: Talk) -> None:
    [hello] = await becomes(talk, POSTING)
    assert hello.startswith("Спасибо! Теперь могу публиковать в вашем канале.")
    assert "📢 Томск & рядом\n\nЯзык сводок: Русский\nГород: Кузбасс, сейчас 08:00\n" in hello
    assert talk.calls(SendMessage)[-1].chat_id == ME
    assert talk.buttons()[:2] == ["➕ Добавить сводку", "✏️ Заголовок"]
    chat = await stored(talk)
    assert (chat.kind, chat.owner_id, chat.asleep) == (ChatKind.CHANNEL, ME, None)


async def test_a_channel_reads_as_its_owner_does_until_it_chooses(talk: Talk) -> None:
    await talk.store.chats.see(Chat(id=ME, kind=ChatKind.PRIVATE, language="be"), now=talk.now)
    await talk.store.chats.choose(ME, zone="Europe/Minsk")
    [hello] = await becomes(talk, POSTING)
    assert "Мова зводак: Беларуская\nГорад: Мінск, цяпер 04:00" in hello
    await talk.presses("🌐")
    await talk.presses("Русский")
    await talk.presses("🕰")
    await talk.presses("Масква")
    chat = await stored(talk)
    assert (chat.language, chat.zone) == ("ru", "Europe/Moscow")


async def test_an_owner_who_never_pressed_start_is_no_error(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    words = "Forbidden: bot can't initiate conversation with a user"
    talk.session.refusals.append((SendMessage, words, TelegramForbiddenError))
    await becomes(talk, POSTING)
    assert "failed" not in caplog.text
    assert (await stored(talk)).owner_id == ME
    assert "📢 Томск & рядом" in await settings_buttons(talk)


async def settings_buttons(talk: Talk) -> list[str]:
    await talk.says("/settings")
    return talk.buttons()


async def test_topics_and_times_are_chosen_by_buttons(talk: Talk) -> None:
    await becomes(talk, POSTING)
    await talk.presses("Добавить сводку")
    await talk.presses("Торговля")
    await talk.presses("Готово")
    await talk.presses("Время")
    await talk.presses("19:00")
    await talk.presses("08:00")
    await talk.presses("Другое время")
    await talk.says("6:30")
    mine = await only(talk)
    assert (mine.topics, mine.schedule.minutes) == (("trade",), (390, 1140))
    assert mine.next_run_at == datetime(2026, 11, 18, 12, tzinfo=UTC)
    await talk.presses("Готово")
    [shown] = await talk.presses("📢")
    assert "Сводки:\nТорговля · 06:30, 19:00 · каждый день" in shown
    assert await talk.store.subscriptions.of_chat(ME) == []


async def test_the_header_is_asked_for_and_the_next_text_is_it(talk: Talk) -> None:
    await becomes(talk, POSTING)
    assert (await talk.presses("Заголовок"))[0].startswith("Каким будет заголовок?")
    [shown] = await talk.says("Томск\n<b>утром</b>")
    assert "Заголовок: Томск <b>утром</b>\n" in shown
    assert (await stored(talk)).header == "Томск <b>утром</b>"
    assert (await talk.says("рейс в Минск"))[0].startswith("🔎")
    await talk.presses("Заголовок")
    assert "Заголовок: обычный" in (await talk.presses("Обычный заголовок"))[0]
    assert (await stored(talk)).header is None


async def test_turning_back_from_a_question_ends_it(talk: Talk) -> None:
    await becomes(talk, POSTING)
    await talk.presses("Заголовок")
    await talk.presses("Назад")
    assert (await talk.says("рейс в Минск"))[0].startswith("🔎")
    assert (await stored(talk)).header is None


async def test_any_city_can_set_the_channels_clock(talk: Talk) -> None:
    await becomes(talk, POSTING)
    await talk.presses("🕰")
    await talk.presses("Другой город")
    assert (await talk.says("Китеж"))[0].startswith("Не знаю такого города: «Китеж».")
    assert "Город: Варшава" in (await talk.says("Варшава"))[0]
    assert (await stored(talk)).zone == "Europe/Warsaw"
    me = await talk.store.chats.get(ME)
    assert me is not None
    assert me.zone is None


async def test_silence_is_the_rule_and_can_be_broken(talk: Talk) -> None:
    [hello] = await becomes(talk, POSTING)
    assert "Если новостей нет: промолчу" in hello
    await talk.presses("Если новостей нет")
    assert (await stored(talk)).say_empty is True
    await talk.presses("Если новостей нет")
    assert (await stored(talk)).say_empty is False


async def test_a_preview_is_shown_in_private_and_counts_for_nothing(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await becomes(talk, POSTING)
    await talk.presses("Показать мне")
    assert talk.alerts() == ["Нового для канала пока нет: за последние сутки всё уже вышло."]
    await print_news(["Открыт рейс в Томск"])
    [shown] = await talk.presses("Показать мне")
    assert "Открыт рейс в Томск" in shown
    assert await talk.store.outbox.list() == []
    await talk.presses("Опубликовать")
    [planned] = await talk.store.outbox.list()
    assert (planned.chat_id, planned.post.buttons) == (CHANNEL, ())
    assert "Открыт рейс в Томск" in planned.post.text
    assert talk.rings == [talk.now]
    await talk.presses("Опубликовать")
    assert len(await talk.store.outbox.list()) == 1
    assert talk.alerts()[-1].startswith("Нового для канала пока нет")


async def test_a_scheduled_post_leaves_for_the_channel(
    talk: Talk, render: Render, print_news: Callable[..., Any]
) -> None:
    await becomes(talk, POSTING)
    talk.session.chats["@tomsk_news"] = named("tomsk_news")
    await talk.says("/subscribe @tomsk_news flights 9:00")
    await print_news(["Открыт рейс в Томск"])
    talk.now += timedelta(hours=1)
    await plan_due(talk.store, render, now=talk.now, default_zone="Asia/Novokuznetsk")
    [planned] = await talk.store.outbox.list()
    assert (planned.chat_id, planned.kind) == (CHANNEL, DeliveryKind.CHANNEL)
    assert planned.post.buttons == ()


def named(username: str | None = None, kind: str = "channel") -> dict[str, Any]:
    return {"id": CHANNEL, "type": kind, "title": "Томск & рядом", "username": username}


@pytest.mark.parametrize(
    "target", ["@tomsk_news", str(CHANNEL), "https://t.me/tomsk_news", "t.me/tomsk_news"]
)
async def test_a_channel_is_subscribed_in_words(talk: Talk, target: str) -> None:
    await becomes(talk, POSTING)
    talk.session.chats["@tomsk_news"] = talk.session.chats[CHANNEL] = named("tomsk_news")
    [said] = await talk.says(f"/subscribe {target} торговля 7:30")
    assert said.startswith("Готово! Буду публиковать в «Томск & рядом»: Торговля · 07:30 ·")
    mine = await only(talk)
    assert (mine.topics, mine.schedule) == (("trade",), Schedule(minutes=(450,)))
    assert talk.buttons()[-1] == "📢 Томск & рядом"
    assert await talk.store.subscriptions.of_chat(ME) == []


async def test_words_after_the_name_are_explained_with_the_name(talk: Talk) -> None:
    await becomes(talk, POSTING)
    talk.session.chats["@tomsk_news"] = named("tomsk_news")
    [said] = await talk.says("/subscribe @tomsk_news 25:00")
    assert "Не понял: «25:00»." in said
    assert "/subscribe @tomsk_news flights trade 8:00 19:30" in said


async def test_a_channel_nobody_told_of_is_asked_about(talk: Talk) -> None:
    talk.session.chats["@tomsk_news"] = named("tomsk_news")
    assert (await talk.says("/subscribe @nobody_here"))[0].startswith("Не вижу такого канала")
    talk.session.members[CHANNEL, BOT_ID] = {"status": "member"}
    assert "нужно право публиковать" in (await talk.says("/subscribe @tomsk_news"))[0]
    talk.session.members[CHANNEL, BOT_ID] = POSTING
    assert (await talk.says("/subscribe @tomsk_news"))[0].startswith("Готово!")
    assert (await stored(talk)).owner_id == ME


async def test_a_group_is_no_channel(talk: Talk) -> None:
    talk.session.chats["@tomsk_talk"] = named("tomsk_talk", kind="supergroup")
    assert (await talk.says("/subscribe @tomsk_talk"))[0].startswith("Не вижу такого канала")


@pytest.mark.parametrize(
    "standing",
    [{"status": "member"}, {"status": "administrator", "can_edit_messages": True}],
)
async def test_only_those_who_may_post_there_change_a_channel(
    talk: Talk, standing: dict[str, Any]
) -> None:
    await becomes(talk, POSTING)
    talk.session.chats["@tomsk_news"] = named("tomsk_news")
    await talk.says("/subscribe @tomsk_news flights")
    mine = await only(talk)
    talk.session.members[CHANNEL, ME] = standing
    talk.now += timedelta(minutes=2)
    drawn = talk.session.last_id
    presses = [
        cb.Channel(do="open", chat=CHANNEL),
        cb.Channel(do="publish", chat=CHANNEL),
        cb.ChannelZone(chat=CHANNEL, name="Europe/Minsk"),
        cb.Screen(name="sub", sub=mine.id),
        cb.TopicPick(sub=mine.id, slug="trade"),
        cb.FirstTime(sub=mine.id, minutes=60),
        cb.Unsubscribe(sub=mine.id),
    ]
    for press in presses:
        assert await talk.press_data(press.pack(), drawn) == []
        assert talk.alerts()[-1].startswith("Этот канал ведёт кто-то другой"), press
    assert (await talk.says("/subscribe @tomsk_news"))[0].startswith("Этот канал ведёт кто-то")
    assert await only(talk) == mine
    assert (await stored(talk)).zone is None


async def test_an_answer_is_checked_like_a_press(talk: Talk) -> None:
    await becomes(talk, POSTING)
    await talk.presses("Заголовок")
    talk.session.members[CHANNEL, ME] = {"status": "member"}
    talk.now += timedelta(minutes=2)
    assert (await talk.says("Взлом"))[0].startswith("Этот канал ведёт кто-то другой")
    assert (await stored(talk)).header is None


async def test_an_admins_standing_is_asked_once_a_minute(talk: Talk) -> None:
    await becomes(talk, POSTING)
    for _ in range(3):
        await talk.presses("Если новостей нет")
    assert len(talk.calls(GetChatMember)) == 1
    talk.now += timedelta(seconds=61)
    await talk.presses("Если новостей нет")
    assert len(talk.calls(GetChatMember)) == 2


@pytest.mark.parametrize(
    ("lost", "reason"),
    [
        ({"status": "left"}, "removed"),
        ({"status": "kicked", "until_date": 0}, "removed"),
        ({"status": "administrator", "can_post_messages": False}, "may not post"),
    ],
)
async def test_without_the_right_to_post_the_schedule_sleeps(
    talk: Talk, lost: dict[str, Any], reason: str
) -> None:
    await becomes(talk, POSTING)
    await talk.presses("Добавить сводку")
    await becomes(talk, lost, POSTING)
    assert (await stored(talk)).asleep == reason
    late = talk.now + timedelta(days=2)
    assert await talk.store.subscriptions.due(now=late, limit=9) == []
    [notice] = await talk.store.outbox.list()
    assert (notice.chat_id, notice.kind) == (ME, DeliveryKind.NOTICE)
    assert "«Томск & рядом» больше не получается писать" in notice.post.text
    await becomes(talk, {"status": "left"}, lost)
    assert len(await talk.store.outbox.list()) == 1
    [again] = await becomes(talk, POSTING, lost)
    assert again.startswith("Право публиковать снова есть: расписание проснулось")
    assert (await stored(talk)).asleep is None
    assert len(await talk.store.subscriptions.due(now=late, limit=9)) == 1


async def test_an_owner_still_sees_a_channel_that_the_bot_was_removed_from(talk: Talk) -> None:
    await becomes(talk, POSTING)
    await becomes(talk, {"status": "left"}, POSTING)
    words = "Forbidden: bot is not a member of the channel chat"
    talk.session.refusals.append((GetChatMember, words, TelegramForbiddenError))
    [shown] = await talk.presses("Если новостей нет")
    assert "Сейчас я не могу туда писать" in shown
    await talk.presses("Опубликовать")
    assert talk.alerts()[-1].startswith("Сейчас я не могу туда писать")


async def test_an_admin_who_may_not_post_is_told_what_is_needed(talk: Talk) -> None:
    [said] = await becomes(talk, {"status": "administrator", "can_post_messages": False})
    assert said.startswith("Чтобы вести канал «Томск & рядом», мне нужно право публиковать")
    assert (await stored(talk)).asleep == "may not post"


async def test_the_bot_never_answers_in_a_channel(talk: Talk) -> None:
    await becomes(talk, POSTING)
    chat = {"id": CHANNEL, "type": "channel", "title": "Томск & рядом"}
    for number, text in enumerate(("/latest", "/subscribe", "@svodka рейс в Минск"), 1):
        post = {"message_id": number, "date": 1, "chat": chat, "text": text}
        assert await talk.feed({"channel_post": post}) == []
        assert await talk.feed({"edited_channel_post": post | {"edit_date": 2}}) == []


async def test_a_forgotten_channels_buttons_are_answered(talk: Talk) -> None:
    await becomes(talk, POSTING)
    await talk.store.chats.forget(CHANNEL)
    await talk.presses("Заголовок")
    assert talk.alerts() == ["Этого канала я больше не знаю. Сделайте меня там админом ещё раз."]
