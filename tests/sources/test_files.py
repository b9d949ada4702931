"""Files and folders to pieces of news."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sources.errors import BadFile
from bot.sources.files import find_files, read_file

TEXT = "×\n\nНовый мост открыли\n\nДвижение по мосту начали в полдень."
LONG = "Движение по мосту начали в полдень, первой проехала колонна городских автобусов. " * 3


def write(path: Path, content: str | bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_a_text_is_read_in_any_charset(tmp_path: Path, charset: str) -> None:
    (item,) = read_file(write(tmp_path / "a.txt", TEXT.replace("×", "").encode(charset)))
    assert "Новый мост открыли" in item.text
    assert item.entry.title == ""  # which line it is, cleaning decides


def test_the_same_text_has_the_same_key(tmp_path: Path) -> None:
    one, two = (read_file(write(tmp_path / name, TEXT))[0] for name in ("a.txt", "b.txt"))
    assert one.entry.key == two.entry.key


def test_a_page_is_one_article(tmp_path: Path) -> None:
    html = f"<html><body><article><h1>Мост</h1><p>{LONG}</p><p>{LONG}</p></article></body></html>"
    (item,) = read_file(write(tmp_path / "a.html", html))
    assert item.entry.title == "Мост"
    assert item.text.startswith("Движение по мосту")


def test_a_feed_is_all_its_entries(tmp_path: Path) -> None:
    items = "".join(
        f"<item><title>Н{i}</title><link>https://v.example/{i}</link></item>" for i in range(3)
    )
    found = read_file(
        write(tmp_path / "a.xml", f"<rss><channel><title>Вестник</title>{items}</channel></rss>")
    )
    assert [item.entry.title for item in found] == ["Н0", "Н1", "Н2"]
    assert {item.source for item in found} == {"Вестник"}


def test_a_long_feed_is_all_its_entries_too(tmp_path: Path) -> None:
    items = "".join(f"<item><title>Н{i}</title><guid>{i}</guid></item>" for i in range(2005))
    found = read_file(write(tmp_path / "a.xml", f"<rss><channel>{items}</channel></rss>"))
    assert [item.entry.key for item in found] == [str(i) for i in range(2005)]


def test_json_is_articles_as_latest_prints_them(tmp_path: Path) -> None:
    article = {
        "id": 1,
        "title": "Мост",
        "url": "https://v.example/1",
        "source": "Вестник",
        "author": None,
        "published_at": "2026-11-17T10:00:00+03:00",
        "language": "ru",
        "topics": [{"slug": "transport", "score": 1}],
        "text": "Первый абзац.\n\nВторой абзац.",
    }
    for content in (article, [article]):
        (item,) = read_file(write(tmp_path / "a.json", json.dumps(content)))
        assert (item.entry.title, item.source, item.entry.author) == ("Мост", "Вестник", None)
        assert item.entry.published_at == datetime(2026, 11, 17, 7, 0, tzinfo=UTC)
        assert item.text == "Первый абзац.\n\nВторой абзац."


def test_a_json_feed_is_all_its_entries(tmp_path: Path) -> None:
    feed = {"title": "Вестник", "items": [{"id": "1", "title": "Мост", "content_text": "Текст."}]}
    (item,) = read_file(write(tmp_path / "a.json", json.dumps(feed)))
    assert (item.entry.key, item.source, item.text) == ("1", "Вестник", "Текст.")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", " \n", "holds no text"),
        ("a.json", "{", "not JSON"),
        ("a.json", "[1]", "articles are objects"),
        ("a.json", "{}", "neither title nor text"),
        ("a.json", "[" * 100_000, "not JSON"),
        ("a.html", "<p>нет</p>", "no article"),
        ("a.xml", "<html></html>", "a web page, not a feed"),
    ],
)
def test_a_bad_file_is_told_in_a_sentence(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    path = write(tmp_path / name, content)
    with pytest.raises(BadFile, match=said) as caught:
        read_file(path)
    assert path in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read: no such file"):
        read_file(f"{tmp_path}/none.txt")


def test_a_folder_is_its_files_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/a.XML", "picture.png", "c.json"):
        write(tmp_path / name, "x")
    found = [str(Path(path).relative_to(tmp_path)) for path in find_files(str(tmp_path))]
    assert found == ["a/a.XML", "a/z.html", "b.txt", "c.json"]
    assert find_files("none.txt") == ["none.txt"]
