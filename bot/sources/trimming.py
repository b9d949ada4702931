"""From an article's blocks to its paragraphs: what links elsewhere, labels and captions go.

Only structure is judged here: how much of a block is links and where they lead, what stands before
the first sentence and after the last. What reads like furniture is known to bot.news.furniture.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.sources.blocks import HEADINGS, Block, Document, ancestors, ends
from bot.sources.bodies import speaks_of_rights
from bot.sources.hints import Hint

LINKED = 0.7  # of a block: it says where to go, not what happened
HALF_LINKED = 0.35  # the same, of a block that begins as such lines do
LABEL = 70  # characters; a longer line before a link is a sentence
CALL = 260  # characters of a call to subscribe
BOXED = 600  # characters of an advert
CELL = 160  # characters; a longer cell is no figure of a table
TOLD = 200  # characters of prose, after which another <h1> begins another article
SAME = 60  # characters; shorter lines may come twice
OPENING = 3  # paragraphs with one of which a copy of the text begins
PULL, PULLED = 40, 60_000  # characters of a sentence shown twice; of a text looked through
LIVE = 3  # times of day on lines of their own: a report by the hour

_SOCIAL = re.compile(
    r"//(?:www\.|m\.)?(?:t\.me|telegram\.me|tlgg\.ru|vk\.com|vk\.ru|vk\.cc|ok\.ru|max\.ru|dzen\.ru|"
    r"zen\.yandex\.\w+|youtube\.com|rutube\.ru|instagram\.com|facebook\.com|fb\.com|twitter\.com|"
    r"x\.com|tiktok\.com|invite\.viber\.com|chat\.whatsapp\.com|wa\.me|news\.google\.com|"
    r"yandex\.\w+/news|news\.yandex\.\w+)(?:[/?#]|$)|^(?:tg|viber|whatsapp)://",
    re.I,
)
_CALLING = re.compile(
    r"\b(?:подпи(?:сывай|ши|са)\w*|падпі\w+|чита(?:й|ть)\w*|чытай\w*|следи(?:те|ть)\b|сачыце|"
    r"присоедин\w+|далучай\w*|вступа\w+|заходи\w+|смотри(?:те)?\b|больше (?:новостей|фото|видео)|"
    r"наш\w* (?:телеграм|telegram|канал|групп|сообществ|паблик|чат|бот)\w*|мы (?:в|на|ў)\b|"
    r"новости\b.{0,40}\bв\b|присылай\w*|пиши(?:те)?\b|оставай\w+|subscribe|follow|join)",
    re.I,
)
_ADDRESSED = re.compile(
    r"подпи|падпі|присоед|вступ|следите|больше|самые|все|главн|оператив|свеж|ещё|актуал", re.I
)
_SAYING = re.compile(
    r"(?:сказа|сообщи[лв]|заяви|отмети|рассказа|призва|добави|написа|поясни|посоветова)\w*", re.I
)
_NETWORK = re.compile(
    r"телеграм|тэлеграм|telegram|вконтакте|одноклассник|дзен|\bmax\b|\bмакс\b|youtube|rutube|"
    r"instagram|вайбер|viber|whatsapp|соцсет|сацсет|рассылк|канал|паблик|\bбот[аеу]?\b|_bot\b",
    re.I,
)
_ELSEWHERE = re.compile(
    r"[^\w]*(?:читайте|читать|чытайце|смотрите|глядзіце|см\.|ранее\b|раней\b|по теме|па тэме|"
    r"также|ещё|еще|материал\w* по|подробн|падрабязн|сюжет|источник|крыніца|фото\b|видео\b|"
    r"напомним|тест\b|кстати|не пропустите|важно|интересно|это интересно|вам может|"
    r"рекомендуем|выбор редакции|в тему|на эту тему|связанн|другие|хотите|узнайте|источники|"
    r"read|see|also|more|related|watch)\b",
    re.I,
)
_CAPTION = re.compile(
    r"(?:фото(?:графия)?|фота|видео|снимок|скриншот|источник|иллюстрация|на (?:фото|снимке)|photo|"
    r"image|credit|©)\s*(?:[:.|/—–-]|предоставлен|с сайта|из |автора|©|на обложке|пресс)",
    re.I,
)
_STAMP = re.compile(
    r"(?:(?:сегодня|вчера|сёння|учора|пн|вт|ср|чт|пт|сб|вс)\b[\s,.]*)?"
    r"(?:\d{1,2}[.:/-]\d{1,2}(?:[.:/-]\d{2,4})?|\d{1,2}\s+[а-яёіў]{3,9}\.?(?:\s+\d{4})?(?:\s*г(?:ода|\.)?)?)"
    r"[\s,|в•·-]*(?:\d{1,2}:\d{2}(?::\d\d)?)?\s*(?:\(?мск\)?|msk)?",
    re.I,
)
_SIGNED = re.compile(
    r"(?:авторы?|текст|материал|корреспондент|беседовал[аи]?|подготовил[аи]?|аўтар|тэкст)\b"
    r"[\s:]+[А-ЯЁЎІA-Z][^.:]{3,60}\.?(?:\s*(?:фото|фота)\b.{0,60})?",
    re.I,
)
_SIGNATURE = re.compile(r"(?:[А-ЯЁЎІA-Z][\w'’.-]*\s+){1,2}[А-ЯЁЎІA-Z][\w'’-]+[.,]?")
_SERVICE = re.compile(  # what a site says to whoever reads any of its pages
    r"(?:ставьте лайк|не забудьте подписаться|продолжение после рекламы).*|"
    r"(?:установите|скачайте|скачать|открыть(?: в)?) (?:наше )?(?:мобильное )?приложени.*|"
    r"(?:слушать|прослушать|озвучить|слухаць)(?: \w+)?(?:\W*\d.*)?|"
    r"(?:время (?:на )?чтения|час чытання|читать|чтение)\W*\d.*|полная версия(?: сайта)?\W*|"
    r"(?:версия|версія) для (?:слабовидящих|печати|друку).*|"
    r"(?:прочита(?:но|ли)|просмотр(?:ов|ы|ено|ели)|прагляд\w*|опубликовано|апублікавана|размещено|"
    r"добавлено|создано|обновлено|рейтинг|категория|раздел|оценок|голосов)\b(?:[^.!?]|\.(?=\d))*|"
    r"(?:теги|тэги|метки|тэгі|ключевые слова|рубрика)\s*:.*|.{0,60}\bctrl\s*\+\s*enter\b.{0,80}|"
    r"(?:нашли|заметили|увидели|знайшлі) (?:опечат|ошибк|памылк).*|"
    r"(?:если )?(?:вы )?(?:стали|были) (?:свидетел|очевидц).*|стал[иь]? (?:свидетел|очевидц).*|"
    r"(?:есть|у вас есть|знаете|хотите рассказать) (?:интересн\w+ )?(?:новость|история|тем[ау])\b"
    r".{0,20}\?.*|"
    r"(?:присылайте|пришлите|предложите|предложить|прислать|сообщите|сообщить) (?:нам )?"
    r"(?:свои|ваши|свою|вашу|о)?\s*(?:новост|истори|фото|видео).*|"
    r"(?:поделиться|поделитесь|расскажите)(?: новостью| ссылкой| статьёй| материалом)?"
    r"(?: с| в| друзьям).{0,60}|"
    r"(?:понравил(?:ась|ся|ось)|оцените|вам понравил).{0,60}"
    r"(?:стать|материал|новост|публикац|текст).*|"
    r"(?:читайте|читать|смотрите|чытайце|глядзіце) (?:также|ещё|еще|нас|таксама|яшчэ|по теме)\b.*|"
    r"(?:подписывайтесь|подпишитесь|подпишись|подписывайся|падпісвайцеся|падпішыцеся|"
    r"присоединяйтесь|вступайте|следите за|(?:больше|самые|все|главные|оперативные|свежие|"
    r"ещё больше|актуальные)(?: \w+){0,2} (?:новост|фото|видео|событ)).{0,200}",
    re.I,
)
_COUNTER = re.compile(r"[+\-−]?[\d\s.,]+(?:тыс\.?|k|к)?", re.I)
_ADVERT = re.compile(
    r"\W*(?:на правах рекламы|реклама|рэклама|advertisement)"
    r"(?:\W*|\b.{0,160}\b(?:ооо|зао|пао|ао|ип|инн|erid)\b.{0,160})",
    re.I,
)
_LEGAL = re.compile(r"\b(?:ООО|ОАО|ЗАО|ПАО|АО|ИП)\b.{1,80}\b(?:ИНН|ОГРН|erid)\b|\berid\s*[:=]")
_CONTACT = re.compile(r"\d{2,}|:\s*\S|@")
_WORDS = re.compile(r"\w+")


@dataclass(slots=True)
class Part:
    """A paragraph, or the rows of a table."""

    blocks: list[Block]
    text: str
    heading: bool = False
    table: bool = False
    lead: bool = False
    gone: bool = False
    next: int = 0  # the place in the document after it
    prose: int = field(init=False)
    linked: int = field(init=False)

    def __post_init__(self) -> None:
        self.linked = sum(block.linked for block in self.blocks)
        self.prose = sum(block.prose for block in self.blocks)
        if self.table and 2 * self.linked < len(self.text):
            self.prose = len(self.text)

    @property
    def tag(self) -> str:
        return self.blocks[0].tag

    @property
    def bold(self) -> bool:
        return sum(block.bold for block in self.blocks) >= 0.9 * len(self.text)


def trimmed(
    document: Document, places: Sequence[int], title: str | None, carded: Sequence[bool] = ()
) -> list[tuple[bool, str]]:
    """The article's paragraphs, and whether each is a heading.

    `carded` says of each block whether it stands in a teaser of another article.
    """
    parts = list(_parts(document, places))
    parts = _of_one_article(parts)
    _drop_title(parts, title)
    _drop_links(parts)
    _drop_calls(parts)
    _drop_adverts(document, parts)
    _drop_labels(parts, carded)
    _drop_edges(parts)
    _drop_repeated(parts)
    _drop_bare_headings(parts)
    return [(heading, text) for heading, text in _joined(parts) if text]


def _parts(document: Document, places: Sequence[int]) -> Iterator[Part]:
    """Blocks as they are, the cells of a table's rows together."""
    at = 0
    while at < len(places):
        block = document.blocks[places[at]]
        end = at + 1
        if block.tag in ("td", "th") and (table := _table(document, block)) >= 0:
            while end < len(places) and _table(document, document.blocks[places[end]]) == table:
                end += 1
            blocks = [document.blocks[place] for place in places[at:end]]
            if rows := _rows(document, blocks):
                yield Part(blocks, "\n".join(rows), table=True, next=places[end - 1] + 1)
                at = end
                continue
            end = at + 1
        yield Part(
            [block],
            block.text,
            heading=block.tag in HEADINGS,
            next=places[at] + 1,
            lead=any(
                document.nodes[node].hint & Hint.LEAD for node in ancestors(document, block.node)
            ),
        )
        at = end


