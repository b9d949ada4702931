"""Pages with gold text: our own folder, and a copy of scrapinghub's benchmark as it is."""

import gzip
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

OURS = Path(__file__).parent.parent / "tests" / "golden" / "pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One page. `text` is None when nothing may come of it."""

    name: str
    body: bytes
    url: str
    zone: str | None = None
    content_type: str = "text/html; charset=utf-8"
    title: str | None = None
    text: str | None = None
    # author, date, picture, canonical: what is right, of several any; "" where there is none.
    about: Mapping[str, str | list[str]] = field(default_factory=dict)


def read(folder: Path, half: str | None) -> list[Gold]:
    """The pages of a folder in either layout; `half` (tune, report) is for ours only."""
    if (folder / "ground-truth.json").exists():
        return _scrapinghub(folder)
    expected = tomllib.loads((folder / "expected.toml").read_text("utf-8"))
    halves = tomllib.loads((folder / "split.toml").read_text("utf-8"))
    names = halves[half] if half else [name for part in halves.values() for name in part]
    return [_ours(folder, name, expected[name]) for name in sorted(names)]


def _ours(folder: Path, name: str, expected: Mapping[str, str]) -> Gold:
    title = text = None
    if not expected.get("nothing"):
        title, _, text = (folder / f"{name}.txt").read_text("utf-8").partition("\n\n")
    return Gold(
        name=name,
        body=(folder / f"{name}.html").read_bytes(),
        url=expected["url"],
        zone=expected["zone"],
        content_type=expected.get("content_type", "text/html; charset=utf-8"),
        title=title,
        text=text,
        about={
            key: expected[key]
            for key in ("author", "date", "picture", "canonical")
            if key in expected
        },
    )


def _scrapinghub(folder: Path) -> list[Gold]:
    """The layout of scrapinghub/article-extraction-benchmark: UTF-8 pages, gzipped."""
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    return [
        Gold(
            name=name,
            body=gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()),
            url=page.get("url") or "https://page.example/",
            text=page["articleBody"],
        )
        for name, page in sorted(truth.items())
    ]
