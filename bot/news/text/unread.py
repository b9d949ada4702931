"""Unread texts, in no language of ours: stored, shown and found, and nothing said of them.

Their words would look like ours and mean something else («мост» is Bulgarian too), so they bear no
topic, name or fact; and no story is made of likeness that we cannot judge: only a copy joins them.
"""

import re
from hashlib import blake2b

from bot.news.text.clean import shorten
from bot.news.text.splitting import paragraphs
from bot.news.words.morphology import lemmas

SENTENCES, LONGEST = 2, 300  # of a summary, and characters of each
READ = 2_000  # characters of a text whose first sentences are shown
COPY = "x:"  # the kind of mark by which a copy is known

# Between sentences: a sign behind a word, so no date («5. Mai») and no initial; or one that serves
# for nothing else.
_BETWEEN = re.compile(
    r"(?<=[^\W\d_]{2}[.!?…])\s+|(?<=[^\W\d_][.!?…][»”\"])\s+|(?<=[。！？؟।۔։])\s*"
)
# Writing without spaces: Thai, Lao, Japanese, Chinese.
UNPARTED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")


def opening(text: str) -> tuple[str, ...]:
    """Its first sentences, cut by their signs alone; those that have a word."""
    parts = [one for line in paragraphs(text[:READ]) for one in _BETWEEN.split(line)]
    told = [one for one in parts if any(map(str.isalnum, one))]
    return tuple(shorten(one, LONGEST) for one in told[:SENTENCES])


def copy_mark(text: str) -> str:
    """The same for every copy of the text, whatever stands between its words."""
    return COPY + blake2b("".join(text.split()).encode(), digest_size=12).hexdigest()


def words(text: str) -> list[str]:
    """For the index, as a question is read; of writing without spaces, each letter by itself."""
    return lemmas(UNPARTED.sub(lambda run: f" {' '.join(run[0])} ", text))
