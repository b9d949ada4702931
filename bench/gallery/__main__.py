"""`make gallery`, or `python -m bench.gallery [SCENE…]`: docs/gallery is drawn anew."""

import asyncio
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from bench.gallery.newsroom import print_news
from bench.gallery.pictures import browser, picture
from bench.gallery.scenes import THEMES
from bench.gallery.stage import stage
from bot.telegram.writing.texts import LANGUAGES

FOLDER = Path("docs/gallery")
HEAD = """\
# What the bot sends

Every kind of message in the bot's three languages, as the sandbox's chat page draws it on a phone.
The news are the samples of the sandbox. `make gallery` draws all of it anew.
"""


def index() -> str:
    """The page that shows all pictures, by theme."""
    lines = [HEAD]
    for theme, scenes in THEMES.items():
        lines.append(f"## {theme}\n")
        for scene in scenes:
            shown = " ".join(
                f'<img src="{code}/{scene.name}.png" width="270" alt="{scene.words} ({code})">'
                for code in LANGUAGES
            )
            lines.append(f"### {scene.name}\n\n{scene.words}\n\n{shown}\n")
    return "\n".join(lines)


async def draw(only: Collection[str]) -> int:
    """Draw these scenes, or all of them; how many bytes the pictures have."""
    size = 0
    with tempfile.TemporaryDirectory() as work:
        printed = Path(work) / "news.db"
        await print_news(printed)
        async with browser() as chromium:
            for scene in (one for theme in THEMES.values() for one in theme):
                if only and scene.name not in only:
                    continue
                for code in LANGUAGES:
                    where = stage(printed, Path(work), code, known=scene.known, admin=scene.admin)
                    async with where as played:
                        await scene.play(played)
                        png = await picture(chromium, played)
                    (FOLDER / code).mkdir(parents=True, exist_ok=True)
                    (FOLDER / code / f"{scene.name}.png").write_bytes(png)
                    size += len(png)
                print(scene.name, flush=True)
    return size


def main() -> None:
    size = asyncio.run(draw(sys.argv[1:]))
    (FOLDER / "README.md").write_text(index(), encoding="utf-8")
    print(f"{size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
