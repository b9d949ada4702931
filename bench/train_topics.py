"""Trains bot/news/topics/topicmodel.tsv, the small model that stands beside the topic rules.

    pip install numpy natasha
    python -m bench.train_topics RUBRICS.tsv… [--check]

It learns from four things: the words of the rules themselves (each is an example of its topic), the
tune half of our gold set, short texts of our own on what neither tells of (topic_examples.tsv), and
articles with one of the eight rubrics (tgcontest's, Apache-2.0), of which it is known only that one
of the rubric's topics is theirs. Words are vectors of navec
(MIT), which natasha carries; so a word that no text had is near those that some had. What is
shipped is a number for each lemma and topic, and no text.
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from bench.quality.measures import macro_f1, tally
from bench.rubrics import POINTS, RUBRICS
from bot.news.topics import topicmodel
from bot.news.topics.topicfile import OTHER, Topic, read_topics
from bot.news.words.morphology import lemma, lemmas

ROOT = Path(__file__).parent.parent
TOPICS = ROOT / "bot" / "news" / "topics" / "topics.toml"
MODEL = ROOT / "bot" / "news" / "topics" / "topicmodel.tsv"
EXAMPLES = Path(__file__).parent / "topic_examples.tsv"
GOLD = ROOT / "tests" / "golden" / "news" / "tune.articles.jsonl"

FORMS = 120_000  # of navec's words, the most frequent, from which lemmas get their vectors
SHIPPED = 16_000  # lemmas
RARE = 1e-3  # a lemma's part of all words at which it counts half
POWER = 0.8  # the length of a sum of n vectors grows as n to this power here…
UNIT = 4.0  # … and is this for n = 1
OF_RULES = 0.15  # what a phrase of a rule counts, per point of its weight, beside an article
LEAST_WEIGHT = 1.5  # of a rule whose phrases are examples
RIDGE, STEPS, RATE = 0.1, 200, 0.5

Vectors = Any  # numpy's arrays; numpy is no dependency of the project


class Examples(NamedTuple):
    """Rows of vectors, their topics (0 or 1 each), whether any one of them will do, weights."""

    x: Vectors
    topics: Vectors
    any_of: Vectors
    weight: Vectors


class Words(NamedTuple):
    """Lemmas, most frequent first; their vectors, and how much each tells (0 to 1)."""

    at: dict[str, int]
    vectors: Vectors
    tells: Vectors

    def mean(self, title: Sequence[str], text: Sequence[str]) -> Vectors:
        """A text as the model sees it: topicmodel.Model.evidence sums the same."""
        found = [*set(title), *set(text[: topicmodel.FIRST])]
        known = [self.at[one] for one in found if one in self.at]
        mass = max(1.0, float(self.tells[known].sum()))
        return self.vectors[known].sum(0) / (UNIT * mass**POWER)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.train_topics", description=__doc__)
    parser.add_argument("rubrics", type=Path, nargs="+")
    parser.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    asked = parser.parse_args()
    topics = read_topics(TOPICS.read_text("utf-8"), name=TOPICS.name).topics
    slugs = [*(topic.slug for topic in topics), OTHER]
    words = load_words()
    rows = [row for path in asked.rubrics for row in read_rubrics(path)]
    rubrics = of_rubrics(words, slugs, rows)
    others = joined(of_gold(words, slugs), of_own(words, slugs), of_rules(words, slugs, topics))
    if asked.check:
        print(f"macro F1 {checked(slugs, rows, rubrics, others):.3f} over {len(rows)} rows")
        return 0
    MODEL.write_text(written(words, slugs, *fit(joined(rubrics, others))), "utf-8")
    return 0


@cache
def load_words() -> Words:
    """A lemma's vector is the mean of its forms', by how often they are, less that of all words."""
    import natasha
    import numpy as np
    from navec import Navec

    folder = Path(natasha.__file__).parent / "data" / "emb"
    navec = Navec.load(next(folder.glob("navec_news*.tar")))
    counts = np.array(navec.vocab.counts, "f8")
    every = navec.pq.unpack()
    sums: dict[str, Vectors] = {}
    seen: dict[str, float] = {}
    for form in np.argsort(-counts)[:FORMS]:
        name = lemma(navec.vocab.words[form], "ru")
        if name and " " not in name:
            sums[name] = sums.get(name, 0) + counts[form] * every[form]
            seen[name] = seen.get(name, 0) + counts[form]
    names = sorted(seen, key=lambda one: -seen[one])
    often = np.array([seen[one] for one in names])
    vectors = np.array([sums[one] / seen[one] for one in names])
    part = often / often.sum()
    tells = RARE / (RARE + part)
    vectors = (vectors - (part[:, None] * vectors).sum(0)) * tells[:, None]
    return Words({one: at for at, one in enumerate(names)}, vectors, tells)


def read_rubrics(path: Path) -> list[dict[str, str]]:
    return [row for row in read_table(path) if row.get("GOLDEN:res") in RUBRICS]


def read_table(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def of_rubrics(words: Words, slugs: Sequence[str], rows: Sequence[dict[str, str]]) -> Examples:
    return examples(
        (words.mean(lemmas(row["INPUT:title"]), lemmas(row["INPUT:text"])), 1.0, topics)
        for row in rows
        for topics in [[POINTS[slug][0] == row["GOLDEN:res"] for slug in slugs]]
    )._replace(any_of=ones(len(rows)))


def of_gold(words: Words, slugs: Sequence[str]) -> Examples:
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    return examples(
        (
            words.mean(lemmas(row["title"]), lemmas(row["text"])),
            1.0,
            [s in row["topics"] for s in slugs],
        )
        for row in rows
        if row["language"] == "ru"
    )


def of_own(words: Words, slugs: Sequence[str]) -> Examples:
    return examples(
        (
            words.mean(lemmas(row["title"]), lemmas(row["text"])),
            1.0,
            [s in row["topics"].split(",") for s in slugs],
        )
        for row in read_table(EXAMPLES)
    )


def of_rules(words: Words, slugs: Sequence[str], topics: Sequence[Topic]) -> Examples:
    def found() -> Iterator[tuple[Vectors, float, list[bool]]]:
        for topic in topics:
            for rule in (one for one in topic.rules if one.weight >= LEAST_WEIGHT):
                for phrase in rule.russian:
                    vector = words.mean((), lemmas(phrase))
                    if length := float((vector**2).sum() ** 0.5):
                        yield (
                            vector / length,
                            OF_RULES * rule.weight,
                            [s == topic.slug for s in slugs],
                        )

    return examples(found())


def examples(rows: Iterator[tuple[Vectors, float, list[bool]]]) -> Examples:
    import numpy as np

    x, weight, topics = zip(*rows, strict=True)
    return Examples(np.array(x), np.array(topics, "f8"), 0 * ones(len(x)), np.array(weight))


def ones(count: int) -> Vectors:
    import numpy as np

    return np.ones((count, 1))


def joined(*parts: Examples) -> Examples:
    import numpy as np

    return Examples(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def fit(given: Examples) -> tuple[Vectors, Vectors]:
    """Softmax regression by Adam; where any topic of several will do, their sum is what grows."""
    import numpy as np

    said = given.topics / given.topics.sum(1, keepdims=True)
    x = np.hstack([given.x, ones(len(given.x))])
    weights = np.zeros((x.shape[1], said.shape[1]))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        chance = softmax(x @ weights)
        among = chance * given.topics
        among /= among.sum(1, keepdims=True) + 1e-12
        wrong = (chance - np.where(given.any_of, among, said)) * given.weight[:, None]
        slope = x.T @ wrong + RIDGE * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        even = (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        weights -= (RATE * (1 - step / STEPS) + 0.01) * even
    return weights[:-1], weights[-1]


def softmax(logits: Vectors) -> Vectors:
    import numpy as np

    raised = np.exp(logits - logits.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


def checked(
    slugs: Sequence[str], rows: Sequence[dict[str, str]], rubrics: Examples, others: Examples
) -> float:
    """Macro F1 over the rubrics, each fifth judged by a model of the other four."""
    import numpy as np

    order = np.random.default_rng(4).permutation(len(rows))
    group = np.array([[POINTS[slug][0] == name for name in RUBRICS] for slug in slugs], "f8")
    found = [""] * len(rows)
    for part in range(5):
        held = order[part::5]
        kept = np.setdiff1d(order, held)
        weights, bias = fit(joined(Examples(*(column[kept] for column in rubrics)), others))
        for row, chance in zip(
            held, softmax(rubrics.x[held] @ weights + bias) @ group, strict=True
        ):
            found[row] = RUBRICS[int(chance.argmax())]
    scores = tally([{row["GOLDEN:res"]} for row in rows], [{one} for one in found])
    return macro_f1(scores, RUBRICS)


def written(words: Words, slugs: Sequence[str], weights: Vectors, bias: Vectors) -> str:
    """The file that topicmodel.read takes."""
    import numpy as np

    each = words.vectors[:SHIPPED] @ weights
    each -= each.mean(1, keepdims=True)  # what speaks for every topic alike tells nothing
    step = float(np.quantile(np.abs(each), 0.9995)) / (topicmodel.ZERO - 1)
    bytes_ = np.clip(np.round(each / step), -127, 127).astype(int) + topicmodel.ZERO
    tells = np.round(words.tells[:SHIPPED] * topicmodel.TELLS).astype(int)
    size = topicmodel.TELLS**POWER / UNIT  # the mass is summed in units of TELLS too
    lines = [
        "\t".join(["topics", *slugs]),
        "\t".join(["bias", *(f"{one:.4f}" for one in bias)]),
        f"step\t{step * size:.6g}",
        f"power\t{POWER}",
        *(
            f"{name}\t{bytes([*bytes_[at], tells[at]]).hex()}"
            for name, at in list(words.at.items())[:SHIPPED]
        ),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
