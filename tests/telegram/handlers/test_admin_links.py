"""What an admin links to: a page is filed, whatever lists news is offered, the rest is told."""

from datetime import timedelta
from typing import Any

import pytest
from aiogram.methods import SendChatAction
from aiohttp import web

from bot.sources.http import Fetcher, Response
from bot.telegram.bringing.brought import channel_post_in, is_followed, source_in
from storage.models import PollOutcome, SourceKind
from tests.telegram.conftest import Talk

LEAD = (
    "Рейс из Томска в Минск откроют в декабре, сообщили в аэропорту. "
    "Самолёты полетят дважды в неделю, билеты поступят в продажу в пятницу. "
)
PAGE = (
    "<html><head><title>Мост открыт</title></head><body><article><h1>Мост открыт</h1>"
    + "<p>Мост через реку строили три года, и обошёлся он городу в восемь миллиардов рублей. "
    "Движение открыли в полдень, первой проехала колонна городских автобусов.</p>"
    * 3
    + "</article></body></html>"
)
HEAD = '<?xml version="1.0"?><rss version="2.0"><channel><title>Томский вестник</title>'


def item(number: int, title: str, at: str = "") -> str:
    date = f"<pubDate>{at}</pubDate>" if at else ""
    return (
        f"<item><title>{title}</title><guid>{number}</guid>{date}"
        f"<description>{title}. {LEAD * 5}</description></item>"
    )


def feed(*items: str) -> web.Response:
    body = f"{HEAD}{''.join(items)}</channel></rss>"
    return web.Response(body=body.encode(), content_type="application/rss+xml")


async def test_a_link_to_a_page_becomes_an_article(desk: Talk, site: Any) -> None:
    site.answers["/news/1"] = PAGE
    for words in (f"{site.url}/news/1", f"Посмотрите: {site.url}/news/1 — важно"):
        [said] = await desk.says(words)
        assert "Мост открыт" in said
    [article] = await desk.store.articles.latest(limit=9)
    assert article.url == f"{site.url}/news/1"
    assert await desk.store.sources.by_url(f"{site.url}/news/1") is None


async def test_a_feed_is_shown_with_its_newest_entries_before_it_is_added(
    desk: Talk, site: Any
) -> None:
    days = [item(n, f"Новость {n}", f"Tue, {n} Nov 2026 06:00:00 +0700") for n in range(10, 18)]
    site.answers["/rss"] = feed(*days)
    [said] = await desk.says(f"{site.url}/rss")
    assert said == (
        "Томский вестник\n"
        "Это лента. Буду заглядывать сюда раз в 12 часов.\n\n"
        "Последнее:\n"
        "• Новость 17 — вчера в 06:00\n"
        "• Новость 16 — 16 ноября\n"
        "• Новость 15 — 15 ноября\n"
        "• Новость 14 — 14 ноября\n"
        "• Новость 13 — 13 ноября\n\n"
        f"{site.url}/rss"
    )
    assert desk.buttons() == ["➕ Следить", "Отмена"]
    assert desk.calls(SendChatAction)[0].action == "typing"
    assert await desk.store.sources.all() == []


async def test_the_button_adds_it_and_reads_it(desk: Talk, site: Any) -> None:
    site.answers["/rss"] = feed(item(1, "Урожай собран"))
    await desk.says(f"{site.url}/rss")
    reading, done = await desk.presses("Следить")
    assert reading.startswith("Читаю")
    assert done == "Готово! «Томский вестник» теперь среди источников, добавлено: 1 статья."
    [source] = await desk.store.sources.all()
    assert (source.url, source.kind) == (f"{site.url}/rss", SourceKind.FEED)


