"""Photos and documents: sent, put in place of what a message showed, downloaded."""

import struct
from typing import TYPE_CHECKING, Any

from bot.sandbox import posting
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.files import StoredFile
from bot.sandbox.methods.messages import edit, send
from bot.sandbox.schema import Upload
from bot.sandbox.text import caption_text
from bot.sandbox.world import Json

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

PHOTO_LIMIT, FILE_LIMIT = 10 * 1024 * 1024, 50 * 1024 * 1024
SIDES, RATIO = 10_000, 20  # of a photo: width and height together, the longer to the shorter
INSTEAD = (
    "text",
    "entities",
    "link_preview_options",
    "rich_message",
    "document",
    "caption",
    "caption_entities",
)


async def send_photo(box: "Sandbox", p: Json) -> Json:
    return send(box, p, _photo(box, p["photo"]) | _caption(box, p))


async def send_document(box: "Sandbox", p: Json) -> Json:
    file = _file(box, p["document"], "documents", FILE_LIMIT)
    document = {"file_name": file.name, "mime_type": file.mime_type, **file.as_json()}
    return send(box, p, {"document": document} | _caption(box, p))


async def edit_message_media(box: "Sandbox", p: Json) -> Json | bool:
    """Show a photo instead of whatever the message showed, text too."""
    media = p["media"]
    body: Json = dict.fromkeys(INSTEAD)
    body |= _photo(box, media["media"]) | _caption(box, media)
    return edit(box, p, body, text=False)


async def get_file(box: "Sandbox", p: Json) -> Json:
    file = box.files.get(p["file_id"])
    if len(file.body) > 20 * 1024 * 1024:
        raise bad_request("file is too big")
    return {**file.as_json(), "file_path": file.path}


def _caption(box: "Sandbox", p: Json) -> Json:
    caption = caption_text(p.get("caption", ""), p.get("parse_mode"), p.get("caption_entities"))
    return posting.shown(box, caption, "caption") if caption.text else {}


def _photo(box: "Sandbox", given: Any) -> Json:
    """One size of it: Telegram would add smaller ones. Raises ApiError."""
    file = _file(box, given, "photos", PHOTO_LIMIT)
    width, height = image_size(file.body)
    longer, shorter = max(width, height), min(width, height)
    if not shorter or longer + shorter > SIDES or longer > RATIO * shorter:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return {"photo": [{**file.as_json(), "width": width, "height": height}]}


def _file(box: "Sandbox", given: Any, folder: str, limit: int) -> StoredFile:
    """The upload, or the file of that id; addresses are not fetched here."""
    if isinstance(given, str):
        if "://" in given:
            raise bad_request("failed to get HTTP URL content")
        return box.files.get(given)
    assert isinstance(given, Upload)
    if not given.body:
        raise bad_request("file must be non-empty")
    if len(given.body) > limit:
        raise ApiError(413, "Request Entity Too Large")
    return box.files.add(given.name, given.mime_type, given.body, folder=folder)


def image_size(body: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG; raises ApiError 400 for anything else."""
    if body.startswith(b"\x89PNG\r\n\x1a\n") and len(body) >= 24:
        width, height = struct.unpack(">II", body[16:24])
        return width, height
    at = 2
    while body.startswith(b"\xff\xd8") and at + 9 <= len(body) and body[at] == 0xFF:
        marker, length = body[at + 1], int.from_bytes(body[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", body[at + 5 : at + 9])
            return width, height
        at += 2 + length
    raise bad_request("IMAGE_PROCESS_FAILED")


METHODS = {
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "editMessageMedia": edit_message_media,
    "getFile": get_file,
}
