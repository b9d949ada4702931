"""What the elements of a page are by tag and name: borders of blocks, links, buttons, footnotes."""

import re
from typing import Any

from bot.sources.page.blocks import HEADINGS

_BLOCKS = """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset
    figcaption figure footer form header hgroup hr legend li main menu nav ol option p pre search
    section summary table tbody td tfoot th thead tr ul amp-accordion
"""
_UNREAD = """
    audio base button canvas datalist embed head iframe input link map math meta noembed noscript
    object option param picture script select source style svg template textarea title track
    video amp-ad amp-analytics amp-iframe amp-sidebar amp-social-share img
"""
BORDERS = HEADINGS | set(_BLOCKS.split())
SILENT = frozenset(_UNREAD.split())
PLAYERS = frozenset({"video", "iframe", "audio", "amp-youtube", "amp-video", "object", "embed"})
CONTROLS = frozenset({"button", "input", "select", "textarea"})
_PRESSED = re.compile(r"(?:^|[\s_-])(?:btn|button|knopka)(?:$|[\s_\d-])", re.I)
_DOES = re.compile(
    r"\s*(?:(?:про)?голосовать|поддержать|помочь|подписаться|вступить|перевести|оформить подписку|"
    r"задать вопрос|оставить заявку|написать нам|скачать приложение|купить билет\w*)\b.{0,20}",
    re.I,
)
NOTED = re.compile(r"\s*[\[(]?(?:\d{1,3}|\*{1,3})[\])]?\s*")
_BOXES = frozenset({"div", "section", "article", "main"})
_NOTE = 12  # characters of a footnote's mark
_INLINE_FURNITURE = 100  # characters


def is_own_box(element: Any, tag: str) -> bool:
    """Whether an element of the site's own making stands among such, or around paragraphs."""
    if "-" not in tag or tag.startswith("amp-"):
        return False
    parent = element.getparent()
    among = parent is not None and "-" in parent.tag
    return among or any(child.tag in BORDERS for child in element)


def is_link(element: Any) -> bool:
    """Whether it is a link, one that only scripts follow too; else it names a place in the page."""
    attributes = element.attrib
    return "href" in attributes or not ("name" in attributes or "id" in attributes)


def is_button(link: Any) -> bool:
    """Whether a link is named as one, or asks for what buttons do."""
    named = link.get("role") == "button" or bool(_PRESSED.search(link.get("class") or ""))
    return named or bool(_DOES.fullmatch(link.text or ""))


def is_footnote(element: Any) -> bool:
    """Only a number or an asterisk, that leads to a note below."""
    leads = any(link.get("href", "").startswith("#") for link in element.iter("a"))
    return leads and bool(NOTED.fullmatch("".join(element.itertext())[:_NOTE]))


def is_short(element: Any) -> bool:
    """Whether an inline element with a name of furniture says so little that it is some."""
    size = 0
    for text in element.itertext():
        size += len(text)
        if size > _INLINE_FURNITURE:
            return False
    return True


def is_stacked(before: Any, span: Any) -> bool:
    """Whether two spans of one name each have a line of the source, right in a box: a site's own
    paragraphs."""
    parent = span.getparent()
    alike = (before.get("class") or " ").split()[:1] == (span.get("class") or "").split()[:1]
    apart = before.tail.isspace() and "\n" in before.tail
    return alike and apart and parent is not None and parent.tag in _BOXES
