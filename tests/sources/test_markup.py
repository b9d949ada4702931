"""Markup to plain text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.markup import MAX_TEXT, one_line, to_text


def test_blocks_are_paragraphs_and_headings_are_known() -> None:
    text = to_text(
        "<p>Первый <b>абзац</b>.</p><h2>Глава</h2>Хвост<br><br>и ещё<ul><li>пункт</li></ul>"
    )
    assert text.text == "Первый абзац.\n\nГлава\n\nХвост\n\nи ещё\n\nпункт"
    assert text.headings == ("Глава",)


def test_plain_text_keeps_its_paragraphs() -> None:
    assert (
        to_text("Раз &amp; два\nтри\n\n\n\nчетыре 5 < 6").text == "Раз & два\nтри\n\nчетыре 5 < 6"
    )


def test_line_ends_of_the_source_are_spaces() -> None:
    assert to_text("<p>раз\nдва</p>\n\n<p>три</p>").text == "раз два\n\nтри"


def test_markup_escaped_twice_is_still_markup() -> None:
    text = to_text("&lt;p&gt;Газета &amp;laquo;Вестник&amp;raquo;&lt;/p&gt;&lt;p&gt;два&lt;/p&gt;")
    assert text.text == "Газета «Вестник»\n\nдва"


@pytest.mark.parametrize("tag", ["script", "style", "figure", "noscript", "iframe", "form><select"])
def test_what_is_no_text_is_left_out(tag: str) -> None:
    assert to_text(f"<p>раз</p><{tag}>шум</{tag.split('>')[0]}><p>два</p>").text == "раз\n\nдва"


def test_invisible_characters_are_dropped() -> None:
    assert one_line("\u202eКу\u200bзб\u00adасс\ufeff\x00") == "Кузбасс"
    assert to_text("<p>Ку\u00adзб\u200bасс</p>").text == "Кузбасс"


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Рейс &laquo;Минск&raquo;", "Рейс «Минск»"),
        ("Уголь &amp;amp; сталь", "Уголь & сталь"),
        ("<b>Жирно</b> и «ровно»", "Жирно и «ровно»"),
        ("&lt;b&gt;Жирно&lt;/b&gt;", "Жирно"),
        ("5 < 6, 7 > 3", "5 < 6, 7 > 3"),
        ("две\n строки", "две строки"),
        ('Слово "в кавычках"', 'Слово "в кавычках"'),
        ("😀" * 4096, "😀" * 1000),
    ],
)
def test_titles_are_one_plain_line(title: str, plain: str) -> None:
    assert one_line(title) == plain


@pytest.mark.parametrize(
    "html",
    ["<div>" * 100_000 + "x", "<" * 300_000, "<a " * 100_000, "&lt;p" * 100_000, "<p>я" * 300_000],
)
def test_hostile_markup_takes_no_time_and_no_room(html: str) -> None:
    begun = time.process_time()
    assert len(to_text(html).text) <= MAX_TEXT + 1000
    assert time.process_time() - begun < 3


@settings(max_examples=80)
@given(st.text(max_size=200) | st.text(alphabet="<>/&;plt h2br\n\"'=x", max_size=200))
def test_any_text_is_taken(html: str) -> None:
    text = to_text(html)
    assert set(text.headings) <= set(text.text.split("\n\n"))
    assert "\n" not in one_line(html)
