"""Pictures in the sandbox: what of them is taken, put in another's place, and shown on the page."""

import json
import struct
import zlib
from typing import Any

import aiohttp
import pytest

from bot.sandbox.sandbox import Sandbox

BUTTON = {"inline_keyboard": [[{"text": "Тёмная", "callback_data": "dark"}]]}


def png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


async def upload(api: Any, method: str, body: bytes, **fields: str) -> Any:
    """A call with a file named `picture` beside its fields."""
    form = aiohttp.FormData(fields)
    form.add_field("picture", body, filename="picture.png", content_type="image/png")
    async with api.session.post(f"{api.url}/bot{api.token}/{method}", data=form) as response:
        return await response.json()


async def photo(api: Any, chat_id: int, body: bytes, **fields: str) -> Any:
    fields = {"chat_id": str(chat_id), "photo": "attach://picture", **fields}
    return await upload(api, "sendPhoto", body, **fields)


def shown(media: str, caption: str = "") -> dict[str, str]:
    return {"type": "photo", "media": media, "caption": caption}


@pytest.mark.parametrize(("width", "height"), [(1, 21), (21, 1), (9_000, 1_001), (0, 5)])
async def test_a_photo_of_impossible_sides_is_refused(
    api: Any, reader: int, width: int, height: int
) -> None:
    head = png(1, 1)[:16] + struct.pack(">II", width, height)
    answer = await photo(api, reader, head)
    assert answer["description"] == "Bad Request: PHOTO_INVALID_DIMENSIONS"


async def test_another_picture_takes_a_messages_place(api: Any, box: Sandbox, reader: int) -> None:
    markup = json.dumps(BUTTON)
    sent = (await photo(api, reader, png(4, 5), caption="Светлая", reply_markup=markup))["result"]
    place = {"chat_id": str(reader), "message_id": str(sent["message_id"])}
    media = json.dumps(shown("attach://picture", "Тёмная"))
    dark = (await upload(api, "editMessageMedia", png(6, 7), **place, media=media))["result"]
    assert (dark["photo"][0]["width"], dark["caption"]) == (6, "Тёмная")
    assert "reply_markup" not in dark
    light = shown(sent["photo"][0]["file_id"])
    again = await api.ok("editMessageMedia", **place, media=light, reply_markup=BUTTON)
    assert (again["photo"], again["reply_markup"]) == (sent["photo"], BUTTON)
    assert "caption" not in again
    same = await api.refused("editMessageMedia", **place, media=light, reply_markup=BUTTON)
    assert "message is not modified" in same


async def test_a_picture_takes_the_place_of_a_text(api: Any, reader: int) -> None:
    known = (await photo(api, reader, png(4, 5)))["result"]["photo"][0]["file_id"]
    sent = await api.ok("sendMessage", chat_id=reader, text="Рисую…")
    place = {"chat_id": reader, "message_id": sent["message_id"]}
    edited = await api.ok("editMessageMedia", **place, media=shown(known))
    assert "text" not in edited
    assert "no text" in await api.refused("editMessageText", **place, text="x")


@pytest.mark.parametrize(
    ("media", "refusal"),
    [
        ({"type": "video", "media": "x"}, "unsupported type"),
        ({"type": "photo", "media": "attach://nothing"}, "must be uploaded"),
        ({"type": "photo", "media": "x"}, "wrong file_id"),
        ({"type": "photo"}, 'can\'t find field "media"'),
    ],
)
async def test_what_is_no_photo_takes_no_place(
    api: Any, reader: int, media: dict[str, str], refusal: str
) -> None:
    sent = await api.ok("sendMessage", chat_id=reader, text="x")
    place = {"chat_id": reader, "message_id": sent["message_id"]}
    assert refusal in await api.refused("editMessageMedia", **place, media=media)


async def test_the_page_is_given_pictures_and_nothing_else(api: Any, reader: int) -> None:
    body = png(4, 5)
    sent = (await photo(api, reader, body))["result"]["photo"][0]["file_id"]
    form = {"chat_id": str(reader), "document": "attach://picture"}
    text = await upload(api, "sendDocument", b"<script>", **form)
    document = text["result"]["document"]["file_id"]
    async with api.session.get(f"{api.url}/sandbox/photo/{sent}") as response:
        assert (response.content_type, await response.read()) == ("image/png", body)
    for other in (document, "nothing"):
        async with api.session.get(f"{api.url}/sandbox/photo/{other}") as response:
            assert response.status == 404
    foreign = {"Sec-Fetch-Site": "cross-site"}
    async with api.session.get(f"{api.url}/sandbox/photo/{sent}", headers=foreign) as response:
        assert response.status == 403
