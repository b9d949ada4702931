"""The marks of a text: what tells one event from its twin written on the same template.

A mark is a kind, a colon and a value, so that a set of them is stored as plain words:
`n:` a number · `d:` a day as MM-DD · `h:` a time of day · `c:` a lemma written with a capital,
so a name · `t:` a lemma of the title · `p:` `o:` `g:` a person, organisation, place by full name ·
`l:` the language · `r:` that it is a roundup · `x:` all of a text that was not read, see `unread`.
"""

import re
from collections.abc import Iterator, Sequence

from bot.news.stories.roundups import is_roundup
from bot.news.text.reading import paragraph_lemmas, sentence_lemmas
from bot.news.words.morphology import fold, is_stop, lemmas
from storage.models import Entity, EntityKind

LEAD = 900  # characters of the text that are read for marks; news says what matters first

_MONTHS = {
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "мая": 5, "май": 5, "июн": 6, "июл": 7, "авг": 8,
    "сен": 9, "окт": 10, "ноя": 11, "дек": 12,
    "сту": 1, "лют": 2, "сак": 3, "кра": 4, "тра": 5, "чэр": 6, "лип": 7, "жни": 8, "вер": 9,
    "кас": 10, "лис": 11, "сне": 12,
    "jan": 1, "feb": 2, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10,
    "nov": 11, "dec": 12,
}  # fmt: skip
_MONTH = (
    r"(?:янв|февр|мар|апр|мая|май|июн|июл|авг|сен|окт|нояб|дек|студз|лют|сак|крас|трав|чэрв|ліп|"
    r"жні|вер|каст|ліст|снеж|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[^\W\d]*"
)
# A number at a word's beginning is `\d(?<!\w\d)`: a pattern that begins so is looked for faster.
_DAYS = re.compile(rf"(\d(?<!\w\d)\d?)(?:\s?(?:[-–—]|и|по|да)\s?(\d{{1,2}}))?\s+({_MONTH})", re.I)
_ENGLISH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (\d{1,2})\b", re.I
)
_LATIN = re.compile("[A-Za-z]")
_DOTTED = re.compile(
    r"(\d(?<!\w\d)\d?)\.(\d{2})(?:\.(?:20)?\d{2}\b|(?=\s*(?:г\b|[-–—]\s*\d{1,2}\.\d\d)))"
)
_CLOCK = re.compile(
    r"(\d(?<!\w\d)(?:(?<=[01])\d|(?<=2)[0-3])?)[:.]([0-5]\d)\b(?!\.?\d)"
    r"(?!\s*(?:%|процент|млн|млрд|тыс|руб))"
)
_NUMBER = re.compile(
    r"\d(?:(?<![\w.,]\d)\d{0,2}(?: \d{3})+(?:[.,]\d+)?|(?<![^\W\d_]\d)\d*(?:[.,]\d+)?)"
)
_MULTIPLE = re.compile(
    r"\s*(тыс|млн|млрд|миллион|миллиард|тысяч|мільён|мільярд|million|billion)", re.I
)
_SPELLED = {
    "один": 1, "полтора": 1.5, "два": 2, "двое": 2, "оба": 2, "три": 3, "трое": 3, "четыре": 4,
    "четверо": 4, "пять": 5, "пятеро": 5, "шесть": 6, "шестеро": 6, "семь": 7, "семеро": 7,
    "восемь": 8, "девять": 9, "десять": 10, "одиннадцать": 11, "двенадцать": 12,
    "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17,
    "восемнадцать": 18, "девятнадцать": 19, "двадцать": 20, "тридцать": 30, "сорок": 40,
    "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80, "девяносто": 90,
    "сто": 100, "полторы": 1.5, "двести": 200, "триста": 300, "четыреста": 400, "пятьсот": 500,
    "шестьсот": 600, "семьсот": 700, "восемьсот": 800, "девятьсот": 900,
}  # fmt: skip
_DOZENS = {"десяток": 10, "дюжина": 12, "сотня": 100, "полсотня": 50}  # by themselves, or so many
_COUNTED = frozenset(_SPELLED) | frozenset(_DOZENS)
_TIMES = _DOZENS | {"тысяча": 1_000, "миллион": 1_000_000, "миллиард": 1_000_000_000}
_WORD = re.compile(r"([\W\d_]*)([^\W\d_]+(?:-[^\W\d_]+)*)")  # with the gap before it
_OPENS = frozenset(".!?…\n•*")  # after these a capital says nothing
_SPEECH = re.compile(r"«(?=(?:[^\s«»]+ ){3}[^\s«»])")  # four words and more are hardly a name
_KINDS = {EntityKind.PERSON: "p", EntityKind.ORG: "o", EntityKind.PLACE: "g"}