async def test_what_takes_long_to_read_goes_on_while_the_admin_is_answered(
    desk: Talk, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.handlers.links.READ_S", 0.0)
    site.answers["/rss"] = feed(item(1, "Урожай собран"))
    await desk.says(f"{site.url}/rss")
    *_, done = await desk.presses("Следить")
    assert done == (
        "Готово! «Томский вестник» теперь среди источников. Читать там много, так что "
        "продолжу без спешки."
    )


async def test_a_site_that_turns_robots_away_is_told(desk: Talk, site: Any) -> None:
    site.answers["/"] = web.Response(status=403, headers={"cf-mitigated": "challenge"})
    [said] = await desk.says(f"{site.url}/")
    assert said.startswith("127.0.0.1 сначала проверяет, не робот ли пришёл")


async def test_what_is_followed_already_is_said_with_its_state(desk: Talk, site: Any) -> None:
    site.answers["/rss"] = feed(item(1, "Урожай собран"))
    await desk.says(f"{site.url}/rss")
    number = max(desk.session.drawn)
    await desk.presses("Следить")
    again = "Это я уже читаю: «Томский вестник», обновлено только что."
    assert await desk.says(f"{site.url}/rss") == [again]
    desk.session.drawn[number] = desk.session.drawn[number].model_copy(
        update={"text": f"Томский вестник\n\n{site.url}/rss", "reply_markup": None}
    )
    assert await desk.press_data("a1", number) == [again]
    [source] = await desk.store.sources.all()
    outcome = PollOutcome(
        source_id=source.id,
        at=desk.now,
        next_poll_at=desk.now + timedelta(hours=1),
        error="no answer",
    )
    await desk.store.sources.failed(outcome)
    [said] = await desk.says(f"{site.url}/rss")
    assert said == "Это я уже читаю: «Томский вестник», сейчас не отвечает."


async def test_one_that_is_off_can_be_switched_on(desk: Talk, site: Any) -> None:
    site.answers["/rss"] = feed(item(1, "Урожай собран"))
    await desk.says(f"{site.url}/rss")
    await desk.presses("Следить")
    [source] = await desk.store.sources.all()
    await desk.store.sources.enable(source.id, False, now=desk.now)
    [said] = await desk.says(f"{site.url}/rss")
    assert said == "Это у меня есть, но выключено: «Томский вестник»."
    [done] = await desk.presses("Включить")
    assert done == "Готово! «Томский вестник» снова среди источников, скоро прочитаю."
    [source] = await desk.store.sources.all()
    assert source.enabled
    await desk.store.sources.remove(source.id)
    await desk.press_data(f"o1:{source.id}")
    assert desk.alerts()[-1].startswith("Эта кнопка из старого сообщения.")


async def test_cancelling_takes_the_offer_away(desk: Talk, site: Any) -> None:
    site.answers["/rss"] = feed(item(1, "Урожай собран"))
    await desk.says(f"{site.url}/rss")
    await desk.presses("Отмена")
    assert await desk.store.sources.all() == []


async def test_a_site_leads_to_its_feed(desk: Talk, site: Any) -> None:
    site.answers["/"] = (
        '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>'
    )
    site.answers["/rss"] = feed(item(1, "Урожай собран"))
    [said] = await desk.says(site.url)
    assert said.startswith("Томский вестник\nЭто лента.")
    assert said.endswith(f"{site.url}/rss")


async def test_a_page_that_lists_news_is_offered_too(desk: Talk, site: Any) -> None:
    titles = ("Мост через Томь открыли для автобусов", "Хоккеисты обыграли гостей из Омска")
    rows = "".join(
        f'<div class="item"><a href="/news/2026/11/{n}/story-{n}.html">{titles[n % 2]}, часть {n}'
        f'</a><time datetime="2026-11-{n}T08:00:00+07:00">{n} ноября</time></div>'
        for n in range(10, 18)
    )
    site.answers["/news/"] = (
        f"<html><head><title>Новости Томска</title></head><body>{rows}</body></html>"
    )
    [said] = await desk.says(f"{site.url}/news/")
    assert "Это страница новостей." in said
    assert "• Хоккеисты обыграли гостей из Омска, часть 17" in said


async def test_a_foreign_script_is_warned_of(desk: Talk, site: Any) -> None:
    site.answers["/rss"] = feed(
        item(1, "新しい橋が開通した。市長が式典に出席した").replace(LEAD, "市")
    )
    [said] = await desk.says(f"{site.url}/rss")
    assert "⚠️ Похоже, это не по-русски" in said
    assert desk.buttons() == ["➕ Следить", "Отмена"]


async def test_an_empty_feed_is_offered_as_such(desk: Talk, site: Any) -> None:
    site.answers["/rss"] = feed()
    [said] = await desk.says(f"{site.url}/rss")
    assert "Пока здесь пусто." in said


PICTURES = [
    f"<item><guid>{n}</guid><link>/photo/{n}</link><enclosure url='/{n}.jpg' type='image/jpeg'/>"
    "</item>"
    for n in range(1, 4)
]


async def test_a_feed_of_pictures_is_offered_as_one_without_text(desk: Talk, site: Any) -> None:
    site.answers["/rss"] = feed(*PICTURES)
    [said] = await desk.says(f"{site.url}/rss")
    assert "Текста здесь нет: 3 записи, и в них только картинки, видео или ссылки." in said
    *_, done = await desk.presses("Следить")
    assert done == (
        "Готово! «Томский вестник» теперь среди источников, добавлено: пока ни одной статьи.\n"
        "Без текста: 3 записи. Читать в них нечего, пропускаю."
    )


async def test_pictures_among_news_are_told_of_too(desk: Talk, site: Any) -> None:
    site.answers["/rss"] = feed(PICTURES[0], item(7, "Урожай собран"))
    await desk.says(f"{site.url}/rss")
    *_, done = await desk.presses("Следить")
    assert done.endswith(
        "добавлено: 1 статья.\nБез текста: 1 запись. Читать в ней нечего, пропускаю."
    )


LOGIN = (
    '<html><head><title>Вход</title></head><body><form action="/login" method="post">'
    '<input name="login"><input type="password" name="password"><button>Войти</button>'
    "</form></body></html>"
)
PDF = web.Response(body=b"%PDF-1.7\n" + b"\0" * 99, content_type="application/pdf")


@pytest.mark.parametrize(
    ("path", "answer", "words"),
    [
        ("/missing", None, "Такой страницы на 127.0.0.1 нет: ошибка 404."),
        ("/shut", web.Response(status=403), "127.0.0.1 меня не пускает: ошибка 403."),
        ("/ill", web.Response(status=502), "Сайт 127.0.0.1 ответил ошибкой 502."),
        ("/empty", "<html><body>Пусто</body></html>", "На этой странице 127.0.0.1 не нашлось"),
        ("/", "<html><body>Пусто</body></html>", "На 127.0.0.1 не за чем следить"),
        ("/login", LOGIN, "Эта страница на 127.0.0.1 открывается только после входа"),
        ("/report.pdf", PDF, "По этой ссылке PDF"),
    ],
)
async def test_a_link_that_leads_nowhere_is_told_in_its_own_words(
    desk: Talk, site: Any, path: str, answer: Any, words: str
) -> None:
    if answer is not None:
        site.answers[path] = answer
    [said] = await desk.says(f"{site.url}{path}")
    assert said.startswith(words)
    assert await desk.store.articles.count() == 0
    assert await desk.store.sources.all() == []


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("http://127.0.0.1:9/x", "До сайта 127.0.0.1 не достучаться"),
        ("https://example.org/моя лента.xml", "В адресе пробел: https://example.org/моя лента.xml"),
        ("https: //example.org/rss", "В адресе пробел: https: //example.org/rss"),
        ("https://t.me/+abcdefgh", "Это ссылка в закрытый канал"),
        ("https://t.me/c/123/4", "Это ссылка в закрытый канал"),
        ("https://t.me/addstickers/x", "https://t.me/addstickers/x — не имя телеграм-канала"),
        ("https://vk.com/club1", "vk.com показывает записи только тем, кто вошёл"),
        ("https://dzen.ru/a/abc", "dzen.ru показывает записи только тем, кто вошёл"),
        ("http://abcdef.onion/rss", "В сеть Tor я не хожу"),
        ("https://user:pw@v.example/", "В этом адресе перед сайтом стоит чьё-то имя"),
        ("https://https://", "https://https:// — не адрес страницы"),
    ],
)
async def test_an_address_that_cannot_be_asked_is_told_too(
    desk: Talk, sent: str, words: str
) -> None:
    [said] = await desk.says(sent)
    assert said.startswith(words)


