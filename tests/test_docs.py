"""The docs keep up with the program: every setting, command, metric and topic, every example."""

import argparse
import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from bot.cli import build_parser
from bot.config import Settings, load
from bot.news.topics.scores import parse_topics
from bot.sources.listing import parse_sources
from bot.web import METRICS
from storage.models import DeliveryState

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.ru.md")
OPERATIONS = "docs/operations.md"
GUIDE = "docs/user-guide.ru.md"
SETTINGS = [field.name.upper() for field in fields(Settings)]
TOPICS = (ROOT / "bot/news/topics/topics.toml").read_text("utf-8")


@cache
def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def commands(
    parser: argparse.ArgumentParser | None = None, before: str = "svodka"
) -> Iterator[str]:
    """`svodka run`, `svodka sources add` …: those that do something."""
    parser = parser or build_parser()
    found = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not found:
        yield before
    for name, below in (found[0].choices if found else {}).items():
        yield from commands(below, f"{before} {name}")


def chat_commands() -> set[str]:
    """Those of the menu, read from its source: importing it would take the Telegram library."""
    tree = ast.parse(read("bot/telegram/conversation/menu.py"))
    tuples = [node.value for node in tree.body if isinstance(node, ast.Assign)]
    return {
        word.value
        for value in tuples
        if isinstance(value, ast.Tuple)
        for word in value.elts
        if isinstance(word, ast.Constant) and isinstance(word.value, str)
    }


def fenced(name: str, language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", read(name))


@pytest.mark.parametrize("name", [".env.example", *READMES, OPERATIONS])
def test_every_setting_is_described(name: str) -> None:
    assert [s for s in SETTINGS if not re.search(rf"\b{s}\b", read(name))] == []


def test_the_example_env_names_no_other_setting_and_says_the_defaults(tmp_path: Path) -> None:
    names = re.findall(r"(?m)^([A-Z_]+)=", read(".env.example"))
    assert sorted(names) == sorted(SETTINGS)
    assert load({}, dotenv=ROOT / ".env.example") == load({}, dotenv=tmp_path / "none")


def test_every_command_is_described() -> None:
    written = read(OPERATIONS)
    assert [command for command in commands() if command not in written] == []


@pytest.mark.parametrize("name", READMES)
def test_the_readmes_name_every_command(name: str) -> None:
    cells = re.findall(r"`svodka ([a-z-]+)([^`]*)`", read(name))
    known = {(word, verb) for word, rest in cells for verb in ["", *re.findall(r"[a-z]+", rest)]}
    wanted = {tuple([*command.split()[1:], ""][:2]) for command in commands()}
    assert wanted - known == set()


@pytest.mark.parametrize("name", [*READMES, OPERATIONS, GUIDE])
def test_no_command_is_described_that_is_not_there(name: str) -> None:
    there = {tuple(command.split()[1:]) for command in commands()}
    first = {command[0] for command in there}
    for word, verb in re.findall(r"`svodka ([a-z-]+)(?: ([a-z]+)\b)?", read(name)):
        assert word in first
        assert (word, verb) in there or (word,) in there


@pytest.mark.parametrize("name", [*READMES, GUIDE])
def test_every_chat_command_is_described(name: str) -> None:
    assert len(chat_commands()) >= 12
    assert [c for c in sorted(chat_commands()) if f"`/{c}" not in read(name)] == []


@pytest.mark.parametrize("name", [*READMES, GUIDE])
def test_no_chat_command_is_described_that_is_not_there(name: str) -> None:
    topics = {topic.slug for topic in parse_topics(TOPICS, name="topics.toml").all}
    botfather = {"newbot", "setinline"}
    written = set(re.findall(r"`/([a-z]+)", read(name)))
    assert written - chat_commands() - topics - botfather == set()


def test_every_metric_state_and_topic_is_described() -> None:
    written = read(OPERATIONS)
    topics = [topic.slug for topic in parse_topics(TOPICS, name="topics.toml").all]
    wanted = [*METRICS, *(state.value for state in DeliveryState), *topics]
    assert [word for word in wanted if f"`{word}`" not in written] == []
    assert [s.value for s in DeliveryState if f"`{s.value}`" not in read(GUIDE)] == []


@pytest.mark.parametrize("name", READMES)
def test_the_examples_of_another_region_can_be_used(name: str) -> None:
    sources, topics = fenced(name, "toml")
    kinds = [(s.kind, s.title) for s in parse_sources(sources, "sources.toml")]
    assert kinds[0] == ("feed", "Портовая газета")
    assert [kind for kind, _ in kinds] == ["feed", "channel", "page"]
    assert parse_topics(topics, name="topics.toml").find("гавани") == "harbour"


@pytest.mark.parametrize("name", [*READMES, OPERATIONS, GUIDE, "docs/architecture.md"])
def test_every_link_leads_somewhere(name: str) -> None:
    folder = (ROOT / name).parent
    for target in re.findall(r"\]\(([^)\s]+)\)", read(name)):
        path, _, heading = target.partition("#")
        if "://" in target:
            continue
        linked = folder / path if path else ROOT / name
        assert linked.exists(), target
        if heading:
            assert heading in headings(linked), target


def headings(file: Path) -> set[str]:
    """The anchors of a page, as they are made from its headings."""
    lines = re.findall(r"(?m)^#+ (.+)$", file.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}
