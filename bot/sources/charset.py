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
_TWICE = (("cp1251", "РС"), ("cp1252", "ÐÑ"))  # and how the bytes of Cyrillic letters begin there
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
_LATIN = re.compile("[a-z]")
_FEW = 0.4  # what reads less like Russian is another language
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
    if wide := _wide(body):
        return _safe(body, wide)
    declared = list(_declared(body, content_type))
    stateful = next((d for d in declared if d.startswith(("iso2022", "hz"))), None)
    if stateful:  # seven bits, so they look like UTF-8
        return _safe(body, stateful)
    try:
        return _undone(body.decode("utf-8"))
    except UnicodeDecodeError as e:
        if e.start >= len(body) - 3:  # cut within its last letter
            return _undone(body.decode("utf-8", "ignore"))
    return _legacy(body, declared)


def _legacy(body: bytes, declared: list[str]) -> str:
    """Not UTF-8, or UTF-8 with some bytes broken."""
    if _mostly_utf8(body):
        return body.decode("utf-8", "replace")
    scores = {name: _reads(_safe(body[:_SAMPLE], name)) for name in _CYRILLIC}
    scores["cp1251"] *= 1.05  # what most of them are in
    best = max(scores, key=lambda name: scores[name])
    for name in declared:
        if name in ("utf-8", "ascii"):
            continue  # it is not, we have just seen
        score = scores.get(name) or _reads(_safe(body[:_SAMPLE], name))
        if _decodes(body, name) and (score >= scores[best] * 0.8 or scores[best] < _FEW):
            return _safe(body, name)
    return _safe(body, best if scores[best] >= _FEW else "cp1252")


def _wide(body: bytes) -> str | None:
    """UTF-16 without a mark, told by the bytes that Latin and Cyrillic letters share."""
    sample = body[:2000]
    if len(body) % 2 or len(sample) < 8:
        return None
    for name, highs in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        cyrillic = highs.count(4) + highs.count(32)  # letters; dashes and quotes
        if (cyrillic or highs.count(0) * 2 > len(highs)) and (
            cyrillic + highs.count(0) >= len(highs) * 0.9
        ):
            return name
    return None


def _undone(text: str) -> str:
    """UTF-8 that somebody read as another charset and wrote as UTF-8 again, as it was.

    Only when it is certain: nearly all that is not ASCII must come back, and read as Russian.
    """
    sample = text[:_SAMPLE]
    foreign = len(sample) - len(sample.encode("ascii", "ignore"))
    for name, leads in _TWICE:
        if foreign < _ENOUGH * 2 or sum(map(sample.count, leads)) * 3 < foreign:
            continue
        once = text.encode(name, "as-bytes").decode("utf-8", "replace")
        lost = once.count("�") - text.count("�")
        if lost * 50 <= len(once) and _reads(once[:_SAMPLE]) >= 0.7:
            return once
    return text


def _as_bytes(error: UnicodeError) -> tuple[bytes, int]:
    """What the charset has no letter for was a byte that it has none for, or is lost."""
    assert isinstance(error, UnicodeEncodeError)
    letters = error.object[error.start : error.end]
    return bytes(ord(letter) if ord(letter) < 256 else 0xFF for letter in letters), error.end


codecs.register_error("as-bytes", _as_bytes)


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


def _reads(text: str) -> float:
    """How much a text reads like Russian: about 1 when it does, below 0.6 in a wrong charset.

    A word or two in capitals count less: in koi8-r read as windows-1251, or the other way round,
    the case of every letter is changed. Of more words their letters tell.
    """
    letters, score, shouted = 0, 0.0, 0
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        letters += len(word)
        lower = word.lower()
        if word[1:] != lower[1:]:
            if word != word.upper():
                continue  # cApItals within, as in «БелАЗ», but hardly in many words
            shouted += len(word)
        if _LATIN.search(lower):
            continue  # half of a Western word
        usual = 0.5 if lower[0] in "йьъы" else 1
        score += usual * sum(_SHARE.get(letter, 0) for letter in lower)
    if letters < _ENOUGH:
        return 0
    doubt = 0.35 * min(1, 6 / letters) * shouted / letters
    return (1 - doubt) * score / 5.5 / sum(1 for letter in text if letter > "\x7f")
