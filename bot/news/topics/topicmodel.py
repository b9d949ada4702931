"""The small model beside the topic rules: how much each word of an article speaks for each topic.

It is linear: a text's evidence for a topic is the sum of its words' weights, so it is explained by
them. The weights are data (topicmodel.tsv, written by bench/train_topics.py): a line for each
lemma with a byte for each topic. They are added up in lanes of one long number, which takes
microseconds for an article.
"""

import math
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FIRST = 400  # lemmas of the text; what stands later changes a text's topic no more
FEWEST = 8  # known lemmas; with fewer, or with less than KNOWN of all, the model has no opinion
KNOWN = 0.5
ZERO = 128  # the byte of a weight of 0
LANE = 4  # bytes; an unsigned int of struct's
TELLS = 100  # the byte of a lemma that tells all it can
STRONGEST = 6  # words shown for a topic


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of lemmas for topics; `lanes` holds a lemma's bytes, and last how much it tells."""

    slugs: tuple[str, ...]
    bias: tuple[float, ...]
    step: float  # what one unit of a byte is worth
    power: float  # a text's weights are divided by its mass to this power: longer is no surer
    lanes: Mapping[str, int]

    def evidence(self, title: Sequence[str], text: Sequence[str]) -> dict[str, float]:
        """ln of each topic's odds against an even chance, by these lemmas; empty for too few."""
        known, words = self._known(title, text)
        if len(known) < max(FEWEST, KNOWN * words):
            return {}
        sums, size = self._sums(known)
        logits = [b + one * size for b, one in zip(self.bias, sums, strict=True)]
        chance = math.log(sum(map(math.exp, logits)) / len(logits))
        return {slug: one - chance for slug, one in zip(self.slugs, logits, strict=True)}

    def words(
        self, title: Sequence[str], text: Sequence[str], slug: str
    ) -> tuple[tuple[str, float], ...]:
        """The lemmas that say most for a topic or against it, with what each adds to its logit.

        A lemma's part is counted against its mean over all topics: what speaks for all of them
        alike decides nothing.
        """
        at = self.slugs.index(slug)
        early = text[:FIRST]
        _, size = self._sums(self._known(title, text)[0])
        found = []
        for lemma in dict.fromkeys([*title, *early]):
            if lemma in self.lanes:
                sums, _ = self._sums([self.lanes[lemma]])
                weight = (sums[at] - sum(sums) / len(sums)) * size
                found.append((lemma, round(weight * ((lemma in title) + (lemma in early)), 2)))
        return tuple(sorted(found, key=lambda one: -abs(one[1]))[:STRONGEST])

    def _known(self, title: Sequence[str], text: Sequence[str]) -> tuple[list[int], int]:
        """The lanes of the distinct lemmas, those of the title once more; how many were asked."""
        asked = [*set(title), *set(text[:FIRST])]
        return list(filter(None, map(self.lanes.get, asked))), len(asked)

    def _sums(self, known: Sequence[int]) -> tuple[list[float], float]:
        """Each topic's sum of weights, and what a text of this mass multiplies it by."""
        width = LANE * (len(self.slugs) + 1)
        packed = sum(known).to_bytes(width, "little")
        sums = struct.unpack(f"<{len(self.slugs) + 1}I", packed)
        none = ZERO * len(known)
        return [self.step * (one - none) for one in sums[:-1]], max(TELLS, sums[-1]) ** -self.power


@cache
def shipped() -> Model:
    """The model in the package."""
    return read(files(__package__).joinpath("topicmodel.tsv").read_text("utf-8"))


def read(tsv: str) -> Model:
    """A model from its file: names, biases, step and power, then a lemma and its bytes a line."""
    head, rest = tsv.split("\n", 4)[:4], tsv.split("\n", 4)[4]
    slugs, bias, step, power = (line.split("\t")[1:] for line in head)
    width = len(slugs) + 1
    lanes = {}
    for line in rest.splitlines():
        lemma, weights = line.split("\t")
        spread = bytearray(LANE * width)
        spread[::LANE] = bytes.fromhex(weights)
        lanes[lemma] = int.from_bytes(spread, "little")
    return Model(tuple(slugs), tuple(map(float, bias)), float(step[0]), float(power[0]), lanes)
