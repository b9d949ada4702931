"""/ahead: what is planned, by days, with a file for a calendar."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile

from bot.telegram.writing.texts import LANGUAGES, Texts
from bot.telegram.writing.whendays import heading
from storage.models import (
    Fact,
    FactKind,
    Interest,
    InterestKind,
    NewArticle,
    NewSource,
    Taste,
    Understanding,
    Verdict,
)
from storage.ports import Store
from tests.telegram.conftest import ME, Talk

TODAY = date(2026, 11, 18)
DAY = timedelta(days=1)
Plan = Callable[..., Any]


@pytest.fixture
def plan(store: Store, now: datetime) -> Plan:
    """Stores a story of events: (title, days from today, for how many days)."""

    async def plan_(events: Sequence[tuple[str, int, int]], said: str = "{} будет.") -> None:
        source = await store.sources.add(
            NewSource(url="https://example.org/rss", title="Томский вестник"), now=now
        )
        midnight = now.replace(hour=17, minute=0, second=0, microsecond=0) - DAY  # in Kuzbass
        batch = [
            NewArticle(
                source_id=source.id,
                key=title,
                url=f"https://example.org/{number}",
                published_at=now,
                seen_at=now,
                dated=True,
                understanding=Understanding(
                    title=title,
                    text=title,
                    language="ru",
                    index_title=title.lower(),
                    facts=(
                        Fact(
                            kind=FactKind.EVENT,
                            since=midnight + ahead * DAY,
                            until=midnight + (ahead + lasts) * DAY,
                            sentence=said.format(title),
                        ),
                    ),
                ),
            )
            for number, (title, ahead, lasts) in enumerate(events)
        ]
        await store.articles.add(batch)

    return plan_


def sent(talk: Talk) -> list[dict[str, Any]]:
    [call] = talk.calls(SendDocument)
    assert isinstance(call.document, BufferedInputFile)
    assert call.document.filename == "svodka-2026-11-18.ics"
    return [dict(one) for one in icalendar.Calendar.from_ical(call.document.data).walk("VEVENT")]


async def test_events_stand_under_their_days(talk: Talk, plan: Plan) -> None:
    await plan([("Ярмарка", 1, 1), ("Концерт", 1, 1), ("Ремонт", 13, 31), ("Фестиваль", 3, 3)])
    [page] = await talk.says("/ahead")
    assert page == (
        "Что впереди\n\n"
        "📅 Завтра, четверг, 19 ноября\n"
        "1. Ярмарка будет.\nТомский вестник\n\n"
        "2. Концерт будет.\nТомский вестник\n\n"
        "📅 21–23 ноября\n"
        "3. Фестиваль будет.\nТомский вестник\n\n"
        "📅 Декабрь\n"
        "4. Ремонт будет.\nТомский вестник"
    )
    assert talk.buttons() == ["1", "2", "3", "4", "📅 В календарь"]
    [story] = await talk.presses("3")
    assert story.startswith("Фестиваль\n")
    assert await talk.presses("← Назад") == [page]


async def test_a_sentence_that_tells_not_of_what_has_its_headline_below(
    talk: Talk, plan: Plan
) -> None:
    await plan([("Аэропорты Сибири просят самолёты", 1, 1)], said="Две компании ответят завтра.")
    [page] = await talk.says("/ahead")
    assert "1. Две компании ответят завтра.\nАэропорты Сибири просят самолёты\nТомский" in page


async def test_pages_turn_in_place(talk: Talk, plan: Plan) -> None:
    await plan([(f"Событие {n}", n, 1) for n in range(9)])
    [first] = await talk.says("/ahead")
    assert "📅 Сегодня, среда, 18 ноября\n1. Событие 0" in first
    [second] = await talk.presses("▶")
    assert "7. Событие 6" in second
    assert await talk.presses("◀") == [first]


async def test_nothing_ahead_is_told_kindly(talk: Talk) -> None:
    assert (await talk.says("/ahead"))[0].startswith("Пока никто не пишет, что будет дальше.")


async def test_what_a_chat_muted_is_not_ahead_of_it(talk: Talk, plan: Plan) -> None:
    await plan([("Ярмарка", 1, 1), ("Концерт", 1, 1)])
    await talk.says("/help")
    fair = Interest(kind=InterestKind.WORD, value="ярмарка", label="ярмарка")
    await talk.store.chats.taste(ME, Taste(interest=fair, verdict=Verdict.MUTE))
    [page] = await talk.says("/ahead")
    assert "Концерт" in page
    assert "Ярмарка" not in page


async def test_the_file_holds_exact_days_once_and_the_same_ids_each_time(
    talk: Talk, plan: Plan
) -> None:
    await plan([("Ярмарка", 1, 1), ("Ремонт", 13, 31), ("Фестиваль", 3, 3)])
    await talk.says("/ahead")
    await talk.presses("В календарь")
    fair, festival = sent(talk)
    assert (str(fair["SUMMARY"]), fair["DTSTART"].dt, fair["DTEND"].dt) == (
        "Ярмарка",
        TODAY + DAY,
        TODAY + 2 * DAY,
    )
    assert festival["DTEND"].dt - festival["DTSTART"].dt == 3 * DAY
    talk.session.calls.clear()
    talk.now += DAY / 24
    await talk.presses("В календарь")
    assert [one["UID"] for one in sent(talk)] == [fair["UID"], festival["UID"]]


async def test_a_story_gives_its_own_dates_seasons_too(talk: Talk, plan: Plan) -> None:
    await plan([("Ремонт", 13, 31)])
    await talk.says("/latest")
    await talk.presses("1")
    await talk.presses("В календарь")
    [repair] = sent(talk)
    assert str(repair["SUMMARY"]) == "Ремонт"
    [call] = talk.calls(SendDocument)
    assert call.caption.startswith("1 событие для календаря")


async def test_a_story_with_nothing_ahead_offers_no_file(talk: Talk, plan: Plan) -> None:
    await plan([("Было", -3, 1)])
    await talk.says("/latest")
    await talk.presses("1")
    assert "📅 В календарь" not in talk.buttons()


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (date(2026, 11, 18), date(2026, 11, 19), "Сегодня, среда, 18 ноября"),
        (date(2027, 1, 2), date(2027, 1, 3), "Суббота, 2 января 2027"),
        (date(2026, 11, 21), date(2026, 11, 24), "21–23 ноября"),
        (date(2026, 12, 25), date(2027, 1, 12), "25 декабря — 11 января 2027"),
        (date(2026, 12, 1), None, "С 1 декабря"),
        (date(2026, 11, 10), date(2026, 12, 6), "До 5 декабря"),
        (date(2026, 11, 10), date(2027, 1, 1), "До конца года"),
        (date(2027, 3, 1), date(2027, 6, 1), "Весна 2027"),
        (date(2026, 12, 1), date(2027, 3, 1), "Зима 2026/27"),
        (date(2027, 1, 1), date(2027, 2, 1), "Январь 2027"),
        (date(2027, 1, 1), date(2027, 4, 1), "1-й квартал 2027"),
        (date(2027, 1, 1), date(2028, 1, 1), "2027 год"),
    ],
)
def test_days_are_named_as_people_name_them(since: date, until: date | None, words: str) -> None:
    texts = Texts()
    assert heading(texts.get("ru"), since, until, today=TODAY) == words
    for language in LANGUAGES:
        assert heading(texts.get(language), since, until, today=TODAY)[0].isprintable()


async def test_a_question_about_days_to_come_is_answered_with_them(talk: Talk, plan: Plan) -> None:
    await plan([("Каток", 1, 1), ("Ярмарка", 9, 2)])
    [answer] = await talk.says("что будет завтра?")
    assert "📅 Завтра, четверг, 19 ноября\nКаток будет.\n" in answer
    assert "Ярмарка" not in answer
