"""Latin letters that stand for Cyrillic ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.words.lookalikes import cyrillic


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Кузбаcc", "Кузбасс"),
        ("рейс y Мiнск", "рейс y Мінск"),
        ("C мостa y Тoми cняли oгpaничeния", "С моста у Томи сняли ограничения"),
        ("SMSка, VIPы, iPhone и Wi-Fi", "SMSка, VIPы, iPhone и Wi-Fi"),
        ("a flight to Minsk", "a flight to Minsk"),
        ("Рейс S7 в 10:30", "Рейс S7 в 10:30"),
        ("", ""),
    ],
)
def test_a_cyrillic_word_has_no_latin_letters(typed: str, meant: str) -> None:
    assert cyrillic(typed) == meant


@given(st.text("aаcсiіыSГ .-'", max_size=40))
def test_what_is_mended_stays_as_long_and_as_it_is(text: str) -> None:
    once = cyrillic(text)
    assert len(once) == len(text)
    assert cyrillic(once) == once
