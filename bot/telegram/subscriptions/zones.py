"""Zones as people name them: «Минск», "Warsaw", Europe/Minsk, Гомель → an IANA name."""

import re
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale

from bot.news.names.gazetteer import known, main_name
from bot.news.times.schedule import valid_zone
from bot.news.words.capitals import words
from bot.news.words.morphology import fold, lemmas
from bot.telegram.writing.texts import LANGUAGES, Text

NEAR = ("Asia/Novokuznetsk", "Europe/Minsk", "Europe/Moscow")  # offered as buttons

# Places of our readers that name no zone of their own.
CITIES = {
    "Asia/Novokuznetsk": "кузбасс кемерово прокопьевск междуреченск ленинск-кузнецкий киселевск "
    "юрга белово березовский анжеро-судженск мыски осинники топки мариинск тайга гурьевск "
    "таштагол шерегеш полысаево калтан промышленная яшкино тяжинский тисуль яя краснобродский "
    "kemerovo kuzbass кемерава",
    "Europe/Minsk": "беларусь гомель гродно витебск могилев брест барановичи бобруйск борисов "
    "пинск орша мозырь солигорск лида новополоцк полоцк жодино молодечно речица слуцк кобрин "
    "светлогорск жлобин слоним волковыск сморгонь рогачев осиповичи горки дзержинск вилейка "
    "лунинец ивацевичи калинковичи столбцы глубокое лепель марьина-горка заславль фаниполь "
    "belarus gomel grodno vitebsk mogilev brest гродна гомель вiцебск віцебск магілеў брэст "
    "баранавічы бабруйск барысаў мазыр салігорск ліда полацк наваполацк маладзечна рэчыца",
    "Europe/Moscow": "санкт-петербург петербург спб мск питер сочи казань краснодар ростов "
    "ростов-на-дону нижний-новгород воронеж ярославль симферополь набережные-челны тула рязань "
    "тверь белгород курск липецк мурманск архангельск калуга смоленск брянск владимир иваново "
    "пенза чебоксары ставрополь махачкала грозный псков вологда st-petersburg",
    "Europe/Samara": "тольятти ижевск",
    "Asia/Yekaterinburg": "екатеринбург челябинск пермь тюмень уфа сургут курган оренбург "
    "магнитогорск нижний-тагил ханты-мансийск нижневартовск",
    "Asia/Krasnoyarsk": "красноярск абакан норильск",
    "Asia/Barnaul": "бийск рубцовск",
    "Asia/Irkutsk": "улан-удэ братск ангарск",
    "Asia/Yakutsk": "благовещенск",
    "Asia/Vladivostok": "хабаровск комсомольск-на-амуре находка",
    "Asia/Almaty": "алма-ата астана казахстан",
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
    r"^(?:(?:я|мы|живу|живём|живем|жыву|жывём|горад|город|городе|горадзе|г\.|в|во|из|у|ў|з|"
    r"i|we|am|live|in|from|city|of|the)(?:\s+|(?<=\.)))+",
    re.I,
)


def zone_name(text: Text, zone: str) -> str:
    """«Минск» for Europe/Minsk, in the reader's language where it has a word for it."""
    if zone == NEAR[0]:
        return text("zone-kuzbass")
    city = _cities(text.language).get(zone)
    return city or zone.rpartition("/")[2].replace("_", " ")


def find_zone(typed: str) -> str | None:
    """The zone that a person means by a city, a region or an IANA name; None: no such."""
    wanted = typed.strip()
    if valid_zone(wanted):
        return wanted
    said = BESIDE.sub("", wanted).strip(" .,!")
    names = (said, " ".join(lemmas(said)), _nominative(said))
    return next((zone for name in names if (zone := _by_name().get(_key(name)))), None)


def _nominative(said: str) -> str:
    """A place of the gazetteer by its main name, whatever case it is said in; else ''."""
    named = words(said)
    for language in ("ru", "be"):
        found = known(named, 0, language) if named else None
        if found and found[0] == len(named):
            return main_name(found[1].entity)
    return ""


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
    exact = sorted(available_timezones())
    found = {_key(zone.rpartition("/")[2]): zone for zone in exact}
    found |= {_key(zone): zone for zone in exact}
    for language in LANGUAGES:
        found |= {_key(c): z for z, c in _cities(language).items() if valid_zone(z)}
    for zone, names in CITIES.items():
        found |= {_key(name): zone for name in names.split()}
        found |= {_key(" ".join(lemmas(name))): zone for name in names.split()}
    return found
