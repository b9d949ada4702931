"""Unpacking what came packed: gzip, deflate, brotli, zstd, one in another, never beyond a bound.

Piece by piece, so that a bomb costs no more than the bound; and to the end mark, so that a body cut
short is not taken for a whole one.
"""

import sys
import zlib
from collections.abc import Iterator, Sequence
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = "gzip, deflate, br, zstd"
PIECE = 64 << 10
BREATH = 1 << 20  # some milliseconds of work
CODINGS = 3  # one in another; who packs more often means harm
MEMBERS = 1_000  # gzip files and zstd frames may stand one after another

# RFC 9659: a zstd frame that asks for more than 8 MB of memory is not for the web.
_WINDOW = {int(zstd.DecompressionParameter.window_log_max): 23}
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


def is_gzip(body: bytes) -> bool:
    """By its first bytes, whatever is said of it."""
    return body.startswith(_GZIP)


class BadPacking(ValueError):
    """The bytes are not packed as they are said to be, or end too early."""


class TooMuch(ValueError):
    """There is more in it than the bound."""


class Unpacking:
    """A body that is unpacked as it comes in; `body` is what there is so far."""

    def __init__(self, codings: Sequence[str], *, max_bytes: int) -> None:
        steps = [_STEPS[name] for name in codings if name in _STEPS]
        if len(steps) > CODINGS:
            raise BadPacking(f"packed {len(steps)} times")
        self.body = bytearray()
        self._max_bytes = max_bytes
        self._taken = 0
        self._steps: list[_Step] = [step() for step in reversed(steps)]

    def feed(self, chunk: bytes) -> None:
        """Take in more. Raises TooMuch, the body then holding all up to the bound; BadPacking."""
        for _ in self.feeding(chunk):
            pass

    def feeding(self, chunk: bytes) -> Iterator[None]:
        """The same with a pause after each BREATH of it, for a little can unpack to very much."""
        self._taken += len(chunk)
        if self._taken > max(self._max_bytes, len(chunk)):  # packed nothings without end
            raise TooMuch
        pause_at = len(self.body) + BREATH
        try:
            for piece in _through(self._steps, chunk):
                self.body += piece
                if len(self.body) > self._max_bytes:
                    del self.body[self._max_bytes :]
                    raise TooMuch
                if len(self.body) >= pause_at:
                    yield
                    pause_at = len(self.body) + BREATH
        except (zlib.error, brotli.error, zstd.ZstdError) as e:
            raise BadPacking(str(e)) from e

    def end(self) -> bytes:
        """All of it. Raises BadPacking when the last bytes are missing."""
        if not all(step.ended for step in self._steps):
            raise BadPacking("the end is missing")
        return bytes(self.body)


class _Step(Protocol):
    """One coding taken off. Nothing put in, nothing missing."""

    def feed(self, chunk: bytes) -> Iterator[bytes]: ...
    @property
    def ended(self) -> bool: ...


def _through(steps: Sequence[_Step], chunk: bytes) -> Iterator[bytes]:
    if not steps:
        yield chunk
        return
    for piece in steps[0].feed(chunk):
        yield from _through(steps[1:], piece)


class _Gzip:
    def __init__(self) -> None:
        self._unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        self._begun = False
        self._members = 1

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        self._begun = self._begun or bool(chunk)
        while chunk:
            if self._unpacker.eof:
                if not _GZIP.startswith(chunk[:2]):
                    return  # zeros or rubbish behind the end mean nothing
                self._members += 1
                if self._members > MEMBERS:
                    raise BadPacking("gzip files without end")
                self._unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
            yield from _inflated(self._unpacker, chunk)
            chunk = self._unpacker.unused_data

    @property
    def ended(self) -> bool:
        return not self._begun or self._unpacker.eof


class _Deflate:
    """zlib's format as RFC 9110 says, or the bare one that some servers send instead."""

    def __init__(self) -> None:
        self._unpacker: zlib._Decompress | None = None

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        if self._unpacker is None:
            if not chunk:
                return
            bare = chunk[0] & 0x0F != 8
            self._unpacker = zlib.decompressobj(wbits=-zlib.MAX_WBITS if bare else zlib.MAX_WBITS)
        if not self._unpacker.eof:
            yield from _inflated(self._unpacker, chunk)

    @property
    def ended(self) -> bool:
        return self._unpacker is None or self._unpacker.eof


def _inflated(unpacker: "zlib._Decompress", chunk: bytes) -> Iterator[bytes]:
    while piece := unpacker.decompress(chunk, PIECE):
        yield piece
        chunk = unpacker.unconsumed_tail


class _Brotli:
    def __init__(self) -> None:
        self._unpacker = brotli.Decompressor()
        self._begun = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        self._begun = self._begun or bool(chunk)
        if self._unpacker.is_finished():
            return
        while piece := self._unpacker.process(chunk, output_buffer_limit=PIECE):
            yield piece
            chunk = b""

    @property
    def ended(self) -> bool:
        return not self._begun or self._unpacker.is_finished()


class _Zstd:
    def __init__(self) -> None:
        self._unpacker = zstd.ZstdDecompressor(options=_WINDOW)
        self._begun = False
        self._frames = 1

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        self._begun = self._begun or bool(chunk)
        while chunk:
            if self._unpacker.eof:
                if not _ZSTD.startswith(chunk[:4]):
                    return
                self._frames += 1
                if self._frames > MEMBERS:
                    raise BadPacking("zstd frames without end")
                self._unpacker = zstd.ZstdDecompressor(options=_WINDOW)
            while piece := self._unpacker.decompress(chunk, PIECE):
                yield piece
                chunk = b""
                if self._unpacker.eof:
                    break
            chunk = self._unpacker.unused_data if self._unpacker.eof else b""

    @property
    def ended(self) -> bool:
        return not self._begun or self._unpacker.eof


_STEPS: dict[str, type[_Gzip] | type[_Deflate] | type[_Brotli] | type[_Zstd]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}