def marks(
    title: str, text: str, entities: Sequence[Entity] = (), language: str | None = "ru"
) -> frozenset[str]:
    """The marks of an article's title and lead."""
    lead = text[:LEAD]
    both = f"{title}.\n{lead}"
    found = {f"l:{language or ''}"}
    if is_roundup(title, text, language):
        found.add("r:roundup")
    found |= {f"t:{word}" for word in sentence_lemmas(title, language) if not is_stop(word)}
    found |= {f"{_KINDS[e.kind]}:{fold(e.name)}" for e in entities}
    found |= {f"c:{name}" for name in _names(both, language)}
    rest = both
    for kind, value, spelling in _dates(both):
        found.add(f"{kind}:{value}")
        rest = rest.replace(spelling, " ", 1)
    found |= {f"n:{number}" for number in _numbers(rest)}
    found |= {f"n:{number}" for number in _spelled(title, lead)}
    return frozenset(found)


def _dates(text: str) -> Iterator[tuple[str, str, str]]:
    """(kind, value, spelling) of every day and time of day."""
    for match in _DAYS.finditer(text):
        month = _MONTHS.get(fold(match[3])[:3])
        for day in filter(None, (match[1], match[2])):
            if month and 0 < int(day) < 32:
                yield "d", f"{month:02}-{int(day):02}", match[0]
    for match in _ENGLISH.finditer(text) if _LATIN.search(text) else ():
        month = _MONTHS.get(match[1].lower(), 3)
        yield "d", f"{month:02}-{int(match[2]):02}", match[0]
    for match in _DOTTED.finditer(text):
        if 0 < int(match[1]) < 32 and 0 < int(match[2]) < 13:
            yield "d", f"{int(match[2]):02}-{int(match[1]):02}", match[0]
    for match in _CLOCK.finditer(text):
        if ":" in match[0] or _after(text, match.start(), ("в ", "у ", "до ", "с ", "к ", "а ")):
            yield "h", f"{int(match[1]):02}:{match[2]}", match[0]


def _after(text: str, at: int, words: tuple[str, ...]) -> bool:
    return text[max(0, at - 3) : at].lower().endswith(words)


def _numbers(text: str) -> Iterator[str]:
    """Numbers in their plainest form: '3 700', '3,7 тысячи' are both 3700."""
    for match in _NUMBER.finditer(text):
        digits = match[0].replace(" ", "").replace(",", ".")
        multiple = _MULTIPLE.match(text, match.end())
        value = float(digits[:15]) * 10 ** (_power(multiple[1]) if multiple else 0)
        yield f"{value:.10g}"


def _spelled(title: str, lead: str) -> Iterator[str]:
    """'Трое' is 3, 'тридцать восемь' 38, 'полтора миллиона' 1500000."""
    *whole, cut = lead.split("\n\n")
    said = [*sentence_lemmas(title, "ru"), *lemmas(cut)]  # as they are kept by, if Russian
    for paragraph in whole:
        said += paragraph_lemmas(paragraph, "ru")
    if _COUNTED.isdisjoint(said):
        return
    number: float = 0
    for word in [*said, ""]:
        value = _SPELLED.get(word)
        if value and number % 10 ** len(str(value)) == 0:  # «тридцать» before «восемь»
            number += value
        elif value or number:
            yield f"{number * (1 if value else _TIMES.get(word, 1)):.10g}"
            number = value or 0
        elif word in _DOZENS:
            yield str(_DOZENS[word])


def _power(word: str) -> int:
    lowered = word.lower()
    if lowered[0] in "тt":
        return 3
    return 9 if "рд" in lowered or lowered[0] == "b" else 6


def _names(text: str, language: str | None) -> Iterator[str]:
    """Lemmas of words with a capital that no sentence's beginning explains.

    A word in quotes, or all in capitals, is a name wherever it stands; the first of a speech is
    none: «Дешевле картошка уже не станет».
    """
    for at, (gap, word) in enumerate(_WORD.findall(_SPEECH.sub("\n", text))):
        if word[0].isupper():
            opens = at == 0 or not _OPENS.isdisjoint(gap)
            if not opens or "«" in gap or (word.isupper() and len(word) > 1):
                yield from (name for name in lemmas(word, language) if not is_stop(name))
