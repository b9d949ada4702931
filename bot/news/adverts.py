"""Adverts among the news: a text that calls to buy is no news of trade.

Modest on purpose: it takes a call («звоните», «оставьте заявку») outside of anybody's speech, and
what an advert offers or says of itself beside it. News of discounts and of hotlines stay news.
"""

import re

ENOUGH = 3  # signs that make an advert
LONGEST = 3000  # characters; a longer text is an article, whoever paid for it

_LABEL = re.compile(
    r"\W*(?:на правах рекламы|реклама|рэклама|партн[её]рский материал|advertisement|sponsored)\b"
    r"[.:|]?\s*(?:\n|$)",
    re.I,
)
_SPEECH = re.compile(r"«[^«»]*»|\"[^\"]*\"|“[^“”]*”")
_CALL = re.compile(
    r"\b(?:(?:по)?звоните|закажите|заказывайте|оставьте заявку|оставляйте заявк[уи]|"
    r"записывайтесь|успейте|спешите|покупайте|купите|тэлефануйце|замаўляйце|call us|order now)\b",
    re.I,
)
_OFFER = re.compile(
    r"\b(?:скидк\w+ (?:до )?\d+|\d+ ?% скидк|рассрочк\w+|в подарок|зніжк\w+ (?:да )?\d+|"
    r"(?:замер|доставка|консультация|выезд)\w* бесплатн\w+|бесплатн\w+ (?:замер|доставк|консультац|"
    r"выезд)\w*|\d+% off)\b",
    re.I,
)
_PHONE = re.compile(
    r"(?:\+7|\+375|\b8)[\s(-]{0,2}\d{2,4}[\s)-]{0,2}\d{2,3}[\s-]?\d{2}[\s-]?\d{2}\b"
)


def is_advert(title: str, text: str) -> bool:
    """Whether a text as its source gave it, with its labels, calls to buy something."""
    if len(text) > LONGEST:
        return False
    said = _SPEECH.sub(" ", f"{title}\n{text}")
    if not _CALL.search(said):
        return False
    offers = len({match[0].casefold() for match in _OFFER.finditer(said)})
    label = 2 if _LABEL.match(text) else 0
    return 1 + min(2, offers) + label + bool(_PHONE.search(said)) >= ENOUGH
