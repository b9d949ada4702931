"""Each digest carries the ways out of its own subscription."""

from aiogram.methods import SendMessage

from bot.telegram.buttons import callbacks as cb
from storage.models import DeliveryKind, NewDelivery, Post, Subscription
from tests.telegram.conftest import ME, Talk


async def delivered(talk: Talk, *, to: int = 0) -> Subscription:
    """A digest of a subscription, sent as message 700; the subscription."""
    await talk.says("/subscribe flights")
    [mine] = await talk.store.subscriptions.of_chat(ME)
    delivery = NewDelivery(
        key=f"digest:{to or mine.id}:20261118T0100Z:1",
        chat_id=ME,
        kind=DeliveryKind.DIGEST,
        post=Post(text="сводка"),
    )
    await talk.store.outbox.add(delivery, now=talk.now)
    [claimed] = await talk.store.outbox.claim(owner="o", now=talk.now, limit=5, lease_s=60)
    await talk.store.outbox.sent(claimed.id, message_id=700, now=talk.now)
    return mine


def press(do: str) -> str:
    return cb.WayOut(do=do).pack()


async def test_a_digest_opens_the_settings_of_its_subscription(talk: Talk) -> None:
    await delivered(talk)
    [shown] = await talk.press_data(press("change"), 700)
    assert shown.startswith("Авиарейсы · 08:00")
    assert talk.session.drawn[talk.session.last_id].text == shown
    assert isinstance(talk.session.drawn[talk.session.last_id], SendMessage)  # the digest stays
    assert "Отписаться" in " ".join(talk.buttons())


async def test_a_digest_is_stopped_by_two_presses(talk: Talk) -> None:
    await delivered(talk)
    [asked] = await talk.press_data(press("stop"), 700)
    assert asked == "Больше не присылать «Авиарейсы · 08:00»?"
    await talk.presses("Да, отписаться")
    assert await talk.store.subscriptions.of_chat(ME) == []


async def test_a_digest_of_what_ended_says_so(talk: Talk) -> None:
    mine = await delivered(talk)
    await talk.store.subscriptions.remove(mine.id)
    for do in ("change", "stop"):
        [said] = await talk.press_data(press(do), 700)
        assert "уже нет" in said


async def test_another_chats_subscription_is_not_changed_from_here(talk: Talk) -> None:
    await delivered(talk, to=999)
    [said] = await talk.press_data(press("stop"), 700)
    assert "уже нет" in said
    assert len(await talk.store.subscriptions.of_chat(ME)) == 1


async def test_a_message_that_was_no_digest_leads_nowhere(talk: Talk) -> None:
    await delivered(talk)
    [said] = await talk.press_data(press("change"), 12345)
    assert "уже нет" in said
