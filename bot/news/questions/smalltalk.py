"""Small talk: a greeting or thanks is answered in kind, and is no search."""

import re
from enum import StrEnum


class Talk(StrEnum):
    HELLO = "hello"
    THANKS = "thanks"


_HELLO = (
    r"привет\w*|здравствуй(?:те)?|здрасте|хай|салют|доброе утро|добр(?:ый|ого) (?:день|вечер|дня)|"
    r"доброй ночи|как (?:дела|жизнь|ты|сам|поживаешь)|вітаю|прывітанне|добры (?:дзень|вечар)|"
    r"добрай раніцы|як (?:справы|маешся|жыццё)|hello|hi|hey|good (?:morning|afternoon|evening)|"
    r"how are you|what'?s up"
)
_THANKS = (
    r"спасибо|спс|благодарю|пожалуйста|отлично|супер|круто|понятно|ясно|хорошо|ладно|ок|окей|"
    r"пока|до свидания|дзякуй|дзякую|дзякуем|калі ласка|добра|бывай|да пабачэння|"
    r"thank you|thanks|thx|ok|okay|great|cool|bye|goodbye"
)
_BESIDE = r"большое|огромное|вам|тебе|всем|бот|дружище|вялікі|вам|табе|very much|a lot|there|bot"
_POLITE = (
    r"подскажи(?:те)?|скажи(?:те)?|пожалуйста|расскажи(?:те)?|интересует|хочу (?:узнать|знать)|"
    r"можно узнать|калі ласка|скажыце|падкажыце|please|could you tell me|can you tell me"
)


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:(?:{words})(?!\w)\W*)+", re.I)


def _within(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I)


_TALKS = (
    (Talk.HELLO, _whole(f"{_HELLO}|{_BESIDE}"), _within(_HELLO)),
    (Talk.THANKS, _whole(f"{_HELLO}|{_THANKS}|{_BESIDE}"), _within(_THANKS)),
)
_OPENING = re.compile(rf"\s*(?:(?:{_HELLO}|{_POLITE})(?!\w)\W*)+", re.I)


def small_talk(text: str) -> Talk | None:
    """What kind of it the whole text is, if it is nothing else."""
    for talk, whole, has in _TALKS:
        if whole.fullmatch(text) and has.search(text):
            return talk
    return None


def without_opening(text: str) -> str:
    """The text without the greeting and the politeness before its question."""
    return text[match.end() :] if (match := _OPENING.match(text)) else text
