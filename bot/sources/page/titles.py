"""An article's title among what a page calls itself, without the site's name; its heading too."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from bot.sources.page.blocks import HEADINGS, Block, Document, ancestors, ends, folded
from bot.sources.page.hints import Hint
from bot.sources.page.meta import Meta

_PARTING = re.compile(r"\s+[|»«•·/—–-]+\s+|\s*(?:\||::|»|›|•|\s:\s)\s*|:\s+")
_SURE = re.compile(r"\s*(?:\||::|»|›|•|\s/\s)\s*")  # these stand in no headline
_TITLED = re.compile(
    r"(?:^|[_\s-])(?:news|article|post)?(?:title|headline|heading|zagolovok|ttl)[\s_-]", re.I
)
NEAR = 8  # blocks between a title and the first prose
_REACH = 400  # blocks from the top among which the heading is looked for
SHORTEST = 8  # characters of a headline
LEAST_WORDS = 4  # of a headline that tells something
STEM = 5  # letters by which words in different cases are one


def find_title(meta: Meta, document: Document) -> tuple[str | None, int | None]:
    """The title, and the place of the block that shows it, if any does."""
    top = document.blocks[:_REACH]
    shown: dict[str, int] = {}
    links: dict[str, int] = {}  # headings that lead to a page, perhaps to this one
    for at, block in enumerate(top):
        if _may_show(block):
            shown.setdefault(folded(block.text), at)
        elif block.tag in ("h2", "h3"):
            links.setdefault(folded(block.text), at)
    shown = links | shown
    headings = [at for at, block in enumerate(top) if block.tag == "h1"]
    for at in headings:
        if _is_logo(top[at]):
            continue
        if any(_agree(top[at].text, said) for said in meta.titles):
            return _line(top[at].text), at
    for at, block in enumerate(top):
        telling = block.tag == "h2" and len(block.text.split()) >= LEAST_WORDS
        if telling and _may_show(block) and _ends_a_title(block, meta):
            return _line(block.text), at
    for said in meta.titles:
        for part in _parts(said, meta.site_names):
            at = shown.get(folded(part), -1)
            if at >= 0 and headings and _is_name(top[at]):
                continue
            if at >= 0 and len(part) >= SHORTEST:
                return part, at
    title = next((_stripped(said, meta.site_names) for said in meta.titles), None)
    if not headings:
        named = _named(document, top)
        if named is not None:
            heading = _line(top[named].text)
            if not meta.says_title or _is_of_all_pages(meta, heading):
                title = heading
        return title, named
    at, heading = headings[0], _line(top[headings[0]].text)
    if title is None:
        return heading, at
    alone = len(headings) == 1 and _may_show(top[at])
    if not alone or (meta.says_title and not _is_of_all_pages(meta, heading)):
        return title, at
    if _is_better(heading, title, meta.site_names) and _is_in_column(document, top[at]):
        return heading, at
    return title, at


def _named(document: Document, top: Sequence[Block]) -> int | None:
    """The first line above prose, in its column, that the page names as a title, or an <h2>."""
    for at, block in enumerate(top):
        if len(block.text.split()) < LEAST_WORDS or not _may_show(block) or ends(block.text):
            continue
        node = document.nodes[block.node]
        names = node.element.get("class", "")
        if block.tag in HEADINGS and node.parent >= 0:
            names = f"{names} {document.nodes[node.parent].element.get('class', '')}"
        named = block.tag == "h2" or _TITLED.search(f"{names} ")
        soon = document.prose[min(at + NEAR, len(document.blocks))] > document.prose[at + 1]
        if named and soon and _is_in_column(document, block):
            return at
    return None


def _is_logo(block: Block) -> bool:
    """Whether it leads to the site's first page, as its name above all pages does."""
    fronts = (urlsplit(href).path in ("", "/") and "#" not in href for href in block.hrefs)
    return bool(block.hrefs) and not _may_show(block) and all(fronts)


def _is_name(block: Block) -> bool:
    """A word or two that are no heading: the site's, above a page that has one."""
    return block.tag not in HEADINGS and len(block.text.split()) < LEAST_WORDS - 1


def _ends_a_title(block: Block, meta: Meta) -> bool:
    """«Истоки. Газета района. Школе сто лет»: the last of it is the heading."""
    return any(folded(said).endswith(folded(block.text)) for said in meta.titles)


def _is_of_all_pages(meta: Meta, heading: str) -> bool:
    """Whether what the page says everywhere has no word in common with its heading: the site's."""
    words = _stems(heading)
    shortest = min(map(folded, meta.titles), key=len, default="")
    alike = all(folded(said).startswith(shortest) for said in meta.titles)
    shared = len(words & _stems(" ".join(meta.titles)))
    short = len(shortest.split()) < LEAST_WORDS  # «Администрация области», above a news of it
    return alike and len(words) > 1 and (not shared or (short and 4 * shared <= len(words)))


def _stems(line: str) -> set[str]:
    return {word[:STEM] for word in folded(line).split() if len(word) >= STEM}


def _is_better(heading: str, title: str, sites: Sequence[str]) -> bool:
    """Whether a heading tells more than what only stands in <title>: «Новости», «Мост открыт»."""
    a, b = folded(heading).split(), folded(title).split()
    if len(a) < LEAST_WORDS or folded(heading) in map(folded, sites):
        return False
    stems, said = _stems(heading), _stems(title)
    related = 2 * len(stems & said) >= max(1, min(len(stems), len(said)))
    return related or not stems & said or (len(b) < LEAST_WORDS < len(a))


def _is_in_column(document: Document, block: Block) -> bool:
    """Whether it stands with most of the page's prose, and not in the site's header."""
    below_header = False
    for at in ancestors(document, block.node):
        node = document.nodes[at]
        tag = node.element.tag
        if tag in ("body", "html") or node.hint & (Hint.FURNITURE | Hint.HIDDEN):
            return False
        if tag == "article" or (not below_header and 2 * document.told(node) > document.prose[-1]):
            return True
        below_header = below_header or tag == "header"
    return False


def _may_show(block: Block) -> bool:
    return len(block.text) <= 300 and 2 * block.linked <= len(block.text)


def _agree(heading: str, said: str) -> bool:
    """Whether what is said begins with the heading, or ends in it."""
    a, b = folded(heading), folded(said)
    return len(a) >= SHORTEST and (b.startswith(a) or b.endswith(a) or a.startswith(b))


def _parts(said: str, sites: Sequence[str]) -> Iterator[str]:
    """The whole, then without the site's name, then its parts, the longer first."""
    yield said
    yield _stripped(said, sites)
    marks = [(0, 0), *(m.span() for m in _PARTING.finditer(said)), (len(said), len(said))]
    spans = [
        said[begin[1] : end[0]].strip()
        for i, begin in enumerate(marks[:-1])
        for end in marks[i + 1 :]
    ]
    yield from sorted(filter(None, spans[:60]), key=len, reverse=True)


def _stripped(said: str, sites: Sequence[str]) -> str:
    """`Headline — Site` is `Headline`, and so is `Site | Headline`."""
    for site in sites:
        if said.casefold().endswith(site.casefold()) and len(said) > len(site):
            return said[: -len(site)].rstrip(" -–—|·•:/«»") or said
        if said.casefold().startswith(site.casefold()) and len(said) > len(site):
            rest = said[len(site) :]
            if not rest[:1].isalnum() and (head := rest.lstrip(" -–—|·•:/»")) != rest.strip():
                return head or said
    parts = [part for part in _SURE.split(said) if part.strip()]
    return max(parts, key=len).strip() if parts else said


def _line(text: str) -> str:
    return " ".join(text.split())
