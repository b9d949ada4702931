"""What an element's class, id and attributes hint: the article's body, its lead, furniture, hidden.

Class names are read by their words, so that `bar` is none of `barnaul`: «article__readAlso» is
«-article-read-also-». The words are those of Bitrix, DLE, WordPress, Joomla, Drupal, Tilda, uCoz,
of hand-made Russian sites and of what bundlers make of component names.
"""

import re
from functools import lru_cache
from typing import Any


class Hint:
    """What an element seems to be; several at once are possible: bits of a number.

    No IntFlag: there are thousands of elements to a page, and it is twenty times slower.
    """

    NOTHING = 0
    HIDDEN = 1
    FURNITURE = 2  # surely, unless most of the text is in it
    MAYBE = 4  # furniture, unless there is prose in it
    BODY = 8  # the article's text
    STATED = 16  # the same, said in schema.org's words
    ARTICLE = 32  # around the text: heading, date and the like are in it too
    LEAD = 64
    CAPTION = 128
    AUTHOR = 256
    SURELY = 512  # furniture, even where most of the text is in it


_WORD = re.compile(  # «h3ad0r», as bundlers call things, is one
    r"(?<![A-Za-z0-9])(?=[a-z]*\d+[a-z])[a-z0-9]{4,}(?![A-Za-z0-9])|"
    r"[A-Z]?[a-zа-яё]+|[A-Z]+(?![a-z])|\d+"
)

