"""The sources file: what ships reads well, and each mistake is told by line and reason."""

from importlib.resources import files

import pytest

from bot.sources.listing import SourcesError, parse_sources
from storage.models import SourceKind

ONE = '[[source]]\nurl = "https://a.example/rss"\ntitle = "А"\n'


def test_what_ships_is_whole() -> None:
    shipped = (files("bot.sources") / "sources.toml").read_text(encoding="utf-8")
    sources = parse_sources(shipped, "sources.toml")
    assert len(sources) >= 10
    assert all(s.enabled and s.title and s.region and s.language and s.zone for s in sources)


def test_an_empty_file_means_none() -> None:
    assert parse_sources("# none\n", "my.toml") == []


def test_every_kind_is_listed_by_its_address() -> None:
    toml = """
[[source]]
url = "https://a.example/news"
title = "Страница"
kind = "page"
selector = ".news > a"
[[source]]
url = "https://a.example/news.xml"
title = "Карта"
kind = "sitemap"
[[source]]
url = "@Vestnik_42"
title = "Канал"
[[source]]
url = "t.me/s/Vestnik_43"
title = "Ещё канал"
kind = "channel"
[[source]]
url = "folder:/srv/news"
title = "Папка"
[[source]]
url = "/srv/more/"
title = "Ещё папка"
kind = "folder"
"""
    sources = parse_sources(toml, "my.toml")
    assert [(source.kind, source.url) for source in sources] == [
        (SourceKind.PAGE, "https://a.example/news"),
        (SourceKind.SITEMAP, "https://a.example/news.xml"),
        (SourceKind.CHANNEL, "https://t.me/s/vestnik_42"),
        (SourceKind.CHANNEL, "https://t.me/s/vestnik_43"),
        (SourceKind.FOLDER, "folder:/srv/news"),
        (SourceKind.FOLDER, "folder:/srv/more"),
    ]
    assert [source.selector for source in sources] == [".news > a"] + [None] * 5


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[[source]\n", "line 1"),
        ("[source]\nurl='x'\n", "two brackets"),
        ("[[feed]]\nurl='x'\n", "'feed'"),
        (ONE + "\n" + ONE, "line 5: https://a.example/rss is there twice"),
        ('\n[[source]]\nurl = "https://a.example"\n', "line 2: a source needs title"),
        ('[[source]]\nurl = "ftp://a"\ntitle = "А"\n', "https://"),
        (ONE + 'zone = "Asia/Kuzbass"\n', "Asia/Kuzbass"),
        (ONE + "enabled = 1\n", "true or false"),
        (ONE + 'kind = "blog"\n', "unknown kind 'blog'; there are feed, page, sitemap"),
        (ONE + 'kind = "import"\n', "unknown kind 'import'"),
        (ONE + 'kind = "channel"\n', "line 1: url must be a Telegram channel"),
        ('[[source]]\nurl = "@abcd"\ntitle = "А"\nkind = "feed"\n', "Telegram channel"),
        ('[[source]]\nurl = "t.me/+AAAA"\ntitle = "А"\n', "line 1: t.me/+AAAA is an invitation"),
        ('[[source]]\nurl = "news"\ntitle = "А"\nkind = "folder"\n', "whole path"),
        (ONE + 'selector = "a"\n', 'write kind = "page" too'),
        (ONE + 'kind = "page"\nselector = "a["\n', "selector is not CSS"),
        (ONE + "kind = 5\n", "kind must be text in quotes"),
        (ONE + 'colour = "red"\n', "unknown key 'colour'"),
    ],
)
def test_a_mistake_is_told_with_its_place(toml: str, says: str) -> None:
    with pytest.raises(SourcesError) as caught:
        parse_sources(toml, "my.toml")
    assert "my.toml" in str(caught.value)
    assert says in str(caught.value)
