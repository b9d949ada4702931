"""Logging: one line a fact, as text or JSON, and never the token."""

import json
import logging
import sys
from datetime import UTC, datetime

OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class WithoutSecrets(logging.Formatter):
    """Formats a record, then takes every secret out of it, wherever it came from."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%d.%m %H:%M:%S")
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        return self._clean(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:
        fields = " ".join(f"{name}={value}" for name, value in extras(record).items())
        return f"{super().formatMessage(record)} {fields}".rstrip()

    def _clean(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return line


class JsonLines(WithoutSecrets):
    """The same, one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **extras(record),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return self._clean(json.dumps(line, ensure_ascii=False, default=str))


def extras(record: logging.LogRecord) -> dict[str, object]:
    """The fields a line was given with `extra=`."""
    return {name: value for name, value in vars(record).items() if name not in OWN}


def set_up(*, level: str, form: str, secrets: tuple[str, ...]) -> None:
    """Log to stderr from now on. `form` is text or json; `secrets` never appear."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(secrets) if form == "json" else WithoutSecrets(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in (
        "aiogram",
        "apscheduler",
        "trafilatura",
        "htmldate",
        "aiosqlite",
        "asyncio",
        "pymorphy3",
    ):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLevelName(level)))
