"""Russian places in Latin letters."""

import pytest

from bot.news.words.romanising import romanised


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Ленинск-Кузнецкий", "Leninsk-Kuznetsky"),
        ("Полысаево", "Polysayevo"),
        ("Елыкаево", "Yelykayevo"),
        ("Яшкино", "Yashkino"),
        ("Щучин", "Shchuchin"),
        ("Усть-Кабырза", "Ust-Kabyrza"),
    ],
)
def test_a_name_is_written_as_english_papers_do(name: str, latin: str) -> None:
    assert romanised(name) == latin
