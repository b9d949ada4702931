"""Numbers and days of facts as people write them: «12 человек», «340 млн руб.», «1 декабря»."""

from babel.numbers import format_compact_decimal, format_decimal

from bot.news.stories.disagreement import Disagreement
from bot.telegram.writing import dates
from bot.telegram.writing.posts import shorten
from bot.telegram.writing.texts import Text
from storage.models import Fact

COMPACT = 1_000_000  # from there on «340 млн»
SOURCE, DISPUTE = 40, 400  # UTF-16 units
SOURCES = 3  # named of those who say the same


def number(text: Text, value: float) -> str:
    """«12 300», «3,5», «340 млн»."""
    if abs(value) >= COMPACT:
        return str(format_compact_decimal(value, locale=text.language, fraction_digits=2))
    return str(format_decimal(value, format="#,##0.##", locale=text.language))


def amount(text: Text, fact: Fact, *, zone: str) -> str:
    """What the fact says, with its unit."""
    if fact.value is None:
        assert fact.since is not None  # a fact is a value or a time
        return dates.date(text, fact.since, zone=zone)
    value = float(fact.value)
    unit = "percent" if fact.unit == "%" else fact.unit or ""
    return text("amount", n=value, number=number(text, value), unit=unit)


def dispute(text: Text, disagreement: Disagreement, *, zone: str) -> str:
    """«Источники расходятся. Сибдепо: 12 человек; НГС42: 14.»"""
    said: list[str] = []
    for saying in disagreement.sayings:
        sources = ", ".join(shorten(name, SOURCE) for name in saying.sources[:SOURCES])
        value = saying.fact.value
        whole = amount(text, saying.fact, zone=zone)
        said.append(f"{sources}: {number(text, float(value)) if said and value else whole}")
    return shorten(text("story-disputed", said="; ".join(said)), DISPUTE)
