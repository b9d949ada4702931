"""What a page says of itself, in JSON-LD, Open Graph and its head: title, author, time, picture."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from bot.sources.addresses import link
from bot.sources.dates import parse_date
from bot.sources.feed import language_of
from bot.sources.markup import one_line
from bot.sources.page import jsonld

_ARTICLES = ("Article", "Posting", "Report")  # ends of schema.org's types: NewsArticle, BlogPosting
_WORKS = ("WebPage", "Gallery", "CreativeWork")  # the same, of what may say who and when, too
_SITES = ("WebSite", "Organization", "NewsMediaOrganization")
_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "mediator_published_time",
    "datepublished",
    "pubdate",
    "publish_date",
    "publishdate",
    "date_published",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "date",
)
_ZONED = re.compile(r"\d(?:Z|[+-]\d\d:?\d\d)$", re.I)
MINUTE = 12  # digits of a date and a time to the minute
_AUTHORS = ("author", "article:author", "mediator_author", "dc.creator", "og:article:author")
_NO_PICTURE = re.compile(
    r"(?:^|[/_.\-])(?:logo\w*|default\w*|placeholder|no-?(?:image|img|photo|foto)|share|sharing|"
    r"og-?(?:image|default|logo)|social|gerb\w*|emblem\w*|favicon|stub|blank|sprite|icon\w*|avatar|"
    r"apple-touch\w*|dummy|snippet)"
    r"(?:[_\-]?(?:share|default|image|img|fb|vk|og|big|new|site|main|\d+x?\d*|ru|v\d+))*"
    r"\.(?:png|jpe?g|gif|svg|webp|ico)",
    re.I,
)
_NOBODY = re.compile(
    r"(?:admin\w*|administrator|админ\w*|редак\w+|рэдак\w+|editor\w*|user\d*|гость|guest|root|автор|"
    r"author|news|новости|webmaster|super\s?user|[\w-]*_\w*|\w*cms|moderator|модератор|пресс-служба|unknown|none|null)",
    re.I,
)
# An address that is another form of a page's own: its last part adds only how it is shown.
# The last part of an article's path, not of a rubric's: a number of its own, or several words.
_SLUG = re.compile(r"[^\W\d]\W?\d|\d[^\d/]|\d{5}|-[^-]+-")
_FORMS = re.compile(r"(?:/(?:amp|m|mobile|turbo|print|pda|rss|lite)|\.amp|/?index\.\w+)/?$", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What is said; None where nothing is. `titles` as they are said, the likeliest first."""

    titles: tuple[str, ...] = ()
    says_title: bool = False  # otherwise than in <title>, which is often the site's or the rubric's
    site_names: tuple[str, ...] = ()
    author: str | None = None
    published_at: datetime | None = None
    image_url: str | None = None
    canonical_url: str | None = None
    language: str | None = None
    description: str | None = None
    body: str | None = None  # schema.org's articleBody
    kind: str | None = None  # schema.org's type of the page
    says_article: bool = False
    describes_article: bool = False  # in JSON-LD: no notice does, even where all say og:type
    says_video: bool = False
    for_free: bool | None = None

    @property
    def site_name(self) -> str | None:
        return self.site_names[0] if self.site_names else None


def read_meta(root: Any, url: str, zone: str | None = None) -> Meta:
    """All that the page says; `zone` (IANA) is for dates that name none."""
    tags = _tags(root)
    things = list(jsonld.objects(root))
    data = next((t for t in things if _is_a(t, _ARTICLES)), {})
    work = data or next((t for t in things if _is_a(t, _WORKS)), {})
    kinds = [kind for thing in things for kind in jsonld.kinds(thing)]
    named = _lines([tags.get("og:title"), data.get("headline"), data.get("name")])
    return Meta(
        titles=tuple(dict.fromkeys([*named, *_lines([root.findtext(".//title")])])),
        says_title=bool(named),
        site_names=tuple(_site_names(tags, things, data)),
        author=_author(root, tags, work),
        published_at=_published(root, tags, work, zone),
        image_url=_picture(url, tags, data),
        canonical_url=_canonical(root, tags, url),
        language=_language(root, tags),
        description=one_line(tags.get("og:description") or tags.get("description") or "") or None,
        body=jsonld.first_text(data.get("articleBody")),
        kind=_kind(kinds, tags),
        says_article=bool(data) or tags.get("og:type", "").lower() in ("article", "news"),
        describes_article=bool(data),
        says_video=not data
        and ("VideoObject" in kinds or tags.get("og:type", "").lower().startswith("video")),
        for_free=_for_free(data),
    )


def is_picture(address: str | None) -> bool:
    """Whether it is a picture of its own, and not the site's logo or a stand-in."""
    return bool(address) and not _NO_PICTURE.search(urlsplit(address or "").path[-120:])


def is_name(text: str) -> bool:
    """Whether it may be somebody's name: not an address, not an office's login."""
    text = text.strip()
    return (
        1 < len(text) <= 100
        and "://" not in text
        and "@" not in text
        and not _NOBODY.fullmatch(text)
        and any(map(str.isalpha, text))
    )


def _tags(root: Any) -> dict[str, str]:
    """<meta> by name, property or itemprop, in lower case; the first of each."""
    tags: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        if content:
            tags.setdefault(name.lower(), content)
    return tags


