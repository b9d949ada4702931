"""Texts no editor would send, and those of other languages: sensible answers or empty ones."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from bot.news.understanding import Raw, understand
from storage.models import Understanding

TOPICS = (Path(__file__).parents[2] / "bot" / "news" / "topics" / "topics.toml").read_text("utf-8")
TITLE = "Из Кемерова открыли прямой рейс в Минск"
TEXT = "Авиакомпания будет летать дважды в неделю. Самолёты полетят из аэропорта с марта."
LOOKALIKES = str.maketrans("аеорсухАЕОРСУХВНКМТ", "aeopcyxAEOPCYXBHKMT")
POEM = "Над полем тихо падал снег,\nИ сад молчал, и клён дремал.\nИ шёл по полю человек."
TABLE = "Товар | Цена | Было\nХлеб | 45 | 44\nМолоко | 82 | 80\nЯйца | 118 | 115\nСахар | 70 | 72"


def one(title: str, text: str, said: str | None = None) -> Understanding:
    (found,) = understand([Raw(title, text, language=said)], TOPICS)
    return found


def slugs(found: Understanding) -> list[str]:
    return [topic.slug for topic in found.topics]


def test_a_title_in_capitals_is_set_as_a_sentence_and_found_as_before() -> None:
    loud, calm = one(TITLE.upper(), TEXT), one(TITLE, TEXT)
    assert loud.title == TITLE
    assert (loud.entities, loud.marks, loud.index_title) == (
        calm.entities,
        calm.marks,
        calm.index_title,
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.upper(),
        lambda text: text.lower(),
        lambda text: text.translate(LOOKALIKES),
        lambda text: "\u200b".join(text),
        lambda text: text.replace("о", "о\u0301"),
        lambda text: text.replace("а", "а\u00ad"),
        lambda text: text.replace(".", "").replace(",", ""),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: f"\u202e{text}\u202c",
        lambda text: " ✈️ ".join(text.split(" ")),
    ],
    ids=["capitals", "small", "lookalikes", "zero_width", "stress", "hyphens", "no_stop", "nbsp",
         "right_to_left", "emoji"],
)  # fmt: skip
def test_a_spoilt_text_is_about_the_same(spoil: Callable[[str], str]) -> None:
    found = one(spoil(TITLE), spoil(TEXT))
    assert found.language == "ru"
    assert slugs(found)[0] == "flights"


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Рейс", "", ["flights"]),
        ("😀", "✈️🔥" * 40, ["other"]),
        ("", "", ["other"]),
        ("", "https://example.org/snow/flight?c=d", ["other"]),
        ("Лотерея", "Тираж 512: 3, 7, 12, 18, 24, 31, 33, 40, 41, 44, 47.", ["other", "not_news"]),
        ("1 2 3", "\n".join(f"{n}\t{n * 3}\t{n * 7}" for n in range(60)), ["other", "not_news"]),
        ("Ла-ла", "Ла-ла, тра-ля-ля.\n" * 8, ["other"]),
    ],
)
def test_what_says_little_has_little_said_of_it(title: str, text: str, expected: list[str]) -> None:
    assert slugs(one(title, text)) == expected


@pytest.mark.parametrize(("title", "text"), [("Зима", POEM), ("Цены недели", TABLE)])
def test_poems_and_tables_are_understood_without_names_or_days(title: str, text: str) -> None:
    found = one(title, text)
    assert found.language == "ru"
    assert found.entities == ()
    assert 1 <= len(found.topics) <= 3


def test_names_are_read_through_lookalikes() -> None:
    found = one(TITLE.translate(LOOKALIKES), TEXT.translate(LOOKALIKES))
    assert {entity.name for entity in found.entities} >= {"Кемерово", "Минск"}


@pytest.mark.parametrize(
    ("title", "text", "said"),
    [
        ("Жаңа мектеп", "Қостанай облысында жаңа мектеп ашылды. Онда алты жүз оқушы оқиды.", "ru"),
        ("Nowy most", "W Białymstoku otwarto nowy most nad rzeką, mówi prezydent miasta.", "be"),
        ("Neue Brücke", "In Berlin wurde am Montag eine neue Brücke eröffnet, sagte er.", "en"),
        ("Мост", "Правителството обяви, че новият мост ще бъде открит през май във Варна.", None),
    ],
)
def test_another_language_is_stored_and_not_analysed(
    title: str, text: str, said: str | None
) -> None:
    long = f"{text} {text}"
    found = one(title, long, said)
    assert found.language is None
    assert slugs(found) == ["other"]
    assert (found.entities, found.facts, found.terms) == ((), (), {})
    assert (found.title, found.text, found.summary) == (title, long, found.summary[:2])
    assert all(sentence in long for sentence in found.summary)


PIECES = st.sampled_from(
    ["Рейс", "рейс ", "ЦЕНЫ", "…", "«", "»", "\n\n", "\u200b", "😀", "7:10, ", "№ 3", "Сатира. ",
     "Овен", "45 руб.", "Реклама\n", "İ", "ß", "ў", "і", "Қ", "the ", "a", "\ud800", "\x00", "\t|"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60), st.integers(0, 60))
@limits(max_examples=80, deadline=None)
def test_nothing_is_raised_by_any_heap_of_such_pieces(pieces: list[str], at: int) -> None:
    found = one("".join(pieces[:at]), "".join(pieces[at:]))
    assert found.topics
    assert all(0 < topic.score <= 1 for topic in found.topics)
    assert found.language in ("ru", "be", "uk", "en", None)
