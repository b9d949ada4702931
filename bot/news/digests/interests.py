"""Interests: typed words to what somebody wants to read of or not, and that to what finds it.

What is followed is found in whatever case and form: names by the grammar of names, words by their
lemmas.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.news.names.families import families
from bot.news.names.gazetteer import known, main_name
from bot.news.names.given import given
from bot.news.names.persons import persons
from bot.news.names.places import town
from bot.news.questions.alike import in_belarusian
from bot.news.questions.naming import spellings
from bot.news.topics.scores import Topics
from bot.news.words.capitals import Said, Word, words
from bot.news.words.morphology import (
    fold,
    in_russian,
    is_known,
    is_stop,
    known_readings,
    lemma,
    lemmas,
)
from storage.models import EntityKind, Interest, InterestKind, NameWanted, Query, Source

LONGEST = 64  # characters of an interest
MOST_WORDS = 5

_ANYTHING = frozenset(EntityKind)
_LANGUAGES = ("ru", "be", "en")


def read_interest(text: str, *, topics: Topics, sources: Sequence[Source]) -> Interest | None:
    """What the words name; None if they name nothing, or are too many to be one interest.

    A topic by its slug or title, a source by its title, somebody or something by name, in any
    case and form; else the words themselves.
    """
    plain = " ".join(text.replace("\0", " ").split()).strip("«»\"“”„'#.,;:!? ")
    said = words(plain)
    if not said or len(plain) > LONGEST or len(said) > MOST_WORDS:
        return None
    return (
        _topic(plain, topics)
        or _source(plain, sources)
        or _listed(plain, said)
        or _person(said)
        or _place(plain, said)
        or _words(plain)
    )


@lru_cache(maxsize=4096)
def queries(interest: Interest) -> tuple[Query, ...]:
    """What finds the articles that an interest matches: those that any of these finds."""
    value = interest.value
    match interest.kind:
        case InterestKind.TOPIC:
            return (Query(raw=value, topics=(value,)),)
        case InterestKind.SOURCE:
            return (Query(raw=value, source_ids=(int(value),)),)
        case InterestKind.NAME:
            return tuple(_named(value))
        case InterestKind.WORD if " " in value:
            return (Query(raw=value, near=(tuple(value.split()),)),)
    return (_of_word(value),)


def _named(value: str) -> Iterator[Query]:
    """By the names of articles; by the word itself too, where it can be nothing but that name."""
    said = words(value)
    found = dict.fromkeys([tuple(word.folded for word in said), *spellings(said, _ANYTHING)])
    yield Query(raw=value, names=(NameWanted(kinds=_ANYTHING, spellings=tuple(found)),))
    if len(said) == 1 and not is_known(value) and known(said, 0, None):
        yield _of_word(value)


def _of_word(value: str) -> Query:
    """No words as good as this one: who follows or mutes it means it."""
    return Query(raw=value, terms=(value,), also={value: tuple(in_belarusian(value, value))})


def _topic(plain: str, topics: Topics) -> Interest | None:
    """By slug or title; an alias is a word of its own, which means less or more."""
    topic = topics.get(topics.find(plain) or "")
    if topic is None:
        return None
    names = {topic.slug, *(_key(title) for title in topic.titles.values())}
    if fold(plain) not in names and _key(plain) not in names:
        return None
    title = topic.titles.get("ru", topic.slug)
    return Interest(kind=InterestKind.TOPIC, value=topic.slug, label=title)


def _source(plain: str, sources: Sequence[Source]) -> Interest | None:
    for source in sources:
        if fold(source.title) == fold(plain) or (_key(source.title) == _key(plain) != ""):
            return Interest(kind=InterestKind.SOURCE, value=str(source.id), label=source.title)
    return None


def _key(title: str) -> str:
    return " ".join(lemmas(title))


def _listed(plain: str, said: Said) -> Interest | None:
    """A name of the gazetteer; one that is a common word too is a name by its capital."""
    for language in ("ru", "be"):
        found = known(said, 0, language)
        if found and found[0] == len(said) and (said.capitals[0] or not found[1].signs):
            return _name(fold(main_name(found[1].entity)), found[1].name)
    return None


def _person(said: Said) -> Interest | None:
    """Somebody by given name and surname, or by a surname alone."""
    if len(said) == 1:
        return _surname(said[0])
    if not any(given(word.text.capitalize(), tongue) for word in said for tongue in _LANGUAGES):
        return None
    capitals = words(" ".join(word.text.capitalize() for word in said))
    for language in _LANGUAGES:
        for one in persons(capitals, range(len(capitals)), language):
            if one.last - one.first == len(said):
                return _name(fold(one.name), one.name)
    return None


def _surname(word: Word) -> Interest | None:
    """One that is a common word too is a name by its capital."""
    known = known_readings(word.text)
    readings = [one for one in known if "Surn" in one.tag]
    if not readings or (len(readings) < len(known) and not word.capital):
        return None
    if any(one.tag.case == "nomn" for one in readings):
        name = word.text.capitalize()
    else:
        name = min(families(word.text), key=len).capitalize()
    return _name(fold(name), name)


def _place(plain: str, said: Said) -> Interest | None:
    """A town that the dictionary knows; one that is a common word too by its capital."""
    if not said.capitals[0] and not all("Geox" in one.tag for one in known_readings(plain)):
        return None
    name = (
        town(" ".join(word.text.capitalize() for word in said)) if is_known(fold(plain)) else None
    )
    return _name(fold(name), name) if name else None


def _name(key: str, shown: str) -> Interest:
    value = " ".join(word.folded for word in words(key))
    return Interest(kind=InterestKind.NAME, value=value, label=shown)


def _words(plain: str) -> Interest | None:
    """By their lemmas, without those that mean nothing by themselves."""
    typed = [word for word in plain.split() if not is_stop(lemma(word))]
    found = [part for word in typed for part in _russian(word).split()]
    value = " ".join(dict.fromkeys(found))
    return Interest(kind=InterestKind.WORD, value=value, label=plain) if value else None


def _russian(word: str) -> str:
    """The Russian lemma, of a Belarusian word too: by it both are found."""
    folded = fold(word)
    likely = () if is_known(folded) else in_russian(folded)
    return lemma(likely[0] if likely else word)