_FURNITURE = re.compile(
    r"""-(?:
      share\w*|sharing|social\w*|soc|socset\w*|likely|uptolike|pluso|addthis|addtoany|goodshare|
      ya-share|repost\w*|
      relat\w*|recommend\w*|recom|similar\w*|pohozh\w*|readalso|readmore|read-(?:also|more|next|too|on)|
      see-?also|also-read|also|more-(?:news|on|articles|stories|posts)|other-(?:news|articles|posts)|
      more-by|next-(?:news|posts?|articles?|materials?|story)|prev-next|prev-news|
      (?:last|latest|fresh|top|hot|popular|best|main|random|all|day)-(?:news|posts|articles|stories)|
      lastnews|topnews|popular|most-(?:popular|read|viewed|commented)|by-theme|po-teme|on-topic|
      same-(?:theme|topic)|interesting|infinite|outbrain|taboola|zen-?(?:widget|block)|
      subscri\w*|podpis\w*|newsletter|mailing|rassylka|follow|tg-(?:block|banner|link|promo)|
      comment\w*|reply|replies|disqus|hypercomments|cackle|kommentari\w*|otzyv\w*|respond|
      tags?|taglist|tagcloud|hashtags?|keywords|metki|
      advert\w*|ads?|adv(?!-head)|adfox|adsense|banner\w*|bnr|rek|reklama|reklamn\w*|sponsor\w*|rtb|mgid|
      smi\d?|infox|lentainform|marketgid|tizer\w*|erid|
      cookies?|consent|gdpr|poll|polls|vote|votes|voting|golos\w*|opros\w*|survey|quiz|
      weather|pogoda|currency|currencies|kurs|kursy|valut\w*|exchange|informer\w*|
      breadcrumbs?|crumbs|crumb|bread|pagination|pager|paginator|page-nav\w*|pagenav|
      popup|modal|overlay|lightbox|tooltip|toolbar|sidebar|side-bar|nav|navbar|navigation|navi|
      menu|submenu|orphus|typo|mistake|misprint|complain\w*|zhaloba|report-error|error-report|
      donat\w*|skip-link|skip-to|login-form|feedback|callback|question-form|
      expert-card|person-card|author-(?:box|card|bio|info|block)|about-author|bio|biography|
      print-link|noprint|no-print|footnotes|toc|table-of-contents
    )-""",
    re.X,
)
_MAYBE = re.compile(
    r"""-(?:
      meta|info|infos|date|dates|data|time|datetime|timestamp|published|posted|author\w*|avtor|autor|byline|
      by|avatar|source|sources|istochnik|copyright|copyrights|copy|credits?|signature|promo\w*|
      teaser\w*|anonce-list|(?<!elementor-)widget\w*|footer|foot|bottom|panel|btn|btns|button|buttons|gallery|slider|
      carousel|swiper|fotorama|slick|embed\w*|player|video|audio|label|labels|partner\w*|login|auth|
      register|search|category|categories|cat|cats|rubric\w*|rubrik\w*|section-name|badge|duration|
      reading|counters?|views?|viewed|hits|looks|shows|prosmotr\w*|stat|stats|rating|likes?|dislike\w*|
      print\w*|actions?|tools?|tool|controls?|more|link-?list|links|aside|card|cards|notice|alert|
      attention|warning|disclaimer|age|legal|inset|incut|vrez\w*|vrezka|inject\w*|insert\w*|offer|app|
      apps|channel|channels|telegram|tg|vk|max|call|cta|join|contacts?|help|support|spoiler-title|
      eye|announce-list|neighbou?rs?|topic|topics|theme|themes|lenta|feed|news-?list|list-news|
      chart|charts|diagram|odds|pic-text|picture|photo|photos|foto|image|img|art-img|dossier|profile|quote-author
    )-""",
    re.X,
)
_QUOTE = re.compile(
    r"-(?:quot\w*|quotation|blockquote|cite|citat\w*|tsitata)-(?!author|by|info|name)"
)
_CAPTION = re.compile(
    r"-(?:caption\w*|figcaption|photo-(?:author|text|desc\w*|source|title|copyright|credit|sign\w*)|"
    r"(?:img|image|foto|pic|picture)-(?:author|text|desc\w*|source|title|copyright|credit|alt|sign\w*)|"
    r"wp-caption-text|(?<!drop-)cap|podpis-foto|photo-?credit|signature|lightbox-title)-"
)
_BODY = re.compile(
    r"""-(?:
      article-?(?:body|text|content|full|main-text|detail-text|inner-text|render|formatted-body)|
      (?:news|newsitem|news-item|news-one|news-detail|news-page|news-full|news-single|new|item|
         material|publication|pub|single|page|detail|main|full|body|content|inner|art|story|post|
         entry|doc|document|topic|blog|text)-?
      (?:detail-text|full-text|fulltext|body|text|content|formatted-body|story|entry)|
      full-(?:story|text|news|article|content)|fullstory|fulltext|fullnews|full-st|
      js-mediator-article|mediator-article|field-name-body|field-item-body|field-body|itemfulltext|
      item-full-text|t-redactor-text|t-redactor|t-text|emessage|etext|e-text|e-message|ft-html|
      news-id-\d+|wysiwyg|redactor-content|user-content|rich-text|richtext|articulo|
      entry|detail-text|preview-detail|b-text|text-block|article-block|main-text|maintext|
      post-inner|content-inner|entry-inner|text-editor|editor-text|lead-and-text|textblock
    )-""",
    re.X,
)
_ARTICLE = re.compile(
    r"""-(?:
      article|news-?(?:detail|view|full|page|single|item|one|show)|post|single-?post|hentry|item-page|
      story|publication|material|longread|newsitem|newspage|page-?content|content|main-?content|
      article-(?:page|wrap\w*|container|main|inner|view)|single|node|detail|print-?(?:content|area|body)|
      news|text|main|primary
    )-""",
    re.X,
)
_LEAD = re.compile(
    r"-(?:lead|lid|lede|standfirst|subtitle|sub-?title|subhead\w*|subheader|perex|podzag\w*|annot\w*|"
    r"anons|announce|announcement|anonce|intro|introtext|preview-text|description|desc|summary|"
    r"excerpt|dek|deck|teaser-text|short-text|shorttext|header-text)-"
)
_AUTHOR = re.compile(r"-(?:author\w*|avtor\w*|autor|byline|writer|journalist)-")
_UNSEEN = """
    hidden hide d-none is-hidden visually-hidden visuallyhidden sr-only screen-reader-text
    invisible uk-hidden noshow display-none print-only only-print visible-print
    visible-print-block screen-reader-only u-hidden js-template assistive-text
"""
_HIDDEN = frozenset(_UNSEEN.split())
_SHOWN = re.compile(r"(?:^|\s)(?:d|visible|show)-(?:sm|md|lg|xl|xxl)(?!-none)")
_FOLDED = re.compile(r"spoiler|accordion|akkordeon|\bfaq", re.I)  # a reader opens it
_NO_DISPLAY = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_TAGS = {
    "article": Hint.ARTICLE,
    "main": Hint.ARTICLE,
    "nav": Hint.FURNITURE | Hint.SURELY,
    "footer": Hint.FURNITURE | Hint.SURELY,
    "aside": Hint.FURNITURE,
    "form": Hint.MAYBE,
    "figure": Hint.MAYBE,
    "figcaption": Hint.CAPTION,
    "dialog": Hint.FURNITURE,
    "menu": Hint.FURNITURE | Hint.SURELY,
    "time": Hint.MAYBE,
    "address": Hint.MAYBE,
    "caption": Hint.CAPTION,
}
_ROLES = {
    "navigation": Hint.FURNITURE | Hint.SURELY,
    "banner": Hint.MAYBE,
    "contentinfo": Hint.FURNITURE | Hint.SURELY,
    "complementary": Hint.FURNITURE,
    "search": Hint.FURNITURE,
    "dialog": Hint.FURNITURE,
    "alert": Hint.FURNITURE,
    "main": Hint.ARTICLE,
    "article": Hint.ARTICLE,
}
_PROPERTIES = {
    "articlebody": Hint.STATED,
    "reviewbody": Hint.BODY,
    "text": Hint.BODY,
    "description": Hint.LEAD,
    "alternativeheadline": Hint.LEAD,
    "author": Hint.MAYBE,
    "datepublished": Hint.MAYBE,
    "datemodified": Hint.MAYBE,
    "image": Hint.MAYBE,
    "publisher": Hint.FURNITURE,
    "comment": Hint.FURNITURE,
    "keywords": Hint.FURNITURE,
    "interactionstatistic": Hint.FURNITURE,
    "caption": Hint.CAPTION,
    "breadcrumb": Hint.FURNITURE,
}


