"""Word documents: paragraphs and headings; nothing hostile gets farther than a sentence."""

import io
import zipfile

import docx
import pytest

from bot.sources.errors import BadFile, NoText
from bot.sources.files import items_in
from bot.sources.worddoc import parse_docx


def written(*paragraphs: str, heading: str = "") -> bytes:
    document = docx.Document()
    if heading:
        document.add_heading(heading, level=1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_paragraphs_and_headings_are_read() -> None:
    text = parse_docx(written("Мост открыт.", "", "Движение  пошло.", heading="Главное"))
    assert text.text == "Главное\n\nМост открыт.\n\nДвижение пошло."
    assert text.headings == ("Главное",)


def test_a_document_is_a_file_like_any_other() -> None:
    [item] = items_in(written("Мост открыт", "Движение пошло в полдень."), "мост.docx")
    assert item.text == "Мост открыт\n\nДвижение пошло в полдень."
    assert items_in(written("Мост открыт"), "a.docx")[0].entry.key != item.entry.key


def archive(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name.replace("__", "/"), body)
    return file.getvalue()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"PK\x03\x04", "no Word document"),
        (b"", "no Word document"),
        (archive(word__document=b"x"), "too broken"),
        (archive(bomb=b"\0" * (51 << 20)), "too large"),
        (written(" "), "no text"),
    ],
)
def test_what_is_no_document_is_told(body: bytes, says: str) -> None:
    with pytest.raises(NoText, match=says):
        parse_docx(body)
    with pytest.raises(BadFile, match=says):
        items_in(body, "a.docx")
