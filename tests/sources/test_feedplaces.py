"""What a page gives away of its feed."""

import pytest

from bot.sources.feedplaces import find_places


def test_feeds_of_comments_and_sections_come_last() -> None:
    page = (
        b'<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        b'<link rel="alternate" type="application/rss+xml" href="/category/sport/feed/">'
        b'<link rel="ALTERNATE home" type="application/atom+xml" href="/atom">'
        b'<link rel="alternate" type="text/html" href="/en">'
        b'<link rel="alternate" type="application/rss+xml" href="javascript:x">'
    )
    assert find_places(page, None, "https://g.example/").feeds == (
        "https://g.example/atom",
        "https://g.example/category/sport/feed/",
        "https://g.example/comments/feed/",
    )


def test_links_to_feeds_of_the_same_site_are_seen() -> None:
    page = b"""<a href="/feedback">a</a><a href="/export/rss2/index.xml">b</a>
    <a href="https://other.example/rss">c</a><a href="/grass">d</a><a href="?format=feed">e</a>"""
    assert find_places(page, None, "https://www.g.example/").feeds == (
        "https://www.g.example/export/rss2/index.xml",
        "https://www.g.example/?format=feed",
    )


def test_usual_places_are_told_for_any_page() -> None:
    usual = find_places(b"<p>x</p>", None, "https://g.example/news/").usual
    assert usual[0] == "https://g.example/feed/"
    assert len(usual) == len(set(usual))
    bitrix = find_places(b"<script src=/bitrix/js/x.js></script>", None, "https://g.example/")
    assert bitrix.usual[0] == "https://g.example/rss/"
    assert find_places(b"", None, "https://g.example/").usual == ()


FORM = "<form><input name=l><input name=p type=password></form>"


@pytest.mark.parametrize(
    ("page", "path", "login"),
    [
        (f"<title>Вход в личный кабинет</title>{FORM}", "/", True),
        (f"<title>Газета</title>{FORM}", "/auth/", True),
        (f"<title>Газета</title>{FORM}", "/x", True),
        (f"<title>Газета</title>{FORM}" + "<a href=/1>Новость</a>" * 40, "/", False),
        ("<title>Вход в метро закрыт</title>", "/", False),
        (f"<title>Вход</title>{FORM}<a href=/rss>RSS</a>", "/", False),
    ],
)  # fmt: skip
def test_a_door_is_told_from_a_page_with_one(page: str, path: str, login: bool) -> None:
    assert find_places(page.encode(), None, f"https://g.example{path}").login is login
