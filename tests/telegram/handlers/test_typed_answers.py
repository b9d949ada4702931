"""What is typed in answer to a question of the settings is drawn in the message that asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from aiogram.methods import EditMessageText, SendMessage

from bot.config import Settings
from bot.telegram.conversation.asking import Question, read_question
from bot.telegram.updates.dispatcher import build_dispatcher
from storage.models import Chat, ChatKind
from tests.telegram.conftest import ME, Talk

CHANNEL = -1009


@dataclass(frozen=True)
class Case:
    """Presses that lead to a question; a wrong answer, and what is said to it; a right one."""

    presses: Sequence[str]
    wrong: str
    refused: str
    right: str
    done: str
    begin: str = "/settings"


CASES = {
    "city": Case(["Кузбасс", "Другой"], "Нигде", "Не знаю такого города", "минск", "⚙️ Настройки"),
    "clock": Case(["Кузбасс", "часам"], "25:00", "Не знаю такого города", "8:00", "⚙️ Настройки"),
    "first city": Case(
        ["Пропустить", "Другой"], "Нигде", "Не знаю такого", "томск", "О чём", "/start"
    ),
    "first time": Case(
        ["Пропустить", "Минск", "Пропустить", "Другое"],
        "25:00",
        "Не понял время «25:00»",
        "7:15",
        "Готово!",
        "/start",
    ),
    "times": Case(
        ["Авиарейсы", "Время", "Другое"], "25:00", "Не понял время", "7:15", "Когда присылать?"
    ),
    "quiet": Case(["Тихие", "Другие"], "25:00 7", "Не понял часы", "22:30 7", "⚙️ Настройки"),
    "follow": Case(["Слежу", "➕ Следить"], "и", "Не понял: «и»", "белаз", "Слежу за: БелАЗ"),
    "mute": Case(["Слежу", "Скрыть"], "и", "Не понял: «и»", "футбол", "Больше не показываю"),
    "new": Case(["Ещё одна", "Каждый день", "Имя"], "и", "Не понял: «и»", "белаз", "БелАЗ · 08:00"),
    "channel": Case(["Канал", "Красноярск", "Другой"], "Нигде", "Не знаю", "минск", "📢"),
    "header": Case(["Канал", "Заголовок"], "\u200b", "Каким будет", "Утро", "📢"),
}


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
async def case(talk: Talk, request: pytest.FixtureRequest) -> Case:
    """A reader with a subscription and a channel, in front of that question."""
    case: Case = request.param
    channel = Chat(id=CHANNEL, kind=ChatKind.CHANNEL, title="Канал", zone="Asia/Krasnoyarsk")
    await talk.store.chats.see(channel, now=talk.now)
    await talk.store.chats.choose(CHANNEL, owner_id=ME)
    if case.begin == "/settings":
        await talk.says("/subscribe flights")
    await talk.says(case.begin)
    for label in case.presses:
        await talk.presses(label)
    talk.session.calls.clear()
    return case


def drawn_in(talk: Talk) -> list[int]:
    """The messages that were edited; none were sent."""
    assert talk.calls(SendMessage) == []
    return [call.message_id for call in talk.calls(EditMessageText)]


async def test_an_answer_is_drawn_in_the_message_that_asked(talk: Talk, case: Case) -> None:
    asked = talk.session.last_id
    [done] = await talk.says(case.right)
    assert done.startswith(case.done)
    assert drawn_in(talk) == [asked]


async def test_what_is_not_understood_is_said_there_with_the_way_out(
    talk: Talk, case: Case
) -> None:
    asked = talk.session.last_id
    if case.wrong != "\u200b":  # to that it can only say the same again
        [said] = await talk.says(case.wrong)
        assert said.startswith(case.refused)
        assert talk.buttons()[-1] in ("← Назад", "📋 Весь список")
        assert drawn_in(talk) == [asked]
    talk.session.calls.clear()
    said = await talk.says(case.wrong)  # the same once more: it must be seen that it was heard
    assert said[-1].startswith(case.refused)
    assert len(talk.calls(SendMessage)) == 1
    assert (await talk.says(case.right))[-1].startswith(case.done)


async def test_a_message_that_is_gone_is_answered_by_a_new_one(talk: Talk, case: Case) -> None:
    talk.session.refusals.append((EditMessageText, "Bad Request: message to edit not found"))
    said = await talk.says(case.right)
    assert said[-1].startswith(case.done)
    assert len(talk.calls(SendMessage)) == 1


async def test_the_way_out_leads_back(talk: Talk, case: Case) -> None:
    await talk.says(case.wrong)
    [screen] = await talk.press_newest()
    assert screen
    assert talk.alerts() == []
    assert await talk.store.chats.asked(ME, now=talk.now) is None


async def test_a_restart_in_between_loses_nothing(talk: Talk) -> None:
    await talk.says("/settings")
    await talk.presses("Кузбасс")
    await talk.presses("Другой")
    asked, known = talk.session.last_id, talk.dispatcher
    names = ("store", "texts", "topics", "render", "clock", "ring")
    parts: dict[str, Any] = {name: known[name] for name in names}
    talk.dispatcher = build_dispatcher(**parts, settings=Settings())
    talk.session.calls.clear()
    await talk.says("минск")
    assert drawn_in(talk) == [asked]


async def test_a_question_drawn_anew_is_answered_in_the_new_message(talk: Talk) -> None:
    await talk.says("/settings")
    await talk.presses("Кузбасс")
    talk.session.refusals.append((EditMessageText, "Bad Request: message can't be edited"))
    await talk.presses("Другой")
    asked = talk.session.last_id
    talk.session.calls.clear()
    await talk.says("минск")
    assert drawn_in(talk) == [asked]


@pytest.mark.parametrize(
    "said", ["", "zone", "times:7", "times:x:y", "zone:1:2:3", "header:-100:5"]
)
def test_a_question_of_any_version_is_read(said: str) -> None:
    question = read_question(said)
    assert question.name == said.partition(":")[0]
    assert read_question(str(question)) == question
    assert read_question("times:7") == Question("times", 7)
