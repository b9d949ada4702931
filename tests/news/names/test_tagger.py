"""The optional tagger: what it adds, and that without it nothing is imported."""

import subprocess
import sys

import pytest

from bot.news.names import entities, tagger
from bot.news.words.capitals import words
from storage.models import Entity, EntityKind

TEXT = "Спасателей ждали в Шарандуке и у перевала Кечкенбай."


def test_a_process_that_reads_no_text_loads_no_tagger() -> None:
    code = "import sys, bot.news.understanding; sys.exit('natasha' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=300).returncode == 0


@pytest.mark.skipif(tagger.is_installed(), reason="the extra `ner` is installed")
def test_without_the_extra_nothing_is_tagged() -> None:
    assert list(tagger.tagged(TEXT)) == []


@pytest.mark.parametrize(
    ("text", "first", "last", "kind", "found"),
    [
        ("сказал Жером Дюфло", 1, 3, EntityKind.PERSON, "Жером Дюфло"),
        ("слова тренера Шавката Юлдошева", 2, 4, EntityKind.PERSON, "Шавкат Юлдошев"),
        ("у перевала Кечкенбай", 2, 3, EntityKind.PLACE, "Кечкенбай"),
    ],
)
def test_what_it_takes_for_a_name_is_brought_to_the_nominative(
    text: str, first: int, last: int, kind: EntityKind, found: str
) -> None:
    assert tagger.entity(words(text), first, last, kind) == Entity(kind=kind, name=found)


@pytest.mark.parametrize(
    ("text", "first", "kind"),
    [
        ("на улице Кечкенбая", 2, EntityKind.PLACE),
        ("любит Весну", 1, EntityKind.PERSON),
        ("сказал Дюфло", 1, EntityKind.PERSON),
        ("Кечкенбай ждёт", 0, EntityKind.PLACE),
        ("в ГУ", 1, EntityKind.ORG),
    ],
)
def test_words_of_the_dictionary_streets_and_openings_are_not_believed(
    text: str, first: int, kind: EntityKind
) -> None:
    assert tagger.entity(words(text), first, first + 1, kind) is None


@pytest.mark.skipif(not tagger.is_installed(), reason="the extra `ner` is not installed: natasha")
def test_with_the_extra_a_name_is_found_that_no_rule_knows() -> None:
    found = entities.find(TEXT, "ru")
    assert Entity(kind=EntityKind.PLACE, name="Кечкенбай") in found
