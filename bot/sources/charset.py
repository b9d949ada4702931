"""Bytes to text: what a feed, page or file says of its own charset is often wrong.

Valid UTF-8 is UTF-8 whatever is declared: no other charset comes out so by chance. Else the
declared charset is believed, unless the Cyrillic of another one reads far more like Russian.
"""

import codecs
import re
from collections.abc import Iterator

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTTP = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]+)"
    rb"|<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)",
    re.I,
)
# What people mean by these names, as browsers read them.
_MEANT = {"iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_CYRILLIC = ("cp1251", "koi8-r", "iso8859-5", "cp866")
# How many of a hundred letters of ordinary Russian (and і, ў of Belarusian) each one is: in the
# wrong charset the same bytes are letters too, but rare ones.
_SHARE = dict(
    zip(
        "оеаинтсрвлкмдпу",
        (11, 8.5, 8, 7.4, 6.7, 6.3, 5.5, 4.7, 4.5, 4.4, 3.5, 3.2, 3, 2.8, 2.6),
        strict=True,
    )
)
_SHARE |= dict(
    zip(
        "яыьгзбчйхжшюцщэфіў",
        (2, 1.9, 1.7, 1.7, 1.7, 1.6, 1.4, 1.2, 1, 0.9, 0.7, 0.6, 0.5, 0.4, 0.3, 0.3, 4, 1),
        strict=True,
    )
)
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 4  # letters to judge by
_SAMPLE = 100_000  # bytes looked at


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a feed, page or file, whatever its charset."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return (
                body[len(bom) :].decode("utf-8", "replace")
                if name == "utf-8"
                else _safe(body, name)
            )
    if body[:4:2] == b"\0\0" or body[1:4:2] == b"\0\0":
        return _safe(body, "utf-16-be" if body[:1] == b"\0" else "utf-16-le")
    declared = list(_declared(body, content_type))
    stateful = next((d for d in declared if d.startswith(("iso2022", "hz"))), None)
    if stateful:  # seven bits, so they look like UTF-8
        return _safe(body, stateful)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as e:
        if e.start >= len(body) - 3:  # cut within its last letter
            return body.decode("utf-8", "ignore")
    return _legacy(body, declared)


def _legacy(body: bytes, declared: list[str]) -> str:
    """Not UTF-8, or UTF-8 with some bytes broken."""
    if _mostly_utf8(body):
        return body.decode("utf-8", "replace")
    best = max(_CYRILLIC, key=lambda name: _russian(body, name))
    best_score = _russian(body, best)
    for name in declared:
        if name in ("utf-8", "ascii"):
            continue  # it is not, we have just seen
        score = _russian(body, name)
        if _decodes(body, name) and (score >= best_score * 0.8 or best_score < 0.5):
            return _safe(body, name)
    if best_score >= 0.5:
        return _safe(body, best)
    return _safe(body, "cp1252")


def _declared(body: bytes, content_type: str | None) -> Iterator[str]:
    """Charsets that are named and that Python knows, most trustworthy first."""
    names = _HTTP.findall(content_type or "")
    names += [(a or b).decode("ascii", "ignore") for a, b in _DECLARED.findall(body[:4096])]
    for name in names:
        try:
            known = codecs.lookup(name).name
            yield _MEANT.get(known, known)
        except (LookupError, ValueError):
            continue


def _safe(body: bytes, name: str) -> str:
    try:
        return body.decode(name, "replace")
    except (LookupError, UnicodeError):  # a codec that makes no text, such as "hex"
        return body.decode("utf-8", "replace")


def _decodes(body: bytes, name: str) -> bool:
    return _safe(body, name).count("�") * 50 <= len(body)


def _mostly_utf8(body: bytes) -> bool:
    text = body.decode("utf-8", "replace")
    broken = text.count("�")
    return broken * 10 < sum(1 for letter in text if letter > "\x7f") - broken


def _russian(body: bytes, name: str) -> float:
    """How much it reads like Russian in that charset: about 1 when it is, below 0.6 when not."""
    text = _safe(body[:_SAMPLE], name)
    letters, score = 0, 0.0
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        letters += len(word)
        rest = word[1:]
        if rest == rest.lower() or word == word.upper():  # no cApItals within
            score += sum(_SHARE.get(letter, 0) for letter in word.lower())
    if letters < _ENOUGH:
        return 0
    return score / 5.5 / sum(1 for letter in text if letter > "\x7f")
