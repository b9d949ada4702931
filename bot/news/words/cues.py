"""The words that only ask: what kind of answer is wanted, and nothing of what it is about."""

import re

_ASKING = (
    r"как сыграл\w*|чем (?:за|о)кончил\w+|чем завершил\w+|"
    "что|чего|ч[её]|чо|шо|во сколько|поч[её]м|где|когда|кто|кого|кому|как|какой|какая|какие|"
    "какую|какое|сколько|скока|скоко|до скольки|насколько|почему|зачем|откуда|"
    "какого числа|в каком году|в котором часу|куда|чем|"
    "што|дзе|калі|хто|як|якая|якой|якія|колькі|чаму|"
    "what|where|when|who|why|how many|how much|how|which"
)
ASKS = re.compile(rf"\W*(?:[аиіну]{{1,2}} )?(?:{_ASKING})(?!\w)", re.I)
INTERROGATIVE = re.compile(rf"(?<!\w)(?:{_ASKING})(?!\w)", re.I)
# Belarusian words that Russian has among its stop words: будзе, ёсць, можна.
AUXILIARY = frozenset(["буд", "будз", "будзе", "есц", "можн", "трэб"])

_TELLING = r"новост\w*|навін\w*|известия|событи\w*|падзе[йяіюў]\w*|news|headlines|updates?"
_IS_NEW = r"(?:что|чего|што|чаго) (?:там )?нов(?:ого|енького|ага|енькага)|what(?:'s| is) new"
_OF_LATE = r"(?:сам\w+ )?(?:последн|свеж|новейш|апошн|найнов)\w+|latest|newest|most recent"
_LATEST = (  # «свежее про …»
    r"(?:последнее|свеж(?:ее|енькое)|новенькое|апошняе|свежае|the latest|latest)"
    r"(?= (?:об?|про|по|из|с|в|на|пра|аб|па|з|у|ў|about|on|from|in|of)(?!\w))"
)
NEWEST = re.compile(rf"(?<!\w)(?:{_IS_NEW}|(?:{_OF_LATE}) (?:{_TELLING})|{_LATEST})(?!\w)", re.I)
FILLER = re.compile(
    rf"(?<!\w)(?:{_IS_NEW}|"
    rf"(?:(?:{_OF_LATE}|главн\w+) )?(?:новост\w*|навін\w*|известия|headlines|news)|"
    rf"(?:{_OF_LATE}) (?:{_TELLING})|{_LATEST}|"
    r"что случилось|что произошло|что происходит|что слышно|(?:что|што) (?:чуваць|чутно)|"
    r"што здарылася|what happened|"
    r"(?:что|што) (?:известно|вядома)|известно ли|(?:правда|можно|нужно|надо) ли|подробност\w+|"
    r"последний раз|чем занимается|кем работает|как называ[ею]тся|назови\w*|"
    r"расскажи\w*|покажи\w*|найди\w*|пишет|пишут|статьи|tell me|show me|latest)(?!\w)",
    re.I,
)

_NEWS = r"(?:новост\w*|навін\w*|news|тем[аеыу]|тэм[аеыу]|рубрик\w+|topic|#)"
CUE = re.compile(rf"{_NEWS}\W*$", re.I)
CUED = re.compile(rf"(?<!\w){_NEWS}", re.I)
FROM = re.compile(r"(?:из|от|з|ад|from|источник|крыніца|source|пишет|пишут|газета|сайт)\W*$", re.I)

PLANS = (  # said of what will be; with a town or a time alone they ask for all of it
    r"ожида(?:[ею]тся|ются)|ожидать|(?:за)?планир\w+|намечен\w*|предсто\w+|анонс\w*|афиш\w*|"
    r"впереди|наперадзе|чака[ею]\w*|(?:за)?план(?:уе|ава)\w+|expected|planned|scheduled|upcoming"
)
EVENTS = re.compile(
    rf"(?<!\w)(?:{PLANS}|событи\w*|мероприяти\w*|падзе[йяіюў]\w*|мерапрыемств\w*|events?|"
    r"happen(?:s|ing)?|произойд[её]т|случится|адбудзецца)(?!\w)",
    re.I,
)
PLANNED = re.compile(rf"(?<!\w)(?:{PLANS})(?!\w)", re.I)
