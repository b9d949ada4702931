"""Institutions of Belarusian and English texts, named by what they are."""

import re

Found = tuple[int, int, str]  # where it is named, and its name in the nominative

_BE_NOUNS = {  # what a noun begins with → the nominative
    "тэатр": "тэатр", "музе": "музей", "універсітэт": "універсітэт", "інстытут": "інстытут",
    "бальніц": "бальніца", "паліклінік": "паліклініка", "філармоні": "філармонія",
    "каледж": "каледж", "завод": "завод", "камбінат": "камбінат", "фабрык": "фабрыка",
    "суд": "суд", "пракуратур": "пракуратура", "мытн": "мытня", "цырк": "цырк",
    "бібліятэк": "бібліятэка", "аблвыканкам": "аблвыканкам", "райвыканкам": "райвыканкам",
    "гарвыканкам": "гарвыканкам", "акадэмі": "акадэмія", "цэнтр": "цэнтр",
    "федэрацы": "федэрацыя", "кампані": "кампанія", "служб": "служба", "фонд": "фонд",
    "саюз": "саюз", "гімназі": "гімназія", "камітэт": "камітэт", "піўзавод": "піўзавод",
    "бібліятэц": "бібліятэка", "фабрыц": "фабрыка", "паліклініц": "паліклініка",
    "бровар": "бровар", "лясгас": "лясгас", "запаведнік": "запаведнік", "ліцэ": "ліцэй",
    "чыгунк": "чыгунка", "чыгунц": "чыгунка", "банк": "банк", "тэхнікум": "тэхнікум",
    "метрапалітэн": "метрапалітэн", "епархі": "епархія", "абсерваторы": "абсерваторыя",
}  # fmt: skip
_BE_ADJECTIVE = r"[а-яёіў]+(?:і|ы|ага|аму|ім|ым|ая|ай|ой|ую)"
_BELARUSIAN = re.compile(
    rf"([А-ЯЁІЎ]{_BE_ADJECTIVE}(?: {_BE_ADJECTIVE}){{0,3}})"
    rf" ({'|'.join(sorted(_BE_NOUNS, key=len, reverse=True))})[а-яёіў]{{0,3}}(?![\w-])"
    r"(?P<number> № ?\d+)?"
)
_OF_A_PLACE = re.compile(r"\w+[сц]к\w{1,3}\b")
_EN_NOUNS = (
    "Committee|Commission|Ministry|University|Bank|Agency|Company|Railways?|Airlines?|Airways|Arena|"
    "Institute|Council|Court|Service|Group|Holding|Plant|Union|Federation|Party|Museum|Theatre|"
    "Theater|Hospital|Corporation|Authority|Association|Chamber|Office|Academy|Foundation|College"
)
_ENGLISH = re.compile(
    rf"(?!The )((?:[A-Z][\w’'-]+ ){{1,4}}(?:{_EN_NOUNS})|(?:{_EN_NOUNS}|Department|Bank|House))"
    r"( of [A-Z]\w+(?:,? (?:and )?[A-Z]\w+)*)?(?!\w)"
)


def belarusian(text: str, at: int, *, opens: bool) -> Found | None:
    """«Гомельская абласная бальніца», by endings: the nouns are few."""
    match = _BELARUSIAN.match(text, at)
    if match is None or (opens and not _OF_A_PLACE.match(match[1])):
        return None
    noun = _BE_NOUNS[match[2]]
    feminine = noun.endswith(("а", "я"))
    adjectives = (_adjective(word, feminine=feminine) for word in match[1].split())
    name = " ".join((*adjectives, noun))
    return *match.span(), name + (match["number"] or "")


def is_institution(word: str) -> bool:
    """Whether an English name that ends with the word is an institution's."""
    return bool(re.fullmatch(_EN_NOUNS, word))


def english(text: str, at: int) -> Found | None:
    """“State Customs Committee”, “Ministry of Industry”; a noun alone names nothing."""
    match = _ENGLISH.match(text, at)
    if match is None or (" " not in match[1] and not match[2]):
        return None
    return *match.span(), match[0]


def _adjective(word: str, *, feminine: bool) -> str:
    stem = re.sub(r"(?:ага|аму|ая|ай|ой|ую|ім|ым|і|ы)$", "", word)
    if feminine:
        return stem + "ая"
    return stem + ("і" if stem[-1] in "кгх" else "ы")
