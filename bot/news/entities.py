"""Who, what and where: persons by their names' grammar, places and organisations by a gazetteer."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.news.gazetteer import AMBIGUOUS, COMMON, LEADS_TO_A_PLACE, gazetteer
from bot.news.morphology import Token, tokens
from bot.news.persons import persons
from storage.models import Entity, EntityKind

READ = 50_000  # characters that are read
MOST = 40  # entities of one article
_OPENS = frozenset('.!?…\n«"“„•—–')  # a capital after these says nothing


def find(text: str, language: str | None) -> tuple[Entity, ...]:
    """The entities of a text, the most often named first."""
    text = text[:READ]
    found: Counter[Entity] = Counter()
    taken: list[tuple[int, int]] = []
    if language in ("ru", None):
        for start, stop, name in persons(text):
            found[Entity(kind=EntityKind.PERSON, name=name)] += 1
            taken.append((start, stop))
    words = _outside(tokens(text, language), taken)
    found.update(_known(text, words))
    return tuple(entity for entity, _ in found.most_common(MOST))


def _outside(words: Sequence[Token], taken: Sequence[tuple[int, int]]) -> list[Token]:
    """The words that are not part of a person's name; both come in order."""
    kept = []
    spans = iter((*taken, (1 << 60, 1 << 60)))
    start, stop = next(spans)
    for word in words:
        while word.start >= stop:
            start, stop = next(spans)
        if word.start < start:
            kept.append(word)
    return kept


def _known(text: str, words: Sequence[Token]) -> Iterator[Entity]:
    names = gazetteer()
    at = 0
    while at < len(words):
        step = 1
        for rest, entity in names.get(words[at].lemma, ()):
            span = words[at : at + 1 + len(rest)]
            same = tuple(word.lemma for word in span[1:]) == rest
            if same and _together(span) and _is_name(text, words, at, entity):
                yield entity
                step = len(span)
                break
        at += step


def _is_name(text: str, words: Sequence[Token], at: int, entity: Entity) -> bool:
    word = words[at]
    written = text[word.start : word.stop]
    abbreviation = len(word.lemma) <= 4 and entity.name.isupper()
    if not (written.isupper() if abbreviation else written[0].isupper()):
        return False
    if word.lemma in AMBIGUOUS and (at == 0 or words[at - 1].lemma not in LEADS_TO_A_PLACE):
        return False
    return word.lemma not in COMMON or not _opens(text, word.start)


def _opens(text: str, at: int) -> bool:
    """Whether a sentence, a line or a quotation begins there."""
    before = text[max(0, at - 3) : at].rstrip(" ")
    return not before or before[-1] in _OPENS


def _together(span: Sequence[Token]) -> bool:
    """No more than a space or a hyphen between the words."""
    return all(after.start - before.stop <= 1 for before, after in pairwise(span))
