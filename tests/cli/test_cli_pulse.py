"""`svodka pulse`: the week in numbers, and drawn."""

from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image


def test_the_week_is_printed_by_day_and_by_topic(library: Any) -> None:
    said = library("pulse").out.splitlines()
    assert len(said) > 8
    assert date.fromisoformat(said[0].split()[0]) < date.fromisoformat(said[6].split()[0])
    week = library("pulse", "--json").json
    assert len(week["days"]) == len(week["stories"]) == 7
    assert week["total"] == sum(week["stories"]) > 0
    assert said[8].split()[:2] == ["all", str(week["total"])]
    assert {"slug", "stories", "total", "before"} == set(week["topics"][0])


def test_the_week_is_drawn_by_day_and_by_night(library: Any, tmp_path: Path) -> None:
    light, dark = tmp_path / "light.png", tmp_path / "dark.png"
    assert library("pulse", "--out", str(light)).status == 0
    assert library("pulse", "--dark", "--out", str(dark)).status == 0
    corners = [Image.open(path).getpixel((1, 1)) for path in (light, dark)]
    assert corners == [(255, 255, 255), (23, 33, 43)]


def test_a_picture_that_cannot_be_written_is_said(library: Any, tmp_path: Path) -> None:
    said = library("pulse", "--out", str(tmp_path / "none" / "x.png"))
    assert said.status == 1
    assert "cannot be written" in said.err