def _lines(said: Sequence[object]) -> list[str]:
    lines = [one_line(text) for text in said if isinstance(text, str)]
    return [line for line in lines if line]


def _kind(kinds: Sequence[str], tags: dict[str, str]) -> str | None:
    if tags.get("og:type", "").lower() == "profile":
        return "ProfilePage"
    return next((kind for kind in kinds if kind.endswith(("Page", "List", "Blog"))), None)


def _is_a(thing: dict[str, Any], ends: tuple[str, ...]) -> bool:
    return any(kind.endswith(ends) for kind in jsonld.kinds(thing))


def _site_names(
    tags: dict[str, str], things: Sequence[dict[str, Any]], data: dict[str, Any]
) -> Iterator[str]:
    said = [tags.get("og:site_name"), jsonld.first_text(data.get("publisher"), "name")]
    said += [t.get("name") for t in things if not set(_SITES).isdisjoint(jsonld.kinds(t))]
    said += [tags.get("application-name"), tags.get("apple-mobile-web-app-title")]
    yield from dict.fromkeys(_lines(said))


def _author(root: Any, tags: dict[str, str], data: dict[str, Any]) -> str | None:
    found = data.get("author")
    said = [
        one.get("name") if isinstance(one, dict) else one
        for one in (found if isinstance(found, list) else [found])[:5]
    ]
    said += [tags.get(tag) for tag in _AUTHORS]
    said += [_property(e) for e in root.xpath("//*[@itemprop='author']")[:3]]
    said += [e.text_content()[:200] for e in root.xpath("//a[@rel='author']")[:1]]
    names = (one_line(name) for name in said if isinstance(name, str))
    return next(filter(is_name, names), None)


def _property(element: Any) -> str:
    """An itemprop's value; of a person, the name within."""
    for named in element.iterfind(".//*[@itemprop='name']"):
        return str(named.get("content") or named.text_content()[:200])
    return str(element.get("content") or element.text_content()[:200])


def _published(
    root: Any, tags: dict[str, str], data: dict[str, Any], zone: str | None
) -> datetime | None:
    said = [jsonld.first_text(data.get("datePublished")), *(tags.get(tag) for tag in _PUBLISHED)]
    said += [
        e.get("datetime") or e.get("content") or e.text_content()[:100]
        for e in root.xpath("//*[@itemprop='datePublished']")[:3]
    ]
    said += root.xpath("//time/@datetime")[:1]
    said += [jsonld.first_text(data.get("dateCreated"))]
    texts = [text.strip() for text in said if isinstance(text, str)]
    dates = (parse_date(_zoned(text, texts), zone) for text in texts)
    return next(filter(None, dates), None)


def _zoned(text: str, texts: Sequence[str]) -> str:
    """The same minute, as said elsewhere on the page with its zone, if it is."""
    digits = re.sub(r"\D", "", text)[:MINUTE]
    same = (other for other in texts if re.sub(r"\D", "", other)[:MINUTE] == digits)
    return next(filter(_ZONED.search, same), text) if len(digits) == MINUTE else text


def _picture(url: str, tags: dict[str, str], data: dict[str, Any]) -> str | None:
    said = [tags.get("og:image"), tags.get("og:image:url"), tags.get("twitter:image")]
    said += [jsonld.first_text(data.get("image"), "url", "contentUrl", "@id")]
    said += [tags.get("image"), jsonld.first_text(data.get("thumbnailUrl"))]
    return next(filter(is_picture, (link(url, address) for address in said)), None)


def _language(root: Any, tags: dict[str, str]) -> str | None:
    return language_of(
        root.get("lang") or tags.get("og:locale") or tags.get("content-language") or ""
    )


def _for_free(data: dict[str, Any]) -> bool | None:
    said = data.get("isAccessibleForFree")
    if isinstance(said, bool):
        return said
    return str(said).strip().lower() != "false" if isinstance(said, str) else None


def _canonical(root: Any, tags: dict[str, str], url: str) -> str | None:
    """Its own address as the page says it, if that can be the page's."""
    links = [e.get("href") for e in root.iterfind(".//link[@rel='canonical']")]
    for said in (*links[:2], tags.get("og:url")):
        found = link(url, said)
        if found and _is_same_page(found, url):
            return found
    return None


def _is_same_page(canonical: str, url: str) -> bool:
    """Of the same site, and neither its front page nor the rubric that the page is in."""
    own, its = urlsplit(url), urlsplit(canonical)
    if not url:
        return its.path.strip("/") != "" or bool(its.query)
    if _site(own.hostname) != _site(its.hostname):
        return False
    path, said = _FORMS.sub("", own.path).strip("/"), _FORMS.sub("", its.path).strip("/")
    if not said and not its.query:
        return not path and not own.query
    if path == said:
        return bool(its.query) or not re.search(
            r"(?:^|&)(?:id|p|newsid|element_id|nid|aid|n)=\d", own.query, re.I
        )
    return not path.startswith(said + "/") or bool(_SLUG.search(said.rpartition("/")[2]))


def _site(host: str | None) -> str:
    """A host without what only says how it is shown."""
    return re.sub(r"^(?:(?:www\d?|m|mobile|amp|pda|touch|turbo)\.)+", "", host or "")