async def test_a_private_address_is_refused(desk: Talk, fetcher: Fetcher) -> None:
    fetcher._allow_private = False
    [said] = await desk.says("http://192.168.0.1/rss")
    assert said.startswith("Внутрь чужих сетей я не хожу, а 192.168.0.1 — как раз такой адрес.")
    [said] = await desk.says("http://192.168.0.1:22/rss")
    assert said.startswith("По этому адресу у 192.168.0.1 не сайт, а другая служба.")


POST = """<div class="tgme_widget_message js-widget_message" data-post="Tomsk_News/{n}">
<div class="tgme_widget_message_text js-message_text">{text}</div>
<a class="tgme_widget_message_date" href="https://t.me/Tomsk_News/{n}">
<time datetime="2026-11-17T05:{n}:00+00:00"></time></a></div>"""
PREVIEW = (
    '<html><body><div class="tgme_channel_info"><div class="tgme_channel_info_header_title">'
    "<span>Томск сегодня</span></div></div>"
    + POST.format(n=16, text="Мост открыли для автобусов.<br>" + LEAD)
    + POST.format(n=17, text="Хоккеисты обыграли гостей из Омска.<br>" + LEAD)
    + "</body></html>"
)


@pytest.fixture
def asked(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that t.me was asked for; it has one channel, with two posts."""
    addresses: list[str] = []

    async def get(url: str, **_: Any) -> Response:
        addresses.append(url)
        named = url.startswith("https://t.me/s/tomsk_news")
        body = PREVIEW if named else "<html><body>Contact @other right away</body></html>"
        return Response(url=url, status=200, body=body.encode(), content_type="text/html")

    monkeypatch.setattr(fetcher, "get", get)
    return addresses


@pytest.mark.parametrize("sent", ["@Tomsk_News", "t.me/tomsk_news", "https://t.me/s/Tomsk_News"])
async def test_a_channel_is_offered_with_its_newest_posts(
    desk: Talk, asked: list[str], sent: str
) -> None:
    [said] = await desk.says(sent)
    assert said == (
        "Томск сегодня\n"
        "Это телеграм-канал. Буду заглядывать сюда раз в час.\n\n"
        "Последнее:\n"
        "• Хоккеисты обыграли гостей из Омска. — вчера в 12:17\n"
        "• Мост открыли для автобусов. — вчера в 12:16\n\n"
        "https://t.me/s/tomsk_news"
    )
    await desk.presses("Следить")
    [source] = await desk.store.sources.all()
    assert (source.url, source.kind) == ("https://t.me/s/tomsk_news", SourceKind.CHANNEL)


async def test_a_link_to_one_post_files_that_post(desk: Talk, asked: list[str]) -> None:
    [said] = await desk.says("https://t.me/Tomsk_News/17?single")
    assert said.startswith("✅ Принято\n\nХоккеисты обыграли гостей из Омска")
    [article] = await desk.store.articles.latest(limit=9)
    assert (article.source, article.url) == ("Томск сегодня", "https://t.me/tomsk_news/17")
    assert asked == ["https://t.me/s/tomsk_news/17"]


async def test_a_post_that_is_not_shown_leads_to_its_channel(desk: Talk, asked: list[str]) -> None:
    [said] = await desk.says("https://t.me/tomsk_news/3")
    assert said.startswith("Томск сегодня\nЭто телеграм-канал.")


async def test_a_channel_without_a_preview_is_told_of(desk: Talk, asked: list[str]) -> None:
    for sent in ("@other", "https://t.me/other/5"):
        [said] = await desk.says(sent)
        assert said.startswith("Этот канал не показывает посты в вебе")


async def test_a_button_whose_address_is_gone_is_answered(desk: Talk) -> None:
    await desk.says("/help")
    await desk.press_data("a1")
    assert desk.alerts()[-1].startswith("Эта кнопка из старого сообщения.")


def test_links_of_channels_are_known_by_their_looks() -> None:
    assert channel_post_in("https://t.me/Tomsk_News/17?single") == "https://t.me/tomsk_news/17"
    assert channel_post_in("t.me/s/tomsk_news/17") == "https://t.me/tomsk_news/17"
    assert channel_post_in("https://t.me/tomsk_news") is None
    for url in ("@tomsk_news", "t.me/tomsk_news", "https://t.me/tomsk_news", "https://a.example"):
        assert is_followed(url)
    assert not is_followed("https://a.example/news/1")
    assert source_in("Заголовок\n\nhttps://a.example/rss") == "https://a.example/rss"
    assert source_in("https://a.example/rss и ещё слова") is None
