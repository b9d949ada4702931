"""Documents that people send: fetched from Telegram into memory, within a bound.

Telegram hands a bot files of up to 20 MB: https://core.telegram.org/bots/api#getfile
"""

from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import Document
from aiohttp import ClientError

from bot.sources.errors import Broken, TooBig, TooSlow
from bot.sources.files import KINDS, WORD

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

MAX_BYTES = 10 << 20
DOWNLOAD_S = 60
OPML = ".opml"
MIME_KINDS = {
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/xml": ".xml",
    "application/xml": ".xml",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/json": ".json",
    "application/feed+json": ".json",
    "text/x-opml": OPML,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": WORD,
}


class _Bounded(BytesIO):
    """Takes no more than MAX_BYTES, whatever was said of the size beforehand."""

    def write(self, chunk: "ReadableBuffer", /) -> int:
        if self.tell() + memoryview(chunk).nbytes > MAX_BYTES:
            raise TooBig("the file is larger than Telegram said")
        return super().write(chunk)


def name_of(document: Document) -> str | None:
    """The file's name with the ending of a kind that we read; None: it is of no such kind."""
    name = document.file_name or "file"
    if PurePath(name).suffix.lower() in (*KINDS, OPML):
        return name
    ending = MIME_KINDS.get((document.mime_type or "").partition(";")[0].strip().lower())
    return f"{name}{ending}" if ending else None


async def download(bot: Bot, document: Document) -> bytes:
    """The file's bytes. Raises TooBig, TooSlow, Broken."""
    if (document.file_size or 0) > MAX_BYTES:
        raise TooBig(f"the file is larger than {MAX_BYTES >> 20} MB")
    held = _Bounded()
    try:
        await bot.download(document, destination=held, timeout=DOWNLOAD_S)
    except TimeoutError as e:
        raise TooSlow("Telegram gives the file too slowly") from e
    except (TelegramAPIError, ClientError, OSError) as e:  # e itself would name the token
        raise Broken(f"Telegram did not give the file ({type(e).__name__})") from e
    return held.getvalue()


def is_list(body: bytes, name: str) -> bool:
    """Whether it is an OPML list, under whatever name it came."""
    return name.lower().endswith(OPML) or b"<opml" in body[:4096].lower()
