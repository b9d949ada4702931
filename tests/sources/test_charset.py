"""Charsets: what is declared is often wrong, what is read must be right."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.charset import decode

NEWS = "В Кузбассе открыли новую школу, сообщили «Вестнику» в администрации."
NEWS_BE = "У Мінску адкрылі новую школу, паведамілі ў гарвыканкаме."
XML = '<?xml version="1.0" encoding="{}"?><title>{}</title>'


@pytest.mark.parametrize("charset", ["cp1251", "koi8-r", "iso8859-5", "cp866"])
@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1", "windows-1252", "nonsense"])
def test_cyrillic_is_read_whatever_is_declared(charset: str, declared: str) -> None:
    text = NEWS.replace("«", '"').replace("»", '"')
    document = XML.format(declared, text) if declared else f"<title>{text}</title>"
    assert text in decode(document.encode(charset))


@pytest.mark.parametrize("word", ["КУЗБАСС", "Новости", "Рейс в Минск"])
def test_few_letters_are_enough_for_windows_1251(word: str) -> None:
    assert decode(word.encode("cp1251")) == word


def test_belarusian_in_windows_1251_is_read_too() -> None:
    assert decode(NEWS_BE.encode("cp1251"), "text/xml; charset=utf-8") == NEWS_BE


def test_valid_utf8_is_utf8_whatever_is_declared() -> None:
    body = XML.format("windows-1251", NEWS).encode()
    assert NEWS in decode(body, "text/xml; charset=koi8-r")


def test_a_declared_western_charset_is_believed() -> None:
    body = XML.format("iso-8859-1", "Frédéric à la plage, été €").encode("cp1252")
    assert "Frédéric à la plage, été €" in decode(body)
    assert decode("Jürgen".encode("cp1252")) == "Jürgen"


def test_the_header_is_asked_before_the_document() -> None:
    body = XML.format("iso-8859-1", "Łódź").encode("cp1250")
    assert "Łódź" in decode(body, 'text/xml; charset="windows-1250"')


@pytest.mark.parametrize(
    ("bom", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_wide_letters_and_marks_of_order_are_understood(bom: bytes, codec: str) -> None:
    assert decode(bom + f"<rss>{NEWS}".encode(codec)) == f"<rss>{NEWS}"


def test_a_few_broken_bytes_do_not_make_utf8_something_else() -> None:
    body = NEWS.encode()
    assert decode(body[:-1]).startswith(NEWS[:-2])
    assert NEWS in decode(body * 20 + b"\xff" + body)


def test_seven_bit_charsets_are_believed() -> None:
    assert "日本語" in decode(XML.format("iso-2022-jp", "日本語").encode("iso-2022-jp"))


@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from([None, "x; charset=hex", "x; charset=utf-7"]))
def test_any_bytes_become_text(body: bytes, content_type: str | None) -> None:
    assert isinstance(decode(body, content_type), str)


SYLLABLES = [
    "ко", "ра", "но", "вый", "го", "род", "ни", "це", "мост", "ста", "ли", "пе", "ре", "да", "мо",
    "ва", "шко", "ла", "от", "кры", "ть", "уч", "ён", "ще", "жи", "эт", "юг", "съезд", "яр",
]  # fmt: skip
WORDS = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=4).map("".join)
SENTENCES = st.lists(WORDS, min_size=8, max_size=30).map(lambda words: " ".join(words).capitalize())
CHARSETS = [
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "iso8859-5",
    "cp866",
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(
    SENTENCES,
    st.sampled_from(CHARSETS),
    st.sampled_from(["{}", "<rss><title>{}</title></rss>"]),
    st.sampled_from([None, "text/xml", "text/xml; charset=utf-8", "text/xml; charset=iso-8859-1"]),
)
def test_any_russian_text_comes_back(
    text: str, charset: str, document: str, content_type: str | None
) -> None:
    document = document.format(text)
    assert decode(document.encode(charset), content_type) == document


@settings(max_examples=60, deadline=None)
@given(SENTENCES, st.sampled_from(["cp1251", "latin-1"]))
def test_a_text_decoded_wrongly_and_encoded_again_is_undone(text: str, wrong: str) -> None:
    """Byte 98 is none of windows-1251's: editors left it as it was."""
    once = "".join(
        chr(byte) if wrong == "cp1251" and byte == 0x98 else bytes([byte]).decode(wrong)
        for byte in text.encode()
    )
    assert (
        decode(f"<rss><title>{once}</title></rss>".encode()) == f"<rss><title>{text}</title></rss>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "СССР, РСФСР, СССР: архивы РФ",
        "Россия и США обсудили СНВ",
        "Ð is Eth, Ñ is eñe: Ðað, Ñandú",
        "Р. С. Сорокин, С. Р. Рыбин",
        "«Привет» иногда выглядит как «РџСЂРёРІРµС‚», если перепутать кодировки",
    ],
)
def test_what_only_looks_decoded_wrongly_stays(text: str) -> None:
    assert decode(text.encode()) == text


def test_belarusian_is_told_from_what_it_is_not() -> None:
    for charset in ("cp1251", "iso8859-5", "cp866"):
        text = NEWS_BE if charset != "cp866" else NEWS_BE.replace("і", "i")
        assert decode(text.encode(charset)) == text


def test_short_titles_are_enough() -> None:
    for title in ("Новый мост", "рублей", "КУЗБАСС", "БелАЗ, каждый день", "Цены выросли"):
        for charset in ("cp1251", "koi8-r"):
            body = f"<rss><channel><title>{title}</title></channel></rss>".encode(charset)
            assert title in decode(body), charset
