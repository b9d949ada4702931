"""The language of a text, by our own rules."""

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from bot.news.words.language import detect, read


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Губернатор открыл новый рейс из Кемерова в Минск", "ru"),
        ("что с рейсом в Минск?", "ru"),
        ("Кузбасс", "ru"),
        ("Рейс", "ru"),
        ("Новый рейс Boeing 737 MAX компании Belavia", "ru"),
        ("Новы рэйс злучыў Мінск і Кемерава, паведаміла авіякампанія", "be"),
        ("навіны пра рэйс", "be"),
        ("сёння ў Мінску", "be"),
        ("Міністр сказав, що новий рейс до Мінська відкриють після свят", "uk"),
        ("The governor opened a new flight to Minsk", "en"),
        ("flight to Minsk", "en"),
        ("Belavia", "en"),
        ("Der Gouverneur hat die neue Linie nach Minsk und Kemerowo mit der Bahn eröffnet", None),
        ("Gubernator otworzył nowe połączenie lotnicze z Mińska do Kemerowa", None),
        ("Қазақстан президенті жаңа әуежай салу туралы қаулыға қол қойды", None),
        (
            "Министърът откри новата линия между Минск и града, съобщи правителството във вторник",
            None,
        ),
        ("У Харкові відкрили новий міст", "uk"),
        ("Після ремонту трамвай знову курсує містом", "uk"),
        ("Дарогу ад прыпынка яшчэ асвятляюць", "be"),
        ("Апарат уключылі на дваццаць восьмы дзень", "be"),
        ("Што з надвор'ем?", "be"),
        ("Весы", "ru"),
        ("РЕЙС ОТМЕНЁН", "ru"),
        ("Съёмочная группа заняла гостиницу у подъёмника", "ru"),
        ("Министр Казахстана приехал в Бишкек", "ru"),
        ("Minsk airport closed", "en"),
        ("Trade", "en"),
        ("Samsung Galaxy S26 Ultra: цена", "ru"),
        ("Die Zeitung «Правда» schreibt über das Land", None),
        ("Қазақстанда жаңа мектеп ашылды", None),
        ("Бүгүн Бишкекте жаңы мектеп ачылды", None),
        ("Времето утре ще бъде слънчево", None),
        ("Влада Србије усвојила је нови буџет", None),
        ("Ceny chleba rosną", None),
        ("Prezydent w sobotę rano spotkał ministrów", None),
        ("Prezydent spotkał ministrów", None),
        ("Il governo ha approvato il bilancio dello stato", None),
        ("Die Preise steigen wieder in Deutschland", None),
        ("地铁开通", None),
        ("😀😀😀", None),
        ("2023", None),
        ("", None),
    ],
)
def test_a_text_is_named_by_its_letters_and_little_words(text: str, language: str | None) -> None:
    assert detect(text) == language


def test_a_quotation_does_not_change_the_language_around_it() -> None:
    russian = "Посол напомнил о давних связях и рассказал о планах открыть рейс в этом году. " * 3
    assert detect(russian + "«Мы жывем у адной краіне»") == "ru"


def test_a_text_in_two_of_our_languages_gets_one_of_them() -> None:
    both = "Дождж ідзе з самай раніцы, і вецер не сціхае. Дождь идёт с утра, и ветер не стихает. "
    assert detect(both * 4) in ("ru", "be")


def test_a_beginning_in_another_language_is_outweighed_by_the_middle() -> None:
    opening = "«Мост адкрыты», — сказаў ён. "
    assert detect(opening + "Потом министр ответил на вопросы жителей посёлка. " * 6) == "ru"


def test_a_table_says_what_its_digits_say() -> None:
    tables = read("latin\ten de\nthe\te3\nund\t1f")
    assert tables["latin"].languages == ("en", "de")
    assert tables["latin"].scores(" und the ") == [6 - 7, 7 - 5]


@given(st.text(max_size=80))
@limits(max_examples=100, deadline=None)
def test_any_text_gets_an_answer(text: str) -> None:
    assert detect(text) in ("ru", "be", "uk", "en", None)
