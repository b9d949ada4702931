"""Capital words of a Russian text that name nothing by themselves: most, as those of sentences do.

What its spelling tells is told once of each word; a look at its neighbours then spares it all the
questions of what it may name.
"""

from functools import lru_cache

from bot.news.names import compounds, districts, gazetteer, institutions, places
from bot.news.words.capitals import Said


def is_silent(words: Said, at: int) -> bool:
    """Whether neither the word nor what stands beside it can make it the name of anything."""
    names = _names(words.texts[at])
    if names or places.is_led(words, at):
        return False
    if at + 1 == len(words) or (gap := words.gaps[at + 1]) != " ":
        return at + 1 == len(words) or not gap.startswith("-")
    after = words.texts[at + 1]
    if districts.may_follow(after):
        return False
    return names is not None or not (
        after == "и" or institutions.may_follow(after) or words.gaps[at + 2 : at + 3] == ["-"]
    )


@lru_cache(maxsize=8_192)
def _names(word: str) -> bool | None:
    """Whether a word may name something; None: it may, with a word behind it that it describes."""
    if (
        institutions.is_office(word)
        or gazetteer.begins(word)
        or compounds.organisation(word)
        or places.may_be_town(word)
    ):
        return True
    return None if institutions.is_adjective(word) or districts.adjective(word) else False
