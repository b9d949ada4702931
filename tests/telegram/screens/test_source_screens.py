"""/sources: readers see where news come from, admins also how each source is doing."""

from datetime import timedelta
from typing import Any

from bot.telegram.screens.source_screens import SOURCES_SHOWN, how_often
from bot.telegram.writing.texts import Texts
from storage.models import NewSource, OffReason, PollOutcome, Source, SourceKind
from tests.telegram.conftest import Talk


async def add(talk: Talk, url: str, title: str, kind: SourceKind = SourceKind.FEED) -> Source:
    return await talk.store.sources.add(NewSource(url=url, title=title, kind=kind), now=talk.now)


async def fails(talk: Talk, source: Source, times: int = 1, *, off: bool = False) -> None:
    for number in range(times):
        outcome = PollOutcome(
            source_id=source.id,
            at=talk.now,
            next_poll_at=talk.now + timedelta(hours=1),
            error="no answer",
            switch_off=OffReason.FAILING if off and number == times - 1 else None,
        )
        await talk.store.sources.failed(outcome)


async def test_admins_see_what_is_wrong_first(desk: Talk, print_news: Any) -> None:
    await print_news(["Рейс первый", "Рейс второй"])
    await fails(desk, await add(desk, "https://t.me/s/ill", "Больной", SourceKind.CHANNEL), 3)
    await fails(desk, await add(desk, "https://gone.example/rss", "Ушёл"), off=True)
    off = await add(desk, "https://off.example/rss", "Выключенный")
    await desk.store.sources.enable(off.id, False, now=desk.now)
    await add(desk, "posts:-100", "Мой канал", SourceKind.POSTS)
    [said] = await desk.says("/sources")
    assert said == (
        "Источники\n\n"
        "С ними что-то не так\n"
        "Больной — телеграм-канал, не отвечает уже 3 раза подряд\n"
        "Ушёл — лента, перестал отвечать и выключен\n\n"
        "Остальные\n"
        "Томский вестник — лента, 2 за месяц, последняя — только что\n"
        "Выключенный — лента, выключен\n"
        "Мой канал — посты канала\n\n"
        "Добавить: пришлите ссылку, @канал или файл OPML. Подробности — в командной строке: "
        "svodka sources check"
    )


async def test_admins_see_why_nothing_comes_from_a_source_of_pictures(desk: Talk) -> None:
    source = await add(desk, "https://photo.example/rss", "Фото дня")
    read = PollOutcome(source_id=source.id, at=desk.now, next_poll_at=desk.now, wordless=12)
    await desk.store.sources.failed(read)
    [said] = await desk.says("/sources")
    assert "Фото дня — лента, 12 записей, и все без текста\n" in said


async def test_readers_see_no_more_than_they_need(talk: Talk, print_news: Any) -> None:
    await print_news(["Рейс первый"])
    await fails(talk, await add(talk, "https://ill.example/rss", "Больной"), 3)
    [said] = await talk.says("/sources")
    assert said == "Источники\n\nТомский вестник — ещё не читал\nБольной — сейчас не отвечает"


async def test_a_long_list_fits_into_one_message(desk: Talk) -> None:
    for number in range(SOURCES_SHOWN + 12):
        url = f"https://{number}.example/{'x' * 150}"
        title = f"Вестник {number} {'с длинным названием ' * 9}"
        await desk.store.sources.add(NewSource(url=url, title=title, site_url=url), now=desk.now)
    await fails(desk, await add(desk, "https://ill.example/rss", "Больной"))
    [said] = await desk.says("/sources")
    assert len(said) < 4096
    assert said.startswith(
        "Источники\n\nС ними что-то не так\nБольной — лента, сейчас не отвечает\n"
    )
    assert "и ещё 13 источников\nДобавить:" in said


async def test_an_admin_without_sources_is_told_how_to_add_one(desk: Talk) -> None:
    [said] = await desk.says("/sources")
    assert said.startswith("Источников пока нет.\nДобавить: пришлите ссылку")


def test_intervals_are_said_as_people_say_them() -> None:
    text = Texts().get("ru")
    said = [how_often(text, s) for s in (900, 1260, 3530, 7200, 18000, 21 * 3600, 86000)]
    assert said == [
        "раз в 15 минут",
        "раз в 20 минут",
        "раз в час",
        "раз в 2 часа",
        "раз в 5 часов",
        "раз в 21 час",
        "раз в сутки",
    ]