def _table(document: Document, block: Block) -> int:
    """The innermost table around a block; -1: none."""
    for at in ancestors(document, block.node):
        if document.nodes[at].element.tag == "table":
            return at
    return -1


def _rows(document: Document, blocks: Sequence[Block]) -> list[str]:
    """«a — b» for each row; empty where the table only lays out a page."""
    rows: dict[int, dict[int, list[str]]] = {}
    for block in blocks:
        cell = row = -1
        for at in ancestors(document, block.node):
            tag = document.nodes[at].element.tag
            if tag in ("td", "th") and cell < 0:
                cell = at
            elif tag == "tr":
                row = at
                break
        if row < 0 or len(block.text) > CELL:
            return []
        rows.setdefault(row, {}).setdefault(cell, []).append(block.text)
    several = sum(len(cells) > 1 for cells in rows.values())
    if len(rows) < 2 or 2 * several < len(rows):
        return []
    lines = ([" ".join(texts) for texts in cells.values()] for cells in rows.values())
    return [" — ".join(" ".join(cell.split()) for cell in line) for line in lines]


def _of_one_article(parts: list[Part]) -> list[Part]:
    """Up to where, after some text, another <h1> begins."""
    told = 0
    for at, part in enumerate(parts):
        if part.tag == "h1" and told >= TOLD:
            return parts[:at]
        told += part.prose
    return parts


