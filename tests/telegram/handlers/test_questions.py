"""Plain words and /search: found, nearly found, not found; pages; nonsense."""

from collections.abc import Callable
from typing import Any

from aiogram.methods import SendMessage

from tests.telegram.conftest import GROUP, Talk

Print = Callable[..., Any]


async def test_words_find_articles_with_the_match_in_bold(talk: Talk, print_news: Print) -> None:
    await print_news(["Открыт рейс в Минск"])
    [found] = await talk.says("/search рейс")
    assert found.startswith("🔎 рейс\n\n1. Открыт рейс в Минск\n")
    [call] = talk.calls(SendMessage)
    bold = [e for e in call.entities if e.type == "bold"]
    said = call.text.encode("utf-16-le")
    marked = [said[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le") for e in bold]
    assert marked.count("рейс") == 1


async def test_a_plain_question_is_answered_with_a_quote(talk: Talk, print_news: Print) -> None:
    await print_news(["Открыт рейс в Минск"])
    [answer] = await talk.says("что с рейсом в Минск?")
    assert "Открыт рейс в Минск" in answer
    [call] = talk.calls(SendMessage)
    assert "blockquote" in [e.type for e in call.entities]


async def test_results_turn_their_pages_by_the_words_in_the_message(
    talk: Talk, print_news: Print
) -> None:
    await print_news([f"Рейс номер {n:02}" for n in range(7)])
    [first] = await talk.says("рейс <b>")
    [second] = await talk.presses("▶")
    assert first.splitlines()[0] == second.splitlines()[0] == "🔎 рейс <b>"
    shown = [line for page in (first, second) for line in page.splitlines() if "Рейс номер" in line]
    titles = {line[:13] for line in shown}
    assert titles >= {f"Рейс номер {n:02}" for n in range(7)}
    assert talk.buttons() == ["6", "7", "◀ Назад"]


async def test_nothing_found_is_said_with_something_to_try(talk: Talk, print_news: Print) -> None:
    await print_news(["Открыт рейс в Минск"])
    [answer] = await talk.says("бегемот")
    assert answer.startswith("🔎 бегемот\n\nНичего не нашлось.\n\nПопробуйте иначе:\n• ")
    [label] = talk.buttons()
    [found] = await talk.presses(label)
    assert found.startswith(f"{label}\n")
    assert "Открыт рейс в Минск\nОткрыт" in found


async def test_search_without_words_asks_for_them(talk: Talk, print_news: Print) -> None:
    await print_news(["Открыт рейс в Минск"])
    [asked] = await talk.says("/search")
    assert asked.startswith("Что найти?")
    assert "Открыт рейс" in (await talk.says("рейс"))[0]


async def test_words_that_mean_nothing_get_an_example(talk: Talk) -> None:
    for nonsense in ("!!!", '"', "-", "…"):
        [answer] = await talk.says(nonsense)
        assert answer.startswith("Не понял, что искать."), nonsense


async def test_a_novel_is_no_question(talk: Talk) -> None:
    [answer] = await talk.says("слово " * 600)
    assert answer.startswith("Слишком длинный вопрос")


async def test_people_in_a_group_talk_to_each_other(talk: Talk) -> None:
    assert await talk.says("кто идёт в кино?", chat=GROUP) == []
    assert await talk.says("/nonsense", chat=GROUP) == []


async def test_an_unknown_command_and_a_picture_are_answered(talk: Talk) -> None:
    assert (await talk.says("/nonsense"))[0].startswith("Не знаю такой команды.")
    chat = {"id": 1001, "type": "private", "first_name": "Анна"}
    sticker = {
        "file_id": "1",
        "file_unique_id": "1",
        "type": "regular",
        "width": 1,
        "height": 1,
        "is_animated": False,
        "is_video": False,
    }
    message = {"message_id": 9, "date": 1, "chat": chat, "sticker": sticker}
    assert (await talk.feed({"message": message}))[0].startswith("Пока понимаю только слова.")
