"""Facts by rule, each with the sentence that says it: sums, percentages, quantities, routes, days.

What is to come is an event: «весной», «до конца года» as ranges [since, until) of the article's
zone, «с 1 декабря» without an end; «5–7 %» keeps both numbers. Nothing here knows what a fact is
about; its sentence does.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.news.facts.events import told
from bot.news.names.places import town
from bot.news.text.reading import sentence_words
from bot.news.words.morphology import lower
from storage.models import Fact, FactKind

MOST = 40  # facts of one article
LONGEST = 600  # characters of a sentence that is looked through

_SPACES = "   "
_PLAIN = rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_NUMBER = (  # and ranges: «5–7 %», «от 20 до 30 тысяч рублей»; «2 тысячи 300»
    rf"(?=\d)(?<![\w.,:№–—-])(?:(?P<thousands>\d{{1,3}}) тысяч\w* (?=\d{{3}}\b))?"
    rf"(?:(?P<least>{_PLAIN})(?:[–—-]| до | to )(?=\d))?(?P<most>{_PLAIN})"
)
_MULTIPLE = (
    r"тыс\.?|тысяч\w*|тысяч[аи]?|млн\.?|миллион\w*|мільён\w*|млрд\.?|миллиард\w*|мільярд\w*|"
    r"трлн\.?|триллион\w*|thousand|million|billion"
)
_CURRENCIES = {
    "BYN": r"(?:белорусск\w+ |беларуск\w+ )руб\w*|byn",
    "RUB": r"(?:российск\w+ |расійск\w+ )?руб(?:л\w+|\.|)|₽|rub|roubles?|rubles?",
    "USD": r"доллар\w*|долар\w*|\$|usd|dollars?",
    "EUR": r"евро|еўра|€|eur|euros?",
    "CNY": r"юан\w+|yuan",
}
_UNITS = {
    "t": r"тонн\w*|тоннаў|т(?= |$)|tonn?es?|tons?",
    "kg": r"килограмм\w*|кілаграм\w*|кг",
    "km": r"километр\w*|кіламетр\w*|км|kilometres?|km",
    "m": r"метр(?:а|ов|ы|аў|)|м(?= |$)|metres?",
    "ha": r"гектар\w*|гектараў|га(?= |$)|hectares?",
    "l": r"литр(?:а|ов|ы|)|літр\w*",
    "m3": r"кубометр\w*|куб(?:ическ\w+|\.) ?м\w*",
    "m2": r"квадратн\w+ метр\w*|кв\. ?м",
    "MW": r"мегаватт\w*|мвт",
    "people": r"человек\w*|людей|чалавек\w*|жител\w+|жыхар\w+|пассажир\w*|пасажыр\w*|дет(?:ей|и)|"
    r"дзяцей|школьник\w*|пострадавш\w+|people|passengers?",
    "flights": r"рейс(?:а|ов|ы|аў|)|flights?",
    "cars": r"автомобил\w+|машин\w*|аўтамабіл\w+",
    "buses": r"автобус\w*|аўтобус\w*",
    "flats": r"квартир\w*|кватэр\w*",
    "places": r"мест(?:а|о|)|месцаў",
    "degrees": r"градус\w*|°",
}  # fmt: skip
_VALUE = re.compile(_NUMBER)
_WHAT = re.compile(  # matched with lower case
    rf"(?:\s?(?P<multiple>{_MULTIPLE}))?\s?(?:"
    r"(?P<percent>%|процент\w*|працэнт\w*|percent|per cent)|"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in (_CURRENCIES | _UNITS).items())
    + r")(?![\w])"
)
_SIGN_FIRST = re.compile(rf"([$€])\s?(\d+(?:[.,]\d+)*)(?:\s?({_MULTIPLE}))?", re.I)
_SIGNS = {"$": "USD", "€": "EUR"}
_TOWN = r"[А-ЯЁІЎA-Z][\wёіў'’]+(?:-[А-ЯЁІЎA-Z]?[\wёіў'’]+)*"
_ROUTE = re.compile(rf"(?<![\w«]){_TOWN}(?: [—–-] {_TOWN})+(?![\w])|«({_TOWN}(?: [—–-] {_TOWN})+)»")
_JOINED = re.compile(r"(?<![\w«-])([А-ЯЁІЎ][а-яёіў]+)[–—-]([А-ЯЁІЎ][а-яёіў]+)(?![\w-])")
_DASHED, _HYPHENED = re.compile(" [—–-] [А-ЯЁІЎA-Z]"), re.compile("[–—-][А-ЯЁІЎ]")  # found faster
_FROM_TO = re.compile(
    rf"\b(?:из|з|from) ({_TOWN}) (?:в|во|у|ў|до|да|to) ({_TOWN})|"
    rf"\b(?:между|паміж|between) ({_TOWN}) (?:и|і|and) ({_TOWN})"
)

_FROM = frozenset(["из", "з", "from", "между", "паміж", "between"])


def find(
    sentences: Sequence[str], *, published: datetime | None, country: str = "ru"
) -> tuple[Fact, ...]:
    """The facts of a text, in its order. Without `published` no day is known for one to come.

    Its zone is the one that days begin in. `country` says whose roubles those without a name are.
    """
    found: dict[tuple[object, ...], Fact] = {}
    for sentence in sentences:
        for fact in _facts(sentence[:LONGEST], published, country):
            found.setdefault((fact.kind, fact.value, fact.unit, fact.since, fact.until), fact)
            if len(found) >= MOST:
                return tuple(found.values())
    return tuple(found.values())


def _facts(sentence: str, published: datetime | None, country: str) -> Iterator[Fact]:
    if _DIGIT.search(sentence):
        yield from _quantities(sentence, country)
    if "-" in sentence or "—" in sentence or "–" in sentence:
        yield from _routes(sentence)
    if not _FROM.isdisjoint(sentence_words(sentence)):
        for match in _FROM_TO.finditer(sentence):
            yield from _route(sentence, *filter(None, match.groups()))
    if published is not None:
        for kind, since, until in told(sentence, published):
            yield Fact(kind=kind, since=since, until=until, sentence=sentence)


_DIGIT = re.compile(r"\d")


def _quantities(sentence: str, country: str) -> Iterator[Fact]:
    low = lower(sentence)
    for number in _numbers(sentence):
        what = _WHAT.match(low, number.end())
        if what is None:
            continue
        name = str(what.lastgroup)
        value = _value(number, what["multiple"])
        if name == "percent":
            yield Fact(kind=FactKind.PERCENT, value=value, unit="%", sentence=sentence)
        elif name in _CURRENCIES:
            unit = "BYN" if name == "RUB" and country == "by" and _bare(what[name]) else name
            yield Fact(kind=FactKind.SUM, value=value, unit=unit, sentence=sentence)
        else:
            yield Fact(kind=FactKind.QUANTITY, value=value, unit=name, sentence=sentence)
    if "$" in sentence or "€" in sentence:
        for sign, number, multiple in _SIGN_FIRST.findall(sentence):
            value = _plain(number, multiple)
            yield Fact(kind=FactKind.SUM, value=value, unit=_SIGNS[sign], sentence=sentence)


def _numbers(sentence: str) -> Iterator[re.Match[str]]:
    """Each after the other; what is no digit is passed over faster so."""
    at = 0
    while digit := _DIGIT.search(sentence, at):
        found = _VALUE.match(sentence, digit.start())
        if found:
            yield found
        at = (found or digit).end()


def _bare(money: str) -> bool:
    """Roubles without a country: «рублей», not «российских рублей»."""
    return " " not in money and money not in ("₽", "rub")


def _value(number: re.Match[str], multiple: str | None) -> str:
    most = _plain((number["thousands"] or "") + number["most"], multiple)
    if number["least"] is None:
        return most
    least = _plain(number["least"], multiple)
    return f"{least}–{most}" if float(least) < float(most) else most


def _plain(number: str, multiple: str | None) -> str:
    """«3,7» and «тысячи» are 3700; «1,200,000» is a million and more."""
    digits = re.sub(rf"[{_SPACES}]", "", number)
    digits = digits.replace(",", ".") if digits.count(",") < 2 else digits.replace(",", "")
    return f"{float(digits) * 10 ** _power(multiple):.12g}"


def _power(multiple: str | None) -> int:
    if not multiple:
        return 0
    word = multiple.lower()
    if word[0] == "т" and word[1] == "р":
        return 12
    if word[0] in "тt":
        return 3
    return 9 if "рд" in word or "рл" in word or "ярд" in word or word[0] == "b" else 6


def _routes(sentence: str) -> Iterator[Fact]:
    if " — " in sentence or " – " in sentence or " - " in sentence:
        for match in _ROUTE.finditer(sentence) if _DASHED.search(sentence) else ():
            yield from _route(sentence, *re.split(r" [—–-] ", match[1] or match[0]))
    for match in _JOINED.finditer(sentence) if _HYPHENED.search(sentence) else ():
        if town(match[0]) is None:  # not «Анжеро-Судженск»
            yield from _route(sentence, match[1], match[2])


def _route(sentence: str, *towns: str) -> Iterator[Fact]:
    names = [town(one) for one in towns]
    if all(names):
        value = " — ".join(map(str, names))
        yield Fact(kind=FactKind.ROUTE, value=value, sentence=sentence)


def counted(text: str, unit: str | None) -> frozenset[str]:
    """The beginnings of the words that a text has for this unit of a quantity."""
    pattern = _UNITS.get(unit or "")
    if pattern is None:
        return frozenset()
    found = re.findall(rf"(?<=[\d{_SPACES}])(?:{pattern})(?![\w])", text, re.I)
    return frozenset(word[:4].lower() for word in found)
