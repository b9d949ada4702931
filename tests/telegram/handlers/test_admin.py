"""What an admin pastes or forwards becomes an article."""

import asyncio
from typing import Any

import pytest

from bot.config import Settings
from bot.telegram.bringing.pieces import Pieces
from storage.models import SourceKind
from tests.telegram.conftest import GROUP, ME, Talk

PARAGRAPH = (
    "Рейс из Томска в Минск откроют в декабре, сообщили в аэропорту. "
    "Самолёты полетят дважды в неделю, билеты поступят в продажу в пятницу. "
    "Раньше добраться туда можно было только с пересадкой. "
)
NEWS = f"Из Томска откроют рейс в Минск\n\n{PARAGRAPH}"


def forwarded(username: str | None = "tomsk_news", number: int = 17) -> dict[str, Any]:
    channel = {"id": -1009, "type": "channel", "title": "Томск сегодня", "username": username}
    origin = {"type": "channel", "chat": channel, "message_id": number, "date": 1_763_400_000}
    return {"forward_origin": origin}


async def test_a_pasted_text_becomes_an_article(desk: Talk) -> None:
    [said] = await desk.says(NEWS)
    assert said.startswith("✅ Принято\n\nИз Томска откроют рейс в Минск\n✈️ Авиарейсы\n")
    assert "Рейс из Томска в Минск откроют в декабре" in said
    assert said.endswith("Редакция · только что")
    [article] = await desk.store.articles.latest(limit=9)
    assert (article.title, article.source) == ("Из Томска откроют рейс в Минск", "Редакция")
    assert "рейс в Минск" in (await desk.says("/flights"))[0]


async def test_what_is_known_already_is_said_to_be(desk: Talk) -> None:
    await desk.says(NEWS)
    [said] = await desk.says(NEWS)
    assert said.startswith("☑️ Это у меня уже есть\n\nИз Томска откроют рейс в Минск")
    assert await desk.store.articles.count() == 1


async def test_a_forwarded_post_keeps_its_channel_address_and_date(desk: Talk) -> None:
    [said] = await desk.says(NEWS, **forwarded())
    assert "Томск сегодня" in said
    [article] = await desk.store.articles.latest(limit=9)
    assert (article.source, article.url) == ("Томск сегодня", "https://t.me/tomsk_news/17")
    assert article.published_at.timestamp() == 1_763_400_000
    assert (await desk.says(f"{NEWS}\n\nДополнено.", **forwarded()))[0].startswith("☑️")
    [source] = await desk.store.sources.all()
    assert source.kind is SourceKind.IMPORT


async def test_a_private_channels_post_has_no_address(desk: Talk) -> None:
    await desk.says(NEWS, **forwarded(username=None))
    [article] = await desk.store.articles.latest(limit=9)
    assert (article.source, article.url) == ("Томск сегодня", None)


async def test_people_who_are_forwarded_stay_unnamed(desk: Talk) -> None:
    origin = {"type": "hidden_user", "sender_user_name": "Пётр Тайный", "date": 1_763_400_000}
    [said] = await desk.says(NEWS, forward_origin=origin)
    assert "Пётр" not in said
    assert said.endswith("Редакция · только что")


async def test_a_caption_is_a_text_too_and_the_rest_of_its_album_is_silent(desk: Talk) -> None:
    photo = {"photo": [{"file_id": "a", "file_unique_id": "a", "width": 9, "height": 9}]}
    album = forwarded() | photo | {"media_group_id": "1"}
    assert (await desk.feed(message(album | {"caption": NEWS})))[0].startswith("✅ Принято")
    assert await desk.feed(message(album)) == []


def message(body: dict[str, Any], number: int = 900) -> dict[str, Any]:
    me = {"id": ME, "is_bot": False, "first_name": "Анна"}
    chat = {"id": ME, "type": "private", "first_name": "Анна"}
    return {"message": {"message_id": number, "date": 1, "chat": chat, "from": me} | body}


async def test_what_the_app_cut_is_joined_again(desk: Talk) -> None:
    long = f"Из Томска откроют рейс в Минск\n\n{PARAGRAPH * 18}"
    assert await desk.says(long) == []
    [said] = await desk.says("Расписание обещают позже.")
    assert said.startswith("✅ Принято\n\nИз Томска откроют рейс в Минск")
    [article] = await desk.store.articles.latest(limit=9)
    assert article.text.startswith("Рейс из Томска")
    assert article.text.endswith("с пересадкой.\n\nРасписание обещают позже.")
    assert (await desk.says("Расписание обещают позже."))[0].startswith("🔎")


async def test_a_command_is_no_piece_of_a_text(desk: Talk) -> None:
    await desk.says(f"Из Томска откроют рейс в Минск\n\n{PARAGRAPH * 18}")
    assert (await desk.says("/topics"))[0].startswith("Темы")
    assert await desk.store.articles.count() == 0


async def test_a_long_text_that_was_not_cut_is_taken_when_nothing_follows() -> None:
    taken: list[str] = []
    done = asyncio.Event()

    async def take(text: str) -> None:
        taken.append(text)
        done.set()

    pieces = Pieces(wait_s=0)
    await pieces.add(ME, "слово " * 500, take)
    assert (taken, pieces.expects(ME)) == ([], True)
    await done.wait()
    assert (len(taken[0]), pieces.expects(ME)) == (2999, False)
    await pieces.add(ME, "слово " * 500, take)
    await pieces.add(GROUP, "другой чат", take)
    await pieces.add(ME, "конец", take)
    assert taken[1:] == ["другой чат", "слово " * 500 + "конец"]


@pytest.mark.parametrize("words", ["рейс в Минск", f"{'что нового ' * 30}?", "привет\nкак дела"])
async def test_a_question_stays_a_question(desk: Talk, words: str) -> None:
    assert (await desk.says(words))[0].startswith(("🔎", "Слишком длинный вопрос", "Здравствуйте"))
    assert await desk.store.articles.count() == 0


async def test_only_admins_bring_news(desk: Talk) -> None:
    desk.dispatcher["settings"] = Settings(admin_ids=frozenset({7}))
    assert (await desk.says(NEWS))[0].startswith("Слишком длинный вопрос")
    assert (await desk.says("https://example.org/1"))[0].startswith("🔎")
    desk.dispatcher["settings"] = Settings(admin_ids=frozenset({ME}))
    assert await desk.says(NEWS, chat=GROUP) == []
    assert await desk.store.articles.count() == 0


async def test_a_text_that_cannot_be_understood_is_told_in_a_sentence(desk: Talk) -> None:
    assert await desk.says(f"КРАХ\n{NEWS}") == ["Не получилось прочитать этот текст."]
