"""`@bot рейсы` in any chat: results to choose from, each a message ready to be sent."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from aiogram.methods import AnswerInlineQuery

from storage.models import Chat, ChatKind, Interest, InterestKind, Schedule
from tests.telegram.conftest import BOT_ID, ME, Talk


async def asks(talk: Talk, words: str, offset: str = "") -> AnswerInlineQuery:
    person = {"id": ME, "is_bot": False, "first_name": "Анна", "language_code": talk.language}
    await talk.feed({"inline_query": {"id": "1", "from": person, "query": words, "offset": offset}})
    answer = talk.calls(AnswerInlineQuery)[-1]
    assert isinstance(answer, AnswerInlineQuery)
    return answer


def titles(answer: AnswerInlineQuery) -> list[str]:
    return [result.title for result in answer.results]


async def test_nothing_typed_gives_the_newest(talk: Talk, print_news: Callable[..., Any]) -> None:
    await print_news(["Открыт рейс <b>в Томск</b> & обратно", "Вторая"])
    talk.now += timedelta(hours=2)
    answer = await asks(talk, "")
    assert titles(answer) == ["Открыт рейс <b>в Томск</b> & обратно", "Вторая"]
    first = answer.results[0]
    assert first.description == "Томский вестник · 2 часа назад"
    said = first.input_message_content
    assert said.message_text == (
        "Открыт рейс <b>в Томск</b> & обратно\nТак сообщили в пресс-службе.\n"
        "Томский вестник · 08:00"
    )
    assert said.parse_mode is None
    assert {"bold", "text_link", "italic", "date_time"} == {entity.type for entity in said.entities}
    assert [e.url for e in said.entities if e.url] == ["https://example.org/flights/0"]
    assert (answer.cache_time, answer.is_personal, answer.next_offset) == (60, False, "")


@pytest.mark.parametrize("words", ["flights", "Авиарейсы", " авиарейсы "])
async def test_a_topic_gives_its_news(
    talk: Talk, print_news: Callable[..., Any], words: str
) -> None:
    await print_news(["Открыт рейс в Томск"])
    await print_news(["Экспорт вырос"], topic="trade")
    assert titles(await asks(talk, words)) == ["Открыт рейс в Томск"]


async def test_words_are_searched_for(talk: Talk, print_news: Callable[..., Any]) -> None:
    await print_news(["Открыт рейс в Томск", "Снег в горах"])
    assert titles(await asks(talk, "СНЕГ")) == ["Снег в горах"]
    answer = await asks(talk, "жирафы")
    assert answer.results == []
    assert answer.button is not None
    assert answer.button.text == "Ничего не нашлось. Спросить меня самого"
    assert (await talk.says("/start inline"))[0].startswith("Здравствуйте!")


async def test_pages_go_on_to_the_end_without_a_gap(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    names = [f"Новость {n}" for n in range(75)]
    await print_news(names)
    seen: list[str] = []
    offset = ""
    for size in (10, 50, 15):
        answer = await asks(talk, "", offset)
        assert len(answer.results) == size
        assert len({result.id for result in answer.results}) == len(answer.results)
        seen += titles(answer)
        offset = answer.next_offset or ""
    assert seen == names
    assert offset == ""


@pytest.mark.parametrize("offset", ["-1", "x", "9" * 60, "²"])
async def test_an_offset_of_nonsense_is_answered(talk: Talk, offset: str) -> None:
    assert (await asks(talk, "", offset)).results == []


async def test_a_shared_story_shows_its_page_and_leads_back_to_the_bot(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Томск"])
    [story] = await talk.store.stories.latest(limit=1)
    [result] = (await asks(talk, "")).results
    [[button]] = result.reply_markup.inline_keyboard
    assert (button.text, button.url) == ("Подробнее", f"https://t.me/svodka?start=s_{story.id}")
    preview = result.input_message_content.link_preview_options
    assert preview.url == "https://example.org/flights/0"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.org/pic.jpg", "https://example.org/pic.jpg"),
        ("http://example.org/pic.jpg", None),
        ("https://example.org/a b.jpg", None),
        ("javascript:alert(1)", None),
        (None, None),
    ],
)
async def test_only_a_picture_that_is_fetched_safely_is_shown(
    talk: Talk, print_news: Callable[..., Any], address: str | None, shown: str | None
) -> None:
    await print_news(["Открыт рейс в Томск"], image_url=address)
    [result] = (await asks(talk, "")).results
    assert result.thumbnail_url == shown


async def test_a_story_is_asked_for_by_its_number(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["Открыт рейс в Томск", "Снег в горах"])
    snow = (await talk.store.stories.latest(limit=2))[1]
    answer = await asks(talk, f" s:{snow.id} ")
    assert titles(answer) == ["Снег в горах"]
    assert (answer.next_offset, answer.cache_time) == ("", 300)
    assert (await asks(talk, "s:999999999999999999")).button is not None
    await talk.store.corrections.withdraw(snow.id, reason=None, now=talk.now)
    assert (await asks(talk, f"s:{snow.id}")).results == []


async def test_a_name_is_found_in_any_of_its_forms(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["белаз собрал самосвал", "Снег в горах"])
    for form in ("БелАЗ", "белаза", "о «БелАЗе»"):
        assert titles(await asks(talk, form)) == ["белаз собрал самосвал"]


async def test_what_a_person_follows_is_found_by_its_beginning(
    talk: Talk, print_news: Callable[..., Any]
) -> None:
    await print_news(["белаз собрал самосвал", "Снег в горах"])
    assert (await asks(talk, "бела")).results == []
    await talk.says("/start")
    name = Interest(kind=InterestKind.NAME, value="белаз", label="БелАЗ")
    await talk.store.subscriptions.add(
        chat_id=ME,
        topics=(),
        follows=(name,),
        schedule=Schedule(),
        next_run_at=None,
        now=talk.now,
    )
    answer = await asks(talk, "бела")
    assert titles(answer) == ["белаз собрал самосвал"]
    assert answer.is_personal
    assert not (await asks(talk, "бе")).results
    assert titles(await asks(talk, "снег")) == ["Снег в горах"]


@pytest.mark.parametrize(
    "words",
    ["s:" + "9" * 200, "я" * 10_000, "\0\u202e<b>&", "' OR 1=1 --", '"' * 256, "-" * 256, "s:²"],
)
async def test_hostile_words_find_nothing_and_break_nothing(
    talk: Talk, print_news: Callable[..., Any], words: str
) -> None:
    await print_news(["Открыт рейс в Томск"])
    answer = await asks(talk, words)
    assert answer.results == []
    assert answer.button is not None


async def test_samples_are_marked(talk: Talk, print_samples: Callable[..., Any]) -> None:
    await print_samples("Открыт рейс в Томск")
    [result] = (await asks(talk, "")).results
    assert result.description.startswith("🧪 пример · ")
    assert "🧪 пример · " in result.input_message_content.message_text


async def test_a_chosen_result_is_not_taken_for_a_question_nor_for_news(talk: Talk) -> None:
    long = "Открыт рейс в Томск\n" + "Первый самолёт прилетит утром. " * 12
    us, others = ({"id": id_, "is_bot": True, "first_name": "Бот"} for id_ in (BOT_ID, 43))
    assert await talk.says(long, via_bot=us) == []
    [answer] = await talk.says(long, via_bot=others)
    assert answer.startswith("Слишком длинный вопрос")


async def test_a_person_unknown_to_us_stays_unknown(talk: Talk) -> None:
    await talk.store.chats.forget(ME)
    talk.language = "be"
    answer = await asks(talk, "жырафы")
    assert answer.button is not None
    assert answer.button.text.startswith("Нічога не знайшлося.")
    assert answer.is_personal  # in a language of their own
    assert await talk.store.chats.get(ME) is None


async def test_who_blocked_the_bot_stays_asleep(talk: Talk) -> None:
    person = Chat(id=ME, kind=ChatKind.PRIVATE, language="ru")
    await talk.store.chats.see(person, now=talk.now)
    await talk.store.chats.sleep(ME, reason="blocked", now=talk.now)
    await asks(talk, "")
    chat = await talk.store.chats.get(ME)
    assert chat is not None
    assert chat.asleep == "blocked"
