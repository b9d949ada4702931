"""What an admin pastes, forwards or links to becomes an article; a feed becomes a source."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar, TypeVarTuple

import pytest
from aiohttp import web

from bot.config import Settings
from bot.jobs.ingest import Ingest
from bot.sources.http import Fetcher
from bot.telegram.dispatcher import build_dispatcher
from bot.telegram.pieces import Pieces
from bot.workers import WorkerFailed, Workers
from storage.models import SourceKind
from tests.telegram.conftest import GROUP, ME, TOPICS, Talk

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
PARAGRAPH = (
    "Рейс из Томска в Минск откроют в декабре, сообщили в аэропорту. "
    "Самолёты полетят дважды в неделю, билеты поступят в продажу в пятницу. "
    "Раньше добраться туда можно было только с пересадкой. "
)
NEWS = f"Из Томска откроют рейс в Минск\n\n{PARAGRAPH}"
PAGE = (
    "<html><head><title>Мост открыт</title></head><body><article><h1>Мост открыт</h1>"
    + "<p>Мост через реку строили три года, и обошёлся он городу в восемь миллиардов рублей. "
    "Движение открыли в полдень, первой проехала колонна городских автобусов.</p>"
    * 3
    + "</article></body></html>"
)
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Томский вестник</title>'
    f"<item><title>Урожай собран</title><guid>1</guid><description>{PARAGRAPH * 5}</description>"
    "</item></channel></rss>"
)


class Inline(Workers):
    """Does the work here and now; fails on a text with the word КРАХ."""

    async def run(self, work: Callable[[*Ts], T], *args: *Ts, timeout_s: float = 60) -> T:
        raws: Any = next(iter(args), ())
        if work.__name__ == "understand" and any("КРАХ" in raw.text for raw in raws):
            raise WorkerFailed("understand took longer than 60 s")
        return work(*args)


@pytest.fixture
async def desk(talk: Talk, fetcher: Fetcher) -> AsyncIterator[Talk]:
    """A talk in which I am an admin, with what takes news in."""
    workers, known = Inline(), talk.dispatcher
    ingest = Ingest(
        store=talk.store,
        fetcher=fetcher,
        workers=workers,
        topics_toml=TOPICS,
        clock=lambda: talk.now,
        sleep=lambda _: asyncio.sleep(0),
    )
    talk.dispatcher = build_dispatcher(
        store=talk.store,
        texts=known["texts"],
        topics=known["topics"],
        render=known["render"],
        settings=Settings(admin_ids=frozenset({ME})),
        clock=known["clock"],
        ring=known["ring"],
        ingest=ingest,
    )
    yield talk
    await workers.close()


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
    assert (await desk.says(words))[0].startswith(("🔎", "Слишком длинный вопрос"))
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


async def test_a_link_to_a_page_becomes_an_article(desk: Talk, site: Any) -> None:
    site.answers["/news/1"] = PAGE
    for words in (f"{site.url}/news/1", f"Посмотрите: {site.url}/news/1 — важно"):
        [said] = await desk.says(words)
        assert "Мост открыт" in said
    [article] = await desk.store.articles.latest(limit=9)
    assert article.url == f"{site.url}/news/1"


async def test_a_feed_is_offered_and_added_with_a_button(desk: Talk, site: Any) -> None:
    site.answers["/rss"] = web.Response(body=FEED.encode(), content_type="application/rss+xml")
    [said] = await desk.says(f"{site.url}/rss")
    assert said.startswith("Здесь лента «Томский вестник», в ней 1 запись. Читать её постоянно?")
    assert await desk.store.sources.all() == []
    reading, done = await desk.presses("Читать постоянно")
    assert reading.startswith("Читаю")
    assert done == "Готово! «Томский вестник» теперь среди источников: 1 новая статья."
    [source] = await desk.store.sources.all()
    assert (source.url, source.kind) == (f"{site.url}/rss", SourceKind.FEED)
    await desk.says(f"{site.url}/rss")
    assert (await desk.presses("Читать постоянно"))[0].startswith("Эту ленту я уже читаю")


async def test_a_site_leads_to_its_feed(desk: Talk, site: Any) -> None:
    site.answers["/"] = (
        '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>'
    )
    site.answers["/rss"] = web.Response(body=FEED.encode(), content_type="application/rss+xml")
    [said] = await desk.says(site.url)
    assert said.startswith("Здесь лента «Томский вестник»")
    assert said.endswith(f"{site.url}/rss")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/missing", "Сайт 127.0.0.1 ответил ошибкой 404."),
        ("/empty", "На этой странице 127.0.0.1 не нашлось статьи."),
        ("/", "На 127.0.0.1 не нашлось ленты новостей."),
    ],
)
async def test_a_link_that_leads_nowhere_is_told_in_a_sentence(
    desk: Talk, site: Any, path: str, words: str
) -> None:
    site.answers["/empty"] = site.answers["/"] = "<html><body>Пусто</body></html>"
    [said] = await desk.says(f"{site.url}{path}")
    assert said.startswith(words)
    assert await desk.store.articles.count() == 0


async def test_a_link_from_nowhere_is_told_too(desk: Talk) -> None:
    assert (await desk.says("http://127.0.0.1:9/x"))[0] == "До сайта 127.0.0.1 не достучаться."


async def test_a_button_whose_address_is_gone_is_answered(desk: Talk) -> None:
    await desk.says("/help")
    await desk.press_data("a1")
    assert desk.alerts()[-1].startswith("Эта кнопка из старого сообщения.")
