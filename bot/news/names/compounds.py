"""Names told by the word itself: «Гомельводоканал», «ИрАэро»; and towns behind «in», «каля»."""

import re
from functools import lru_cache

from bot.news.words.capitals import Said
from bot.news.words.morphology import fold, is_known, known_readings, parses

_COMPOUND = re.compile(
    r"([А-ЯЁ][а-яё]{2,}(?:стат|водоканал|энерго|автодор|автотранс|строй|телеком|нефтехим|промбанк|"
    r"надзор|снаб|сельмаш|теплосеть|лифт|зеленхоз|транс|уголь|хлебпром|автобус|госархив|"
    r"метрострой|аэронавигация))(?:а|у|ом|е|ем)?"
)
_STATE = re.compile(r"(?:Гос|Рос|Мин|Глав|Обл|Гор|Рай|Бел(?!о)|Кузбасс|Сиб|Авиа|Аэро)[а-яё]{4,}")
_NO_STATE = re.compile(r".+(?:[оеё]во|ино|ка|ск|цк|ы|и|ая|ий|ое|ой|ец|ич|ев|ин|ко|як|ян|ович)")
_INNER = re.compile(r"([А-ЯЁ][а-яё]+[А-ЯЁ](?:[А-ЯЁ]+|[а-яё]+))")
_CASE = re.compile(r"(?<=[А-ЯЁ]{2})(?:а|у|ом|е)$")
_CALENDAR = """
january february march april may june july august september october november december monday
tuesday wednesday thursday friday saturday sunday parliament english russian belarusian the
"""
_NO_PLACES = frozenset(_CALENDAR.split())
_VEHICLES = frozenset(["камаз", "уаз", "газель"])
_IN = {
    "en": frozenset(["in", "near", "from", "to", "outside"]),
    "be": frozenset(["у", "ў", "з", "са", "каля", "пад", "да"]),
}
_OF_A_COUNTRY = ("ian", "nyan", "ish", "ese")
_BE_TOWNS = (
    (re.compile(r"(\w+[сц]к)(?:а|у|ам)"), r"\1"),
    (re.compile(r"(\w+іч)(?:ах|аў|ам|амі)"), r"\1ы"),
    (re.compile(r"(\w+(?:ав|ін))(?:е|у|ай)"), r"\1а"),
)


@lru_cache(maxsize=8192)
def organisation(word: str) -> str | None:
    """The organisation that the word alone tells of, in the nominative."""
    if found := _INNER.fullmatch(_CASE.sub("", word)):
        return found[1] if found[1].lower() not in _VEHICLES else None
    found, of_state = _COMPOUND.fullmatch(word), _STATE.fullmatch(word)
    if not (found or of_state) or known_readings(word):
        return None
    return found[1] if found else _of_state(word)


def _of_state(word: str) -> str | None:
    """«Госжилинспекции» → «Госжилинспекция», if the dictionary knows what it ends with."""
    best = parses(word)[0]
    name = str(best.normal_form)
    thing = best.tag.POS == "NOUN" and "inan" in best.tag
    if not thing or "Geox" in best.tag or _NO_STATE.fullmatch(name):
        return None
    if not any(is_known(fold(word[at:])) for at in range(3, len(word) - 4)):
        return None
    return word if word.endswith("ния") else name.capitalize()


def foreign_town(words: Said, at: int, language: str | None) -> tuple[int, str] | None:
    """The town that an English or Belarusian text names behind a preposition: its size and name."""
    leads = _IN.get(language or "")
    if not leads or not at or words.gaps[at] != " " or words.texts[at - 1].lower() not in leads:
        return None
    if language == "be":
        name = _belarusian(words.texts[at])
        return (1, name) if name else None
    end = at + 1
    while end < len(words) and words.capitals[end] and words.gaps[end] in (" ", "-"):
        end += 1
    span = words[at:end]
    if any(one.text.lower() in _NO_PLACES or one.text.isupper() for one in span):
        return None
    if span[-1].text.endswith(_OF_A_COUNTRY) and end < len(words) and words.gaps[end] == " ":
        return None  # “to Kenyan farms”
    return len(span), "".join(one.gap * (n > 0) + one.text for n, one in enumerate(span))


def _belarusian(word: str) -> str | None:
    for pattern, name in _BE_TOWNS:
        if pattern.fullmatch(word):
            return pattern.sub(name, word)
    return None
