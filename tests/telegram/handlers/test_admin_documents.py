"""Files from an admin: news become articles, lists of feeds become sources, the rest is told."""

from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import GetFile

from storage.models import SourceKind
from tests.telegram.conftest import ME, Talk

PARAGRAPH = (
    "Рейс из Томска в Минск откроют в декабре, сообщили в аэропорту. "
    "Самолёты полетят дважды в неделю, билеты поступят в продажу в пятницу. "
)
NEWS = f"Из Томска откроют рейс в Минск\n\n{PARAGRAPH}"
OPML = """<opml version="2.0"><body>
<outline text="Вестник" type="rss" xmlUrl="https://v.example/rss"/>
<outline text="Тот же вестник" type="rss" xmlUrl="http://www.v.example/rss/"/>
<outline text="Канал" type="rss" xmlUrl="https://t.me/tomsk_news"/>
<outline text="Папка" type="folder" xmlUrl="folder:/etc"/>
</body></opml>"""


async def sends(talk: Talk, name: str, body: bytes, **more: Any) -> list[str]:
    """Send a document; what the bot said to it, the drawn-over words first."""
    talk.session.files["doc"] = body
    document = {"file_id": "doc", "file_unique_id": "x", "file_name": name, "file_size": len(body)}
    document |= more.pop("document", {})
    talk.messages += 1
    message = {
        "message_id": talk.messages,
        "date": 1,
        "chat": {"id": ME, "type": "private", "first_name": "Анна"},
        "from": {"id": ME, "is_bot": False, "first_name": "Анна", "language_code": talk.language},
        "document": document,
    }
    return await talk.feed({"message": message | more})


async def test_a_text_file_becomes_an_article(desk: Talk) -> None:
    reading, done = await sends(desk, "рейс.txt", NEWS.encode("cp1251"))
    assert reading == "Читаю файл…"
    assert done.startswith("✅ Принято\n\nИз Томска откроют рейс в Минск\n✈️ Авиарейсы\n")
    [article] = await desk.store.articles.latest(limit=9)
    assert article.source == "Редакция"
    assert (await sends(desk, "рейс.txt", NEWS.encode()))[1].startswith("☑️ Это у меня уже есть")


async def test_a_feed_file_gives_all_its_entries(desk: Talk) -> None:
    items = "".join(
        f"<item><title>Новость {n}</title><guid>{n}</guid><description>{PARAGRAPH}{n}"
        "</description></item>"
        for n in range(30)
    )
    body = f"<rss version='2.0'><channel><title>Вестник</title>{items}</channel></rss>"
    done = (await sends(desk, "лента.xml", body.encode()))[1]
    assert done == "✅ Из файла «лента.xml» принято: 30 статей, из них новых: 30."
    assert await desk.store.articles.count() == 30
    [source] = await desk.store.sources.all()
    assert (source.title, source.kind) == ("Вестник", SourceKind.IMPORT)


@pytest.mark.parametrize("name", ["ленты.opml", "subscriptions.xml"])
async def test_a_list_of_feeds_becomes_sources(desk: Talk, name: str) -> None:
    done = (await sends(desk, name, OPML.encode()))[1]
    assert done.startswith(f"✅ Из списка «{name}» добавлено источников: 2, уже были: ")
    kinds = {source.url: source.kind for source in await desk.store.sources.all()}
    assert kinds == {
        "https://v.example/rss": SourceKind.FEED,
        "https://t.me/s/tomsk_news": SourceKind.CHANNEL,
    }
    again = (await sends(desk, name, OPML.encode()))[1]
    assert "добавлено источников: 0, уже были: " in again


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("пусто.txt", b" \n", "В файле «пусто.txt» не нашлось ни статьи, ни списка лент."),
        ("плохо.json", b"{", "В файле «плохо.json» не нашлось ни статьи, ни списка лент."),
        ("крах.txt", f"КРАХ\n{NEWS}".encode(), "Не получилось прочитать этот текст."),
        ("большой.txt", b"x" * (10 << 20), "Файл слишком большой: принимаю до 10 МБ."),
    ],
)
async def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    desk: Talk, name: str, body: bytes, words: str
) -> None:
    body += b"x" if name.startswith("большой") else b""
    assert await sends(desk, name, body) == ["Читаю файл…", words]
    assert await desk.store.articles.count() == 0


async def test_a_file_is_bounded_even_if_its_size_was_not_said(desk: Talk) -> None:
    said = await sends(desk, "a.txt", b"x" * (11 << 20), document={"file_size": None})
    assert said[1] == "Файл слишком большой: принимаю до 10 МБ."


async def test_a_file_of_another_kind_is_not_fetched(desk: Talk) -> None:
    [said] = await sends(desk, "отчёт.xlsx", b"PK")
    assert said.startswith("Такие файлы я не читаю.")
    assert desk.calls(GetFile) == []


async def test_a_file_without_a_name_is_known_by_its_type(desk: Talk) -> None:
    document = {"file_name": None, "mime_type": "text/plain; charset=utf-8"}
    said = await sends(desk, "", NEWS.encode(), document=document)
    assert said[1].startswith("✅ Принято")


async def test_a_file_that_telegram_does_not_hand_over_is_asked_for_again(desk: Talk) -> None:
    desk.session.refusals.append((GetFile, "Bad Request: wrong file_id", TelegramBadRequest))
    said = await sends(desk, "рейс.txt", NEWS.encode())
    assert said[1] == "Телеграм не отдал файл. Пришлите его ещё раз, пожалуйста."


async def test_a_caption_that_is_news_counts_where_the_file_cannot(desk: Talk) -> None:
    [said] = await sends(desk, "фото.zip", b"PK", caption=NEWS)
    assert said.startswith("✅ Принято\n\nИз Томска откроют рейс в Минск")


async def test_readers_send_files_in_vain(talk: Talk) -> None:
    [said] = await sends(talk, "рейс.txt", NEWS.encode())
    assert said.startswith("Пока понимаю только слова.")
