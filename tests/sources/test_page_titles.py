"""The title of a page without og:title: its heading, where that tells more and is the article's."""

import pytest

from bot.sources.pages import extract_page

HEADLINE = "В Топках запустили новый хлебозавод"
TEXT = (
    "<p>Цех построили за восемь месяцев на месте старого склада у вокзала. Он выпекает до шести "
    "тонн хлеба в сутки, и этого хватает всему району.</p>"
    "<p>Склад снесли ещё весной: его стены пошли трещинами после паводка. Кирпич разобрали на "
    "дачи жители соседней улицы.</p>"
)
COLUMN = "<div class='col'><h1>{heading}</h1>" + TEXT + "</div>"


def title(said: str, body: str, heading: str = HEADLINE, head: str = "") -> str | None:
    html = f"<html><head><title>{said}</title>{head}</head><body>{body}</body></html>"
    page = extract_page(
        html.replace("{heading}", heading).encode(), "text/html; charset=utf-8", "https://a.test/1"
    )
    return page.title


@pytest.mark.parametrize(
    "said",
    ["Новости", "Просмотр новости", "Хлебозавод запустили в Топках: фото", "Новый хлебозавод"],
)
def test_a_heading_that_tells_more_is_the_title(said: str) -> None:
    assert title(said, COLUMN) == HEADLINE


def test_a_heading_of_its_articles_header_counts() -> None:
    body = f"<article><header><h1>{HEADLINE}</h1></header>{TEXT}</article>"
    assert title("Новости", body) == HEADLINE


@pytest.mark.parametrize(
    "body",
    [
        f"<div><header><h1>Газета города Топки и его окрестностей</h1></header>{TEXT}</div>",
        f"<div><aside><h1>Газета города Топки и его окрестностей</h1></aside>{TEXT}</div>",
        f"<h1>Газета города Топки и его окрестностей</h1><div>{TEXT}</div>",
        COLUMN.replace("{heading}", "<a href='/'>Газета города Топки и его окрестностей</a>"),
        COLUMN.replace("{heading}", "Городские новости"),
        COLUMN.replace("{heading}", "Газета города Топки")
        + "<h1>Газета города Топки и района</h1>",
    ],
)
def test_a_heading_of_the_site_is_no_title(body: str) -> None:
    assert title(HEADLINE, body) == HEADLINE
    assert title("Хлебозавод", body) == "Хлебозавод"


def test_what_open_graph_says_is_the_title() -> None:
    head = '<meta property="og:title" content="Хлебозавод">'
    assert title("Новости", COLUMN, head=head) == "Хлебозавод"


def test_a_name_that_all_pages_of_a_site_have_is_no_title() -> None:
    said = "Администрация Топкинского муниципального округа"
    head = f'<meta property="og:title" content="{said}">'
    assert title(said, COLUMN, head=head) == HEADLINE


@pytest.mark.parametrize("heading", ["<div class='page__title'>{}</div>", "<h2>{}</h2>"])
def test_without_a_heading_what_is_named_as_one_is_the_title(heading: str) -> None:
    body = f"<div class='col'>{heading.format(HEADLINE)}{TEXT}</div>"
    assert title("Прокуратура района", body) == HEADLINE


def test_a_heading_that_is_a_link_to_the_page_itself_is_its_title() -> None:
    body = f"<p>Форум Топок</p><h2><a href='/1'>{HEADLINE}</a></h2>{TEXT}"
    assert title(f"{HEADLINE} - Форум Топок", body) == HEADLINE


def test_what_a_long_title_ends_in_is_the_heading_below() -> None:
    body = f"<p>Топки</p><h2>{HEADLINE}</h2>{TEXT}"
    assert title(f"Истоки. Газета района. {HEADLINE}", body) == HEADLINE
