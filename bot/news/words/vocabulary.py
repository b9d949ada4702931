"""The lemmas of frequent words, so that a process that begins need not look them all up again.

pymorphy3 finds a few thousand lemmas a second; read back, a hundred thousand are known in one.
"""

import json
from collections import Counter
from collections.abc import Sequence

from bot.news.words.morphology import kept, spelled

MOST = 40_000  # words: about 9 of 10 of those that the next articles need, and 10 MB
LONGEST = 40  # letters


def frequent(texts: Sequence[str]) -> dict[str, str]:
    """The most frequent words of Russian texts in lower case, with their lemmas."""
    counted = Counter(word for text in texts for word in spelled(text) if word.isalpha())
    known = kept("ru")
    return {word: known[word] for word, _ in counted.most_common(MOST) if len(word) <= LONGEST}


def recall(words: str) -> int:
    """Take up what `frequent` found, as JSON; how many words. What is not that is left alone."""
    try:
        given = json.loads(words)
    except ValueError:
        return 0
    if not isinstance(given, dict) or not all(isinstance(one, str) for one in given.values()):
        return 0
    kept("ru").update(list(given.items())[:MOST])
    return len(given)
