"""Zones as people name them: «Минск», "Warsaw", Europe/Minsk, Гомель → an IANA name."""

import re
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

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
# One for each hour that a clock may show, and for the halves: those of our readers first.
CLOCKS = (
    *NEAR, "Europe/Kaliningrad", "Europe/Warsaw", "Europe/London", "Europe/Samara",
    "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok",
    "Asia/Magadan", "Asia/Kamchatka", "Asia/Tbilisi", "Asia/Almaty", "Asia/Dhaka", "UTC",
    "Atlantic/Azores", "Atlantic/Cape_Verde", "Atlantic/South_Georgia", "America/Sao_Paulo",
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu", "Pacific/Pago_Pago", "America/Caracas",
    "America/Bogota", "America/Costa_Rica", "America/Phoenix", "Pacific/Pitcairn",
    "Pacific/Gambier", "Asia/Tehran", "Asia/Kabul", "Asia/Kolkata", "Asia/Kathmandu",
    "Asia/Yangon", "Australia/Darwin", "Australia/Adelaide", "America/St_Johns",
)  # fmt: skip
DAY_MIN = 24 * 60

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


def by_the_clock(now: datetime) -> list[str]:
    """A zone for each time of day that is now somewhere, to the hour, from 0 to 23."""
    shown: dict[int, str] = {}
    for zone in CLOCKS:
        local = now.astimezone(ZoneInfo(zone))
        if local.minute == now.minute:
            shown.setdefault(local.hour, zone)
    return [shown[hour] for hour in sorted(shown)]


def showing(minutes: int, now: datetime) -> str | None:
    """The zone where the clock shows so many minutes after midnight, to the quarter of an hour."""
    for zone in CLOCKS:
        local = now.astimezone(ZoneInfo(zone))
        off = (local.hour * 60 + local.minute - minutes) % DAY_MIN
        if min(off, DAY_MIN - off) <= 7:
            return zone
    return None


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
