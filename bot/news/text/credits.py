"""Who wrote, who photographed, from where: credits that stand in the text, lifted into fields.

A credit is a whole line («Текст: Имя Фамилия»), or the tail of the last paragraph; without a label,
the line above or below a text of who signs it. What follows a label must look like a name:
«Фото: на снимке открывают завод» is a caption and stays.
"""

import re
from dataclasses import dataclass

from bot.news.words.morphology import known_readings

LONGEST = 160  # characters of a line of credits

_BOTH = r"(?:текст(?: и |, )фото|фото(?: и |, )текст|тэкст(?: і |, )фота|text (?:and|&) photos?)"
_AUTHOR = (
    r"(?:текст|авторы?(?: текста| материала| статьи)?|автор[ка]+|корреспондент|журналист|"
    r"тэкст|аўтары?(?: тэксту)?|text|authors?|words|written by|story by|reporting by)"
)
_PHOTO = (
    r"(?:(?:источник |автор |заглавное )?фото(?:графи[яи])?(?: на (?:обложке|превью|главной))?|"
    r"фотограф|фотоиллюстрация|иллюстраци[яи]|изображение|скриншот|крыніца фота|(?:аўтар )?фота|"
    r"здымак|(?:photos?|images?|pictures?)(?: by| credit)?|photographer)"
)
_LABEL = re.compile(
    rf"(?:^|(?<=[\s.,;|/]))(?:(?P<both>{_BOTH})|(?P<author>{_AUTHOR})|(?P<photo>{_PHOTO}))\s*:\s*",
    re.I,
)
_COPYRIGHT = re.compile(r"(?:©|\(c\))\s*(?:фото\s*:?\s*)?(?P<name>\S.{1,80})", re.I)
_UNLABELLED = re.compile(
    r"фото(?:графии)? (?P<name>(?:предоставлен[оы]?|с сайта|со страницы|из (?:архива|открытых|"
    r"соцсетей|личного|группы)|автора|пресс-службы)(?: \S+){0,5})",
    re.I,
)
_PERSON = r"[А-ЯЁЎІA-Z][\w'’.-]*(?:\s[А-ЯЁЎІA-Z][\w'’.-]*){1,2}"
_TRADE = (
    r"(?:(?:спец|соб|фото)?корр?(?:еспондент(?:ка)?)?|журналист(?:ка)?|репорт[её]р|"
    r"обозреватель(?:ница)?|редактор|колумнист(?:ка)?|публицист|(?:спец|фота)?карэспандэнт(?:ка)?|"
    r"журналіст(?:ка)?|аглядальні(?:к|ца)|рэдактар(?:ка)?)\b"
)
_BYLINE = re.compile(
    rf"От\s(?P<by>{_PERSON})|(?P<who>{_PERSON}),\s(?:[а-яёіў]+[\s.]+){{0,2}}{_TRADE}"
    r"(?:\s[^.,!?:;]{1,40})?\.?"
)
_SMALL = {
    "и",
    "і",
    "and",
    "для",
    "of",
    "the",
    "de",
    "van",
    "von",
    "специально",
    "редакции",
    "с",
    "/",
}
_OFFICE = re.compile(
    r"(?:пресс-служб|прэс-служб|редакци|рэдакцы|архив|архіў|личн|сайт|автор|аўтар|соцсет|скриншот|"
    r"кадр|предоставлен|администраци|адміністрацы|правительств|из |с |со |соб\. ?корр|unsplash|"
    r"pixabay|freepik|pexels|официальн|открыты|министерств|управлени|очевид|читател|"
    r"участник|жител|сотрудник|организатор|подписчик|волонт|пассажир|vk|t\.me)",
    re.I,
)
_DOMAIN = re.compile(r"@?[\w-]+(?:\.[\w-]+)+(?:/\S*)?|@\w+")
_INNER_END = re.compile(r"[^\W\d_]{3,}[.!?…]\s+[^\W\d_]")

