"""Headlines in capitals, set as sentences."""

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from bot.news.names.lettercase import set_as_sentence

TEXT = (
    "Сегодня в городе чинили трубы. Об этом сообщил ректор КемГУ Александр Просеков. Помогла фирма "
    "«СибКом», а с ней шеф СибКома Вера Мороз. Морозы отступили."
)


def set_(title: str, text: str = "", language: str = "ru") -> str:
    return set_as_sentence(title, text, language)


@pytest.mark.parametrize(
    "title",
    [
        "В Кемерове открыли мост",
        "Сергей Цивилев встретился с шахтёрами «Распадской»",
        "Бастрыкин потребовал доклад о ДТП с автобусом",
        "Надежда Петрова пришла с надеждой",
        "В Чебулинском районе закрыли школу №5",
        "Ленинск-Кузнецкий простился с бойцом СВО",
        "В Санкт-Петербурге прошёл XXI форум",
        "8 марта: где купить тюльпаны",
        "Криптоферму нашли в гараже пенсионера",
        "Волков отстреляют за сто рублей",
        "Йети пришёл на Новый год",
    ],
)
def test_names_are_known_without_a_text(title: str) -> None:
    assert set_(title.upper()) == title


@pytest.mark.parametrize(
    "title",
    [
        "МЧС РФ предупреждает о паводке в Кемеровской области",
        "ГИБДД Кузбасса: ДТП на трассе Новосибирск — Иркутск",
        "Новый БелАЗ вышел на разрез «Черниговец»",
        "Цены на бензин АИ-95 выросли на АЗС",
        "А. Иванов назначен директором ООО «Ромашка»",
        "НКАЗ взыскал 3,2 млн рублей, до завода 214 км",
        "QR-коды отменили в ТЦ Новокузнецка",
    ],
)
def test_abbreviations_stay_as_they_are(title: str) -> None:
    assert set_(title.upper()) == title


def test_what_the_text_writes_in_the_midst_of_a_sentence_counts_most() -> None:
    title = "ПРОСЕКОВА И МОРОЗ НАГРАДИЛИ В КЕМГУ, СИБКОМУ ДАЛИ ПРЕМИЮ"
    assert set_(title, TEXT) == "Просекова и Мороз наградили в КемГУ, СибКому дали премию"
    assert set_("СИЛЬНЫЙ МОРОЗ УДАРИЛ НОЧЬЮ") == "Сильный мороз ударил ночью"


def test_a_text_in_capitals_tells_nothing() -> None:
    text = "В КЕМЕРОВЕ ОТКРЫЛИ МОСТ. МОСТ ОТКРЫЛИ В ПОЛДЕНЬ."
    assert set_("В КЕМЕРОВЕ ОТКРЫЛИ МОСТ", text) == "В Кемерове открыли мост"


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("У Мінску адкрылі новы мост", "be"),
        ("Аляксандр Лукашэнка прыляцеў у Брэст", "be"),
        ("New bridge opens in Kemerovo", "en"),
    ],
)
def test_other_languages_are_read_by_lists(title: str, language: str) -> None:
    assert set_(title.upper(), language=language) == title


def test_every_sentence_and_quotation_begins_with_a_capital() -> None:
    assert set_("СРОЧНО! ПОЖАР НА СКЛАДЕ. ЕСТЬ ПОСТРАДАВШИЕ") == (
        "Срочно! Пожар на складе. Есть пострадавшие"
    )
    assert set_("«ОНО СТУЧИТ!» ШКОЛЬНИКУ ДАЛИ ЩЕНКА") == "«Оно стучит!» Школьнику дали щенка"
    assert set_("ОТКРЫЛИ КАФЕ «СОЛНЫШКО»") == "Открыли кафе «Солнышко»"


@pytest.mark.parametrize(
    "title",
    [
        "В Кемерове открыли мост",
        "ВНИМАНИЕ: в Кемерове перекрыли мост",
        "ГИБДД: МЧС и РЖД",
        "ДТП в КНР",
        "пожар",
        "",
        "2026",
    ],
)
def test_what_does_not_shout_stays(title: str) -> None:
    assert set_(title, TEXT) == title


@limits(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["ru", "be", "uk", "en"]))
def test_no_letter_is_lost(title: str, text: str, language: str) -> None:
    loud = f"ПОЖАР В ТАЙГЕ ПОТУШИЛИ {title.upper()}"
    assert set_(loud, f"{text} {loud.lower()}", language).casefold() == loud.casefold()
