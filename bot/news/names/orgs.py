"""Organisations that no list holds, by their quotes or number: санаторий «Берёзка», школа № 41."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.news.words.agreement import agreeing
from bot.news.words.morphology import fold, normal_form, parses

# Nouns that make what is quoted behind them an organisation, by their beginnings.
_KINDS = re.compile(
    r"(?:(?:авиа|агро|микро|гипер|супер|минимаркет|торгов\w* )?(?:компани|холдинг|маркет|фирм)|"
    r"предприяти|завод|комбинат|фабрик|шахт|разрез|рудник|концерн|корпораци|банк|магазин|сет[ьи]|"
    r"центр|салон|клиник|больниц|аптек|ломбард|санатори|профилактори|отел|гостиниц|кафе|ресторан|пиццери|"
    r"клуб|команд|театр|музе|университет|институт|"
    r"лице|гимнази|хозяйств|агрокомбинат|колхоз|совхоз|кооператив|издательств|телеканал|агентств|"
    r"портал|фонд|ассоциаци|партни|парти|движени|организаци|объединени|общество|оператор|"
    r"перевозчик|застройщик|подрядчик|поставщик|производител|ритейлер|группа|ансамбл|оркестр|"
    r"рыбхоз|лесхоз|леспромхоз|птицефабрик|свинокомплекс|заповедник|питомник|дворец|дворц|трест|"
    r"автоколонн|автобаз|типографи|пекарн|столов|кофейн|туроператор|кинотеатр|галере|элеватор|курорт|"
    r"технопарк|автопарк|таксопарк|парк|приют|лагер|студи|школ|автошкол|автоцентр|дилер|брокер|лизинг|"
    r"авіякампані|кампані|прадпрыемств|камбінат|фабрык|гаспадар|цэнтр|крам|тэатр|"
    r"хк|фк|бк|вк|мфк|жфк|ск|ооо|оао|зао|ао|пао|муп|гуп|гау|мау|гку|гбуз|ук|куп|руп|чуп|уп|кпуп|"
    r"кфх|тд|тц|трц|трк|нпо|нко|нпз|гк|аэк|спк|сдюшор|рк)[а-яёіў]{0,5}"
)
# Things that are called by names in quotes, and are no organisations.
_THINGS = re.compile(
    r"(?:лад|нив|тойот|ниссан|рено|хонд|киа|хендай|хёндай|шкод|форд|мазд|мерседес|ауди|опел|газел|"
    r"уаз|камаз|соболь|волг|жигул|москвич|пежо|ситроен|чери|джили|хавал|бмв|икарус|ласточк|сапсан|"
    r"суперджет|боинг|эйрбас|искандер|орешник|чебурашк|снегурочк|масленниц)[а-яё]{0,4}",
    re.I,
)
_QUOTED = re.compile(r"[«\"“„]([^«»\"“”„\n]{2,60})[»\"”“]")
_BEFORE = re.compile(r"(?:([^\W\d]+)(?:,| ([А-ЯЁ]{2,5}))? )$")
_FORM = re.compile(
    r"(?!ЖК|КВН|ДТП|СМИ)[А-ЯЁ]{2,5}"
)  # what an abbreviation stands for: «МКЗ «Изосим»»
_THEIRS = re.compile(
    r"(?:производств|бригад|офис|филиал|акци|рейс|борт|самол[её]т|сайт|магазин|площадк)\w{0,3}"
)
_WORKS = re.compile(r"(?:геро|автор|режисс|постановщ|создател|читател|зрител|исполнител|роман)\w*")
_END = re.compile(r"\s*[,.!?—–-]*\s*[—–]")  # what follows somebody's words

_SHORTENED = {
    "школ": "Школа", "гимнази": "Гимназия", "лице": "Лицей", "больниц": "Больница",
    "поликлиник": "Поликлиника", "колони": "Колония",
}  # fmt: skip
_NUMBER = re.compile(r"№ ?(\d+)")
_NUMBERED = re.compile(rf"\b({'|'.join(_SHORTENED)})\w{{0,3}} $", re.I)

_WESTERN = re.compile("[A-Za-zіўІЎ]")
_DESCRIBED = re.compile(
    r"[А-ЯЁ]\w+(?:ая|ой|ую|ий|ого|ому|им|ом)(?: \w+(?:ая|ой|ую|ий|ого|ому|им|ом))* $"
)

_LATIN = re.compile(r"[A-Z](?<= [A-Z])[\w&.-]*[A-Za-z](?: [A-Z][\w&-]+){0,3}(?![\w-])")
_WORD_BEFORE = re.compile(r"([а-яё]+) $")
_CARRIER = re.compile(r"[a-z]Air\b|(?:^| )(?:Air|Airlines|Airways|Motors|Group|Bank|Logistics)\b")
_OF_A_COUNTRY = re.compile(r"\w+(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую)")

_AIRLINE = re.compile(r"(?<![\w«])[А-ЯЁ][а-яё]+ (?:Эйр(?:лайнс|вейз)?|Авиа|Джет)(?!\w)")

_ON = frozenset(["у", "от", "из", "против", "для", "с", "со", "на", "к", "каля", "ад", "супраць"])
_SHOWN = re.compile(  # works and prizes: «поставили «Ревизора»»
    r"(?:показа|поставил|исполн|спел|снял|написа|издал|экраниз|назва|завоева|паказа|паставі).*л[иі]|"
    r"(?:полу|вруч|завою).*"
)
_SAYS_NOTHING = frozenset(["VERB", "ADJF", "PRTF", "PRTS", "NPRO", "ADVB", "CONJ", "PRCL", "INFN"])

_FIXED = re.compile(r"Восток|Запад|Север|Юг|Плюс|Сервис|Холдинг|Инвест|Групп|Строй|Трейд|Сити|\d+")
# Two or three words in quotes that are no speech: «Уголь России» names no country.
_TITLE = re.compile(r"[А-ЯЁ][а-яё-]+(?: [А-ЯЁа-яё][а-яё-]{2,}){1,2}")

Found = tuple[int, int, str]  # where it is named, and its name; empty: the words name nothing


def marked(text: str) -> Iterator[Found]:
    """Organisations that quotation marks or a number tell of."""
    yield from _quoted(text)
    yield from _in_latin(text)
    if "Эйр" in text or " Авиа" in text or " Джет" in text:
        yield from ((*match.span(), match[0]) for match in _AIRLINE.finditer(text))
    if "№" in text:
        yield from _numbered(text)


def _numbered(text: str) -> Iterator[Found]:
    """«школа № 41», but «Кемеровская городская больница № 3» is an institution's whole name."""
    for number in _NUMBER.finditer(text):
        noun = _NUMBERED.search(text, max(0, number.start() - 20), number.start())
        if noun and not _DESCRIBED.search(text, max(0, noun.start() - 60), noun.start()):
            yield noun.start(), number.end(), f"{_SHORTENED[noun[1].lower()]} № {number[1]}"


