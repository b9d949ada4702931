"""From our topics to the eight rubrics of the labelled sets."""

import math

from storage.models import Understanding

RUBRICS = (
    "society", "economy", "sports", "science", "technology", "entertainment", "other", "not_news",
)  # fmt: skip

# What a point of our topic says for a rubric.
POINTS = {
    "sport": ("sports", 1.0),
    "science": ("science", 1.0),
    "technology": ("technology", 1.0),
    "culture": ("entertainment", 1.0),
    "entertainment": ("entertainment", 1.05),
    "weather": ("other", 1.1),
    "economy": ("economy", 0.95),
    "trade": ("economy", 0.8),
    "industry": ("economy", 0.6),
    "agriculture": ("economy", 0.7),
    "coal": ("economy", 0.7),
    "incidents": ("society", 1.0),
    "politics": ("society", 0.9),
    "world": ("society", 0.9),
    "society": ("society", 0.8),
    "transport": ("society", 0.7),
    "education": ("society", 0.6),
    "health": ("society", 0.5),
    "flights": ("society", 0.6),
    "tourism": ("society", 0.3),
    "lifestyle": ("not_news", 1.1),
    "other": ("not_news", 0.5),
    "not_news": ("not_news", 0.5),
}


SUREST = 0.999  # scores are rounded
SECOND = 0.2  # what a rubric's weaker topics add to its strongest
NO_NEWS = 0.5  # with less than this for any rubric, a text is no news


def rubric(article: Understanding) -> str:
    """The rubric whose topics are surest; evidence is what the scores were made of, -ln(1 - s)."""
    evidence: dict[str, list[float]] = {name: [0.0] for name in RUBRICS}
    for one in article.topics:
        name, share = POINTS[one.slug]
        evidence[name].append(-share * math.log(1 - min(SUREST, one.score)))
    total = {name: max(all_) + SECOND * (sum(all_) - max(all_)) for name, all_ in evidence.items()}
    total["not_news"] += NO_NEWS
    return max(RUBRICS, key=total.__getitem__)
