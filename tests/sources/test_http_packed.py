"""Packed bodies: every coding, whole or refused, and no bomb costs more than the bound."""

import gzip
import random
import sys
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import brotli
import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources import errors
from bot.sources.http import Fetcher
from bot.sources.wire.packed import BadPacking, TooMuch, Unpacking

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

NEWS = "Новости Кузбасса. ".encode() * 2_000


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda data: bytes(brotli.compress(data, quality=5)),
    "zstd": zstd.compress,
}


def unpacked(packed: bytes, *codings: str, step: int = 1_000, max_bytes: int = 10 << 20) -> bytes:
    unpacking = Unpacking(codings, max_bytes=max_bytes)
    for at in range(0, len(packed), step):
        unpacking.feed(packed[at : at + step])
    return unpacking.end()


@pytest.mark.parametrize("coding", PACK)
@pytest.mark.parametrize("step", [1, 7, 1 << 20])
def test_what_was_packed_comes_out(coding: str, step: int) -> None:
    for data in (NEWS, b"", b"x"):
        assert unpacked(PACK[coding](data), coding, step=step) == data


def test_bare_deflate_is_understood_too() -> None:
    assert unpacked(bare_deflate(NEWS), "deflate") == NEWS


@pytest.mark.parametrize("coding", PACK)
def test_a_body_cut_short_is_refused(coding: str) -> None:
    packed = PACK[coding](random.Random(1).randbytes(5_000))
    for end in (1, 10, len(packed) // 2, len(packed) - 1):
        with pytest.raises(BadPacking):
            unpacked(packed[:end], coding)


@pytest.mark.parametrize("coding", PACK)
@given(data=st.binary(min_size=1, max_size=200))
@settings(max_examples=25, deadline=None)
def test_rubbish_is_refused_or_comes_out_as_something(coding: str, data: bytes) -> None:
    try:
        unpacked(data, coding)
    except BadPacking:
        return


def test_one_in_another_is_unpacked_last_first() -> None:
    packed = PACK["br"](PACK["gzip"](NEWS))
    assert unpacked(packed, "gzip", "br") == NEWS
    assert unpacked(NEWS, "identity", "utf-8") == NEWS  # some servers name no packing
    with pytest.raises(BadPacking, match="packed 4 times"):
        Unpacking(["gzip"] * 4, max_bytes=1)


@pytest.mark.parametrize("step", [1, 1 << 20])
@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_several_members_are_one_body_and_rubbish_behind_is_none(coding: str, step: int) -> None:
    pack = PACK[coding]
    assert unpacked(pack(b"one ") + pack(b"") + pack(b"two"), coding, step=step) == b"one two"
    assert unpacked(pack(b"one") + b"\0\0\0 rubbish", coding, step=step) == b"one"


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_members_without_end_are_refused(coding: str) -> None:
    with pytest.raises(BadPacking, match="without end"):
        unpacked(PACK[coding](b"") * 2_000, coding)


def test_packed_nothings_without_end_are_refused() -> None:
    block = b"\x00\x00\x00\xff\xff"  # an empty one of bare deflate, and not the last
    with pytest.raises(TooMuch):
        unpacked(block * 10_000, "deflate", max_bytes=10_000)


def test_a_zstd_frame_may_not_ask_for_more_memory_than_the_web_allows() -> None:
    wide: dict[int, int] = {
        zstd.CompressionParameter.window_log: 26,
        zstd.CompressionParameter.content_size_flag: 0,
    }
    packer = zstd.ZstdCompressor(options=wide)
    packed = packer.compress(b"x" * 100_000) + packer.flush()
    with pytest.raises(BadPacking):
        unpacked(packed, "zstd")


def bombs() -> Iterator[tuple[str, bytes]]:
    """Zeros: 64 MB each, and a gigabyte."""
    piece = bytes(16 << 20)
    gz = zlib.compressobj(1, zlib.DEFLATED, 31)
    yield "gzip", b"".join([*(gz.compress(piece) for _ in range(4)), gz.flush()])
    yield "br", bytes(brotli.compress(bytes(64 << 20), quality=1))
    yield "zstd", zstd.compress(piece) * 64
    yield "deflate", zlib.compress(piece * 4, 1)


def test_a_bomb_costs_no_more_than_the_bound() -> None:
    for coding, packed in bombs():
        tracemalloc.start()
        began = time.process_time()
        unpacking = Unpacking([coding], max_bytes=10 << 20)
        with pytest.raises(TooMuch):
            unpacking.feed(packed)
        took_s, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(unpacking.body) == 10 << 20
        assert peak < 32 << 20, coding
        assert took_s < 2, coding


def test_much_comes_out_with_pauses() -> None:
    pauses = list(Unpacking(["br"], max_bytes=10 << 20).feeding(PACK["br"](bytes(9 << 20))))
    assert 8 <= len(pauses) <= 9


def test_a_bomb_in_a_bomb_is_one_bomb() -> None:
    packed = gzip.compress(gzip.compress(bytes(64 << 20), 1), 1)
    with pytest.raises(TooMuch):
        unpacked(packed, "gzip", "gzip")


async def test_the_fetcher_offers_all_and_unpacks_each(site: Any, fetcher: Fetcher) -> None:
    url, answers = site.url, site.answers
    for coding, pack in PACK.items():
        answers["/rss"] = web.Response(body=pack(NEWS), headers={"Content-Encoding": coding})
        assert (await fetcher.get(f"{url}/rss")).body == NEWS
    assert site.requests[0].headers["Accept-Encoding"] == "gzip, deflate, br, zstd"
    doubly = web.Response(body=gzip.compress(PACK["br"](NEWS)))
    doubly.headers["Content-Encoding"] = "br, gzip"
    answers["/rss"] = doubly
    assert (await fetcher.get(f"{url}/rss")).body == NEWS
    answers["/rss"] = web.Response(
        body=gzip.compress(NEWS)[:-9], headers={"Content-Encoding": "gzip"}
    )
    with pytest.raises(errors.Broken):
        await fetcher.get(f"{url}/rss")


@pytest.mark.parametrize("kind", ["application/rss+xml", "text/html; charset=utf-8"])
async def test_a_text_that_is_packed_and_does_not_say_so_is_unpacked(
    fetcher: Fetcher, site: Any, kind: str
) -> None:
    packed = gzip.compress(NEWS)
    site.answers["/rss"] = web.Response(body=packed, headers={"Content-Type": kind})
    assert (await fetcher.get(site.url + "/rss")).body == NEWS


async def test_a_file_that_is_packed_by_itself_stays_so(fetcher: Fetcher, site: Any) -> None:
    packed = gzip.compress(NEWS)
    kind = {"Content-Type": "application/x-gzip"}
    site.answers["/news.xml.gz"] = web.Response(body=packed, headers=kind)
    assert (await fetcher.get(site.url + "/news.xml.gz")).body == packed


async def test_a_bomb_that_does_not_say_that_it_is_packed_is_one(
    fetcher: Fetcher, site: Any
) -> None:
    bomb = gzip.compress(bytes(12 << 20))
    kind = {"Content-Type": "text/xml"}
    site.answers["/rss"] = web.Response(body=bomb, headers=kind)
    with pytest.raises(errors.TooBig):
        await fetcher.get(site.url + "/rss")
