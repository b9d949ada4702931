"""What an operator can get wrong: one sentence on stderr that says what to do, exit status 1."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import start_sandbox
from bot.web import serve
from storage.models import NewArticle, NewSource, SourceKind, Understanding
from storage.ports import Store


def told(said) -> str:
    """The one sentence."""
    assert (said.status, said.out) == (1, "")
    *log, sentence = said.err.splitlines()
    assert not any(line.startswith("Traceback") for line in log)
    assert sentence.startswith("svodka: ")
    assert sentence.endswith(".")
    return sentence.removeprefix("svodka: ")


@pytest.mark.parametrize(
    ("setting", "value", "says"),
    [
        ("TIMEZONE", "Asia/Kuzbass", "write one like Asia/Novokuznetsk"),
        ("BOT_TOKEN", "my token", "copy the line @BotFather gave you"),
        ("HTTP_PORT", "http", "from 0 (any free one) to 65535"),
        ("TOPICS_FILE", "nowhere.toml", "correct the path or remove the setting"),
        ("DATABASE_URL", "postgresql://db/svodka", "use sqlite:///data/svodka.db"),
        ("DATABASE_URL", "data/svodka.db", "use sqlite:///data/svodka.db"),
        ("DATABASE_URL", "sqlite:///", "use sqlite:///data/svodka.db"),
        ("DATABASE_URL", "sqlite:///folder.toml/in/svodka.db", "choose another DATABASE_URL"),
        ("DATABASE_URL", "sqlite:///.", "must name a file"),
        ("DATABASE_URL", "sqlite:///folder.toml", "restore a backup, or move the file away"),
    ],
)
def test_a_setting_that_cannot_be_used(shell, setting: str, value: str, says: str):
    shell.write("folder.toml", "this is a file, neither a folder nor a database\n" * 50)
    assert says in told(shell("latest", **{setting: value}))


TOPIC = """[[topic]]
slug = "flights"
emoji = "✈️"
title = { ru = "Рейсы", be = "Рэйсы", en = "Flights" }
description = { ru = "О рейсах", be = "Пра рэйсы", en = "On flights" }
[[topic.rule]]
words = ["рейс"]
"""


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[[topic]", "line 1: this is not TOML"),
        (TOPIC + "wieght = 2\n", 'line 8: unknown key "wieght"'),
        (TOPIC.replace('"flights"', '"latest"'), 'line 2: the slug "latest" is a name the bot'),
        (TOPIC.replace(', en = "On flights"', ""), 'line 5: "description" is missing'),
    ],
)
def test_a_mistake_in_the_topics_has_its_file_line_and_reason(shell, toml: str, says: str):
    file = shell.write("topics.toml", toml)
    assert told(shell("topics", "list", TOPICS_FILE=file)).startswith(f"{file}, {says}")


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[[source]", "this is not TOML"),
        ('[[source]]\nurl = "https://a.example/"\n', "line 1: a source needs title"),
        ('\n[[source]]\nurl = "a.example"\ntitle = "А"\n', "line 2: url must begin with https://"),
    ],
)
@pytest.mark.parametrize("command", ["check", "sources list", "run"])
def test_a_mistake_in_the_sources_too(shell, quiet, toml: str, says: str, command: str):
    file = shell.write("sources.toml", toml)
    assert says in told(shell(*command.split(), SOURCES_FILE=file))


def test_no_sources_can_be_said_with_dev_null(shell):
    assert shell("sources", "list", SOURCES_FILE="/dev/null").status == 0


def test_a_database_of_a_newer_version_is_left_alone(shell):
    assert shell("latest").status == 0
    with closing(sqlite3.connect(shell.folder / "svodka.db")) as connection:
        connection.execute("PRAGMA user_version = 999")
    said = told(shell("latest"))
    assert "written by a newer Svodka" in said
    assert "upgrade Svodka" in said


def test_another_programs_database_is_left_alone(shell):
    with closing(sqlite3.connect(shell.folder / "other.db")) as connection:
        connection.execute("CREATE TABLE notes (text)")
    said = told(shell("latest", DATABASE_URL="sqlite:///other.db"))
    assert "choose another file" in said


async def test_a_live_bot_does_not_send_samples(shell, store: Store, quiet, now: datetime):
    outlet = NewSource(url="https://o.example", title="Образец", kind=SourceKind.SAMPLE)
    source = await store.sources.add(outlet, now=now)
    sample = NewArticle(
        source_id=source.id,
        key="1",
        url=None,
        published_at=now,
        seen_at=now,
        dated=True,
        understanding=Understanding(title="Пример", text="Пример статьи."),
    )
    await store.articles.add([sample])
    said = told(await asyncio.to_thread(shell, "run", BOT_TOKEN="1:x"))
    assert "holds 1 sample articles" in said
    assert "`svodka run --drop-samples`" in said


async def test_a_second_copy_on_the_same_database_does_not_start(shell, store: Store, quiet):
    store.own()
    said = told(await asyncio.to_thread(shell, "run"))
    assert "stop it first, or choose another DATABASE_URL" in said


async def test_a_taken_port_and_a_host_that_is_not_ours(shell, quiet):
    server = await serve([], host="127.0.0.1", port=0)
    said = told(await asyncio.to_thread(shell, "run", HTTP_PORT=str(server.port)))
    assert f"Port {server.port} on 127.0.0.1 is taken" in said
    assert "set HTTP_PORT to a free port" in said
    await server.close()
    said = told(await asyncio.to_thread(shell, "run", HTTP_HOST="203.0.113.7"))
    assert "correct HTTP_HOST" in said


async def test_a_token_that_telegram_does_not_know_ends_the_bot(shell, quiet, now: datetime):
    box = Sandbox(lambda: now, token="1:right")
    async with start_sandbox(box) as url:
        settings = {"BOT_TOKEN": "1:wrong", "TELEGRAM_API_URL": url}
        said = told(await asyncio.to_thread(shell, "run", **settings))
    assert "copy it again from @BotFather" in said
    assert "1:wrong" not in said


def test_an_env_file_that_is_no_text(shell):
    Path(shell.folder / ".env").write_bytes(b"\xff\xfe\x00")
    assert "save it as UTF-8 text" in told(shell("latest"))
