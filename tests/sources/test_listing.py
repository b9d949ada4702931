"""The sources file: what ships reads well, and each mistake is told by line and reason."""

from importlib.resources import files

import pytest

from bot.sources.listing import SourcesError, parse_sources

ONE = '[[source]]\nurl = "https://a.example/rss"\ntitle = "А"\n'


def test_what_ships_is_whole() -> None:
    shipped = (files("bot.sources") / "sources.toml").read_text(encoding="utf-8")
    sources = parse_sources(shipped, "sources.toml")
    assert len(sources) >= 10
    assert all(s.enabled and s.title and s.region and s.language and s.zone for s in sources)


def test_an_empty_file_means_none() -> None:
    assert parse_sources("# none\n", "my.toml") == []


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
        (ONE + 'colour = "red"\n', "unknown key 'colour'"),
    ],
)
def test_a_mistake_is_told_with_its_place(toml: str, says: str) -> None:
    with pytest.raises(SourcesError) as caught:
        parse_sources(toml, "my.toml")
    assert "my.toml" in str(caught.value)
    assert says in str(caught.value)
