"""Lines that call to their reader: to subscribe, to write, to vote, to come to a channel.

A site has its own words for that, and new ones every year. What they have in common: short, they
name a network, and they speak to whoever reads, or stand where such lines do.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from bot.sources.page.blocks import ends
from bot.sources.page.parts import Part
from bot.sources.page.phrases import (
    ADDRESSED,
    CALLING,
    CHOICES,
    COUNTER,
    NETWORK,
    NOTED,
    SAYING,
    SERVICE,
    SIGNATURE,
    SIGNED,
    SOCIAL,
    STAMP,
    speaks_of_rights,
)

CALL = 260  # characters of a call to subscribe
LINKED_CALL = 195  # the same, of one that only a link and a network's name tell
SIGNED_BY = 120  # characters of a name and an office on the right below a text
SIGNS = 3  # that a line calls, of what speaks for it

_OURS = re.compile(r"\b(?:наш\w*|нас|нам|нами|мы|наша\w*|намі)\b", re.I)
_YOU_DO = re.compile(
    r"\b(?!если\b|или\b|либо\b|дети\b)[а-яё]{2,}(?:айте|яйте|уйте|ойте|ейте|ите|ьте)(?:сь)?\b|"
    r"\b(?:пиши|звони|шли|жми|читай|смотри|заходи|подпишись|хотите|можете)\b|"
    r"\bможно (?:узна|найти|чита|смотр|следи)\w*",
    re.I,
)
_ASKED = re.compile(
    r"(?:хочешь|хотите|есть (?:о ч[её]м|что|чем)|остались вопросы|стали|знаете|у вас|вы|а вы)\b"
    r"[^?]*\?",
    re.I,
)
_OUR_PLACE = re.compile(
    r"\bнаш\w*\s+(?:\w+\s+)?(?:групп|чат|сообществ|страниц|сайт|приложени|газет|телеканал|эфир|проект)",
    re.I,
)
_ASKS = re.compile(
    r"\bлайк|палец вверх|\bпод(?:пишитесь|пис[ыи]вайтесь)|\bрепост|\bдонат|\bподелитесь|"
    r"\b(?:напишите|пишите|расскажите|сообщите|позвоните|звоните|шлите) нам\b|"
    r"\b(?:в|ваши) комментари\w+|\bу каментар\w+|\bпадзяліцеся|\bпадпі(?:шыцеся|свайцеся)",
    re.I,
)
# Without any of them a line calls nobody: looked for first, as it costs little.
_PLACES = (
    "телеграм тэлеграм telegram контакт однокл дзен max макс мах youtu rutub instagr вайбер viber"
)
_DEEDS = "рассыл канал паблик -бот наш лайк палец подп падп репост донат подел падзял комментар"
_STEMS = (" нам", " бот", *f"{_PLACES} {_DEEDS} каментар редакц whatsapp соц сац @ +7".split())
_CONTACT = re.compile(r"\+?\d[\d\s()-]{5,}\d|\S@\S|\bкомментари\w+|\bредакци\w+", re.I)
_BUTTON = re.compile(r"\W*(?:подписаться|падпісацца)(?: на)?\b[^.!?:]{0,60}", re.I)
_SIGNS_BEFORE = "📩📨✉🔔👉➡⚡❗‼📲📢🔥✅👍️ •—–-*"
_TOLD = re.compile(r"\s*(?:[-–—]\s|[«\"„“])")


def drop_calls(parts: Sequence[Part]) -> None:
    for part in parts:
        if len(part.text) <= CALL:
            part.gone = part.gone or _is_service(part) or _leads_to_network(part)
    for order in (parts, parts[::-1]):
        for part in _edge(order):
            part.gone = len(part.text) <= CALL and (
                speaks_of_rights(part.text)
                or _signs(part, at_edge=True) >= SIGNS
                or (order is not parts and _is_signature(part))
            )
    for part in parts:
        if len(part.text) <= CALL:
            part.gone = part.gone or _signs(part, at_edge=False) >= SIGNS


def _is_service(part: Part) -> bool:
    """What sites say to whoever reads any of their pages, by its first words."""
    text = part.text
    if _BUTTON.fullmatch(text) or (_parted(text) and CHOICES.fullmatch(text)):
        return not part.table
    if "|" in text and all(map(_is_of_record, text.split("|"))):
        return True
    if NOTED.fullmatch(text):
        return True
    text = text.lstrip(_SIGNS_BEFORE)
    if not SERVICE.fullmatch(text) or SAYING.search(text):
        return False
    return not ADDRESSED.match(text) or part.linked > 0 or bool(NETWORK.search(text))


def _parted(text: str) -> bool:
    return "|" in text or "•" in text or "·" in text


def _is_of_record(piece: str) -> bool:
    """When, and how often read: «19 ноября 2025, 10:00 | Просмотры: 1 204»."""
    piece = piece.strip()
    return any(kind.fullmatch(piece) for kind in (STAMP, COUNTER, SERVICE))


def _leads_to_network(part: Part) -> bool:
    """«Подписывайтесь на наш канал»: it calls, and has a link to a network or names one."""
    if not CALLING.search(part.text):
        return False
    hrefs = [*chain.from_iterable(block.hrefs for block in part.blocks)]
    if any(SOCIAL.search(href) for href in hrefs):
        return True
    return bool(hrefs) and len(part.text) <= LINKED_CALL and bool(NETWORK.search(part.text))


def _is_signature(part: Part) -> bool:
    line = part.text
    if part.right and len(line) <= SIGNED_BY and not ends(line):
        return True
    return not part.heading and bool(SIGNED.fullmatch(line) or SIGNATURE.fullmatch(line))


def _edge(order: Sequence[Part]) -> Iterator[Part]:
    """Parts from an end of the text inwards, for as long as they have gone."""
    for part in order:
        if not part.gone:
            yield part
        if not part.gone:
            return


def _signs(part: Part, *, at_edge: bool) -> int:
    """How much speaks for a call in a line that names a network; 0 in what somebody says."""
    text = part.text
    low = text.casefold()
    if part.gone or part.table or not any(stem in low for stem in _STEMS):
        return 0
    asked = bool(_ASKED.match(text))
    reached = any(asks.search(text) for asks in (NETWORK, _OUR_PLACE, _ASKS)) or (
        asked and _CONTACT.search(text)
    )
    if not reached:
        return 0
    if _TOLD.match(text) or SAYING.search(text):
        return 0
    speaks = bool(_YOU_DO.search(text)) + bool(_OURS.search(text)) + asked
    if not speaks and ends(text):
        return 0
    set_off = part.linked > 0 or part.bold or not ends(text)
    return 1 + speaks + set_off + at_edge