def _drop_title(parts: Sequence[Part], title: str | None) -> None:
    for part in parts[:12]:
        if part.tag == "h1" or (title and _same(part.text, title)):
            part.gone = True


def _drop_links(parts: Sequence[Part]) -> None:
    for part in parts:
        size = len(part.text)
        if part.linked >= LINKED * size or (
            part.linked >= HALF_LINKED * size and size <= CALL and _ELSEWHERE.match(part.text)
        ):
            part.gone = True


def _drop_calls(parts: Sequence[Part]) -> None:
    """«Подписывайтесь на наш канал»: a short line that calls, with a link to a network."""
    for part in parts:
        text = part.text
        if len(text) <= CALL and _SERVICE.fullmatch(text) and not _SAYING.search(text):
            calls = not _ADDRESSED.match(text) or _NETWORK.search(text)
            part.gone = part.gone or bool(calls)
        if len(part.text) <= CALL and _CALLING.search(part.text):
            hrefs = [href for block in part.blocks for href in block.hrefs]
            social = any(_SOCIAL.search(href) for href in hrefs)
            named = bool(hrefs) and len(part.text) <= CALL * 0.75 and _NETWORK.search(part.text)
            part.gone = part.gone or social or bool(named)


def _drop_adverts(document: Document, parts: Sequence[Part]) -> None:
    """Boxes that are marked as advertising, as the law has it: the whole small element."""
    first = next((part for part in parts if part.prose and not part.gone), None)
    for part in parts:
        if len(part.text) > CALL or not (_ADVERT.fullmatch(part.text) or _LEGAL.search(part.text)):
            continue
        part.gone = True
        box = document.nodes[document.nodes[part.blocks[0].node].parent]
        if first is None or box.start <= first.next - 1 < box.end:
            continue
        inside = [one for one in parts if box.start <= one.next - 1 < box.end]
        if sum(len(one.text) for one in inside) <= BOXED:
            for one in inside:
                one.gone = True


