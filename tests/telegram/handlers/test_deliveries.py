"""Admins see how broadcasts are going, and steer them, in the chat."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.jobs.planning.plan import plan_due
from bot.telegram.rendering.render import Render
from storage.models import (
    BroadcastState,
    Chat,
    ChatKind,
    DeliveryKind,
    DeliveryState,
    NewDelivery,
    Post,
    Schedule,
)
from tests.telegram.conftest import ME, Talk


@pytest.fixture
async def admin(talk: Talk, render: Render) -> Talk:
    """Two people's digests are planned, one has arrived."""
    settings = talk.dispatcher["settings"]
    talk.dispatcher["settings"] = replace(settings, admin_ids=frozenset({ME}))
    for chat_id in (5, 6):
        await talk.store.chats.see(Chat(id=chat_id, kind=ChatKind.PRIVATE), now=talk.now)
        await talk.store.subscriptions.add(
            chat_id=chat_id, topics=(), schedule=Schedule(), next_run_at=talk.now, now=talk.now
        )
    await plan_due(talk.store, render, now=talk.now, default_zone="Asia/Novokuznetsk")
    [one] = await talk.store.outbox.claim(owner="o", now=talk.now, limit=1, lease_s=9)
    await talk.store.outbox.sent(one.id, message_id=1, now=talk.now + timedelta(seconds=1))
    talk.now += timedelta(seconds=2)
    return talk


async def state(talk: Talk) -> BroadcastState:
    [broadcast] = await talk.store.broadcasts.list(limit=9)
    return broadcast.state


async def test_the_screen_tells_progress_rate_and_time_left(admin: Talk) -> None:
    [said] = await admin.says("/deliveries")
    assert "08:00 — идёт, отправлено 1 из 2, 0,5 в секунду, осталось около 1 минуты" in said
    assert "отправлено 1, ждут 1, под вопросом 0, не ушли 0" in said


async def test_a_broadcast_is_paused_and_resumed_by_a_press(admin: Talk) -> None:
    await admin.says("/deliveries")
    [said] = await admin.presses("Пауза · 08:00")
    assert "08:00 — на паузе, отправлено 1 из 2" in said
    assert await state(admin) is BroadcastState.PAUSED
    assert await admin.store.outbox.claim(owner="o", now=admin.now, limit=9, lease_s=9) == []
    [said] = await admin.presses("Продолжить · 08:00")
    assert "08:00 — идёт" in said
    assert await state(admin) is BroadcastState.RUNNING
    assert admin.rings


async def test_cancelling_is_asked_about_first(admin: Talk) -> None:
    await admin.says("/deliveries")
    [sure] = await admin.presses("Отменить")
    assert "Ещё не получили: 1" in sure
    assert await state(admin) is BroadcastState.RUNNING
    [said] = await admin.presses("Да, отменить")
    assert "08:00 — отменена, отправлено 1 из 2, не ушли 1" in said
    assert "⏸ Пауза · 08:00" not in admin.buttons()


async def test_an_old_button_says_that_it_is_over(admin: Talk) -> None:
    await admin.says("/deliveries")
    [broadcast] = await admin.store.broadcasts.list(limit=9)
    await admin.store.broadcasts.cancel(broadcast.id, now=admin.now)
    await admin.presses("Пауза")
    assert admin.alerts() == ["Эта рассылка уже не идёт."]


async def test_dead_letters_are_shown_with_their_cause(admin: Talk) -> None:
    await admin.says("/deliveries")
    assert "Всё, что должно было уйти, ушло" in (await admin.presses("Не ушли"))[0]
    letter = NewDelivery(
        key="x", chat_id=9, kind=DeliveryKind.DIGEST, post=Post(text="Новости дня")
    )
    await admin.store.outbox.add(letter, now=admin.now)
    [newest] = await admin.store.outbox.list(state=DeliveryState.PLANNED, limit=1)
    await admin.store.outbox.dead(newest.id, error="can't parse entities", now=admin.now)
    await admin.says("/deliveries")
    [said] = await admin.presses("Не ушли")
    assert "Новости дня → 9, только что\ncan't parse entities" in said


async def test_others_are_shown_nothing(talk: Talk) -> None:
    assert "Рассылки" not in "".join(await talk.says("/deliveries"))


async def test_refreshing_says_so_where_nothing_has_changed(admin: Talk) -> None:
    await admin.says("/deliveries")
    await admin.presses("Обновить")
    assert admin.alerts() == ["Обновил."]
