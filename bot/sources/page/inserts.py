"""What a site sets between an article's paragraphs, whatever the article is about: the horoscope,
rates and weather in a line, titles of videos, when to turn on the television, codes of its engine.

Each is known by what it is made of, and is left where the article's own title speaks of the same.
"""

import re
from collections.abc import Sequence

from bot.sources.page.blocks import ends
from bot.sources.page.parts import Part
from bot.sources.page.phrases import SAYING

LINE = 260  # characters of such a line
COLUMN = 600  # the same, of a horoscope or an anecdote under its label
SEVERAL = 2  # things told in a line of rates
NAMES = 3  # words of such a line that are none of its own: the town
STEM = 5  # characters of a word that the title has, too

_WORD = re.compile(r"[^\W\d_]+|\d+")
_FIGURES = re.compile(r"\d[^\d]+\d")
_MEASURED = re.compile(
    r"(?:usd|eur|cny|byn|rub|kzt|gbp|btc|eth|доллар|евро|юан|тенге|биткоин|нефть|brent|urals|золот|"
    r"аи|дт|бензин|погод|надвор|градус|пробк|влажност|давлени|ветер|вецер|осадк|снег|дожд|ясно|"
    r"облачн|пасмурн|воблачн|температур)\w*",
    re.I,
)
_MEASURE = re.compile(  # stands with them, and measures nothing alone
    r"(?:цб|рф|нб|рб|мосбирж|ммвб|курс|валют|руб|коп|балл|мм|рт|ст|м|с|ч|км|c|на|до|от|и|в|за|"
    r"сегодня|завтра|сейчас|сёння|заўтра|утр|дн[её]м|вечер|ноч|понедельник|вторник|сред|четверг|"
    r"пятниц|суббот|воскресень|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)\w{0,4}",
    re.I,
)
_LABELLED = re.compile(
    r"\W*(?P<what>гороскоп|гараскоп|погода|надвор'е|курсы? валют|пробки|анекдот|именины|"
    r"афиша|афіша|телепрограмма|рецепт|цитата|цифра|фото|праздники?|приметы?|народный календарь|"
    r"лунный календарь|календарь садовода|этот день в истории|тест|загадка)"
    r"(?: (?:на|дня|недели|сегодня|завтра|от)\b[^.:!?—]{0,30})?\s*[.:!?—–-]",
    re.I,
)
_LABEL = re.compile(r"[^\W\d_][^.:!?\n]{2,40}[.:]\s")
_SIGNS = "▶►⏵▷🎥📹🎬🎧🎙📺📷📸🖼🔊📻🔴"
_MEDIA = (
    r"(?:видео\w*|відэа\w*|аудио\w*|фотогалерея|фоторепортаж|фотарэпартаж|фотофакт|подкаст|сюжет|"
    r"репортаж|прям\w+ (?:эфир|трансляция)|трансляция|инфографика|галерея|запись эфира|"
    r"(?:смотр|слуша|глядз|слуха)\w+)"
)
_SHOWN = re.compile(  # a title of what is played there: by its kind, or how long it is
    rf"{_MEDIA}\s*[:|—–-].{{0,200}}[^.!?]|"
    r".{3,200}\W\(?(?:\d{1,2}:)?\d{1,2}:\d\d\)?(?: мин\w*)?",
    re.I,
)
_AIRED = re.compile(
    r"(?:(?:смотр|слуша|глядз|слуха)(?:ите|йте|іце|йце)|не пропустите|подробн(?:ее|ости)|"
    r"падрабязн\w+|полн\w+ (?:верси|выпуск|интервью)\w*|продолжение|повтор\w*|"
    r"(?:весь|этот|наш) (?:сюжет|выпуск|репортаж))\b[^.!?]{0,60}\b(?:эфир|эфіры|"
    r"телеканал|тэлеканал|выпуск|праграм|программ|передач|"
    r"новост(?:ях|и)|радио|радыё|частот|волн|хвал)\w*.{0,140}",
    re.I,
)
_CODE = re.compile(
    r"\[/?[a-z][\w-]*(?:\s+[\w-]+\s*=\s*(?:[\"'«“”„″][^\]]*|[^\s\]]+))+\s*/?\]|\[/[a-z][\w-]*\]|"
    r"\{\{[^{}]{1,80}\}\}|\{%[^{}]{1,80}%\}|\{(?:load\w+|module|banner|\w+:)\s?[^{}]{0,80}\}|"
    r"%%[\w-]+%%|#[A-Z]{2,}_[A-Z_]+#"
)
_CODE_ALONE = re.compile(
    r"(?:\[{1,2}/?[a-z][\w:-]*(?: [^\[\]]{0,80})?\]{1,2}|\{/?[a-z][\w:-]*\}|%[A-Z_]+%|<!--.*-->)"
)
_OF_CODE = ("[", "{", "%%", "#", "<!--", "%")


