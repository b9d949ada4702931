"""The owner of a channel whose post may have arrived or not decides, with two buttons."""

from datetime import timedelta

from bot.jobs.delivery.reconcile import settle
from bot.telegram.network.sender import TelegramSender
from bot.telegram.rendering.render import Render
from storage.models import Chat, ChatKind, Delivery, DeliveryKind, DeliveryState, NewDelivery, Post
from tests.telegram.conftest import ME, Talk

CHANNEL, OTHER = -1001234567890, 2002


async def asked(talk: Talk, render: Render, *, owner: int = ME) -> str:
    """A channel's post is given up; the data of the buttons in the question to its owner."""
    store, now = talk.store, talk.now
    await talk.says("/help")
    if owner != ME:
        await store.chats.see(Chat(id=owner, kind=ChatKind.PRIVATE), now=now)
    channel = Chat(id=CHANNEL, kind=ChatKind.CHANNEL, title="Томск", owner_id=owner)
    await store.chats.see(channel, now=now)
    new = NewDelivery(key="c", chat_id=CHANNEL, kind=DeliveryKind.CHANNEL, post=Post(text="x"))
    await store.outbox.add(new, now=now)
    [delivery] = await store.outbox.claim(owner="t", now=now, limit=1, lease_s=60)
    await store.outbox.sending(delivery.id, floor=None, now=now)
    await store.outbox.unknown(delivery.id, error="reset", now=now)
    talk.now += timedelta(minutes=2)
    await settle(store, TelegramSender(talk.bot), now=talk.now, renderer=render, ask=False)
    [notice] = await store.outbox.list(state=DeliveryState.PLANNED)
    assert (notice.chat_id, notice.kind) == (owner, DeliveryKind.NOTICE)
    assert "Сводка для канала «Томск» то ли вышла, то ли нет" in notice.post.text
    labels = [button.text for row in notice.post.buttons for button in row]
    assert labels == ["Отправить ещё раз", "Оставить как есть"]
    return notice.post.buttons[0][0].data or ""


async def the_post(talk: Talk) -> Delivery:
    [found] = [d for d in await talk.store.outbox.list() if d.chat_id == CHANNEL]
    return found


async def test_it_is_sent_again_once_however_often_that_is_pressed(
    talk: Talk, render: Render
) -> None:
    again = await asked(talk, render)
    assert await talk.press_data(again) == ["Отправляю сводку в канал «Томск» ещё раз."]
    assert (await the_post(talk)).state is DeliveryState.PLANNED
    assert talk.rings
    said = await talk.press_data(again)
    assert said == ["С этой сводкой для канала «Томск» уже всё решено."]


async def test_it_is_left(talk: Talk, render: Render) -> None:
    leave = (await asked(talk, render))[:-1] + "0"
    said = await talk.press_data(leave)
    assert said == ["Хорошо, сводку для канала «Томск» оставляю как есть."]
    assert (await the_post(talk)).state is DeliveryState.DEAD


async def test_nobody_but_the_owner_decides(talk: Talk, render: Render) -> None:
    again = await asked(talk, render, owner=OTHER)
    assert await talk.press_data(again) == []
    assert talk.alerts()[-1].startswith("Этот канал ведёт кто-то другой")
    assert (await the_post(talk)).state is DeliveryState.DEAD


async def test_a_press_is_about_the_channel_it_names(talk: Talk, render: Render) -> None:
    again = await asked(talk, render)
    mine = Chat(id=CHANNEL - 1, kind=ChatKind.CHANNEL, title="Мой", owner_id=ME)
    await talk.store.chats.see(mine, now=talk.now)
    said = await talk.press_data(again.replace(str(CHANNEL), str(CHANNEL - 1)))
    assert said == ["С этой сводкой для канала «Мой» уже всё решено."]
    assert (await the_post(talk)).state is DeliveryState.DEAD