def _in_latin(text: str) -> Iterator[Found]:
    """«фирма Yapi Merkezi», «индийская Tata Motors»: of a text in Cyrillic letters."""
    for match in _LATIN.finditer(text):
        before = _WORD_BEFORE.search(text, max(0, match.start() - 30), match.start())
        if before is None:
            continue
        word = before[1].lower()
        if _CARRIER.search(match[0]) or _KINDS.fullmatch(word) or _OF_A_COUNTRY.fullmatch(word):
            yield *match.span(), match[0]


def _quoted(text: str) -> Iterator[Found]:
    """Names in quotes: behind «санаторий» and the like, or named so elsewhere in the text."""
    found = [(m, _noun_before(m)) for m in _QUOTED.finditer(text) if _is_name(m)]
    told = sorted(found, key=lambda one: bool(_KINDS.fullmatch(one[1].lower())))  # surest last
    cued = {_key(m[1]): _cased(m[1], noun) for m, noun in told if noun and _is_cue(noun)}
    last = 0  # where the last one ended
    for match, noun in found:
        name = cued.get(_key(match[1]))
        if name is None and (_is_free(match, noun) if noun != "и" else last == match.start() - 3):
            name = _nominative(match[1])
        if name is not None:
            last = match.end()
            yield *match.span(1), name
        elif _TITLE.fullmatch(match[1]):
            yield *match.span(1), ""


def _is_name(match: re.Match[str]) -> bool:
    name = match[1]
    return (
        name[0].isupper()
        and name[-1] not in ".!?,…"
        and name.count(" ") < 5
        and " — " not in name
        and not _THINGS.fullmatch(name)
    )


def _noun_before(match: re.Match[str]) -> str:
    before = _BEFORE.search(match.string, max(0, match.start() - 40), match.start())
    if before is None:
        return ""
    return before[2] if before[2] and not _KINDS.fullmatch(before[1].lower()) else before[1]


def _cased(name: str, noun: str) -> str:
    """«завод «Заря»», but «вратарь «Зари»»: people are theirs."""
    return name if _KINDS.fullmatch(noun.lower()) or noun.isupper() else _nominative(name)


@lru_cache(maxsize=4096)
def _is_cue(noun: str) -> bool:
    """Whether what is quoted behind it is an organisation: a kind of one, or its people."""
    lower = noun.lower()
    if _KINDS.fullmatch(lower) or _FORM.fullmatch(noun) or _THEIRS.fullmatch(lower):
        return True
    tag = parses(lower)[0].tag
    return tag.POS == "NOUN" and "anim" in tag and not _WORKS.fullmatch(lower)


def _is_free(match: re.Match[str], before: str) -> bool:
    """One or two words in quotes that no noun explains: «Каскад» обещает, победил «Шахтёр»."""
    if match[1].count(" ") > 1 or not match[1][-1].isalpha():
        return False
    if _END.match(match.string, match.end()) and not before:
        return False
    return not before or _explains_nothing(before)


@lru_cache(maxsize=4096)
def _explains_nothing(word: str) -> bool:
    lower = word.lower()
    if _SHOWN.fullmatch(lower):
        return False
    return lower in _ON or parses(lower)[0].tag.POS in _SAYS_NOTHING


@lru_cache(maxsize=2048)
def _key(name: str) -> str:
    """The same for every case of a name."""
    return " ".join(fold(normal_form(word)) for word in re.findall(r"\w+", name))


@lru_cache(maxsize=2048)
def _nominative(name: str) -> str:
    """A Russian name of one word, or of an adjective and its noun, in the nominative."""
    if _WESTERN.search(name):
        return name
    head, hyphen, tail = name.rpartition("-")
    if hyphen and _FIXED.fullmatch(tail):  # «Вагонсервиса-Восток»
        return f"{_nominative(head)}-{tail}"
    *first, last = name.split()
    readings = parses(last)
    best = next((one for one in readings if one.tag.number == "sing"), readings[0])
    if best.tag.case in (None, "nomn"):
        return name
    found = agreeing(first, best, last)
    return " ".join(map(_capital, found, (*first, last)))


def _capital(form: str, word: str) -> str:
    """A form with the capitals of the word: «Юбилейной-Северной» is «Юбилейная-Северная»."""
    parts, given = form.split("-"), word.split("-")
    if len(parts) != len(given):
        return form.capitalize() if word[0].isupper() else form
    return "-".join(
        part.capitalize() if one[:1].isupper() else part
        for part, one in zip(parts, given, strict=True)
    )