def hints(element: Any) -> int:
    """All that the element says of itself."""
    found = _TAGS.get(element.tag, Hint.NOTHING)
    attributes = element.attrib
    if "-" in element.tag and not element.tag.startswith("amp-"):
        found |= _named(element.tag[:100])
    if not attributes:
        return found
    get = attributes.get
    names = f"{get('class', '')} {get('id', '')}"
    if len(names) > 1:
        found |= _named(names[:400])
    if (role := get("role")) is not None:
        found |= _ROLES.get(role.lower(), Hint.NOTHING)
    for key in ("itemprop", "property"):
        if (value := get(key)) is not None:
            for word in value.split()[:5]:
                name = word.rpartition(":")[2].lower()
                found |= _PROPERTIES.get(name, Hint.NOTHING)
    if (kind := get("itemtype")) is not None:
        found |= _typed(kind)
    if _is_hidden(attributes):
        found |= Hint.HIDDEN
    return found


def _is_hidden(attributes: Any) -> bool:
    get = attributes.get
    style = get("style")
    if style is not None and _NO_DISPLAY.search(style[:500]):
        return not _FOLDED.search(get("class") or "")
    hidden = get("hidden")
    return bool(hidden is not None and hidden != "until-found") or get("aria-hidden") == "true"


def _typed(kind: str) -> int:
    kind = kind.rpartition("/")[2]
    if kind.endswith(("Article", "Posting", "Report")):
        return Hint.ARTICLE
    if kind in ("BreadcrumbList", "Comment", "WPFooter", "WPSideBar", "SiteNavigationElement"):
        return Hint.FURNITURE
    return Hint.MAYBE if kind in ("Person", "Organization", "ImageObject") else Hint.NOTHING


@lru_cache(maxsize=8192)
def _named(names: str) -> int:
    found = Hint.NOTHING
    tokens = names.split()
    if not _HIDDEN.isdisjoint(map(str.lower, tokens)) and not _SHOWN.search(names):
        found |= Hint.HIDDEN
    quoted = False
    for token in tokens:
        words = f"-{'-'.join(_WORD.findall(token)).lower()}-"
        for pattern, hint in _BY_NAME:
            if pattern.search(words):
                found |= hint
        quoted = quoted or bool(_QUOTE.search(words))
    return found & ~Hint.MAYBE if quoted else found  # shown larger, and perhaps said only there


_BY_NAME = (
    (_FURNITURE, Hint.FURNITURE),
    (_MAYBE, Hint.MAYBE),
    (_CAPTION, Hint.CAPTION),
    (_BODY, Hint.BODY),
    (_ARTICLE, Hint.ARTICLE),
    (_LEAD, Hint.LEAD),
    (_AUTHOR, Hint.AUTHOR),
)
