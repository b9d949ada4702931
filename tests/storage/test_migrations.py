"""Migrations: forward only, each whole or not at all, whoever starts first."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from storage.sqlite.file.database import connect, prepare
from storage.sqlite.file.migrate import FOLDER, migrate, migrations, statements, version_of

OPEN = """
import asyncio, sys
from storage.connect import open_store

async def main():
    await (await open_store(sys.argv[1])).close()

asyncio.run(main())
"""


def folder(tmp_path: Path, *scripts: str) -> Path:
    path = tmp_path / "migrations"
    path.mkdir(exist_ok=True)
    for number, script in enumerate(scripts, start=1):
        (path / f"{number:04}_step.sql").write_text(script)
    return path


def test_versions_are_numbered_without_gaps() -> None:
    assert [version for version, _ in migrations(FOLDER)] == list(
        range(1, len(list(FOLDER.iterdir())) + 1)
    )


def test_only_the_missing_steps_run(tmp_path: Path) -> None:
    connection = connect(tmp_path / "x.db")
    migrate(connection, tmp_path, folder(tmp_path, "CREATE TABLE a (x);"))
    connection.execute("INSERT INTO a VALUES (1)")
    steps = folder(tmp_path, "CREATE TABLE a (x);", "ALTER TABLE a ADD COLUMN y DEFAULT 2;")
    migrate(connection, tmp_path, steps)
    migrate(connection, tmp_path, steps)
    assert tuple(connection.execute("SELECT * FROM a").fetchone()) == (1, 2)
    assert version_of(connection) == 2
    connection.close()


def test_a_step_that_fails_leaves_the_version_before_it(tmp_path: Path) -> None:
    connection = connect(tmp_path / "x.db")
    steps = folder(tmp_path, "CREATE TABLE a (x);", "CREATE TABLE b (x);\nCREATE TABLE a (x);")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(connection, tmp_path, steps)
    tables = [row["name"] for row in connection.execute("SELECT name FROM sqlite_schema")]
    assert (tables, version_of(connection)) == (["a"], 1)
    connection.close()


def test_a_trigger_is_one_statement_and_a_torn_script_is_refused() -> None:
    script = "CREATE TABLE a (x);\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\nSELECT 1;\nEND;\n"
    assert len(list(statements(script))) == 2
    with pytest.raises(ValueError, match="middle of a statement"):
        list(statements("CREATE TABLE a (x"))


def test_every_table_of_ours_is_strict(tmp_path: Path) -> None:
    prepare(tmp_path / "svodka.db")
    connection = connect(tmp_path / "svodka.db")
    loose = [
        row["name"]
        for row in connection.execute("PRAGMA table_list")
        if row["type"] == "table" and not row["strict"] and not row["name"].startswith("sqlite_")
    ]
    connection.close()
    assert loose == []


def test_processes_that_start_together_on_an_empty_disk_all_open(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/svodka.db"
    started = [
        subprocess.Popen([sys.executable, "-c", OPEN, url], stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    ends = [process.communicate(timeout=120)[1].decode() for process in started]
    assert ends == [""] * 4
