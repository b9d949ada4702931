"""Public Telegram channels, by the preview that t.me shows to the web.

The preview lists some twenty posts, oldest first; what came before is at `?before=<number>`. It is
no documented interface: what is read of it are the classes that its own pages have had for years.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.sources.addresses import link
from bot.sources.charset import decode
from bot.sources.dates import parse_date
from bot.sources.errors import Invitation, NoChannel, NoName, NoPreview
from bot.sources.feed import Feed
from bot.sources.markup import one_line, parse_html
from storage.models import Entry

POSTS = 200  # of one page, which has some twenty
LONGEST = 20_000  # characters, and elements, of a text; Telegram takes 4,096

_HOSTS = frozenset({"t.me", "telegram.me", "telegram.dog"})
_NAME = re.compile(r"[a-z][a-z0-9_]{3,31}")
# First parts of paths that lead elsewhere than to somebody's name.
_RESERVED = """
    addemoji addlist addstickers addtheme bg boost call confirmphone contact giftcode invoice iv
    joinchat login m nft proxy setlanguage share socks
"""
_POST = re.compile(r"(\w+)/(\d+)")
_PICTURE = re.compile(r"background-image\s*:\s*url\(\s*['\"]?([^'\")]+)")
_PICTURES = (
    "tgme_widget_message_photo_wrap",
    "tgme_widget_message_video_thumb",
    "link_preview_image",
    "link_preview_right_image",
)
_KEPT = frozenset({"b", "strong", "i", "em", "u", "s", "code", "pre", "blockquote"})
_POINTERS = re.compile(r"[#@]\w+|https?://\S+")
_BOLD = re.compile(r"</?(?:b|strong)>")
_HEADLINE = re.compile(r"[^\w<]*<(b|strong)>[^<]{8,200}(?:</\1>)?[^\w<]*")


def channel_address(text: str) -> str | None:
    """`https://t.me/s/<name>` for a channel named in any of the usual ways; None for other texts.

    Raises Invitation, NoName for what is Telegram's, yet names no public channel.
    """
    text = text.strip()
    name = text[1:] if text.startswith("@") else _linked(text)
    if name is None:
        return None
    if not _NAME.fullmatch(name.lower()):
        raise NoName(
            f"{text} is not the name of a Telegram channel; that has 4 Latin letters or more"
        )
    return f"https://t.me/s/{name.lower()}"


def parse_channel(body: bytes, content_type: str | None, url: str, zone: str | None) -> Feed:
    """The posts of a preview that have text, newest first, or NoPreview.

    `older` is the address of the page before, None at the channel's beginning.
    """
    root = parse_html(decode(body, content_type))
    if root is None:
        raise NoPreview("t.me gives nothing instead of a channel's preview")
    posts = [post for post in root.find_class("tgme_widget_message") if _number(post)][-POSTS:]
    if not posts and not root.find_class("tgme_channel_info"):
        raise _what_it_is(root, _name_of(url))
    name = posts[0].get("data-post").partition("/")[0].lower() if posts else _name_of(url)
    listed = [_entry(post, name, zone) for post in posts]
    entries = {entry.key: entry for entry in listed if entry}
    return Feed(
        title=_title(root) or f"@{name}",
        site_url=f"https://t.me/{name}",
        language=None,
        entries=tuple(reversed(entries.values())),
        wordless=listed.count(None),
        older=_older(root, name, min(map(_number, posts), default=0)),
    )


def _linked(text: str) -> str | None:
    """The name in a link of Telegram's, None for any other text."""
    if text.lower().startswith("tg:"):
        domains = parse_qs(urlsplit(text).query).get("domain", [])
        return domains[0] if domains else text
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if host == "web.telegram.org" and parts.fragment.startswith("@"):
        return parts.fragment[1:]
    if host.endswith(".t.me"):
        return host.removesuffix(".t.me")
    if host not in _HOSTS:
        return None
    steps = [step for step in parts.path.split("/") if step]
    first = next(iter(steps[1:] if steps[:1] == ["s"] else steps), "")
    if first == "joinchat" or first.startswith("+"):
        raise Invitation(f"{text} is an invitation; only public channels can be read")
    if first == "c":
        raise Invitation(f"{text} leads into a private channel; only public ones can be read")
    return text if first.lower() in _RESERVED.split() else first


def _name_of(url: str) -> str:
    steps = [step for step in urlsplit(url).path.split("/") if step]
    return (steps[-1] if steps else "").lower()


