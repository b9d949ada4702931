"""A fingerprint of a text: MinHash over shingles of lemmas, to know a reprint when we see one.

Two fingerprints agree in about as many places as their texts share shingles (Jaccard). A shingle's
hash tells its place and its rank there, the least of a place stands in it; hashes are drawn anew
until no place is empty (Dahlgaard, Knudsen, Thorup: Fast Similarity Sketching, 2017). That errs
less than hashing every shingle for each place, asks some two hashes for each, and is the same in
every process.
"""

from collections.abc import Sequence
from math import ceil
from operator import eq
from zlib import crc32

PERMUTATIONS = 64  # places; a hash of 32 bits tells one by its first six
SHINGLE = 4  # lemmas; three meet by chance in news, and one changed word breaks all that hold it
REPRINT = 0.7  # from this similarity on one text is the other, edited
IDENTICAL = 0.98  # one place of 64 may differ: a comma, a word of the end
TELLTALE = PERMUTATIONS - ceil(REPRINT * PERMUTATIONS) + 1  # places: a reprint shares one of them
MAX_LEMMAS = 3000  # of a longer text the beginning; bounds the time spent on a book

_FACTOR, _STEP = 1_664_525, 1_013_904_223  # of a generator that has every number of 32 bits


def minhash(lemmas: Sequence[str]) -> tuple[int, ...]:
    """64 numbers of 32 bits that stand for the text; () for a text without words."""
    words = " ".join(lemmas[:MAX_LEMMAS]).encode().split(b" ")
    if words == [b""]:
        return ()
    shingles = set(map(b" ".join, zip(*(words[n:] for n in range(SHINGLE)), strict=False)))
    hashes = list(map(crc32, shingles or {b" ".join(words)}))
    least = _least(hashes)
    while len(least) < PERMUTATIONS:
        hashes = [(_FACTOR * one + _STEP) % (1 << 32) for one in hashes]
        least = _least(hashes) | least
    return tuple([least[place] for place in range(PERMUTATIONS)])


def _least(hashes: Sequence[int]) -> dict[int, int]:
    """The least hash of each place that has any."""
    return {one >> 26: one for one in sorted(hashes, reverse=True)}


def similarity(a: Sequence[int], b: Sequence[int]) -> float:
    """The share of shingles that two texts have in common, estimated; 0–1."""
    if not a or len(a) != len(b):
        return 0.0
    agreeing: int = sum(map(eq, a, b))
    return agreeing / len(a)
