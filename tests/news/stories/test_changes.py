"""What is new of a story: sentences that say what nobody wrote before, numbers, sources."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.stories.changes import LONGEST, MOST, change
from storage.models import Article

FIRE = (
    "В Кемерове загорелся склад на улице Тухачевского. Площадь пожара составила 300 квадратных "
    "метров. На месте работают спасатели."
)


def article(text: str, *, source: int = 1, language: str = "ru", summary: str = "") -> Article:
    at = datetime(2026, 11, 20, 8, tzinfo=UTC)
    return Article(
        id=source,
        source_id=source,
        source=f"Вести {source}",
        sample=False,
        url=None,
        title="Пожар на складе в Кемерове",
        text=text,
        headings=(),
        author=None,
        photo_credit=None,
        dateline=None,
        image_url=None,
        language=language,
        published_at=at,
        seen_at=at,
        dated=True,
        topics=(),
        entities=(),
        story_id=1,
        summary=(summary,) if summary else (),
    )


def test_a_new_number_makes_a_sentence_new() -> None:
    later = "Площадь пожара на складе выросла до 900 квадратных метров."
    found = change([article(FIRE)], [article(f"{FIRE} {later}")])
    assert (found.sentences, found.numbers, found.sources) == ((later,), ("900",), 0)
    assert not found.grows


def test_a_new_name_makes_a_sentence_new() -> None:
    later = "На склад приехал губернатор Илья Середюк и открыл штаб."
    assert change([article(FIRE)], [article(later)]).sentences == (later,)


def test_other_words_for_the_same_are_nothing_new() -> None:
    again = "Склад загорелся в Кемерове на Тухачевского, площадь пожара 300 квадратных метров."
    found = change([article(FIRE)], [article(again, source=2)])
    assert found.sentences == ()
    assert found.sources == 1
    assert found.grows


def test_what_nobody_spoke_of_is_new_without_numbers() -> None:
    later = "Следователи задержали владельца компании, хранившей там краску и растворители."
    assert change([article(FIRE)], [article(later)]).sentences == (later,)


def test_a_reprint_by_a_source_that_had_it_is_no_change() -> None:
    found = change([article(FIRE)], [article(FIRE)])
    assert (found.sentences, found.sources, found.grows) == ((), 0, False)


def test_two_that_tell_the_same_new_thing_are_told_once() -> None:
    first = "Площадь пожара на складе выросла до 900 квадратных метров."
    second = "До 900 квадратных метров выросла площадь пожара на складе в Кемерове."
    found = change([article(FIRE)], [article(first), article(second, source=2)])
    assert len(found.sentences) == 1


def test_what_the_summary_says_goes_before_the_rest() -> None:
    said = [f"Спасатель номер {n} вынес из огня {n} баллонов." for n in range(11, 20)]
    main = "Огонь потушили к 18 часам, никто не пострадал."
    found = change([article(FIRE)], [article(" ".join([*said, main]), summary=main)])
    assert main in found.sentences


def test_a_translation_is_no_change() -> None:
    told = "У Кемераве загарэўся склад, плошча пажару 900 квадратных метраў."
    assert change([article(FIRE)], [article(told, source=2, language="be")]).sentences == ()


@pytest.mark.parametrize("said", ["Он рассказал о 45 ранах.", "Сколько их, 78 или 79?"])
def test_what_cannot_stand_alone_is_not_told(said: str) -> None:
    assert change([article(FIRE)], [article(said)]).sentences == ()


TEXTS = st.text(alphabet="абвгдежзАБВ019.,!? \n", max_size=300)


@given(TEXTS, st.lists(TEXTS, max_size=4))
def test_new_sentences_are_of_the_texts_and_few(before: str, after: list[str]) -> None:
    found = change([article(before)], [article(one, source=n) for n, one in enumerate(after, 1)])
    assert len(found.sentences) <= MOST
    assert all(len(sentence) <= LONGEST for sentence in found.sentences)
    assert all(any(number in sentence for sentence in found.sentences) for number in found.numbers)
    assert change([article(before)], [article(before)]).sentences == ()
