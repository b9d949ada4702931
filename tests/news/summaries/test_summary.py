"""Summaries are sentences of the article that stand alone, in its order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.summaries.summary import sentences, summarise

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


def test_each_of_the_main_parts_of_a_long_article_is_told():
    text = (
        "Область и завод подписали в Юрге соглашение на пять лет. Это третье за год.\n\n"
        "Дороги\n\nНа ремонт трассы Юрга — Тайга дадут 300 миллионов рублей. Так быстрее.\n\n"
        "Больницы\n\nБольница Тайги получит в мае два томографа и рентген за 90 миллионов рублей."
    )
    told = summarise("Область и завод договорились", text, headings=("Дороги", "Больницы"))
    assert [one.split()[0] for one in told] == ["Область", "На", "Больница"]


def test_a_pronoun_comes_with_the_sentence_that_names_whom_it_means():
    title = "Комбинат в Топках построит второй цех за 900 миллионов рублей"
    text = (
        "Комбинат в Топках построит второй цех за 900 миллионов рублей, сообщил Пётр Лугов.\n\n"
        "Он даст 120 мест и 40 тысяч тонн сухих смесей в год для строек Кузбасса и Алтая.\n\n"
        "Сырьё повезут с карьера в Яшкине, это на 30 километров ближе прежнего."
    )
    assert summarise(title, text)[1].startswith("Сырьё")
    joined = text.replace("Лугов.\n\n", "Лугов. ")
    assert summarise(title, joined)[1].startswith("Он даст")


def test_a_full_name_goes_before_a_surname():
    text = (
        "Так вышло. Открытие наметили на май, и Стасов обещает приехать в Юргу на праздник. "
        "Открытие наметили на май, и Игорь Стасов обещает приехать на праздник."
    )
    assert "Игорь" not in summarise("Больница", text, sentences=1)[0]
    assert "Игорь" in summarise("Больница", text, persons=["Игорь Стасов"], sentences=1)[0]


def test_a_quote_is_told_with_its_speaker_or_not_at_all():
    text = (
        "«Денег в бюджете Тайги на 2027 год хватит на 12 домов. Люди переедут к весне и получат "
        "ключи от 300 квартир.\n\nДома построят за больницей»."
    )
    told = " ".join(summarise("Дома в Тайге", f"Мэр выступил в думе.\n\n{text}"))
    assert "Денег" not in told
    said = "«Денег на 12 домов хватит. Люди переедут к весне», — сказала мэр Анна Гай."
    assert summarise("Денег хватит", said) == (said,)


@pytest.mark.parametrize(
    "line",
    [
        "| 1 | Кузбасс Кемерово | 12 | 30 |",
        "• Кемерово: минус 12 и снег; Юрга: минус 14 и снег; Тайга: минус 9; Топки: минус 10.",
        "Подробности в Кемерове, Юрге, Тайге и Топках по телефону 8-384-200-00-00.",
        "Реклама. ООО «Дом» из Кемерова, 650000, Кузбасс, Россия.",
    ],
)
def test_rows_lists_and_adverts_are_not_told(line):
    text = f"Игра прошла в субботу.\n\n{line}\n\nЗа кубком приехали пять команд."
    told = summarise("Итоги", f"{text}\n\n{'Болельщики довольны игрой своих команд. ' * 4}")
    assert line not in told


def test_a_very_short_text_is_told_whole():
    text = "Мост закрыт. Объезд по дамбе. Откроют в пять."
    assert summarise("Мост", text) == ("Мост закрыт.", "Объезд по дамбе.", "Откроют в пять.")


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        (
            "be",
            "У Гомелі адкрылі басейн",
            "Зіма прыйшла! Пры гэтым снегу няма.\n\nУ Гомелі 12 лістапада адкрылі басейн на "
            "шэсць дарожак за 14 мільёнаў рублёў.\n\nКвіток каштуе 6 рублёў, дзецям да сямі гадоў "
            "уваход бясплатны, сказаў дырэктар Алесь Гай.",
        ),
        (
            "en",
            "Pool opens in Gomel",
            "Winter is here! However, there is no snow.\n\nA six-lane pool that cost 14 million "
            "roubles opened in Gomel on November 12.\n\nTickets are 6 roubles and children under "
            "seven swim free, director Ales Hai said.",
        ),
    ],
)
def test_belarusian_and_english_are_told_alike(language, title, text):
    assert summarise(title, text, language=language) == tuple(sentences(text)[2:])


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
        ("Команда | И | О\n\nКузбасс | 5 | 9\n\nЕнисей | 4 | 3", ()),
        ("Слово", ("Слово",)),
        ("без точки в конце и без заглавной", ("без точки в конце и без заглавной",)),
        ("Только вопрос?", ("Только вопрос?",)),
        ("Новый томограф есть.", ("Новый томограф есть.",)),
    ],
)
def test_of_a_short_text_there_is_what_there_is(text, expected):
    assert summarise("Заголовок", text) == expected


@pytest.mark.parametrize(
    "unit", ["слово ", "Слово. ", "«", "А.Б.", "\n\n", "1) ", "— ", '"а". ', "a. "]
)
def test_two_megabytes_are_read_in_bounded_time(unit):
    text = unit * (2_000_000 // len(unit.encode()))
    assert len(summarise("Заголовок", text)) <= 2


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=600), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_has_a_summary_made_of_its_sentences(title, text, headings):
    told = summarise(title, text, headings=headings)
    assert set(told) <= set(sentences(text))


def test_an_item_of_a_list_is_told_without_its_bullet():
    text = "• В Вульке открыли школу на тысячу мест.\n\n• В Орше сыр ушёл в Китай."
    assert summarise("Неделя", text) == (
        "В Вульке открыли школу на тысячу мест.",
        "В Орше сыр ушёл в Китай.",
    )
