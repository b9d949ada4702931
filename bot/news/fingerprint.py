"""A fingerprint of a text: MinHash over shingles of lemmas, to know a reprint when we see one.

Two fingerprints agree in about as many places as their texts share shingles (Jaccard). SHAKE gives
as many bytes as one asks for, so one call per shingle yields the value of every permutation: no
table of random coefficients, and the same result in every process.
"""

from collections.abc import Sequence
from hashlib import shake_128
from struct import Struct

PERMUTATIONS = 64
SHINGLE = 4  # lemmas; three meet by chance in news, five break at one changed word too many
REPRINT = 0.7  # at this similarity one text is the other, edited
MAX_LEMMAS = 3000  # of a longer text the beginning; it bounds the time spent on a book

_ROW = Struct(f"<{PERMUTATIONS}I")


def minhash(lemmas: Sequence[str]) -> tuple[int, ...]:
    """64 numbers of 32 bits that stand for the text; () for a text without words."""
    words = lemmas[:MAX_LEMMAS]
    if not words:
        return ()
    last = max(1, len(words) - SHINGLE + 1)
    shingles = {" ".join(words[i : i + SHINGLE]) for i in range(last)}
    rows = [_ROW.unpack(shake_128(s.encode()).digest(_ROW.size)) for s in shingles]
    return tuple(map(min, zip(*rows, strict=True)))


def similarity(a: Sequence[int], b: Sequence[int]) -> float:
    """The share of shingles that two texts have in common, estimated; 0–1."""
    if not a or len(a) != len(b):
        return 0.0
    return sum(x == y for x, y in zip(a, b, strict=True)) / len(a)
