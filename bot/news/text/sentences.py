"""Sentences, and which of them can stand alone before a reader."""

import re
from functools import lru_cache

from bot.news.text.reading import sentence_words
from bot.news.text.splitting import QUOTES, quoted
from bot.news.text.splitting import is_headline as is_headline
from bot.news.text.splitting import paragraphs as paragraphs
from bot.news.text.splitting import sentences as sentences
from bot.news.text.splitting import split as split

# All of these are matched with lower case: ignoring case is three times as slow.
_ELSEWHERE = re.compile(
    r"[—–-]\s*(?:в|у)\s+(?:\w+\s+)?(?:материал|матэрыял|обзор|репортаж|рэпартаж|сюжет|подборк|"
    r"интервью|ролик|тексте)"
)
_TEASER = re.compile(
    r"(?:читайте|чытайце|смотрите|глядзіце|узнайте|даведайцеся|подписывайтесь|падпісвайцеся|"
    r"подробнее|подробности|падрабязнасці|падрабязней|рассказываем|расказваем|разбираемся|"
    r"разбіраемся|фото:|видео:|відэа:|реклама|рэклама|на правах рекламы|erid|"
    r"read more|see also|subscribe|find out)"
)
_OURS = re.compile(
    r"[^,.:]{0,40}\b(?:мы (?:уже |ранее |раньше )?(?:писали|сообщали|рассказывали)|"
    r"мы (?:ужо |раней )?(?:пісалі|паведамлялі|расказвалі)|we (?:earlier |previously )?reported)\b"
)
_DANGLING = re.compile(
    r"(?:так(?:,| и | что| как раз)|например|к примеру|итак|впрочем|однако|кроме того|помимо|"
    r"при этом|при том|тем не менее|также|тоже|поэтому|потому|затем|потом|после этого|до этого|"
    r"в свою очередь|в частности|в то же время|в итоге|в результате|более того|напомн\w+|"
    r"во-первых|во-вторых|в-третьих|наконец|с другой стороны|зато|вдобавок|к тому же|отсюда|"
    r"но|а|и|или|же|ведь|значит|следовательно|между тем|вместе с тем|далее|там же|здесь же|"
    r"таксама|акрамя таго|пры гэтым|аднак|напрыклад|дарэчы|тым часам|таму|потым|пасля гэтага|"
    r"у прыватнасці|у сваю чаргу|затое|але|нагада\w+|"
    r"however|but|and|so|also|moreover|meanwhile|for example|besides|thus|therefore|in turn|still|"
    r"then|instead|as a result)(?!\w)|"
    r"[^,.:]{1,40}, (?:впрочем|однако|напротив|тем не менее|в свою очередь|в частности|например|"
    r"к слову|аднак|наадварот|тым не менш|у сваю чаргу|у прыватнасці|напрыклад|however|though),"
)
_PRONOUN = re.compile(
    r"(?:(?:по|со|паводле|з) (?:его|ее|её|их|яго|яе|іх)|(?:[\w-]+ ){0,3}"
    r"(?:он|она|оно|они|ён|яна|яны|he|she|they)|"
    r"его|ее|её|их|ему|ей|им|это|этот|эта|эту|эти|этого|этому|этим|об этом|тот|та|те|такой|такая|"
    r"такое|такую|такие|такого|такому|таким|такими|там|тут|здесь|туда|оттуда|тогда|"
    r"яго|яе|іх|гэта|гэты|гэтая|гэтыя|пра гэта|такі|"
    r"his|her|it|its|their|this|that|these|those|there)(?!\w)|"
    r"(?:(?!(?:и|і|and) )[\w-]+ ){1,2}(?:их|него|нее|неё|ней|них|ними|ним|нём|ему|яе|яго|іх|"
    r"ім|them|him)(?!\w)"
)
_OF_THESE = re.compile(r"\b(?:из|з|of) (?:этих|таких|гэтых|такіх|these|those)\b")
_WORDS_OF = re.compile(
    r"\s*[—–-]\s|.*(?:[,.!?…][»\"”]|[»\"”][,.])\s*[—–-]\s"  # — …; «…», — said he
    r"|\s*[«\"“„][^«»\"“”„]*[»\"”“]\W*$|[“\"].*[,?!][”\"] "  # «…»; “…,” said he
)
_DASHED = re.compile(r"\s*[—–-]\s")
_SAID = re.compile(r"(?:[»\"”“][,.]?|[,!?…])\s*[—–-]\s*\w|[\"”],? \w+ (?:said|says)|,[\"”] ")
_CHATTY = frozenset(
    [
        *("я", "мы", "нас", "нам", "нами", "вы", "вас", "вам", "вами", "кажется", "увы", "конечно"),
        *("разумеется", "здаецца", "вядома", "we", "us", "our", "you", "your"),
    ]
)
_OUR = re.compile(r"\b[нв]аш")
_LISTED = re.compile(r"\s*(?:[•·*▪●✓✔➡👉]|\d{1,2}[.)]\s|[—–-]\s)")
# What was at another time, told beside the news: «В январе вернулся рейс в Москву».
_BACKGROUND = re.compile(
    r"(?:напомн\w+|ранее|раньше|прежде|до этого|последний раз|похож\w+|аналогичн\w+|предыдущ\w+|"
    r"(?:это|эта|этот) (?:уже )?(?:\w+ )?(?:втор|трет|четв[её]рт|пят|не перв)\w+|"
    r"(?:за|в|во|с|у) (?:прошл|минувш|мінул|пазалеташ|позапрошл)\w+|за год|"
    r"(?:в|у|во) (?:январ|феврал|март|апрел|ма[йе]|июн|июл|август|сентябр|октябр|ноябр|декабр|"
    r"студзен|лют|сакавік|красавік|тра[вў]н|чэрвен|ліпен|жні[вў]|верас|кастрычнік|лістапад|снежн)\w*|"
    r"(?:в|у) (?:19|20)\d\d|нагада\w+|раней|летась|last (?:year|month|autumn|winter|spring|summer)|"
    r"earlier|previously)(?!\w)",
    re.I,
)


