"""Word documents (.docx) to text: what editors write their news in.

python-docx reads the structure; it is imported where it is used, since only workers need it.
"""

import zipfile
from io import BytesIO

from bot.sources.errors import NoText
from bot.sources.markup import MAX_TEXT, Text, one_line

MAX_UNPACKED = 50 << 20  # a document is a zip archive, and a small one can hold very much
MAX_PARTS = 5_000


def parse_docx(body: bytes) -> Text:
    """Its paragraphs and headings, tables left out. Raises NoText. CPU work: for a worker."""
    _check(body)
    import docx

    try:
        document = docx.Document(BytesIO(body))
        said = [(one_line(p.text), _is_heading(p.style)) for p in document.paragraphs]
    except Exception as e:  # its own bugs: there is no naming what a hostile archive finds
        raise NoText("the document is too broken to be read") from e
    kept = [(words, heading) for words, heading in said if words]
    text = "\n\n".join(words for words, _ in kept)[:MAX_TEXT]
    if not text:
        raise NoText("the document holds no text")
    return Text(text=text, headings=tuple(words for words, heading in kept if heading))


def _check(body: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as e:
        raise NoText("this is no Word document") from e
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise NoText("the document is too large")


def _is_heading(style: object) -> bool:
    """Styles are told by their names in English, whatever language Word speaks."""
    name = getattr(style, "name", None) or ""
    return name.startswith(("Heading", "Title"))