def _drop_labels(parts: Sequence[Part], carded: Sequence[bool]) -> None:
    """«Читайте также:» and such, where what follows has gone for its links."""
    for part, following in reversed(list(pairwise([*parts, None]))):
        if part is None:
            continue
        gone = part.next < len(carded) and carded[part.next]
        if following is not None and following.gone:
            gone = gone or 2 * following.linked >= len(following.text)
        if gone and len(part.text) <= LABEL and _is_label(part):
            part.gone = True


def _is_label(part: Part) -> bool:
    if part.heading or part.bold or part.text.endswith(":"):
        return True
    return bool(_ELSEWHERE.match(part.text)) and not ends(part.text)


def _drop_edges(parts: Sequence[Part]) -> None:
    """What stands before the first sentence and after the last: date, counters, captions."""
    told = [at for at, part in enumerate(parts) if part.prose and not part.gone]
    if not told:
        return
    for part in parts[: told[0]]:
        part.gone = part.gone or not _opens(part)
    listed = True
    for part in parts[told[-1] + 1 :]:
        listed = listed and part.tag == "li"
        part.gone = part.gone or not (listed or _closes(part))
    stamps = [part for part in parts if _STAMP.fullmatch(part.text) and not part.gone]
    for part in stamps if len(stamps) < LIVE else ():
        part.gone = True
    for part in parts:
        if _COUNTER.fullmatch(part.text) or _ADVERT.fullmatch(part.text) or _is_caption(part):
            part.gone = part.gone or not part.table
    last = next((part for part in reversed(parts) if not part.gone), None)
    if last is not None and len(last.text) <= CALL and speaks_of_rights(last.text):
        last.gone = True


