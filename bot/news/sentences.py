"""Sentences, and which of them can stand alone before a reader."""

import re

from razdel import sentenize

PIECE = 4000  # characters split at once: the splitter's time may grow with the square of a piece
HEADING = 90  # characters of the longest line that is taken for a heading without being told

_END = (".", "!", "?", "…", ":", ";", '"', "»", "”", ")")
_TEASER = re.compile(
    r"[—–-]\s*(?:в|у)\s+(?:\w+\s+)?(?:материал|матэрыял|обзор|репортаж|рэпартаж|сюжет|подборк|"
    r"интервью|ролик|тексте)|^(?:читайте|чытайце|смотрите|глядзіце|узнайте|подписывайтесь|"
    r"падпісвайцеся|подробнее|рассказываем|разбираемся|фото:|видео:|read more|see also|subscribe)",
    re.I,
)
_DANGLING = re.compile(
    r"(?:так(?:,| и | что| как раз)|например|к примеру|итак|впрочем|однако|кроме того|помимо|"
    r"при этом|при том|тем не менее|также|тоже|поэтому|потому|затем|потом|после этого|до этого|"
    r"в свою очередь|в частности|в то же время|в итоге|в результате|более того|напомн\w+|"
    r"по (?:его|ее|её|их) словам|во-первых|во-вторых|в-третьих|наконец|с другой стороны|зато|"
    r"но|а|и|или|же|ведь|значит|следовательно|между тем|вместе с тем|далее|там же|здесь же|"
    r"таксама|акрамя таго|пры гэтым|аднак|напрыклад|дарэчы|тым часам|"
    r"however|but|and|so|also|moreover|meanwhile|for example|besides|thus|therefore)(?!\w)",
    re.I,
)
_PRONOUN = re.compile(
    r"(?:он|она|оно|они|его|ее|её|их|ему|ей|им|это|этот|эта|эти|этого|этому|этим|тот|та|те|такой|"
    r"такая|такое|такие|там|тут|здесь|туда|оттуда|тогда|ён|яна|яны|гэта|гэты|гэтая|he|she|it|they|"
    r"this|that|these|those|there)(?!\w)",
    re.I,
)
_SPEECH = re.compile(r"^\s*[«\"“„—–-]|[»\"”],?\s*[—–-]\s")


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order; none spans two paragraphs."""
    return [s for paragraph in paragraphs(text) for s in split(paragraph)]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line."""
    return [line for part in re.split(r"\n\s*\n", text) if (line := " ".join(part.split()))]


def split(paragraph: str) -> list[str]:
    """The sentences of one paragraph."""
    found: list[str] = []
    while paragraph:
        piece = paragraph
        if len(paragraph) > PIECE:
            cut = paragraph.rfind(" ", PIECE // 2, PIECE)
            piece = paragraph[: cut if cut > 0 else PIECE]
        paragraph = paragraph[len(piece) :].lstrip()
        found += [s.text for s in sentenize(piece) if s.text.strip()]
    return found


def is_headline(paragraph: str) -> bool:
    """Whether a paragraph looks like a heading: short, and not ended like a sentence."""
    return len(paragraph) <= HEADING and not paragraph.endswith(_END)


def tells_nothing(sentence: str) -> bool:
    """A question, or a teaser that sends the reader elsewhere."""
    return sentence.rstrip(' »")”').endswith("?") or bool(_TEASER.search(sentence))


def dangles(sentence: str) -> bool:
    """Whether it leans on a sentence before it: «Так, например, …», «Впрочем, …»."""
    return bool(_DANGLING.match(sentence))


def points_back(sentence: str) -> bool:
    """Whether it begins with a pronoun whose name is out of sight."""
    return bool(_PRONOUN.match(sentence))


def is_speech(sentence: str) -> bool:
    """Somebody's words, or the end of them."""
    return bool(_SPEECH.search(sentence)) or sentence.count("»") > sentence.count("«")