_PLACE = r"[А-ЯЁЎІ][А-ЯЁЎІа-яёўі]+(?:[- ][А-ЯЁЎІ]?[А-ЯЁЎІа-яёўі]+){0,2}"
_CAPITALS = r"[А-ЯЁЎІA-Z][А-ЯЁЎІA-Z]+(?:[- ][А-ЯЁЎІA-Z]+){0,3}"
_MONTH = (
    r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|студз|лют|сак|крас|трав|чэрв|ліп|"
    r"жні|вер|кас|ліс|сне)[а-яёўі]*\.?"
)
_MONTH_EN = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = (
    rf"(?:\d{{1,2}}\s{_MONTH}(?:\s\d{{4}})?(?:\s?г(?:ода|\.))?|"
    rf"{_MONTH_EN}\s\d{{1,2}}(?:,\s\d{{4}})?|\d{{1,2}}\s{_MONTH_EN})"
)
_AGENCY = (
    r"(?:(?:Корр\.|Кар\.)\s?)?(?:РИА\sНовости(?:\s[А-Я][а-я]+)?|(?:ИТАР-)?ТАСС|"
    r"(?:Интерфакс|ИНТЕРФАКС)(?:-[А-Яа-я]+)?|INTERFAX(?:\.RU|-[A-Z]+)?|Sputnik|БЕЛТА|БелТА|BelTA|"
    r"Reuters|AP|AFP|Прайм|ПРАЙМ|(?:ИА\s)?REGNUM|Росбалт|НСН)"
)
_DASH = r"\s?[—–-]+\s?"
_SLASHED = r"\s?(?:/[^/\n]{2,40}/|\([^()\n]{2,40}\))[.,]?"
_OUTLET = (  # of capitalised or hyphenated words, or named as papers are: «Шахтёрский край»
    r"(?:[А-ЯЁЎІA-Z][\w-]+(?:\s[А-ЯЁЎІA-Z][\w-]+){1,3}|[А-ЯЁЎІA-Z]\w+-\w+|(?:[А-ЯЁЎІA-Z]\w+\s)?"
    r"(?:край|курьер|вестник|веснік|хроника|новости|навіны|вести|газета|правда|пресса|news|times))"
)
_DATELINES = (
    rf"{_CAPITALS}[,.]\s{_DATE}[.,]?(?:{_SLASHED})?{_DASH}(?:{_AGENCY}[.,]?(?:{_DASH}|\s))?",
    rf"{_PLACE}[,.]\s{_DATE}[.,]?(?:{_DASH}|\s){_AGENCY}(?:[.,]\s|{_DASH})",
    rf"(?:{_CAPITALS}|{_PLACE})[,.]\s{_DATE}[.,]?{_SLASHED}(?:{_DASH}|\s)",
    rf"{_DATE},\s(?:{_CAPITALS}|{_PLACE})[.,]?{_SLASHED}(?:{_DASH}|\s)",
    rf"{_CAPITALS}\s?\((?:{_AGENCY}|[A-Z][A-Za-z ]{{1,20}})\){_DASH}",
    rf"{_CAPITALS}\s[—–-]\s(?:{_AGENCY}|{_OUTLET})[.,]\s(?=[«\"А-ЯЁЎІA-Z\d])",
)
_DATELINE = re.compile(f"(?P<dateline>{'|'.join(_DATELINES)})(?=\\S)")


@dataclass(frozen=True, slots=True)
class Credits:
    """What a line credits; both None: it is no line of credits."""

    author: str | None = None
    photo: str | None = None

    def __bool__(self) -> bool:
        return bool(self.author or self.photo)


def read(line: str) -> Credits:
    """The credits a whole line gives: «Текст: Имя Фамилия. Фото: site.ru»."""
    if len(line) > LONGEST:
        return Credits()
    plain = _COPYRIGHT.fullmatch(line) or _UNLABELLED.fullmatch(line)
    if plain and _looks_credited(plain["name"]):
        return Credits(photo=_bare(plain["name"]))
    if not _LABEL.match(line):
        return Credits()
    labels = list(_LABEL.finditer(line))
    author = photo = None
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        name = _bare(line[label.end() : following.start() if following else len(line)])
        writes = bool(label["author"] or label["both"])
        if not (_looks_named(name) if writes else _looks_credited(name)):
            return Credits()
        author = (author or name) if writes else author
        photo = photo if label["author"] else (photo or name)
    return Credits(author, photo)


def read_byline(line: str) -> str | None:
    """Who signs a text above or below it: «От Анна Речная», «Анна Речная, корреспондент»."""
    found = _BYLINE.fullmatch(line) if len(line) <= LONGEST else None
    if found is None:
        return None
    return found["who"] or (found["by"] if _is_given(found["by"].split()[0]) else None)


def read_tail(paragraph: str) -> tuple[str, Credits]:
    """The paragraph without the credits that end it, and those credits."""
    start = max(0, len(paragraph) - LONGEST)
    for label in _LABEL.finditer(paragraph, start) if ":" in paragraph[start:] else ():
        before = paragraph[: label.start()].rstrip(" |/")
        if before[-1:] and before[-1] in '.!?…»")' and (found := read(paragraph[label.start() :])):
            return before, found
    return paragraph, Credits()


def read_dateline(paragraph: str) -> tuple[str, str | None]:
    """The paragraph without its dateline («МИНСК, 5 ноя — РИА Новости.»), and the dateline."""
    match = _DATELINE.match(paragraph[:LONGEST])
    if match is None or paragraph[match.end() :].isupper():  # all of it is in capitals
        return paragraph, None
    return paragraph[match.end() :], match["dateline"].strip(" .,—–-")


def _is_given(word: str) -> bool:
    """A given name as it is signed: «От Ивана Грозного» tells of a time, or of a gift."""
    return any("Name" in one.tag and one.tag.case == "nomn" for one in known_readings(word))


def _bare(name: str) -> str:
    name = name.strip(" .,;|/—–-")
    return name if name.count("(") == name.count(")") else name.strip("()")


def _looks_named(name: str) -> bool:
    """One to six capitalised words: a person, a desk, a site."""
    words = name.split()
    if not 1 <= len(words) <= 6 or len(name) > 80 or _INNER_END.search(name):
        return False
    if _OFFICE.match(name) or _DOMAIN.fullmatch(name):
        return True
    return name[0].isupper() and all(
        word[0].isupper() or not word[0].isalnum() or word in _SMALL for word in words
    )


def _looks_credited(name: str) -> bool:
    """A name, a site or an office, and not a caption."""
    name = _bare(name)
    words = name.split()
    if not 1 <= len(words) <= 10 or _INNER_END.search(name) or name[-1] in "!?":
        return False
    if _OFFICE.match(name) or _DOMAIN.match(name):
        return True
    capitals = sum(not word[0].islower() or word in _SMALL for word in words)
    return name[0].isupper() and (len(words) <= 3 or capitals * 2 > len(words))
