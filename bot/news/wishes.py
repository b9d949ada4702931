"""What a question wants to hear, and whether a sentence says such a thing.

«Сколько» wants a number, «почём» a price, «когда» a time, «где» a place, «кто» a person. The words
that only wish (цена, счёт, причина …) are no subject: an answer may well do without them.
"""

import re
from enum import StrEnum
from functools import lru_cache


class Wish(StrEnum):
    PRICE = "price"
    HOUR = "hour"
    AMOUNT = "amount"
    TIME = "time"
    PLACE = "place"
    PERSON = "person"
    CAUSE = "cause"
    SCORE = "score"


def _wordy(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.I)


_ASKED = {
    Wish.PRICE: _wordy(
        r"поч[её]м|сто[ия]т|стоить|стоил[аио]?|стоимость|цен[аыуе]|тариф\w*|подорожа\w+|"
        r"кашту[ею]\w*|цан[аыуе]|кошт\w*|prices?|costs?|fares?"
    ),
    Wish.HOUR: _wordy(r"во сколько|в котором часу|[ау] котрай гадзіне|а колькі|(?:at )?what time"),
    Wish.AMOUNT: _wordy(r"сколько|скольких|насколько|колькі|how many|how much|how often"),
    Wish.TIME: _wordy(r"когда|какого числа|в каком году|калі|when"),
    Wish.PLACE: _wordy(r"где|куда|откуда|дзе|куды|адкуль|where"),
    Wish.PERSON: _wordy(r"кто|кого|кому|кем|хто|каго|каму|who|whom"),
    Wish.CAUSE: _wordy(r"почему|отчего|зачем|из-за чего|причин\w+|чаму|навошта|прычын\w+|why"),
    Wish.SCORE: _wordy(r"сч[её]т(?:ом)?|чем закончил\w+|чем завершил\w+|score"),
}

_NUMBER = (
    r"\d|(?<!\w)(?:полтор\w+|дв[аеу]\w?|двое|тр[иё]х?|трое|четыре\w*|четверо|пят[ьи]|пятеро|шест[ьи]|"
    r"шестеро|сем[ьи]|семеро|восем[ьи]|девят[ьи]|десят[ьи]|десяток|дюжин\w+|сорок|девяносто|сто|"
    r"двести|\w+(?:надцать|дцать|надцати|дцати|десят|сот|ста)|тысяч\w*|миллион\w*|"
    r"дз?ве|дзвюх|тры|чатыры|пяць|шэсць|сем|восем|дзевяць|дзесяць|\w+ццаць|"
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|once|"
    r"twice|weekly|daily|один раз|раз [вн]\w?|штотыдзень|half)(?!\w)"
)
_MONTHS = (
    r"(?:январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентябр|октябр|ноябр|декабр|студзен|лют|"
    r"сакавік|красавік|тра[вў]|чэрвен|ліпен|жні[вў]|верас|кастрычнік|лістапад|снежн|january|february|"
    r"march|april|may|june|july|august|september|october|november|december)\w{0,3}"
)
_HOLDS = {
    Wish.PRICE: re.compile(
        r"\d\W{0,2}(?:(?:тыс|млн|млрд|миллион|мільён|тысяч|тысяц)\w*\W+)?"
        r"(?:бел\w*\W+|росс?\w*\W+)?(?:руб|₽|коп|капе|дол|\$|евро|еўра|roubl|rubl|kope|eur|usd)|"
        r"[$€]\s?\d|бесплатн|бясплатн|free of charge",
        re.I,
    ),
    Wish.HOUR: re.compile(
        r"(?<!\d)\d{1,2}[:.]\d{2}(?!\d)|\d{1,2} час|\d{1,2} гадз|\d ?[ap]\.?m", re.I
    ),
    Wish.AMOUNT: re.compile(_NUMBER, re.I),
    Wish.TIME: re.compile(
        rf"\d\W+{_MONTHS}(?!\w)|(?<!\w){_MONTHS}\W+\d|(?<!\w)(?:19|20)\d\d(?!\d)|"
        r"(?<!\d)\d{1,2}[:.]\d{2}(?!\d)|"
        r"(?<!\w)(?:весной|летом|осенью|зимой|увесну|улетку|увосень|узімку|"
        r"завтра|заўтра|послезавтра|сегодня|сёння|вчера|учора|(?:после|пасля) нов\w+ год\w+|"
        r"(?:в|к|до|с|у|да|з|in|by|until) (?:начал|середин|конц|пачатк|канц)\w+|"
        rf"(?:в|к|у|in|by) {_MONTHS}|"
        r"(?:через|праз) \w+ (?:год|лет|мес|недел|дн|тыд|дз)\w*|"
        r"(?:в|во|с|у|з|on) (?:понедельник|вторник|сред|четверг|пятниц|суббот|воскресень|панядзел|"
        r"аўтор|серад|чацв|пятніц|субот|нядзел|mon|tues|wednes|thurs|fri|satur|sun)\w*)",
        re.I,
    ),
    Wish.PLACE: re.compile(
        r"(?<!\w)(?i:в|во|на|у|ў|под|пад|близ|возле|около|каля|из|з|in|at|near) "
        r"(?:\w+ ){0,2}«?[А-ЯЁЎІA-Z]|\d-м километре|"
        r"(?i:(?:на|по|у|ў) (?:улиц|проспект|площад|вуліц|праспек|плошч)|street)"
    ),
    Wish.PERSON: re.compile(
        r"(?<!\w)[А-ЯЁЎІA-Z][а-яёўіa-z]+ (?:[А-ЯЁЎІA-Z][а-яёўіa-z]+ )?[А-ЯЁЎІA-Z][а-яёўіa-z]{2,}|"
        r"(?i:автор|аўтар|студент|студэнт|директор|дырэктар|житель|жыхар|владелец|руководител|глава)"
    ),
    Wish.CAUSE: re.compile(
        r"(?i:(?<!\w)(?:из-за|из за|причин|вследствие|в связи|ввиду|потому что|так как|поскольку|"
        r"вызва[нл]|привел[аио]? к|праз |прычын|з-за|because|due to|caused|owing)|объясн|нехватк)"
    ),
    Wish.SCORE: re.compile(r"(?<!\d)\d{1,3}\s?[:–-]\s?\d{1,3}(?!\d)"),
}  # fmt: skip


@lru_cache(maxsize=256)
def wishes(question: str) -> frozenset[Wish]:
    """What is wished for; a price and an hour are asked by «сколько», but are no mere number."""
    found = {wish for wish, pattern in _ASKED.items() if pattern.search(question)}
    if found & {Wish.PRICE, Wish.HOUR}:
        found.discard(Wish.AMOUNT)
    return frozenset(found)


def wishing(question: str) -> list[str]:
    """The pieces of a question that only say what is wished for."""
    return [m[0] for pattern in _ASKED.values() for m in pattern.finditer(question)]


def holds(wish: Wish, sentence: str) -> bool:
    """Whether the sentence says a thing of that kind."""
    return bool(_HOLDS[wish].search(sentence))
