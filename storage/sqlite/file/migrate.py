"""Bringing a database to the newest schema: forward only, each step whole or not at all."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from storage.errors import SchemaTooNew, StoreUnusable

FOLDER = Path(__file__).parents[1] / "migrations"
APPLICATION_ID = 0x53766F64  # "Svod": tells our file from another program's


def migrate(connection: sqlite3.Connection, path: Path, folder: Path = FOLDER) -> None:
    """Run the steps the database has not had. The connection must be in autocommit.

    Foreign keys rest meanwhile, so that a table that others point to can be built anew
    (sqlite.org/lang_altertable.html, section 7); each step is checked before its commit instead.
    """
    steps = list(migrations(folder))
    newest = steps[-1][0]
    if version_of(connection) == newest:
        return
    kept = connection.execute("PRAGMA foreign_keys").fetchone()[0]
    connection.execute("PRAGMA foreign_keys = OFF")  # within a transaction it would do nothing
    try:
        for version, script in steps:
            _step(connection, path, version, script, newest)
    finally:
        connection.execute(f"PRAGMA foreign_keys = {kept}")


def _step(
    connection: sqlite3.Connection, path: Path, version: int, script: str, newest: int
) -> None:
    connection.execute("BEGIN IMMEDIATE")  # another process may be at it: look again inside
    try:
        _refuse_foreign(connection, path, newest)
        if version_of(connection) < version:
            for statement in statements(script):
                connection.execute(statement)
            _refuse_dangling(connection, path, version)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def version_of(connection: sqlite3.Connection) -> int:
    """The schema the file has; 0 when it has none."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrations(folder: Path) -> Iterator[tuple[int, str]]:
    """The steps in order: (version, SQL) from files named NNNN_words.sql."""
    for file in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql")):
        yield int(file.name[:4]), file.read_text(encoding="utf-8")


def statements(script: str) -> Iterator[str]:
    """The sentences of a script, each ending at the end of a line.

    executescript() would commit before it begins, and so could not be one transaction.
    """
    sentence = ""
    for line in script.splitlines(keepends=True):
        sentence += line
        if sqlite3.complete_statement(sentence):
            yield sentence
            sentence = ""
    if sentence.strip():
        raise ValueError(f"a migration ends in the middle of a statement: {sentence.strip()[:80]}")


def _refuse_foreign(connection: sqlite3.Connection, path: Path, newest: int) -> None:
    version = version_of(connection)
    if version > newest:
        raise SchemaTooNew(
            f"{path} was written by a newer Svodka (schema {version}, this one knows {newest}): "
            "upgrade Svodka, or restore a backup made by this version."
        )
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables and application_id != APPLICATION_ID:
        raise StoreUnusable(
            f"{path} is a database of another program: choose another file in DATABASE_URL."
        )


def _refuse_dangling(connection: sqlite3.Connection, path: Path, version: int) -> None:
    row = connection.execute("PRAGMA foreign_key_check").fetchone()
    if row is not None:
        raise StoreUnusable(
            f"{path} cannot be brought to schema {version}: a row of {row[0]} points to a row of "
            f"{row[2]} that is not there. Nothing was changed; restore a backup."
        )
