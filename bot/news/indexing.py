"""What the search index is given of a text, and by which version of the rules.

A question is put in today's lemmas; an article that was stored by other rules would not be found.
So the version is kept beside the index, and articles are indexed anew when it changes.
"""

from collections.abc import Sequence
from functools import cache
from importlib.metadata import version

from bot.news.morphology import lemmas

# To be raised whenever a word gets another lemma than before: by `fold`, the stems, the dictionary.
# A test holds it to the lemmas of a sample.
RULES = 1


@cache
def rules() -> str:
    """Our rules and the dictionary's version: an upgrade of it changes lemmas as well."""
    return f"{RULES}/{version('pymorphy3-dicts-ru')}"


def index_words(batch: Sequence[tuple[str, str, str | None]]) -> list[tuple[str, str]]:
    """Of each (title, text, language) what `understand` gives as index_title and index_text."""
    return [
        (" ".join(lemmas(title, language)), " ".join(lemmas(text, language)))
        for title, text, language in batch
    ]
