"""A folder of files: what is new or changed in it, each file costing only itself."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sources import folders
from bot.sources.errors import NotASource
from bot.sources.folders import FolderPart, read_folder

LATER = datetime.max.replace(tzinfo=UTC)  # every file has settled by then
RSS = """<rss version="2.0"><channel><title>Вестник</title>
<item><guid>g1</guid><title>Один</title><description>Первый текст</description></item>
<item><guid>g2</guid><title>Два</title><description>Второй текст</description></item>
</channel></rss>"""


def read(path: Path, **more: Any) -> FolderPart:
    return read_folder(str(path), more.pop("now", LATER), **more)


def keys(part: FolderPart) -> list[str]:
    return [item.entry.key for item in part.items]


def known(part: FolderPart) -> dict[str, str]:
    return {item.entry.key: item.entry.version for item in part.items}


def news(part: FolderPart, before: FolderPart) -> list[str]:
    """Keys of texts that are new, or another version."""
    return [key for key, version in known(part).items() if known(before).get(key) != version]


def test_files_are_entries_known_by_their_path(tmp_path: Path) -> None:
    (tmp_path / "2026").mkdir()
    (tmp_path / "2026" / "мост.txt").write_text("Мост открыт\n\nДвижение пустили.")
    (tmp_path / "a.md").write_text("Снег выпал")
    (tmp_path / "notes.xlsx").write_text("not ours")
    (tmp_path / ".hidden.txt").write_text("not meant")
    part = read(tmp_path)
    assert keys(part) == ["2026/мост.txt", "a.md"]
    assert part.items[0].text == part.items[0].entry.html == "Мост открыт\n\nДвижение пустили."
    assert (part.failures, part.more) == ((), None)


def test_texts_of_one_file_are_known_by_their_own_keys(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(RSS)
    (tmp_path / "b.json").write_text(
        json.dumps([{"title": "т", "text": "x", "url": "https://v/1"}])
    )
    first = read(tmp_path)
    assert keys(first) == ["a.xml#g1", "a.xml#g2", "b.json"]
    newer = "<item><guid>g3</guid><title>Три</title><description>Третий</description></item>"
    (tmp_path / "a.xml").write_text(RSS.replace("<item>", f"{newer}<item>", 1))
    assert news(read(tmp_path), first) == ["a.xml#g3"]


def test_only_a_text_that_changed_is_another_version(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Текст {name}")
    first = read(tmp_path)
    assert news(read(tmp_path), first) == []
    (tmp_path / "a.txt").write_text("Текст исправлен")
    (tmp_path / "b.txt").unlink()
    assert news(read(tmp_path), first) == ["a.txt"]


def test_an_edited_page_is_another_version(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    text = (
        "<p>Сегодня утром в городе открыли новый мост через реку, движение по нему пустили сразу "
        "в обе стороны, первыми прошли автобусы.</p><p>Строили его три года: старый закрыли весной "
        "после обследования, объезд занимал у водителей до сорока минут.</p>"
    )
    html = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>{1}</article></body>"
    page.write_text(html.format("Мост открыт", text))
    first = read(tmp_path)
    page.write_text(html.format("Мост открыт", text + text.replace("Сегодня", "Вчера")))
    assert known(first).keys() == known(read(tmp_path)).keys() == {"a.html"}
    assert known(first) != known(read(tmp_path))


def test_a_file_that_is_being_written_waits(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Половина")
    written = datetime.fromtimestamp(file.stat().st_ctime, UTC)
    assert keys(read(tmp_path, now=written + timedelta(seconds=1))) == []
    assert keys(read(tmp_path, now=written + timedelta(seconds=3))) == ["a.txt"]


def test_what_has_not_changed_for_long_is_not_even_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Старое")
    written = datetime.fromtimestamp(file.stat().st_ctime, UTC)
    assert keys(read(tmp_path, since=written + timedelta(days=1))) == []
    assert keys(read(tmp_path, since=written)) == ["a.txt"]


def test_a_bad_file_costs_only_itself_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Хорошо")
    (tmp_path / "b.json").write_text("{")
    (tmp_path / "c.txt").write_text("   ")
    part = read(tmp_path)
    assert keys(part) == ["a.txt"]
    assert len(part.failures) == 2
    assert "b.json" in part.failures[0]
    assert "c.txt holds no text" in part.failures[1]


def test_links_do_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("Чужое")
    (inside / "own.txt").write_text("Своё")
    (inside / "file.txt").symlink_to(outside / "secret.txt")
    (inside / "dir").symlink_to(outside)
    (inside / "gone.txt").symlink_to(inside / "none.txt")
    (inside / "alias.txt").symlink_to(inside / "own.txt")
    os.mkfifo(inside / "pipe.txt")
    assert keys(read(inside)) == ["alias.txt", "own.txt"]


def test_a_large_folder_comes_in_parts(tmp_path: Path, monkeypatch: Any) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Текст {number}")
    monkeypatch.setattr(folders, "FILES", 2)
    monkeypatch.setattr(folders, "MAX_FILES", 4)
    first = read(tmp_path)
    assert (keys(first), first.more) == (["0.txt", "1.txt"], 2)
    assert "more than 4 files" in first.failures[0]
    second = read(tmp_path, start=2)
    assert (keys(second), second.more, second.failures) == (["2.txt", "3.txt"], None, ())


def test_what_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    for name, says in [("none", "is not there"), ("a.txt", "is a file")]:
        with pytest.raises(NotASource, match=says):
            read(tmp_path / name)
