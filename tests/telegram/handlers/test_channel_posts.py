"""Posts of a channel where the bot is an admin: articles, once an admin of the bot wants that."""

from typing import Any

from bot.config import Settings
from storage.models import Article, SourceKind
from tests.telegram.conftest import BOT_ID, ME, Talk

CHANNEL = -1001234567890
POSTING = {"status": "administrator", "can_post_messages": True}
NEWS = (
    "Из Томска откроют рейс в Минск. Самолёты полетят дважды в неделю, билеты поступят в продажу "
    "в пятницу, сообщили в аэропорту."
)
PHOTO = {"photo": [{"file_id": "a", "file_unique_id": "a", "width": 9, "height": 9}]}


async def becomes_admin(talk: Talk) -> list[str]:
    bot = {"id": BOT_ID, "is_bot": True, "first_name": "Сводка"}
    event = {
        "chat": {"id": CHANNEL, "type": "channel", "title": "Томск рядом"},
        "from": {"id": ME, "is_bot": False, "first_name": "Анна", "language_code": "ru"},
        "date": 1,
        "old_chat_member": {"user": bot, "status": "left"},
        "new_chat_member": {"user": bot} | POSTING,
    }
    return await talk.feed({"my_chat_member": event})


async def posts(
    talk: Talk, text: str | None = NEWS, number: int = 7, *, edited: bool = False, **more: Any
) -> list[str]:
    chat = {"id": CHANNEL, "type": "channel", "title": "Томск рядом"}
    chat |= more.pop("chat", {})
    post = {"message_id": number, "date": 1_763_400_000, "chat": chat, "sender_chat": chat}
    post |= {"text": text} if text else {}
    post |= {"edit_date": 1_763_400_100} if edited else {}
    return await talk.feed({"edited_channel_post" if edited else "channel_post": post | more})


async def articles(talk: Talk) -> list[Article]:
    return await talk.store.articles.latest(limit=9)


async def test_posts_are_left_alone_until_that_is_switched_on(desk: Talk) -> None:
    [screen] = await becomes_admin(desk)
    assert "как источник" not in screen
    assert await posts(desk) == []
    assert await articles(desk) == []
    [screen] = await desk.presses("Читать как источник")
    assert "Новости из этого канала читаю как источник." in screen
    assert await posts(desk) == []
    [article] = await articles(desk)
    assert (article.source, article.url) == ("Томск рядом", None)
    assert article.published_at.timestamp() == 1_763_400_000
    [source] = await desk.store.sources.all()
    assert (source.url, source.kind) == (f"posts:{CHANNEL}", SourceKind.POSTS)


async def test_it_can_be_switched_off_and_on_again(desk: Talk) -> None:
    await becomes_admin(desk)
    await desk.presses("Читать как источник")
    [screen] = await desk.presses("Не читать как источник")
    assert "Новости из этого канала" not in screen
    await posts(desk)
    assert await articles(desk) == []
    await desk.presses("Читать как источник")
    await posts(desk)
    assert len(await articles(desk)) == 1
    assert len(await desk.store.sources.all()) == 1


async def test_a_public_channels_post_has_its_address(desk: Talk) -> None:
    await becomes_admin(desk)
    await desk.presses("Читать как источник")
    await posts(desk, chat={"username": "Tomsk_News"})
    [article] = await articles(desk)
    assert article.url == "https://t.me/tomsk_news/7"


async def test_an_edited_post_changes_its_article(desk: Talk) -> None:
    await becomes_admin(desk)
    await desk.presses("Читать как источник")
    await posts(desk)
    await posts(desk, NEWS.replace("в пятницу", "в субботу"), edited=True)
    [article] = await articles(desk)
    assert "в субботу" in article.title + article.text
    assert [past.text for past in await desk.store.articles.past(article.id)] != []


async def test_an_album_is_one_article_and_pictures_alone_are_none(desk: Talk) -> None:
    await becomes_admin(desk)
    await desk.presses("Читать как источник")
    album = PHOTO | {"media_group_id": "5"}
    await posts(desk, None, 10, **album, caption=NEWS)
    await posts(desk, None, 11, **album)
    await posts(desk, None, 12, **album, caption="На снимке: самолёт на взлётной полосе.")
    await posts(desk, None, 12, **album, caption="На снимке: самолёт.", edited=True)
    await posts(desk, None, 13, **PHOTO)
    await posts(desk, None, 14, new_chat_title="Томск")
    assert len(await articles(desk)) == 1


async def test_what_the_bot_wrote_itself_is_no_news(desk: Talk) -> None:
    await becomes_admin(desk)
    await desk.presses("Читать как источник")
    me = {"id": BOT_ID, "is_bot": True, "first_name": "Сводка"}
    await posts(desk, via_bot=me)
    await posts(desk, forward_origin={"type": "user", "sender_user": me, "date": 1})
    assert await articles(desk) == []


async def test_a_text_that_cannot_be_understood_costs_only_itself(desk: Talk) -> None:
    await becomes_admin(desk)
    await desk.presses("Читать как источник")
    assert await posts(desk, f"КРАХ. {NEWS}") == []
    await posts(desk, number=8)
    assert len(await articles(desk)) == 1


async def test_only_the_bots_admins_make_a_channel_a_source(desk: Talk) -> None:
    desk.dispatcher["settings"] = Settings(admin_ids=frozenset({7}))
    await becomes_admin(desk)
    assert "📥 Читать как источник" not in desk.buttons()
    await desk.press_data(f"k1:read:{CHANNEL}")
    await posts(desk)
    assert await articles(desk) == []


def test_telegram_is_asked_for_posts_and_their_edits(desk: Talk) -> None:
    kinds = desk.dispatcher.resolve_used_update_types()
    assert {"channel_post", "edited_channel_post"} <= set(kinds)
