"""Pages of news without a feed: what they list is found by structure, or by a selector."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.errors import NotAFeed
from bot.sources.feed import Feed
from bot.sources.lists.pages import parse_list
from tests.sources import listed_pages as html
from tests.sources.listed_pages import HEADLINES, each, page

URL = "https://gazeta.example/news/"
ZONE = "Asia/Novokuznetsk"
GOLD = Path(__file__).parent.parent / "golden" / "pages"
LISTS = {"35_no_rubric", "37_no_search"}  # of the golden pages: lists of news, and right as such


def listed(text: str, *, selector: str | None = None, now: datetime | None = None) -> Feed:
    return parse_list(text.encode(), "text/html; charset=utf-8", URL, ZONE, selector, now)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (html.BITRIX, "news/transport/410/", "news/transport/416/"),
        (html.WORDPRESS, "2025/10/novost-0/", "2025/10/novost-6/"),
        (html.REACT, "text/gorod/2025/10/20/7590/", "text/gorod/2025/10/14/7596/"),
        (html.FLAT, "news/770.html", "news/776.html"),
        (html.FLAT_AFTER, "news/770.html", "news/776.html"),
        (html.DAYS, "n/330", "n/322"),
        (html.CARDS, "material/obzor-0-nedeli", "material/obzor-6-nedeli"),
        (html.DEFINITIONS, "by/news-by/view/navina-3390/", "by/news-by/view/navina-3396/"),
        (html.SHORTENED, "story/novost-0-goroda", "story/novost-6-goroda"),
        (html.PICTURES, "item/0000", "item/6006"),
    ],
)
def test_the_news_of_a_page_are_found_in_its_order(text: str, first: str, last: str) -> None:
    entries = listed(text).entries
    assert [entry.title for entry in entries] == list(HEADLINES)
    assert entries[0].url == entries[0].key == f"https://gazeta.example/{first}"
    assert entries[-1].url == f"https://gazeta.example/{last}"
    assert not any(entry.html for entry in entries)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (html.BITRIX, "2025-10-20T03:20", "2025-10-14T03:20"),
        (html.WORDPRESS, "2025-10-20T02:10", "2025-10-14T02:10"),
        (html.REACT, "2025-10-19T17:00", "2025-10-13T17:00"),  # from the address
        (html.FLAT, "2025-10-20T01:00", "2025-10-14T01:06"),
        (html.FLAT_AFTER, "2025-10-19T17:00", "2025-10-13T17:00"),
        (html.DAYS, "2025-10-20T03:30", "2025-10-19T15:15"),
        (html.CARDS, "2025-10-19T17:00", "2025-10-13T17:00"),
        (html.DEFINITIONS, "2025-10-19T17:00", "2025-10-13T17:00"),
    ],
)
def test_dates_are_found_beside_the_links(text: str, first: str, last: str) -> None:
    dates = [entry.published_at for entry in listed(text).entries]
    assert dates[0] == datetime.fromisoformat(first).replace(tzinfo=UTC)
    assert dates[-1] == datetime.fromisoformat(last).replace(tzinfo=UTC)
    assert all(dates)


def test_dle_has_links_of_www_and_of_comments_and_rubrics() -> None:
    feed = listed(html.DLE)
    assert [entry.title for entry in feed.entries] == list(HEADLINES)
    assert {entry.published_at.hour for entry in feed.entries if entry.published_at} == {7}
    assert feed.entries[0].image_url == "https://gazeta.example/uploads/0.jpg"


def test_tables_in_an_undeclared_windows_1251() -> None:
    feed = parse_list(html.TABLE.encode("cp1251"), "text/html", "http://a.example/", ZONE)
    assert [entry.title for entry in feed.entries] == list(HEADLINES)
    assert feed.entries[0].url == "http://a.example/view.php?id=4410"
    assert feed.entries[0].published_at == datetime(2025, 10, 19, 17, tzinfo=UTC)
    assert feed.title == "Тайга-Вести"


def test_a_top_story_and_blocks_of_several_rubrics_are_one_list() -> None:
    entries = listed(html.MERGED).entries
    assert [entry.title for entry in entries] == list(HEADLINES)
    assert entries[0].url == "https://gazeta.example/news/2025/900"


def test_what_a_page_says_of_itself() -> None:
    feed = listed(html.WORDPRESS)
    assert (feed.title, feed.site_url, feed.language) == (
        "Газета «Уезд»",
        "https://gazeta.example/",
        "ru",
    )


@pytest.mark.parametrize(
    ("text", "picture"),
    [
        (html.BITRIX, "https://gazeta.example/upload/iblock/0.jpg"),
        (html.CARDS, "https://gazeta.example/img/0.jpg"),
        (html.REACT, "https://cdn.gazeta.example/0.webp"),
        (html.FLAT, None),
    ],
)
def test_the_picture_of_a_card(text: str, picture: str | None) -> None:
    assert listed(text).entries[0].image_url == picture


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("сегодня, 14:05", "2025-10-20T07:05"), ("вчера, 18:40", "2025-10-19T11:40")],
)
def test_days_that_count_from_now_need_it(said: str, wanted: str) -> None:
    text = html.RELATIVE.replace("{w}", said)
    now = datetime(2025, 10, 20, 9, tzinfo=UTC)
    assert listed(text).entries[0].published_at is None
    found = listed(text, now=now).entries[0].published_at
    assert found == datetime.fromisoformat(wanted).replace(tzinfo=UTC)


def test_hours_alone_are_of_the_day_above_or_the_one_before() -> None:
    entries = listed(html.HOURS, now=datetime(2025, 10, 22, 3, tzinfo=UTC)).entries
    assert [entry.title for entry in entries] == list(HEADLINES)
    said = [f"{entry.published_at:%d %H:%M}" for entry in entries]
    assert said[:3] == ["22 02:30", "22 01:30", "22 00:30"]
    assert said[3:] == ["21 18:30", "21 17:30", "21 16:30", "21 15:30"]


def test_short_headlines_stand_among_the_others_and_hours_are_none_of_theirs() -> None:
    entries = listed(html.RUNNING, now=datetime(2025, 10, 22, 12, tzinfo=UTC)).entries
    assert [entry.title for entry in entries] == [*HEADLINES[:6], "Мост закрыт"]
    assert entries[0].published_at == datetime(2025, 10, 22, 3, 5, tzinfo=UTC)


def test_a_date_in_a_headline_is_not_when_it_was_published() -> None:
    headlines = tuple(f"Ярмарка пройдёт {n} ноября 2025 года" for n in range(1, 7))
    text = page(each('<h3><a href="/news/{n}11">{t}</a></h3>', headlines))
    assert [entry.published_at for entry in listed(text).entries] == [None] * 6


@pytest.mark.parametrize(
    "text",
    [
        html.FORUM,
        html.RUBRICS,
        html.LOGIN,
        html.MISSING,
        page(""),
        page("<h1>Новости</h1><p>Скоро здесь будет много новостей.</p>"),
        page('<nav class="menu">' + each('<a href="/news/{n}11">{t}</a>') + "</nav>"),
        page(each('<a href="https://other.example/news/{n}11">{t}</a>')),
        page(each('<a href="/news/{n}11">Новость {n}</a>')),
    ],
)
def test_a_page_without_a_list_of_news_says_so(text: str) -> None:
    with pytest.raises(NotAFeed, match=r"name a selector in sources\.toml"):
        listed(text)


def test_an_article_with_links_to_others_is_no_list() -> None:
    with pytest.raises(NotAFeed):
        parse_list(html.ARTICLE.encode(), None, "https://gazeta.example/news/4711", ZONE)


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.html")), ids=lambda path: path.stem)
def test_golden_articles_are_no_lists(path: Path) -> None:
    about = tomllib.loads((GOLD / "expected.toml").read_text("utf-8"))[path.stem]
    if path.stem in LISTS:
        found = parse_list(path.read_bytes(), None, about["url"], about["zone"])
        assert len(found.entries) >= 10
    else:
        with pytest.raises(NotAFeed):
            parse_list(path.read_bytes(), None, about["url"], about["zone"])


@pytest.mark.parametrize("selector", ["td > a", "tr", "table", "a[href*=viewtopic] "])
def test_a_selector_names_links_or_what_holds_them(selector: str) -> None:
    entries = listed(html.FORUM, selector=selector).entries
    assert [entry.title for entry in entries] == list(HEADLINES)
    assert entries[0].published_at == datetime(2025, 10, 20, 3, 20, tzinfo=UTC)


def test_a_selector_may_lead_to_other_sites() -> None:
    text = page(each('<p class="x"><a href="https://other.example/{n}">{t}</a></p>'))
    assert len(listed(text, selector="p.x").entries) == len(HEADLINES)


@pytest.mark.parametrize(
    ("selector", "sentence"),
    [
        ("div[", "is not one of CSS"),
        ("a:nonsense(2)", "is not one of CSS"),
        (".absent a", "nothing on the page matches"),
        ("p", "holds no links"),
    ],
)
def test_what_is_wrong_with_a_selector_is_said(selector: str, sentence: str) -> None:
    with pytest.raises(NotAFeed, match=sentence):
        listed(page("<p>Текст</p>"), selector=selector)


def test_no_page_at_all() -> None:
    with pytest.raises(NotAFeed):
        parse_list(b"", None, URL, None)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*html.BITRIX.split(">"), "<a href='//[", "<td", "\0"]), max_size=80)
)
def test_torn_markup_is_a_list_or_none(pieces: list[str]) -> None:
    try:
        feed = listed(">".join(pieces))
    except NotAFeed:
        return
    assert all(entry.title and entry.url for entry in feed.entries)
