"""The gallery shows every kind of message: each scene can be played, and none is forgotten."""

import inspect
import pkgutil
import sys
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import bot.telegram
from bench.gallery.newsroom import print_news
from bench.gallery.scene import Scene
from bench.gallery.scenes import THEMES
from bench.gallery.stage import stage
from bot.telegram.writing.texts import LANGUAGES
from storage.models import Post

HERE = Path(__file__).parent.parent / "docs" / "gallery"
SCENES = [scene for theme in THEMES.values() for scene in theme]
MOST_BYTES = 6_000_000
TOOLS = {"posts", "amending"}  # modules that make posts of what others have drawn


def drawers() -> dict[str, Any]:
    """Every public function that draws a message of its own."""
    found: dict[str, Any] = {}
    for module in pkgutil.walk_packages(bot.telegram.__path__, "bot.telegram."):
        if module.name.startswith("bot.telegram.handlers."):
            continue  # they say what these have drawn
        loaded = import_module(module.name)
        place = module.name.rpartition(".")[2]
        for name, one in inspect.getmembers(loaded, inspect.isfunction):
            own = one.__module__ == loaded.__name__ and place not in TOOLS
            if own and name[0] != "_" and one.__annotations__.get("return") is Post:
                found[f"{place}.{name}"] = one
    return found


def note_calls(of: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Which of these functions will have been called, whoever has imported them."""
    called: set[str] = set()

    def noting(name: str, function: Any) -> Any:
        @wraps(function)
        def noted(*args: Any, **kwargs: Any) -> Any:
            called.add(name)
            return function(*args, **kwargs)

        return noted

    instead = {function: noting(name, function) for name, function in of.items()}
    for module in [m for name, m in sys.modules.items() if name.startswith("bot.telegram")]:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function in instead:
                monkeypatch.setattr(module, name, instead[function])
    return called


async def play(scene: Scene, printed: Path, folder: Path, language: str) -> bool:
    """Whether the bot said something."""
    at = stage(printed, folder, language, known=scene.known, admin=scene.admin)
    async with at as played:
        await scene.play(played)
        ours = played.box.bot["id"]
        said = [m.get("via_bot") or m.get("from") or {"id": ours} for m in played.messages]
        return any(author["id"] == ours for author in said)


async def test_every_scene_plays_and_all_that_is_drawn_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed, wanted = tmp_path / "news.db", drawers()
    called = note_calls(wanted, monkeypatch)
    await print_news(printed)
    silent = [one.name for one in SCENES if not await play(one, printed, tmp_path, "ru")]
    assert silent == []
    assert wanted.keys() - called == set(), "add a scene to bench/gallery/scenes"


def test_every_scene_has_its_picture_in_each_language() -> None:
    there = {path.relative_to(HERE).as_posix() for path in HERE.rglob("*.png")}
    assert there == {f"{code}/{one.name}.png" for one in SCENES for code in LANGUAGES}
    assert sum(path.stat().st_size for path in HERE.rglob("*.png")) < MOST_BYTES


def test_the_index_shows_each_picture() -> None:
    index = (HERE / "README.md").read_text(encoding="utf-8")
    for scene in SCENES:
        assert all(f'src="{code}/{scene.name}.png"' in index for code in LANGUAGES)


def test_no_two_scenes_share_a_name() -> None:
    names = [scene.name for scene in SCENES]
    assert len(names) == len({*names})
