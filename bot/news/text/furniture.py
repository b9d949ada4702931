"""Lines that belong to a page and not to its article: close signs, share and cookie lines, adverts.

Only a whole line is ever furniture, and only a short one: a sentence that merely speaks of
subscribing or of cookies stays.
"""

import re
from collections.abc import Sequence

LONGEST = 300  # characters; a longer line is a paragraph, whatever it begins with

_NETWORK = (
    r"(?:vk|вк|вконтакте|ok|ок|одноклассник(?:и|ах|ов)|однакласнік[іа]х?|telegram|телеграмм?[еау]?|"
    r"тэлеграм[еа]?|whats\s?app|в[ао]тс?[ао]пп?[еу]?|viber|вайбер[еау]?|facebook|фейсбук[еау]?|"
    r"twitter|твиттере?|x|email|e-mail|мо(?:й|ём|ем) мир[е]?|livejournal|жж|skype|"
    r"max|дзене?|instagram|инстаграмм?[е]?|youtube|ютубе?|rutube|pinterest|linkedin|reddit|"
    r"соц(?:иальных )?сет(?:и|ях)|сацсетках|друзь(?:ям|ями)|другом|сябрамі|tiktok|messenger)"
)
_NETWORKS = rf"{_NETWORK}(?:\s*(?:,|/|\||·|•|и|і|and|или)?\s*{_NETWORK})*"
_SHARING = (
    r"(?:поделиться|поделитесь|отправить|переслать|расшарить|рассказать|опубликовать|сохранить|"
    r"падзяліцца|адправіць|даслаць|share|tweet|send|post|forward)"
)
_SUBSCRIBING = (
    r"(?:подписывайтесь|подпишитесь|подписаться|читайте нас|падпісвайцеся|падпішыцеся|"
    r"чытайце нас|subscribe|follow us)"
)
_JOINING = (
    r"(?:присоединяйтесь|вступайте|следите за|смотрите нас|мы (?:в|на)|наши? |оставайтесь|"
    r"больше новостей|все новости|самые свежие новости|далучайцеся|мы ў|join|sign up)"
)
_ADDRESS = rf"(?:{_NETWORK}(?:[- ]?канал\w*)?\b|t\.me/\S+|(?<!\w)@\w+)"
_CHANNEL = (
    rf"(?:{_ADDRESS}|\b(?:канал|рассыл|групп|сообществ|паблик|новост|newsletter|channel|updates))"
)
_INVITATION = re.compile(
    rf"(?:[^\w\s«\"„“]+\s*)?(?:{_SUBSCRIBING}\b.{{0,80}}?\b{_CHANNEL}|{_JOINING}.{{0,40}}?\b{_ADDRESS}).*",
    re.I,
)
_SPEECH = re.compile(
    r"\b(?:сказал|сообщил|заявил|отметил|рассказал|призвал|добавил|написал|пояснил|предложил|"
    r"посоветовал|паведаміў|сказаў|said|told|wrote)",
    re.I,
)