_lower = lru_cache(maxsize=128)(str.lower)  # of a sentence several things are asked


def tells_nothing(sentence: str) -> bool:
    """A question, a row of a table, a teaser that sends the reader elsewhere, what «мы писали»."""
    if ("?" in sentence and sentence.rstrip(' »")”').endswith("?")) or is_row(sentence):
        return True
    low = _lower(sentence)
    ours = ("мы " in low or "we " in low) and _OURS.match(low)
    dashed = "—" in low or "–" in low or "-" in low
    return bool(ours or _TEASER.match(low) or (dashed and _ELSEWHERE.search(low)))


def is_row(sentence: str) -> bool:
    """A row of a table, its cells parted by bars."""
    return sentence.count("|") > 1


def dangles(sentence: str) -> bool:
    """Whether it leans on a sentence before it: «Так, например, …», «Впрочем, …»."""
    return bool(_DANGLING.match(_lower(sentence)))


def tells_of_before(sentence: str) -> bool:
    """Whether it is background, told beside the news: «В январе вернулся рейс в Москву»."""
    return bool(_BACKGROUND.match(sentence))


def names_another_time(text: str) -> bool:
    """Whether a time is named anywhere in it that background is told of."""
    return bool(_BACKGROUND.search(text))


def points_back(sentence: str) -> bool:
    """Whether a pronoun's name is out of sight: «Он …», «Шесть из них …», «… из этих рейсов»."""
    low = _lower(sentence)
    these = ("з " in low or "of " in low) and _OF_THESE.search(low)
    return bool(these or _PRONOUN.match(low))


def is_speech(sentence: str) -> bool:
    """Somebody's words, or a piece of them; «Кузбасс» выиграл is none."""
    if not QUOTES.search(sentence):
        return bool(_DASHED.match(sentence))
    return bool(_WORDS_OF.match(sentence)) or bool(quoted(sentence)) or _closes_more(sentence)


def is_attributed(sentence: str) -> bool:
    """Whether somebody's words are whole and say whose they are: «…», — сказал Курган."""
    whole = not quoted(sentence) and not _closes_more(sentence)
    return whole and bool(_SAID.search(sentence))


def _closes_more(sentence: str) -> bool:
    return sentence.count("»") > sentence.count("«")


def is_chatty(sentence: str) -> bool:
    """Whether the writer talks to the reader instead of telling."""
    if "!" in sentence or "?" in sentence or not _CHATTY.isdisjoint(sentence_words(sentence)):
        return True
    return "аш" in sentence and bool(_OUR.search(_lower(sentence)))


def is_listed(sentence: str) -> bool:
    """An item of a list, or a list in one line."""
    return sentence.count(";") > 2 or bool(_LISTED.match(sentence))
