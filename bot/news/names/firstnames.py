"""A given name alone: «рассказала Кира», «сноубордистка Кира», «Ваня из Междуреченска»."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.news.names.gazetteer import is_listed
from bot.news.names.given import given, role
from bot.news.words.capitals import Said
from bot.news.words.morphology import known_readings, parses

SURE = 0.75  # how much of what a word may be is a given name, where it opens a sentence
_BEASTS = re.compile(
    r"(?:кот|кошк|котик|котён|п[её]с|псу|псом|собак|щен|кон[ьяюе]|лошад|коров|козе?л|коз[аыуе]|"
    r"медвед|слон|тигр|лис[аыуе]|рыс|попуга|бык|олен|лос|кат|сабак|мядзвед)\w{0,4}"
)
_SHORT = 4  # letters of a name such as «Валя», which begins as the full one does
_YEARS = re.compile(r"\d{1,2}")
_SAYS = re.compile(  # Belarusian verbs of those who are asked
    r"кажа|піша|смяецца|расказвае|дзеліцца|успамінае|тлумачыць|прызнаецца|"
    r"(?:сказа|расказа|падзялі|успомні|прызна|патлумачы)(?:ў|ла|ўся|лася)"
)


def first_name(words: Said, at: int, language: str) -> str | None:
    """The given name that the word is, in the nominative: behind who one is, or beside a verb."""
    word = words.texts[at]
    readings = given(word, language) if language in ("ru", "be") else ()
    if not readings or not word[1:].islower() or _is_part(words, at) or is_listed(word):
        return None
    if words.opens(at) and not (language == "ru" and _is_sure(word)):
        return None
    if _is_aged(words, at):
        return readings[0].name
    case = _told(words, at, language) or ("nomn" if _does(words, at, language) else None)
    return next((one.name for one in readings if one.case == case), None)


def known_as(name: str, named: Iterable[str]) -> str | None:
    """Whom the text names in full, if he is called so («Надя» is «Надежда Будаева»), or himself.

    None if several are.
    """
    begins = name[:3] if len(name) <= _SHORT else f"{name} "
    same = {one for one in named if one.startswith(begins)}
    return name if not same else same.pop() if len(same) == 1 else None


def _is_part(words: Said, at: int) -> bool:
    """Whether it is but a part of a name, or a title in quotation marks."""
    gap, after = words.gaps[at], words[at + 1] if at + 1 < len(words) else None
    if gap.endswith("-") or (
        at and gap == " " and words.capitals[at - 1] and not words.opens(at - 1)
    ):
        return True
    if after is None:
        return gap.endswith("«")
    quoted = gap.endswith("«") and after.gap.startswith("»")
    return quoted or after.gap == "-" or (after.gap == " " and after.capital)


def _told(words: Said, at: int, language: str) -> str | None:
    """The case of who stands before the name, if it is no beast."""
    if not at or words.gaps[at] != " ":
        return None
    before = words.texts[at - 1].lower()
    return None if _BEASTS.fullmatch(before) else role(before, language)


def _is_aged(words: Said, at: int) -> bool:
    """«Денису, 23 года»."""
    after = words[at + 1] if at + 1 < len(words) else None
    return after is not None and after.gap == ", " and bool(_YEARS.fullmatch(after.text))


def _does(words: Said, at: int, language: str) -> bool:
    """Whether a verb stands beside the name, or where somebody is from."""
    if at and words.gaps[at] == " " and _acts(words.texts[at - 1], language):
        return True
    if at + 1 == len(words):
        return False
    after = words[at + 1]
    if after.gap == " " and after.text in ("из", "з", "са"):
        return at + 2 < len(words) and words.capitals[at + 2]
    return after.gap == " " and _acts(after.text, language)


@lru_cache(maxsize=4096)
def _acts(word: str, language: str) -> bool:
    """A verb of somebody's: «пишет», «застонал»."""
    if language == "be":
        return bool(_SAYS.fullmatch(word))
    tag = parses(word)[0].tag if len(word) > 2 and word.islower() else None
    return tag is not None and tag.POS == "VERB" and tag.person in (None, "3per")


@lru_cache(maxsize=4096)
def _is_sure(word: str) -> bool:
    return bool(sum(one.score for one in known_readings(word) if "Name" in one.tag) >= SURE)