def _opens(part: Part) -> bool:
    """A subtitle, or a short sentence: «Дополнено в 14:20» stands there too."""
    if part.heading or part.lead or part.tag in ("p", "li", "blockquote"):
        least = 15 if ends(part.text) and not part.lead else 30
        return len(part.text) >= least and not _is_caption(part)
    return len(part.text) >= 20 and part.text[-1] in ".!?…" and not _is_caption(part)


def _closes(part: Part) -> bool:
    """A last short sentence, or where to call."""
    if part.heading or part.bold:
        return False
    if _SIGNED.fullmatch(part.text) or _SIGNATURE.fullmatch(part.text):
        return False
    return part.text[-1] in ".!?…" or (len(part.text) >= 12 and bool(_CONTACT.search(part.text)))


def _is_caption(part: Part) -> bool:
    return len(part.text) <= CALL and not part.heading and bool(_CAPTION.match(part.text))


def _drop_repeated(parts: Sequence[Part]) -> None:
    """Copies for phones and for desks; a lead that the text itself begins with.

    A copy begins as the text does; elsewhere a recipe or a rule may well be said twice.
    """
    seen: set[str] = set()
    opening: set[str] = set()
    again = False  # within a copy: its short lines go with the others
    for part in parts:
        if part.gone:
            continue
        words = _folded(part.text)
        again = words in (seen if again else opening)
        part.gone = again
        seen.add(words)
        if len(part.text) >= SAME and len(opening) < OPENING:
            opening.add(words)
    _drop_pulled(parts)
    first = next((part for part in parts if not part.gone), None)
    if first is not None and len(first.text) >= SAME:
        begins = _folded(first.text)
        for other in parts[1:6]:
            longer = other is not first and not other.gone and len(other.text) > len(first.text)
            if longer and _folded(other.text).startswith(begins):
                first.gone = True


def _drop_pulled(parts: Sequence[Part]) -> None:
    """Sentences of the text that are shown once more beside it, larger."""
    texts = [(part, _folded(part.text)) for part in parts if not part.gone]
    whole = "\n".join(words for _, words in texts)
    if len(whole) > PULLED:
        return
    for part, words in texts:
        if len(words) >= PULL and len(part.text) <= CALL and not part.lead:
            part.gone = any(words in other and words != other for _, other in texts)


def _drop_bare_headings(parts: Sequence[Part]) -> None:
    """Headings with nothing left under them: neither text nor a lesser heading."""
    under = ""  # the tag of what stands next below
    for part in reversed(parts):
        if part.gone:
            continue
        if part.heading:
            part.gone = not under or (under in HEADINGS and under <= part.tag)
        if not part.gone:
            under = part.tag


def _joined(parts: Sequence[Part]) -> Iterator[tuple[bool, str]]:
    """Paragraphs; lines that only a line break parts are one."""
    lines: list[str] = []
    heading = False
    for part in parts:
        if part.gone:
            continue
        if lines and part.blocks[0].joined and not heading:
            lines.append(part.text)
            continue
        if lines:
            yield heading, "\n".join(lines)
        lines, heading = [part.text], part.heading
    if lines:
        yield heading, "\n".join(lines)


def _same(a: str, b: str) -> bool:
    return _folded(a) == _folded(b)


def _folded(text: str) -> str:
    return " ".join(_WORDS.findall(text)).casefold()
