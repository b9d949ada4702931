"""Zones as people name them: «Минск», "Warsaw", Europe/Minsk, Гомель → an IANA name."""

import re
from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale

from bot.news.morphology import fold, lemmas
from bot.news.schedule import valid_zone
from bot.telegram.texts import LANGUAGES, Text

NEAR = ("Asia/Novokuznetsk", "Europe/Minsk", "Europe/Moscow")  # offered as buttons

# Places of our readers that name no zone of their own.
CITIES = {
    "Asia/Novokuznetsk": "кузбасс кемерово прокопьевск междуреченск ленинск-кузнецкий киселевск "
    "юрга белово березовский анжеро-судженск мыски осинники топки мариинск тайга гурьевск "
    "таштагол шерегеш kemerovo kuzbass кемерава",
    "Europe/Minsk": "беларусь гомель гродно витебск могилев брест барановичи бобруйск борисов "
    "пинск орша мозырь солигорск лида новополоцк полоцк belarus gomel grodno vitebsk mogilev "
    "brest гродна гомель вiцебск віцебск магілеў брэст",
    "Europe/Moscow": "санкт-петербург петербург спб мск питер сочи казань краснодар ростов "
    "нижний-новгород воронеж ярославль симферополь st-petersburg",
    "Asia/Yekaterinburg": "екатеринбург челябинск пермь тюмень уфа сургут",
    "Asia/Krasnoyarsk": "красноярск абакан",
}

# «г. Минск», «я живу в Минске», "in Warsaw"
BESIDE = re.compile(
    r"^(?:(?:я|живу|жыву|горад|город|г\.|в|во|у|ў|i|live|in|city|of)(?:\s+|(?<=\.)))+", re.I
)


def zone_name(text: Text, zone: str) -> str:
    """«Минск» for Europe/Minsk, in the reader's language where it has a word for it."""
    if zone == NEAR[0]:
        return text("zone-kuzbass")
    city = _cities(text.language).get(zone)
    return city or zone.rpartition("/")[2].replace("_", " ")


def find_zone(words: str) -> str | None:
    """The zone that a person means by a city, a region or an IANA name; None: no such."""
    wanted = words.strip()
    if valid_zone(wanted):
        return wanted
    said = BESIDE.sub("", wanted).strip(" .,!")
    return _by_name().get(_key(said)) or _by_name().get(_key(" ".join(lemmas(said))))


def _key(name: str) -> str:
    return "-".join(fold(name).replace("_", " ").replace("-", " ").split())


@lru_cache(maxsize=len(LANGUAGES))
def _cities(language: str) -> dict[str, str]:
    """Zone → its city, as the CLDR names it in that language."""
    zones = Locale(language).time_zones
    return {zone: names["city"] for zone, names in zones.items() if "city" in names}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    known = sorted(available_timezones())
    found = {_key(zone.rpartition("/")[2]): zone for zone in known}
    found |= {_key(zone): zone for zone in known}
    for language in LANGUAGES:
        found |= {_key(c): z for z, c in _cities(language).items() if valid_zone(z)}
    for zone, names in CITIES.items():
        found |= {_key(name): zone for name in names.split()}
    return found
