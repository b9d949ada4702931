"""Time zones by the names people give them: «Кемерово», «Мінск», Moscow, Europe/Berlin."""

from functools import lru_cache
from zoneinfo import available_timezones

from bot.news.morphology import fold

_CITIES = {
    "Asia/Novokuznetsk": "кемерово кузбасс новокузнецк прокопьевск шерегеш юрга kemerovo kuzbass",
    "Europe/Minsk": "минск беларусь белоруссия брест гродно гомель витебск могилев minsk belarus "
    "гродна магилеу вицебск берасце",
    "Europe/Moscow": "москва мск петербург санкт-петербург спб сочи казань moscow msk масква",
    "Europe/Kaliningrad": "калининград kaliningrad",
    "Europe/Samara": "самара ижевск samara",
    "Asia/Yekaterinburg": "екатеринбург челябинск пермь уфа тюмень ekaterinburg",
    "Asia/Omsk": "омск omsk",
    "Asia/Novosibirsk": "новосибирск novosibirsk",
    "Asia/Barnaul": "барнаул алтай barnaul",
    "Asia/Tomsk": "томск tomsk",
    "Asia/Krasnoyarsk": "красноярск абакан krasnoyarsk",
    "Asia/Irkutsk": "иркутск irkutsk",
    "Asia/Yakutsk": "якутск чита yakutsk",
    "Asia/Vladivostok": "владивосток хабаровск vladivostok",
    "Europe/Kyiv": "киев киеу kyiv kiev",
    "Europe/Warsaw": "варшава warsaw",
    "Europe/Vilnius": "вильнюс вильня vilnius",
    "Europe/Riga": "рига riga",
    "Europe/Berlin": "берлин berlin",
    "Europe/London": "лондон london",
    "America/New_York": "нью-йорк",
    "Asia/Almaty": "алматы алма-ата астана almaty",
    "Asia/Tbilisi": "тбилиси tbilisi",
    "Asia/Yerevan": "ереван yerevan",
    "UTC": "utc gmt",
}


def find_zone(text: str) -> str | None:
    """The IANA name of the zone somebody means; None when we cannot tell."""
    name = " ".join(fold(text).replace("_", " ").split())
    return _names().get(name)


def valid_zone(name: str) -> bool:
    """Whether this is the exact IANA name of a zone this machine knows."""
    return name in _zones()


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Folded names → zones: of IANA, of its cities (when only one zone has it), and our own."""
    zones = sorted(_zones())
    names: dict[str, str] = {}
    for zone in zones:
        names.setdefault(fold(zone).rpartition("/")[2].replace("_", " "), zone)
    names |= {fold(zone).replace("_", " "): zone for zone in zones}
    names |= {
        fold(city): zone
        for zone, cities in _CITIES.items()
        if zone in _zones()
        for city in cities.split()
    }
    return names
