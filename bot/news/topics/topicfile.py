"""Reads topics.toml: every mistake in it is told with the file's name, the line and the reason."""

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.news.words.morphology import words
from storage.models import NOT_NEWS

LANGUAGES = ("ru", "be", "en")
MOST_TOPICS = 70  # Telegram takes 100 commands; the rest are ours
MOST_WEIGHT = 10
LONGEST_PHRASE = 6  # words

COMMANDS = frozenset({
    "start", "help", "latest", "topics", "digest", "search", "subscribe", "unsubscribe",
    "settings", "sources", "about", "forgetme", "cancel", "privacy", "mydata", "saved", "week",
    "ahead", "pulse", "follow", "mute", "unmute", "pause", "deliveries",
    "edits",
})  # fmt: skip
OTHER = "other"

_SLUG = re.compile(r"[a-z0-9_]{1,32}")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_TOPIC_KEYS = ("slug", "emoji", "title", "description", "aliases", "rule")
_RULE_KEYS = ("weight", "words", "be", "near", "unless", "with", "without")


class TopicsError(Exception):
    """A mistake in the topics file: «topics.toml, line 14: …»."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"{name}, line {line}: {reason}")
        self.name = name
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """Phrases that speak for a topic (or against it, if weight < 0), as the file writes them.

    They count only with a `near` word, and without an `unless` word, a few words away; and only
    if the article has a `with_` word, and no `without` word, anywhere.
    """

    weight: float
    russian: tuple[str, ...]
    belarusian: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A named interest with rules."""

    slug: str
    emoji: str
    titles: Mapping[str, str]  # ru, be, en
    descriptions: Mapping[str, str]
    aliases: tuple[str, ...] = ()  # other names people type
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicFile:
    """What a topics file says."""

    topics: tuple[Topic, ...]
    model: bool = False  # whether the model in the package speaks beside the rules


def read_topics(toml: str, *, name: str) -> TopicFile:
    """What a file's text says. Raises TopicsError."""
    return _Reader(toml, name).read()


