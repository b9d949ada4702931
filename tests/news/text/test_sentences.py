"""Where sentences begin and end, and which can stand alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from razdel import sentenize

from bot.news.text.sentences import (
    dangles,
    is_attributed,
    is_speech,
    points_back,
    sentences,
    split,
    tells_nothing,
)
from bot.news.text.splitting import parted

PIECES = st.sampled_from(
    [
        *"аБ1 .!?…;:)(»«\"'-",
        ". Он",
        " слово",
        " Слово",
        " 12",
        " им.",
        " ед.",
        " т. е.",
        " :-)",
        "Ⅷ",
    ]
)


@pytest.mark.parametrize(
    "expected",
    [
        ["В 2025 г. А. С. Петров построил дом по ул. Ленина, д. 5.", "Его сдали в срок."],
        ["Встреча прошла 5 ноября.", "Обсудили уголь, молоко и т. д.", "Решили всё."],
        ["Профессор РЭУ им. Плеханова И. И. Гай отметил рост.", "Он на 2,5 млрд. руб. выше."],
        ["Температура −6…−11 °C.", "Ветер 5–10 м/с.", "Давление 751 мм рт. ст., снег."],
        ["В лаве запасы угля марки К.", "Отработать их намерены к весне."],
        ["Об этом рассказал директор А. Петров.", "Он рад."],
        ["Сустрэча адбылася на вул. Леніна ў г. Мінску.", "Прыйшло 5 тыс. чалавек."],
        ["Mr. Smith met Dr. Brown at 5 p.m. in Minsk on Nov. 5 for talks.", "He left."],
        ["«Мы ждали. Очень долго!» — сказал А. С. Гай.", "Он ушёл."],
        ["“We are glad. It was hard,” said Gai.", "He left."],
        ["Он спросил: «Когда?» и ушёл.", "«Завтра!» — ответили ему."],
        ["— Мы ждали, — сказал Гай.", "— Очень долго."],
        ["«Не закрыта.", "Кавычка.", "Совсем."],
    ],
    ids=lambda expected: expected[0][:30],
)
def test_a_paragraph_is_split_where_a_reader_would(expected):
    assert [*split(" ".join(expected))] == expected


def test_a_quote_too_long_to_be_one_sentence_is_split():
    spoken = " ".join(["Мы строим дом и школу в Юрге, и это надолго."] * 10)
    assert len(split(f"«{spoken}», — сказал Гай.")) == 10


def test_no_sentence_spans_two_paragraphs():
    assert sentences("Заголовок\n\nПервое предложение. Второе") == [
        "Заголовок",
        "Первое предложение.",
        "Второе",
    ]


@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        ("Так, например, школу сдали.", True),
        ("При этом мост открыт.", True),
        ("Аднак мост адкрыты.", True),
        ("Таким образом оформлен зал.", False),
        ("Атака отбита.", False),
        ("Also, the bridge is open.", True),
        ("На шахте, впрочем, добычу считают.", True),
        ("На шахте, в Мысках, добычу считают.", False),
        ("Alsobrook opened the bridge.", False),
    ],
)
def test_connectives_lean_on_the_sentence_before(sentence, leans):
    assert dangles(sentence) is leans


@pytest.mark.parametrize(
    ("sentence", "back"),
    [
        ("Он приехал в Юргу.", True),
        ("За год она выросла вдвое.", True),
        ("По его словам, мост открыт.", True),
        ("Яны прыехалі ў Мінск.", True),
        ("They left.", True),
        ("Шесть из них сдвинут на день.", True),
        ("Будавалі яе два гады.", True),
        ("Весной четыре из этих рейсов отменят.", True),
        ("Родители и их дети приехали в Юргу.", False),
        ("Из девяти рейсов три отменят.", False),
        ("Мэр Гай, как он сказал, рад.", False),
        ("Онкологи приехали в Юргу.", False),
        ("Игорь Стасов сказал, что она выросла.", False),
    ],
)
def test_a_pronoun_without_its_name_points_back(sentence, back):
    assert points_back(sentence) is back


@pytest.mark.parametrize(
    ("sentence", "nothing"),
    [
        ("Когда полетит первый борт?", True),
        ("Чего ждать — в нашем материале.", True),
        ("Чытайце ў нашым тэлеграме.", True),
        ("| 1 | Кузбасс | 12 |", True),
        ("Реклама. ООО «Дом».", True),
        ("Во вторник мы писали о пожаре.", True),
        ("Раней мы паведамлялі пра рэйс.", True),
        ("Дети писали диктант.", False),
        ("Материал для дороги привезли.", False),
        ("Рекламные щиты сняли.", False),
    ],
)
def test_questions_teasers_and_rows_tell_nothing(sentence, nothing):
    assert tells_nothing(sentence) is nothing


@pytest.mark.parametrize(
    ("sentence", "speech", "attributed"),
    [
        ("«Мы ждали», — сказал Гай.", True, True),
        ("«Мы ждали. Долго!» — сказал Гай.", True, True),
        ("“We waited,” said Gai.", True, True),
        ("— Мы ждали, — сказал Гай.", True, True),
        ("«Мы ждали».", True, False),
        ("«Мы ждали.", True, False),
        ("Мы ждали», — сказал Гай.", True, False),
        ("— Мы ждали.", True, False),
        ("«Кузбасс» обыграл «Енисей».", False, False),
        ("«Белавиа» — первая в Минске.", False, False),
        ("Гай сказал: «Мы ждали».", False, False),
    ],
)
def test_speech_is_told_from_names_and_whose_it_is(sentence, speech, attributed):
    assert is_speech(sentence) is speech
    assert not speech or is_attributed(sentence) is attributed


@given(st.lists(PIECES, max_size=40))
def test_a_text_is_parted_where_razdel_parts_it(pieces):
    text = "".join(pieces)
    assert parted(text) == [one.text for one in sentenize(text) if one.text.strip()]


@pytest.mark.parametrize("unit", ["«", '"', "а б. ", "°C. Я ", "марки К. Я ", "слово слово "])
def test_any_text_is_split_in_bounded_time(unit):
    started = time.process_time()
    sentences(unit * (20_000 // len(unit)))
    assert time.process_time() - started < 3
