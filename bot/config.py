"""The settings: read once from the environment and .env, checked whole, then passed on as a value.

Sources of the limits: https://core.telegram.org/bots/api#setwebhook (secret_token),
https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this (rates).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values

LANGUAGES = ("ru", "be", "en")
TELEGRAM = "https://api.telegram.org"
TOKEN = re.compile(r"\d+:[\w-]+")
FREE_RATE = 30.0  # messages a second; Telegram is paid for more
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")

T = TypeVar("T")


class ConfigError(Exception):
    """A setting that cannot be used; str() names it and says what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting, checked. docs/operations.md and .env.example say what each is for."""

    bot_token: str = ""  # empty: the sandbox
    admin_ids: frozenset[int] = frozenset()
    database_url: str = ""
    telegram_api_url: str = TELEGRAM
    telegram_proxy: str | None = None
    timezone: str = "Asia/Novokuznetsk"
    default_language: str = "ru"
    sources_file: Path | None = None
    topics_file: Path | None = None
    http_host: str = "127.0.0.1"
    http_port: int = 8080
    webhook_url: str | None = None
    webhook_secret: str | None = None
    send_rate: float = FREE_RATE  # messages a second, over all chats
    spread_min: int = 1  # over which the digests of a slot leave, each chat in its own minute
    allow_paid_broadcast: bool = False  # to pay Telegram for what is sent beyond the free rate
    reconcile: bool = True  # ask Telegram what became of posts that may have arrived
    user_agent_contact: str | None = None
    fetches_at_once: int = 16  # requests to sites under way, over all hosts
    public_url: str | None = None  # where the web server is seen from outside: hubs push there
    allow_private_hosts: bool = False
    log_level: str = "INFO"
    log_format: str = "text"

    @property
    def sandbox(self) -> bool:
        """Without a token Svodka talks to its own Bot API on loopback."""
        return not self.bot_token


def load(env: Mapping[str, str], *, dotenv: Path = Path(".env")) -> Settings:
    """The settings from `env`, and from the file `dotenv` for what `env` does not name.

    An empty value is the same as none. Raises ConfigError for the first that cannot be used.
    """
    try:
        written = dotenv_values(dotenv) if dotenv.is_file() else {}
    except (OSError, UnicodeDecodeError) as e:
        raise ConfigError(f"{dotenv} cannot be read ({e}); save it as UTF-8 text.") from e
    values = {**written, **env}
    return _checked({k: v.strip() for k, v in values.items() if v and v.strip()})


def _checked(values: Mapping[str, str]) -> Settings:
    def read(name: str, parse: Callable[[str], T], default: T) -> T:
        if name not in values:
            return default
        try:
            return parse(values[name])
        except ValueError as e:
            shown = "" if name in ("BOT_TOKEN", "WEBHOOK_SECRET") else f" ({values[name]!r})"
            raise ConfigError(f"{name}{shown}: {e}") from e

    token = read("BOT_TOKEN", _token, "")
    settings = Settings(
        bot_token=token,
        admin_ids=read("ADMIN_IDS", _ids, frozenset()),
        database_url=values.get("DATABASE_URL")
        or f"sqlite:///data/{'svodka' if token else 'sandbox'}.db",
        telegram_api_url=read("TELEGRAM_API_URL", _http_url, TELEGRAM),
        telegram_proxy=read("TELEGRAM_PROXY", _proxy, None),
        timezone=read("TIMEZONE", _zone, "Asia/Novokuznetsk"),
        default_language=read("DEFAULT_LANGUAGE", _one_of(*LANGUAGES), "ru"),
        sources_file=read("SOURCES_FILE", _file, None),
        topics_file=read("TOPICS_FILE", _file, None),
        http_host=values.get("HTTP_HOST", "127.0.0.1"),
        http_port=read("HTTP_PORT", _port, 8080),
        webhook_url=read("WEBHOOK_URL", _https_url, None),
        webhook_secret=read("WEBHOOK_SECRET", _secret, None),
        send_rate=read("SEND_RATE", _rate, FREE_RATE),
        spread_min=read("SPREAD_MIN", _minutes, 1),
        allow_paid_broadcast=read("ALLOW_PAID_BROADCAST", _yes_or_no, False),
        reconcile=read("RECONCILE", _on_or_off, True),
        user_agent_contact=values.get("USER_AGENT_CONTACT"),
        fetches_at_once=read("FETCHES_AT_ONCE", _at_once, 16),
        public_url=read("PUBLIC_URL", _http_url, None),
        allow_private_hosts=read("ALLOW_PRIVATE_HOSTS", _yes_or_no, False),
        log_level=read("LOG_LEVEL", _level, "INFO"),
        log_format=read("LOG_FORMAT", _one_of("text", "json"), "text"),
    )
    if settings.webhook_url and not settings.webhook_secret:
        raise ConfigError(
            "WEBHOOK_URL needs WEBHOOK_SECRET, so that only Telegram can speak to the bot: "
            "write 1-256 letters, digits, _ or -."
        )
    if settings.send_rate > FREE_RATE and not settings.allow_paid_broadcast:
        raise ConfigError(
            f"SEND_RATE ({settings.send_rate:g}): Telegram allows {FREE_RATE:g} messages a second, "
            "and takes 0.1 Star for each beyond that: write 30 or less, or allow it with "
            "ALLOW_PAID_BROADCAST=true."
        )
    return settings


def _token(text: str) -> str:
    if not TOKEN.fullmatch(text):
        raise ValueError(
            "this is no bot token; copy the line @BotFather gave you, like 123456:ABC-def, "
            "or leave it empty for the sandbox."
        )
    return text


def _ids(text: str) -> frozenset[int]:
    try:
        return frozenset(int(part) for part in re.split(r"[\s,;]+", text) if part)
    except ValueError:
        raise ValueError("write Telegram user ids, digits separated by commas.") from None


def _http_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("write an address like https://api.telegram.org.")
    return text.rstrip("/")


def _https_url(text: str) -> str:
    if urlsplit(text).scheme != "https":
        raise ValueError("Telegram calls only https:// addresses.")
    return _http_url(text)


def _proxy(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "socks5") or not parts.hostname or not parts.port:
        raise ValueError("write a proxy like socks5://user:password@host:1080 or http://host:3128.")
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):  # the three ways in which it refuses a name
        raise ValueError(
            "there is no such time zone; write one like Asia/Novokuznetsk or Europe/Minsk."
        ) from None
    return text


def _file(text: str) -> Path:
    path = Path(text)
    if not path.exists() or path.is_dir():  # /dev/null is a good empty file
        raise ValueError("there is no such file; correct the path or remove the setting.")
    return path


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise ValueError("write a port from 0 (any free one) to 65535.")
    return int(text)


def _secret(text: str) -> str:
    if not SECRET.fullmatch(text):
        raise ValueError("write 1-256 letters, digits, _ or -.")
    return text


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate <= 1000:
        raise ValueError("write messages a second, above 0 and up to 1000; Telegram allows 30.")
    return rate


def _minutes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 180:
        raise ValueError("write over how many minutes digests leave, from 1 (at once) to 180.")
    return int(text)


def _at_once(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise ValueError("write how many sites are asked at the same time, from 1 to 256.")
    return int(text)


def _yes_or_no(text: str) -> bool:
    word = text.lower()
    if word not in ("1", "true", "yes", "on", "0", "false", "no", "off"):
        raise ValueError("write true or false.")
    return word in ("1", "true", "yes", "on")


def _on_or_off(text: str) -> bool:
    return _one_of("on", "off")(text.lower()) == "on"


def _level(text: str) -> str:
    return _one_of("DEBUG", "INFO", "WARNING", "ERROR")(text.upper())


def _one_of(*words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in words:
            raise ValueError(f"write one of {', '.join(words)}.")
        return text

    return parse