class _Reader:
    def __init__(self, toml: str, name: str) -> None:
        self.toml = toml
        self.name = name
        self.places = _Places(toml)
        self.topic = 0  # number of the topic being read, from 1; 0: the file itself
        self.rule = 0

    def read(self) -> TopicFile:
        try:
            data = tomllib.loads(self.toml)
        except ValueError as error:  # TOMLDecodeError is one; a number of 5,000 digits another
            at = _AT_LINE.search(str(error))
            line = int(at[1]) if at else self.toml.count("\n") + 1
            reason = _AT_LINE.sub("", str(error)).strip()
            raise TopicsError(self.name, line, f"this is not TOML: {reason}") from error
        except RecursionError as error:
            raise TopicsError(self.name, 1, "brackets are nested too deeply") from error
        self._know(data, ("model", "topic"), "the file")
        model = data.get("model", False)
        if not isinstance(model, bool):
            raise self._wrong("model", f'"model" is true or false, not {model!r}')
        return TopicFile(self._read_topics(data), model)

    def _read_topics(self, data: Mapping[str, Any]) -> tuple[Topic, ...]:
        listed = data.get("topic", [])
        if not isinstance(listed, list) or not listed:
            raise self._wrong("topic", "there is no [[topic]] in the file")
        found: dict[str, Topic] = {}
        for self.topic, one in enumerate(listed, 1):
            self.rule = 0
            topic = self._read_topic(one)
            if topic.slug in found:
                raise self._wrong("slug", f'the slug "{topic.slug}" is taken by an earlier topic')
            found[topic.slug] = topic
            if len(found) > MOST_TOPICS:
                raise self._wrong("slug", f"more than {MOST_TOPICS} topics; Telegram has no room")
        return tuple(found.values())

    def _read_topic(self, one: object) -> Topic:
        if not isinstance(one, dict):
            raise self._wrong("topic", "a topic is written as [[topic]] and keys under it")
        self._know(one, _TOPIC_KEYS, "a topic")
        slug = self._slug(one.get("slug"))
        rules = one.get("rule", [])
        if not isinstance(rules, list) or not rules:
            raise self._wrong("slug", f'the topic "{slug}" has no [[topic.rule]]')
        topic = Topic(
            slug=slug,
            emoji=self._short(one, "emoji", 16),
            titles=self._in_languages(one, "title", 60),
            descriptions=self._in_languages(one, "description", 250),
            aliases=tuple(self._strings(one, "aliases")),
            rules=tuple([self._read_rule(at, rule) for at, rule in enumerate(rules, 1)]),
        )
        self.rule = 0
        return topic

    def _slug(self, slug: object) -> str:
        if not isinstance(slug, str):
            raise self._wrong("slug", 'a topic needs a slug, such as slug = "flights"')
        if not _SLUG.fullmatch(slug):
            raise self._wrong("slug", f'the slug "{slug}" is not 1 to 32 of a-z, 0-9 and _')
        if slug in COMMANDS or slug in (OTHER, NOT_NEWS):
            raise self._wrong("slug", f'the slug "{slug}" is a name the bot uses itself')
        return slug

    def _read_rule(self, at: int, rule: object) -> Rule:
        self.rule = at
        if not isinstance(rule, dict):
            raise self._wrong("rule", "a rule is written as [[topic.rule]] and keys under it")
        self._know(rule, _RULE_KEYS, "a rule")
        weight = rule.get("weight", 1)
        if isinstance(weight, bool) or not isinstance(weight, int | float):
            raise self._wrong("weight", f"the weight must be a number, not {weight!r}")
        if not math.isfinite(weight) or weight == 0 or abs(weight) > MOST_WEIGHT:
            raise self._wrong("weight", f"the weight must be within ±{MOST_WEIGHT} and not 0")
        russian, belarusian = self._phrases(rule, "words"), self._phrases(rule, "be")
        if not (russian or belarusian):
            raise self._wrong("words", 'a rule needs words, such as words = ["прямой рейс"]')
        return Rule(
            weight=float(weight),
            russian=russian,
            belarusian=belarusian,
            near=self._context(rule, "near"),
            unless=self._context(rule, "unless"),
            with_=self._context(rule, "with"),
            without=self._context(rule, "without"),
        )

    def _phrases(self, rule: Mapping[str, Any], key: str) -> tuple[str, ...]:
        for text in (phrases := self._strings(rule, key)):
            if not 1 <= len(words(text)) <= LONGEST_PHRASE:
                raise self._wrong(key, f'"{text}" is not a phrase of 1 to {LONGEST_PHRASE} words')
        return tuple(phrases)

    def _context(self, rule: Mapping[str, Any], key: str) -> tuple[str, ...]:
        for text in (single := self._strings(rule, key)):
            if len(words(text)) != 1:
                raise self._wrong(key, f'"{key}" takes single words, not "{text}"')
        return tuple(single)

    def _strings(self, table: Mapping[str, Any], key: str) -> list[str]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._wrong(key, f'"{key}" must be a list of words in quotes')
        return value

    def _short(self, table: Mapping[str, Any], key: str, limit: int) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, f'a topic needs "{key}", some text in quotes')
        if len(value) > limit or "\n" in value:
            raise self._wrong(key, f'"{key}" must be one line of at most {limit} characters')
        return value.strip()

    def _in_languages(self, table: Mapping[str, Any], key: str, limit: int) -> Mapping[str, str]:
        value = table.get(key)
        if not isinstance(value, dict):
            raise self._wrong(key, f'a topic needs "{key}" in {", ".join(LANGUAGES)}')
        self._know(value, LANGUAGES, f'"{key}"')
        for language in LANGUAGES:
            if language not in value:
                raise self._wrong(key, f'"{key}" is missing in the language "{language}"')
            self._short({key: value[language]}, key, limit)
        return {language: value[language].strip() for language in LANGUAGES}

    def _know(self, table: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
        for key in table:
            if key not in keys:
                known = ", ".join(keys)
                raise self._wrong(key, f'unknown key "{key}" in {where}; known are: {known}')

    def _wrong(self, key: str, reason: str) -> TopicsError:
        return TopicsError(self.name, self.places.line(self.topic, self.rule, key), reason)


class _Places:
    """On which line of the file a key stands; tomllib does not say."""

    def __init__(self, toml: str) -> None:
        self.lines = toml.split("\n")

    def line(self, topic: int, rule: int, key: str) -> int:
        first, last = self._section("topic", topic, 0, len(self.lines))
        if first == last:  # written otherwise than as [[topic]]
            first, last = 0, len(self.lines)
        rules = self._section("topic.rule", max(1, rule), first, last)
        if rule and rules[0] < last:
            first, last = rules
        elif topic and key != "rule":
            last = rules[0]
        key = rf'["\']?{re.escape(key)}["\']?'
        on_its_own = re.compile(rf"\s*(?:\[.*\b)?{key}\s*(?:[.=].*|\].*)")
        inside = re.compile(rf".*[{{,]\s*{key}\s*=.*")
        for written in (on_its_own, inside):
            for at in range(first, last):
                if written.fullmatch(self.lines[at]):
                    return at + 1
        return first + 1

    def _section(self, header: str, number: int, first: int, last: int) -> tuple[int, int]:
        """The lines from the number-th such header up to the next; all of them for number 0."""
        opening = re.compile(rf"\s*\[\[\s*{re.escape(header)}\s*\]\]")
        starts = [at for at in range(first, last) if opening.match(self.lines[at])]
        if not 1 <= number <= len(starts):
            return (first, last) if number == 0 else (last, last)
        return starts[number - 1], [*starts[number:], last][0]
