"""Summaries are sentences of the article that stand alone, in its order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.summary import sentences, summarise

TITLE = "Крепкая дружба: Кузбасс и Гродно договорились о рейсе и ферме"
HEADINGS = ("На крыльях", "Рейс Кемерово — Гродно")
TEXT = """
Во вторник министр Игорь Стасов встретился в Кемерове с послом Алесем Круглым. О чём говорили за
столом, зачем Гродно ферма и когда ждать гостей — в материале «Томского вестника».

Так, например, стороны вспомнили прошлый год. Впрочем, не только его.

«Мы давно ждали этой встречи. Она откроет нам дорогу», — сказал Стасов.

На крыльях

Итак, торговля растёт. За год она прибавила 12 процентов, сообщил посол.

Рейс Кемерово — Гродно

Министерство проработает прямой рейс Кемерово — Гродно и субсидии для авиакомпаний. Когда же
полетит первый борт? Он ожидается весной.
"""


def test_sentences_keep_abbreviations_and_initials_whole():
    text = "В 2025 г. А. С. Петров построил дом по ул. Мира. Его сдали в срок."
    assert sentences(text) == [
        "В 2025 г. А. С. Петров построил дом по ул. Мира.",
        "Его сдали в срок.",
    ]


def test_no_sentence_spans_two_paragraphs():
    assert sentences("Заголовок\n\nПервое предложение. Второе") == [
        "Заголовок",
        "Первое предложение.",
        "Второе",
    ]


def test_the_meeting_and_the_planned_flight_are_told():
    assert summarise(TITLE, TEXT, headings=HEADINGS) == (
        "Во вторник министр Игорь Стасов встретился в Кемерове с послом Алесем Круглым.",
        "Министерство проработает прямой рейс Кемерово — Гродно и субсидии для авиакомпаний.",
    )


def test_what_dangles_teases_asks_or_speaks_is_left_out():
    told = " ".join(summarise(TITLE, TEXT, headings=HEADINGS, sentences=3))
    for start in ("Так, например", "Впрочем", "О чём", "Итак", "Когда же", "«Мы", "Она откроет"):
        assert start not in told


def test_headings_and_the_title_are_no_sentences():
    everything = summarise(TITLE, f"{TITLE}\n\n{TEXT}", headings=HEADINGS, sentences=99)
    assert not {TITLE, *HEADINGS} & set(everything)


def test_a_heading_nobody_told_us_of_is_known_by_its_looks():
    text = "Что дальше\n\nМост откроют в декабре, сообщили в мэрии Юрги. Движение пустят в объезд."
    assert summarise("Мост", text, sentences=3) == tuple(sentences(text)[1:])


def test_sentences_come_in_the_order_of_the_text():
    chosen = summarise(TITLE, TEXT, headings=HEADINGS, sentences=4)
    flat = " ".join(TEXT.split())
    assert [flat.index(one) for one in chosen] == sorted(flat.index(one) for one in chosen)


def test_the_second_sentence_does_not_repeat_the_first():
    text = (
        "Школу на 825 мест открыли в Юрге в понедельник. В понедельник в Юрге открыли школу на 825 "
        "мест. Строители потратили полтора года и 900 миллионов рублей."
    )
    first, second = summarise("В Юрге открыли школу", text)
    assert "825" in first
    assert "900 миллионов" in second


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("\n\n  \n", ()),
        ("😀😀😀", ()),
        ("Слово", ("Слово",)),
        ("без точки в конце и без заглавной", ("без точки в конце и без заглавной",)),
        ("Только вопрос?", ("Только вопрос?",)),
        ("Новый томограф есть.", ("Новый томограф есть.",)),
    ],
)
def test_of_a_short_text_there_is_what_there_is(text, expected):
    assert summarise("Заголовок", text) == expected


@pytest.mark.parametrize("unit", ["слово ", "Слово. ", "«", "А.Б.", "\n\n", "1) ", "— "])
def test_two_megabytes_are_read_in_bounded_time(unit):
    text = unit * (2_000_000 // len(unit.encode()))
    assert len(summarise("Заголовок", text)) <= 2


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=600), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_has_a_summary_made_of_its_sentences(title, text, headings):
    told = summarise(title, text, headings=headings)
    assert len(told) <= 2
    assert set(told) <= set(sentences(text))