def _what_it_is(root: Any, name: str) -> NoPreview:
    """Without a preview t.me shows a card that says whose name it is."""
    extra = " ".join(_said(card) for card in root.find_class("tgme_page_extra")).lower()
    action = " ".join(_said(button) for button in root.find_class("tgme_action_button_new")).lower()
    if "subscriber" in extra:
        return NoPreview(
            f"the channel @{name} shows no preview to the web, so its posts cannot be read there"
        )
    if "member" in extra:
        return NoChannel(f"@{name} is a group, not a channel")
    if "start bot" in action or "monthly user" in extra:
        return NoChannel(f"@{name} is a bot, not a channel")
    if root.find_class("tgme_page_title"):
        return NoPreview(f"@{name} is a person, or a channel without a preview")
    if not name:
        return NoPreview("this names no Telegram channel")
    return NoPreview(f"there is no Telegram channel @{name}")


def _title(root: Any) -> str:
    for place in root.find_class("tgme_channel_info_header_title"):
        return one_line(_said(place))
    tags = root.iterfind(".//meta[@property='og:title']")
    return next((one_line(tag.get("content") or "") for tag in tags), "")


def _older(root: Any, name: str, first: int) -> str | None:
    """Counted from our own first post, so that pages always lead back."""
    more = [a for a in root.find_class("tme_messages_more") if a.get("data-before")]
    return f"https://t.me/s/{name}?before={first}" if more and first > 1 else None


def _number(post: Any) -> int:
    m = _POST.match(post.get("data-post") or "")
    return int(m[2][:15]) if m else 0


def _entry(post: Any, name: str, zone: str | None) -> Entry | None:
    """None for what has no words of its own: media alone, polls, hashtags, "pinned a photo"."""
    text = next(iter(post.find_class("js-message_text")), None)
    if text is None or "service_message" in post.get("class").split():
        return None
    if len(text.text_content()) > LONGEST or sum(1 for _ in text.iter()) > LONGEST:
        return None
    html = "".join(_markup(text)).strip()
    if not any(map(str.isalnum, _POINTERS.sub("", one_line(html)))):
        return None
    address = f"https://t.me/{name}/{_number(post)}"
    return Entry(
        key=address,
        title=_headline(html),
        url=address,
        html=html,
        author=_author(post),
        published_at=_published(post, zone),
        image_url=_picture(post),
    )


def _markup(element: Any) -> Iterator[str]:
    """Words, line breaks, links and quotes, without attributes that change from day to day."""
    yield escape(element.text or "", quote=False)
    for child in element:
        classes = (child.get("class") or "").split()
        if child.tag == "br":
            yield "<br>"
        elif "emoji" in classes:  # a picture in the looks of a character
            yield escape(_said(child) or child.get("alt") or "", quote=False)
        elif child.tag == "a" and (href := _href(child)):
            yield f'<a href="{escape(href)}">{"".join(_markup(child))}</a>'
        elif child.tag in _KEPT:
            yield f"<{child.tag}>{''.join(_markup(child))}</{child.tag}>"
        elif "message_media_not_supported_wrap" not in classes:
            yield from _markup(child)
        yield escape(child.tail or "", quote=False)


def _href(a: Any) -> str | None:
    """Where it leads to; t.me escapes & twice there. Hashtags lead nowhere."""
    return link("", (a.get("href") or "").replace("&amp;", "&"))


def _headline(html: str) -> str:
    """A first line in bold that is followed by more; else cleaning finds the title."""
    first, _, rest = html.partition("<br>")
    if not _HEADLINE.fullmatch(first) or not one_line(rest):
        return ""
    return one_line(_BOLD.sub("", first))


def _author(post: Any) -> str | None:
    """Who signed it, else whom it was forwarded from."""
    for name in ("tgme_widget_message_from_author", "tgme_widget_message_forwarded_from_name"):
        for place in post.find_class(name):
            if said := one_line(_said(place)):
                return said[:200]
    return None


def _published(post: Any, zone: str | None) -> datetime | None:
    times = [t for a in post.find_class("tgme_widget_message_date") for t in a.iter("time")]
    times += post.iterfind(".//time[@datetime]")
    return parse_date(times[0].get("datetime"), zone) if times else None


def _picture(post: Any) -> str | None:
    for name in _PICTURES:
        for place in post.find_class(name):
            if m := _PICTURE.search(place.get("style") or ""):
                return link("https://t.me/", m[1])
    return None


def _said(element: Any) -> str:
    return str(element.text_content()).strip()
