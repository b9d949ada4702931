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
        ("<b>К</b>узбасс<br/>и Минск", "Кузбасс и Минск"),
        ("vector<int> и <blink>", "vector<int> и <blink>"),
        ("Мост &#151; новый\x97", "Мост — новый—"),
        ("&amp;quot;Мост&amp;quot; &amp;laquo;и&amp;raquo;", '"Мост" «и»'),
        ("😀" * 4096, "😀" * 1000),
    ],
)
def test_titles_are_one_plain_line(title: str, plain: str) -> None:
    assert one_line(title) == plain


def test_tables_and_lists_are_read_in_order() -> None:
    table = "<table><tr><td>а<table><tr><td>б</td><td>в</td></tr></table></td></tr></table>"
    assert to_text(f"{table}<ol><li>раз<li>два</ol>").text == "а\n\nб в\n\nраз\n\nдва"


def test_what_is_hidden_is_left_out() -> None:
    html = (
        "<p>раз <span style='DISPLAY : none'>нет</span>два</p><div hidden><p>нет</p></div>"
        "<p style='visibility:hidden'>нет</p><img src='/p.gif' alt='нет' width=1>"
        "<a href='javascript:alert(1)'>три</a>"
    )
    assert to_text(html).text == "раз два\n\nтри"


@pytest.mark.parametrize(
    "end",
    [
        "<p>Читать далее</p>", "<p>Читать далее →</p>", "<p><a href='/1'>Подробнее...</a></p>",
        "<p>Чытаць далей</p>", "<p>Continue reading <a>Мост</a></p>", "<p>[Read more]</p>",
        "<p>The post <a>Мост</a> appeared first on <a>Вестник</a>.</p>",
        "<p>The post <a>Мост</a> first appeared on <a>Вестник</a>.</p>",
        "<p>Сообщение <a>Мост</a> появились сначала на <a>Вестник</a>.</p>",
        "<p>Запись <a>Мост</a> впервые появилась <a>Вестник</a>.</p>",
        "<p>Запіс <a>Мост</a> з’явіўся спачатку на <a>Веснік</a>.</p>",
    ],
)  # fmt: skip
def test_what_feeds_put_at_the_end_is_dropped(end: str) -> None:
    assert to_text(f"<p>Мост открыли.</p>{end}").text == "Мост открыли."


def test_the_same_words_in_a_text_stay() -> None:
    for text in (
        "Мост открыли. Подробнее о нём рассказал мэр. Движение начали.",
        "Читать далее он не стал. Книга закончилась.",
        "Сообщение о минировании появилось вечером.",
    ):
        assert to_text(f"<p>{text}</p>").text == text
        assert to_text(text).text == text


def test_an_end_is_dropped_from_a_last_line_and_from_plain_text() -> None:
    assert to_text("<p>Мост открыли… Читать далее »</p>").text == "Мост открыли…"
    assert to_text("Мост открыли. Подробнее").text == "Мост открыли."
    assert to_text("<h2>Читать далее</h2>").headings == ()


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "x", "<" * 300_000, "<a " * 100_000, "&lt;p" * 100_000,
        "<p>я" * 300_000, "<p " + "a" * 900_000 + ">x", "the post " * 90_000, "<b hidden>" * 90_000,
    ],
)  # fmt: skip
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


def test_a_menu_that_turbo_pages_carry_is_no_text() -> None:
    html = "<menu><a href='/'>Главная</a><a href='/x'>Контакты</a></menu><p>Мост открыли.</p>"
    assert to_text(html).text == "Мост открыли."