_WHEN = (  # a piece of a date
    r"(?:(?:в[ао]?\s)?(?:пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|"
    r"суббот[ау]|воскресенье)\b|\d{1,2}[./-]\d{1,2}[./-](?:20)?\d\d|20\d\d(?:-\d\d-\d\d)?|"
    r"\d{1,2}\s(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*|"
    r"\d{1,2}\s(?:студз|лют|сак|крас|трав|чэрв|ліп|жні|вер|кас|ліс|сне)[а-яўі]*|"
    r"(?:в\s)?\d{1,2}:\d\d(?::\d\d)?|г(?:ода)?\b|сегодня|вчера|мск)"
)
_WHOLE = re.compile(
    rf"""(?:
      [×✕✖✗╳❌⨯⛌]+
    | (?:закрыть|закрыць|close|меню|menu|поиск|пошук|search|войти|увайсці|log\sin|регистрация|
         наверх|вверх|назад|главная|далее|загрузка|loading|распечатать|печать|print|
         версия\sдля\sпечати|обсудить|комментировать|оставить\sкомментарий|ответить|
         нравится|лайк|мне\sнравится|показать\sещ[её]|ещ[её]|все\sновости|лента\sновостей|
         следующая\sновость|предыдущая\sновость|скопировать(?:\sссылку)?|ссылка\sскопирована|
         copy\slink|back\sto\stop|skip\sto\scontent|accept(?:\sall)?|принять|согласен|понятно|
         хорошо|отклонить|настройки\scookies?)[:…]*
    | {_SHARING}(?:\s+(?:в|во|на|у|ў|с|со|з|to|on|via|with|по|ссылкой|новостью|статьей|статьёй|
         материалом|почт[еу]|навіной|this|article|story))*(?:\s*:?\s*{_NETWORKS})?\s*[:.!]*
    | (?:комментари(?:и|ев|й)|каментары[іяў]*|comments?|просмотр(?:ов|ы)|прагляд(?:аў|ы)|views)
         \s*[:(]?\s*\d*\)?
    | \d+\s*(?:комментари[яйеив]+|просмотр(?:ов|а)?|comments?|views)
    | (?:теги|тэги|метки|тэгі|tags|ключевые\sслова|рубрика)\s*:.{{0,250}}
    | (?:наш[лё]+ли?|заметили|увидели|знайшлі|заўважылі)\s(?:опечатку|ошибку|памылку).{{0,200}}
    | .{{0,80}}\bctrl\s*\+\s*enter\b.{{0,80}}
    | (?:реклама|рэклама|на\sправах\sрекламы|advertisement|sponsored|promo|партн[её]рский\sматериал)
         (?:\s*[.:|]?\s*(?:ооо|оао|зао|пао|ао|ип|инн|erid|16\+|18\+|0\+|рекламодатель)\b.{{0,250}})?[.:]?
    | (?:опубликовано|размещено|добавлено|обновлено|дата\sпубликации|апублікавана)[:\s]+
         (?:{_WHEN}[\s,.|–-]*){{1,6}}
    | erid\s*[:=]?\s*[\w-]{{6,}}.{{0,80}}
    | (?:ооо|оао|зао|пао|ао|ип)\s.{{2,120}}\berid\b.{{0,60}}
    | \d{{1,2}}\s?\+
    | новости(?:\s\w+){{0,3}}\s(?:в|на|у|ў)\s{_NETWORKS}[.!:]*
    | (?:©|\(c\)|copyright)\s.{{0,120}}\b(?:все\sправа|all\srights|усе\sправы).{{0,80}}
    )""",
    re.I | re.X,
)
_COOKIES = re.compile(
    r"(?:мы используем|наш сайт использует|этот сайт использует|на (?:этом |нашем )?сайте|"
    r"сайт использует|продолжая|используя|оставаясь|мы выкарыстоўваем|гэты сайт|працягваючы|"
    r"we use|this (?:web)?site uses|by (?:continuing|using)|our (?:web)?site uses)"
    r".{0,200}(?:\bcookies?\b|\bкуки\b|файлы кукі).{0,200}",
    re.I,
)
_ALSO = re.compile(
    r"(?:читайте (?:также|ещ[её])|читайте по теме|читать (?:также|далее|ещ[её])|смотрите также|"
    r"смотрите ещ[её]|ещ[её] по теме|(?:материалы|новости) по теме|похожие новости|"
    r"другие новости|чытайце таксама|чытайце яшчэ|глядзіце таксама|"
    r"read (?:also|more)|see also|related(?: news| stories)?|also read)"
    r"(?P<rest>\s*[:.…→»>-].{0,250}|\s+(?:в|на|у|in)\s.{2,60})?",
    re.I,
)
_NAME = re.compile(rf"{_NETWORKS}[:.]?", re.I)
_ENDED = re.compile(r"[.!?…;]['\"»”)\]]*$")
MOST_LINKS = 5  # titles that may stand under «Читайте также»


def is_furniture(line: str) -> bool:
    """Whether a whole line is page furniture, whatever stands around it."""
    if not any(map(str.isalnum, line)) and all(map(_is_rule, line)):
        return True
    if len(line) > LONGEST:
        return False
    if _WHOLE.fullmatch(line) or _COOKIES.fullmatch(line) or _ALSO.fullmatch(line):
        return True
    return len(line) <= 160 and _is_invitation(line)


def marked(lines: Sequence[str], *, keep: frozenset[str] = frozenset()) -> list[bool]:
    """Which lines are furniture: by themselves, or by the furniture they stand beside.

    `keep` are lines known to be headings. A bare network name counts at an end of the text or
    beside other furniture; unfinished lines under «Читайте также» are the links it announces.
    """
    found = [line not in keep and is_furniture(line) for line in lines]
    for at, line in enumerate(lines):
        if found[at] and (also := _ALSO.fullmatch(line)) and not also["rest"]:
            _mark_links(lines, found, at + 1, keep)
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        beside = True
        for at in order:
            found[at] = found[at] or (beside and len(lines[at]) < 60 and _is_name(lines[at]))
            beside = found[at]
    return found


def _mark_links(lines: Sequence[str], found: list[bool], first: int, keep: frozenset[str]) -> None:
    last = min(first + MOST_LINKS, len(lines))
    end = first
    while end < last and lines[end] not in keep and not _ENDED.search(lines[end]):
        end += 1
    if end < len(lines) and end - first > 1:
        end = first + 1  # more text follows: one link, then perhaps a subheading
    found[first:end] = [True] * (end - first)


def _is_invitation(line: str) -> bool:
    """«Подписывайтесь на наш телеграм-канал», but no report of somebody saying so."""
    return bool(_INVITATION.fullmatch(line)) and not _SPEECH.search(line)


def _is_name(line: str) -> bool:
    return bool(_NAME.fullmatch(line))


def _is_rule(letter: str) -> bool:
    """Part of a line drawn with signs (***, ---, •, ×), not an emoji that may be all there is."""
    return letter.isspace() or letter in "*-–—_=~•·|/\\.,:;#+<>×✕✖✗╳❌⨯⛌►▼▲→←↑↓»«()[]"
