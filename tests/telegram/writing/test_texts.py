"""Every language says the same things with the same values, and no text is missing or idle."""

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast, visitor

import bot.telegram
from bot.telegram.writing.texts import LANGUAGES, MissingText, Texts, locale_files

HERE = Path(bot.telegram.__file__).parent


class Variables(visitor.Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.found.add(node.id.name)


def messages(language: str) -> dict[tuple[str, str], set[str]]:
    """(file, key) → its variables; fails on junk and on a key given twice."""
    found: dict[tuple[str, str], set[str]] = {}
    keys: set[str] = set()
    for file in locale_files(language):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ast.Junk), (language, file.name, entry.content)
            if isinstance(entry, ast.Message):
                assert entry.id.name not in keys, f"{entry.id.name} twice in {language}"
                keys.add(entry.id.name)
                seen = Variables()
                seen.visit(entry)
                found[file.name, entry.id.name] = seen.found
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_and_variables(language: str) -> None:
    assert messages(language) == messages("ru")


def code_in(folder: Path) -> str:
    code = "\n".join(p.read_text(encoding="utf-8") for p in folder.rglob("*.py"))
    return re.sub(r'"""[^"]*"""', "", code).replace("'", '"')


def test_every_key_is_used_and_every_used_key_exists() -> None:
    keys = {key for _, key in messages("ru")}
    product = code_in(HERE.parent)
    for key in keys:
        family = key.rpartition("-")[0] + "-"
        assert f'"{key}"' in product or f'f"{family}{{' in product, f"nobody says {key}"
    asked = r'(?:\btext\(\s*|name=)"([a-z-]+)"(?: if [^"]* else "([a-z-]+)")?'
    for found in re.findall(asked, code_in(HERE)):
        for key in filter(lambda k: "-" in k, found):
            assert key in keys, f"no text {key}"


def test_russian_and_belarusian_count_as_people_do() -> None:
    texts = Texts()
    ru = [texts.get("ru")("when-hours", n=n) for n in (1, 2, 5, 11, 21)]
    assert ru == [
        "час назад",
        "2 часа назад",
        "5 часов назад",
        "11 часов назад",
        "21 час назад",
    ]
    be = [texts.get("be")("when-minutes", n=n) for n in (1, 3, 12)]
    assert be == ["хвіліну таму", "3 хвіліны таму", "12 хвілін таму"]


def test_belarusian_has_a_short_u_behind_vowels_and_nowhere_else() -> None:
    said = "\n".join(file.read_text("utf-8") for file in locale_files("be"))
    assert re.findall(r"(?i)[аеёіоуыэюя] у\w* ?\w*", said) == []
    assert re.findall(r"(?i)(?:[бвгджзйклмнпрстфхцчшь]|[—:.,!?»)]|^|=) ?\bў\w*", said) == []


@pytest.mark.parametrize(
    ("language", "foreign"),
    [("ru", "[іўґ]|[\"'“]"), ("be", "[ищъ]|[\"'“]"), ("en", "[\"'«»]|[а-яё]{2}")],
)
def test_each_language_keeps_to_its_own_letters_and_quotes(language: str, foreign: str) -> None:
    for file in locale_files(language):
        lines = file.read_text("utf-8").splitlines()
        said = [line for line in lines if not line.startswith("#")]
        assert [line for line in said if re.search(foreign, line, re.I)] == []


def test_an_unknown_language_is_answered_in_the_default_one() -> None:
    texts = Texts(default="be")
    assert [texts.get(c).language for c in ("kk", None, "en-GB", "RU")] == ["be", "be", "en", "ru"]


def test_a_missing_key_or_value_is_an_error() -> None:
    text = Texts().get("ru")
    with pytest.raises(MissingText, match="no-such"):
        text("no-such")
    with pytest.raises(MissingText, match="n"):
        text("when-hours")


def test_values_arrive_as_they_are_without_isolating_marks() -> None:
    said = Texts().get("ru")("quoted", words="<b>\u202e «x»")
    assert said == "«<b>\u202e «x»»"