def drop_inserts(parts: Sequence[Part], title: str | None) -> None:
    about = (title or "").casefold()
    chapters = _chapters(parts)
    for at, part in enumerate(parts):
        if not part.gone:
            _drop_codes(part)
        if part.gone or part.table or part.heading or len(part.text) > COLUMN:
            continue
        part.gone = at not in chapters and _is_labelled(part, about)
        if len(part.text) <= LINE and not part.gone:
            part.gone = _is_ticker(part.text, about) or _is_played(part) or _is_aired(part.text)


def _chapters(parts: Sequence[Part]) -> frozenset[int]:
    """Paragraphs of an overview, beside each other under labels: «Дороги. …», «Погода. …»."""
    left = [at for at, part in enumerate(parts) if not part.gone]
    labelled = [_begins_with_label(parts[at]) for at in left]
    return frozenset(
        at
        for at, own, before, after in zip(
            left, labelled, [False, *labelled], [*labelled[1:], False], strict=False
        )
        if own and (before or after)
    )


def _begins_with_label(part: Part) -> bool:
    label = _LABEL.match(part.text)
    bold = sum(block.bold for block in part.blocks)
    return label is not None and 0 < bold <= label.end() and part.prose > 0


def _drop_codes(part: Part) -> None:
    """«[ads id="2"]», «{{ banner }}»: what the engine was to put there."""
    if not any(sign in part.text for sign in _OF_CODE):
        return
    if _CODE_ALONE.fullmatch(part.text):
        part.gone = True
        return
    left = _CODE.sub("", part.text).strip()
    part.gone = not left
    part.text = left


def _is_labelled(part: Part, about: str) -> bool:
    """«Гороскоп на 5 мая. Овен: …» with its label in bold, or a link to all of it."""
    labelled = _LABELLED.match(part.text)
    set_off = part.linked or any(block.bold for block in part.blocks)
    if not labelled or not set_off:
        return False
    return labelled["what"].casefold()[:STEM] not in about


def _is_ticker(text: str, about: str) -> bool:
    """Nothing but figures, what they are of, and perhaps the town."""
    if not _FIGURES.search(text):
        return False
    words = _WORD.findall(text)
    figures = sum(word.isdigit() for word in words)
    if figures < SEVERAL:
        return False
    told = [word for word in words if not word.isdigit()]
    measured = {word.casefold() for word in told if _MEASURED.fullmatch(word)}
    if len(measured) < SEVERAL or any(word[:STEM] in about for word in measured):
        return False
    rest = [w for w in told if not (_MEASURED.fullmatch(w) or _MEASURE.fullmatch(w))]
    return len(rest) <= NAMES and all(word[0].isupper() for word in rest)


def _is_played(part: Part) -> bool:
    """«▶ Как строили мост (1:20)», «Видео: как строили мост»."""
    line = part.text.lstrip(f"{_SIGNS}\ufe0f ")
    signed = line != part.text and any(sign in part.text[:3] for sign in _SIGNS)
    if signed and line and not ends(line):
        return True
    shown = _SHOWN.fullmatch(line)
    return bool(shown) and (signed or bool(re.match(_MEDIA, line, re.I)))


def _is_aired(text: str) -> bool:
    return bool(_AIRED.match(text)) and bool(_AIRED.fullmatch(text)) and not SAYING.search(text)
