"""Pages: the article, and what the page says of it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.errors import NoText
from bot.sources.pages import extract_page

URL = "https://gorod.example/news/1"
LONG = "Движение по мосту начали в полдень, первой проехала колонна городских автобусов. " * 3

MORE = "Пролёты собирали на берегу и надвигали домкратами, каждый весил триста тонн. " * 3

PAGE = f"""<!DOCTYPE html><html lang="ru"><head>
<title>В городе открыли мост — Город</title>
<meta property="og:title" content="В городе открыли мост">
<meta property="og:site_name" content="Город">
<meta property="og:image" content="/i/1.jpg"><link rel="canonical" href="/news/1?utm_source=x">
<script type="application/ld+json">{{"@graph": [{{"@type": "WebSite", "name": "Город"}},
 {{"@type": "NewsArticle", "datePublished": "2026-11-17T14:05:00+07:00",
   "author": [{{"@type": "Person", "name": "Анна Лисицына"}}]}}]}}</script></head>
<body><nav><a href="/">Главная</a><a href="/news">Новости</a></nav><main><article>
<h1>В городе открыли мост</h1><p>{LONG}</p><h2>Как строили</h2><p>{MORE}</p>
<h3>Что дальше</h3><ul><li>Весной откроют второй съезд.</li><li>Летом появится дорожка.</li></ul>
<table><tr><td>Реклама</td><td>Курс валют</td></tr></table></article></main>
<div class="comments"><p>Отличная новость, давно ждали этого моста!</p></div>
<footer>© Город</footer></body></html>"""


def test_an_article_is_read_with_its_structure() -> None:
    page = extract_page(PAGE.encode(), "text/html; charset=utf-8", URL)
    assert page.title == "В городе открыли мост"
    assert page.headings == ("Как строили", "Что дальше")
    paragraphs = page.text.split("\n\n")
    assert paragraphs[0] == LONG.strip()
    assert paragraphs[-2:] == ["Весной откроют второй съезд.", "Летом появится дорожка."]
    for noise in ("Главная", "Реклама", "Отличная новость", "©"):
        assert noise not in page.text


def test_what_the_page_says_of_itself_is_read() -> None:
    page = extract_page(PAGE.encode(), None, URL)
    assert page.author == "Анна Лисицына"
    assert page.published_at == datetime(2026, 11, 17, 7, 5, tzinfo=UTC)
    assert page.image_url == "https://gorod.example/i/1.jpg"
    assert page.canonical_url == URL
    assert (page.site_name, page.language) == ("Город", "ru")


def page_with(head: str = "", body: str = "") -> bytes:
    return (
        f"<html><head>{head}</head><body><article><h1>Мост открыли</h1>{body}<p>{LONG}</p>"
        f"<p>{MORE}</p></article></body></html>"
    ).encode()


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:published_time" content="2026-11-17T07:05:00Z">', ""),
        ('<meta itemprop="datePublished" content="17.11.2026 07:05">', ""),
        ("", '<time datetime="2026-11-17T10:05+03:00">сегодня</time>'),
        ("", '<span itemprop="datePublished" content="2026-11-17T07:05Z">сегодня</span>'),
    ],
)
def test_the_time_of_day_is_found(head: str, body: str) -> None:
    page = extract_page(page_with(head, body), None, URL)
    assert page.published_at == datetime(2026, 11, 17, 7, 5, tzinfo=UTC)


def test_the_sites_name_is_no_part_of_the_title() -> None:
    head = '<title>Мост открыли | Город</title><meta property="og:site_name" content="Город">'
    assert (
        extract_page(page_with(head).replace(b"<h1>", b"<h4>"), None, URL).title == "Мост открыли"
    )


def test_a_page_in_undeclared_windows_1251_is_read() -> None:
    page = extract_page(PAGE.encode("cp1251", "ignore"), "text/html", URL)
    assert page.title == "В городе открыли мост"


@pytest.mark.parametrize(
    ("body", "content_type", "said"),
    [
        (b"", None, "empty"),
        (b"<html><body><p>OK</p></body></html>", None, "no article"),
        (b"%PDF-1.7", None, "a PDF"),
        (b"x", "application/pdf", "a PDF"),
        (b"\x89PNG\r\n", "image/png", "image/png"),
        (
            page_with("<title>404 — страница не найдена</title>").replace(b"<h1>", b"<h5>"),
            None,
            "no such page",
        ),
        (page_with('<meta property="og:title" content="Вход на сайт">'), None, "a login"),
        (page_with("<title>Just a moment...</title>"), None, "a person"),
    ],
)
def test_what_is_no_article_is_told_in_a_sentence(
    body: bytes, content_type: str | None, said: str
) -> None:
    with pytest.raises(NoText, match=said):
        extract_page(body, content_type, URL)


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="<>/=\"'phdivscrt{}[]@ Ж&;", max_size=200) | st.text(max_size=100))
def test_any_page_is_an_article_or_is_not(html: str) -> None:
    try:
        page = extract_page(f"<html><p>{LONG}{html}".encode("utf-8", "replace"), None, URL)
    except NoText:
        return
    assert set(page.headings) <= set(page.text.split("\n\n"))
