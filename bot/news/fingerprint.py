"""A fingerprint of a text: MinHash over shingles of lemmas, to know a reprint when we see one.

Two fingerprints agree in about as many places as their texts share shingles (Jaccard). One BLAKE2
digest is 16 independent hashes; the shingles are dealt into four groups by a checksum, and each
group's least values are a quarter of the fingerprint. That asks a quarter of the work of hashing
every shingle 64 times, needs no table of random coefficients, and is the same in every process.
"""

from collections.abc import Sequence
from hashlib import blake2b
from math import ceil
from operator import eq
from struct import unpack
from zlib import crc32

PERMUTATIONS = 64
SHINGLE = 4  # lemmas; three meet by chance in news, and one changed word breaks all that hold it
REPRINT = 0.7  # from this similarity on one text is the other, edited
IDENTICAL = 0.98  # one place of 64 may differ: a comma, a word of the end
TELLTALE = PERMUTATIONS - ceil(REPRINT * PERMUTATIONS) + 1  # places: a reprint shares one of them
MAX_LEMMAS = 3000  # of a longer text the beginning; bounds the time spent on a book

_HASHES = 16  # of 32 bits in one digest
_GROUPS = PERMUTATIONS // _HASHES


def minhash(lemmas: Sequence[str]) -> tuple[int, ...]:
    """64 numbers of 32 bits that stand for the text; () for a text without words."""
    words = [word.encode() for word in lemmas[:MAX_LEMMAS]]
    if not words:
        return ()
    shingles = set(map(b" ".join, zip(*(words[n:] for n in range(SHINGLE)), strict=False)))
    shingles = shingles or {b" ".join(words)}
    groups: list[list[bytes]] = [[] for _ in range(_GROUPS)]
    for shingle in shingles:
        groups[crc32(shingle) % _GROUPS].append(shingle)
    least: list[int] = []
    for group in groups:  # a very short text leaves groups empty: there all of it stands in
        digests = [blake2b(shingle).digest() for shingle in group or shingles]
        hashes = unpack(f"<{_HASHES * len(digests)}I", b"".join(digests))
        least += [min(hashes[n::_HASHES]) for n in range(_HASHES)]
    return tuple(least)


def similarity(a: Sequence[int], b: Sequence[int]) -> float:
    """The share of shingles that two texts have in common, estimated; 0–1."""
    if not a or len(a) != len(b):
        return 0.0
    agreeing: int = sum(map(eq, a, b))
    return agreeing / len(a)
