"""Places: districts and waters, rows of towns, villages nobody listed, crossings in quotes."""

import pytest

from bot.news.names.entities import find
from storage.models import EntityKind


def places(text: str, language: str | None = "ru") -> list[str]:
    return [one.name for one in find(text, language) if one.kind is EntityKind.PLACE]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("рыбаки Красного озера", "ru", ["Красное озеро"]),
        ("у Мядзельскім раёне", "be", ["Мядзельскі раён"]),
        ("жыхары Гродзенскай вобласці", "be", ["Гродзенская вобласць"]),
        ("поезд остановится в Ивацевичах, Берёзе и Мостах", "ru",
         ["Ивацевичи", "Берёза", "Мосты"]),
        ("выступят в Брусовянске", "ru", ["Брусовянск"]),
        ("житель Кочкурлуковки нашёл", "ru", ["Кочкурлуковка"]),
        ("уехали в Томск и Эстербург", "ru", ["Томск", "Эстербург"]),
        ("пункт пропуска «Брузги» закрыт", "ru", ["Брузги"]),
        ("жительница Лиды выиграла", "ru", ["Лида"]),
        ("тропа к водопаду Сага", "ru", ["Сага"]),
        ("толчки в провинции Битлис", "ru", ["Битлис"]),
        ("workers of Hrodna went to Gomel", "en", ["Hrodna", "Gomel"]),
        ("flights to Novosibirsk and China's south", "en", ["Novosibirsk", "China"]),
    ],
)  # fmt: skip
def test_a_place_is_known_by_what_stands_around(text: str, language: str, found: list[str]) -> None:
    assert places(text, language) == found


@pytest.mark.parametrize(
    "text",
    [
        "выставка «Уголь России» открылась",
        "по закону Ома ток растёт",
        "изучали закон Ома и эффект Доплера",
        "Красное озеро было спущено",
        "Берёза упала на дорогу",
        "вернули корпус с. На предприятии ждут проверку",
    ],
)
def test_what_only_looks_like_a_place_is_none(text: str) -> None:
    assert places(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Дело возбуждено по статье 162 УК РФ.",
        "Сообщили в Кузбасском территориальном управлении.",
        "Во двор въехала «Нива».",
    ],
)
def test_what_only_sounds_like_a_place_is_none(text: str) -> None:
    assert places(text) == []
