"""Pages: the article, and what the page says of it."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.errors import NoText
from bot.sources.pages import Page, extract_page

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
        (  # said twice, once without a zone
            '<meta property="article:published_time" content="20261117T1005">',
            '<span itemprop="datePublished" content="2026-11-17T10:05+03:00">сегодня</span>',
        ),
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


def meta_of(head: str = "", body: str = "", url: str = URL, zone: str | None = None) -> Page:
    return extract_page(page_with(head, body), None, url, zone)


@pytest.mark.parametrize(
    ("said", "url", "canonical"),
    [
        ("https://gorod.example/news/1.html", URL, "https://gorod.example/news/1.html"),
        ("/news/1", URL + "?utm_source=x", URL),
        ("https://gorod.example/news/1", "https://m.gorod.example/news/1/amp/", URL),
        ("https://other.example/news/1", URL, None),
        ("https://gorod.example/", URL, None),
        ("https://gorod.example/news/", "https://gorod.example/news/most-otkryli", None),
        ("/news/", "https://gorod.example/news/?id=17", None),
        ("/news/most-cherez-uskat", "https://gorod.example/?p=17", "/news/most-cherez-uskat"),
    ],
)
def test_a_canonical_address_is_of_this_page_and_this_site(
    said: str, url: str, canonical: str | None
) -> None:
    found = meta_of(f'<link rel="canonical" href="{said}">', url=url).canonical_url
    whole = f"https://gorod.example{canonical}" if canonical and canonical[0] == "/" else canonical
    assert found == whole


@pytest.mark.parametrize(
    "script",
    [
        '[{"@type": "Organization"}, {"@type": "NewsArticle", "author": {"name": "Анна Лис"}}]',
        '{"@type": "WebPage", "mainEntity": {"@type": ["Article"], "author": "Анна Лис"}}',
        '{"@graph": [{"@type": "BlogPosting", "author": [{"name": "Анна Лис"}],},]}',
        '{"@type": "http://schema.org/NewsArticle",\n "headline": "а\nб", "author": "Анна Лис"}',
        '<!-- {"@type": "Article", "author": {"@type": "Person", "name": "Анна Лис"}} -->',
    ],
)
def test_json_ld_is_read_as_sites_write_it(script: str) -> None:
    assert meta_of(f'<script type="application/ld+json">{script}</script>').author == "Анна Лис"


@pytest.mark.parametrize("script", ['{"@type"', "[" * 5000, "null", '"Article"', '{"@graph": 5}'])
def test_json_ld_that_is_none_costs_nothing(script: str) -> None:
    assert meta_of(f'<script type="application/ld+json">{script}</script>').author is None


@pytest.mark.parametrize(
    "body",
    [
        "<div>Автор: Анна Лисицына</div>",
        "<div>12.10.2025 | Текст: Анна Лисицына</div>",
        '<div class="post-author">Анна Лисицына</div>',
        '<div class="autor">Анна Лисицына</div>',
        "<div>Автор: Анна Лисицына. Фото: П. Кот</div>",
        '<span itemprop="author" itemscope><b itemprop="name">Анна Лисицына</b></span>',
    ],
)
def test_who_wrote_is_found_where_people_read_it(body: str) -> None:
    assert meta_of(body=body).author == "Анна Лисицына"


@pytest.mark.parametrize(
    "name",
    [
        "admin",
        "Редакция",
        "Super User",
        "vestnik_admin",
        "HostCMS",
        "https://vk.com/x",
        "news@gorod.example",
    ],
)
def test_nobody_is_no_author(name: str) -> None:
    assert meta_of(f'<meta name="author" content="{name}">').author is None


@pytest.mark.parametrize(
    "body",
    [
        "<div>17 ноября 2026, 14:05</div>",
        "<div>Опубликовано: 17.11.2026 14:05 | Просмотров: 12</div>",
        "<time>17.11.2026, 14:05</time>",
        "<div><span>Происшествия</span><span>17 ноября 2026, 14:05</span></div>",
    ],
)
def test_a_visible_date_is_the_last_resort_and_in_the_sites_zone(body: str) -> None:
    found = meta_of(body=body, zone="Asia/Novokuznetsk").published_at
    assert found == datetime(2026, 11, 17, 7, 5, tzinfo=UTC)


def test_the_day_in_an_address_is_believed_over_another_day_nearby() -> None:
    body = "<p>Читатель, 20.12.2026</p>"
    page = extract_page(page_with(body=body), None, "https://gorod.example/news/2026-11-17-88")
    assert page.published_at == datetime(2026, 11, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "body", "picture"),
    [
        ('<meta property="og:image" content="/i/most.jpg">', "", "/i/most.jpg"),
        ('<meta property="og:image" content="/img/logo.png">', "", None),
        ('<meta property="og:image" content="/static/default_share.png">', "", None),
        ("", '<img src="/i/most.jpg" width="640">', "/i/most.jpg"),
        ("", '<img src="/i/eye.gif" width="16">', None),
    ],
)
def test_the_picture_is_the_articles_and_not_the_sites(
    head: str, body: str, picture: str | None
) -> None:
    found = meta_of(head, body).image_url
    assert found == (picture and f"https://gorod.example{picture}")


def test_markup_without_end_is_read_in_time() -> None:
    deep = f"<body>{'<div class=share>' * 20_000}<p>{LONG}</p>"
    long = f"<body><article {'x' * 500_000}><p>{LONG}</p><p>{MORE}</p></article>"
    many = f"<body><article><p>{LONG}</p>{'<i>x</i>' * 60_000}</article>"
    for html in (deep, long, many):
        with suppress(NoText):
            extract_page(html.encode(), None, URL)
