"""Upkeep: a copy while the bot runs, what is wrong with the file, and what may go from it."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from storage.errors import StoreUnusable
from storage.sqlite.file.faults import translated
from storage.sqlite.file.mending import wrong

SLICE = 2_000  # rows deleted in one transaction, so that a sender never waits long

HAD_DAYS = 10  # what a chat had stays known so long: a digest looks back eight days at most

UNINDEXED = """
SELECT count(*) FROM article_words WHERE search_id NOT IN (SELECT id FROM search_docsize)
"""
STRAYS = """
SELECT count(*) FROM search_docsize WHERE id NOT IN (SELECT search_id FROM article_words)
"""
WORDLESS = """
SELECT count(*) FROM article_words WHERE search_id NOT IN (SELECT search_id FROM articles)
"""

# Message ids only grow: what is below one sent long ago was used before that. The highest of a
# counter stays, being the floor under the next request.
TIDY_SEEN = """
DELETE FROM seen_ids
WHERE (counter, message_id) IN (
    SELECT s.counter, s.message_id
    FROM (
        SELECT iif(chat_id < -1000000000000, chat_id, 0) AS counter, max(message_id) AS old_id
        FROM (
            SELECT chat_id, message_id FROM deliveries INDEXED BY deliveries_settled
            WHERE state IN ('sent', 'dead') AND changed_at < :before
            ORDER BY changed_at LIMIT :slice)
        GROUP BY 1
    ) AS o
    JOIN seen_ids AS s ON s.counter = o.counter AND s.message_id <= o.old_id
    WHERE s.message_id < (SELECT max(message_id) FROM seen_ids WHERE counter = o.counter))
"""

TIDY_DELIVERIES = """
DELETE FROM deliveries WHERE id IN (
    SELECT id FROM deliveries INDEXED BY deliveries_settled
    WHERE state IN ('sent', 'dead') AND changed_at < :before
    ORDER BY changed_at LIMIT :slice)
"""

# Deliveries of theirs that are still open are older yet, and their chats had them long ago.
TIDY_CHOICES = "DELETE FROM choices WHERE at < :before"

TIDY_BROADCASTS = """
DELETE FROM broadcasts WHERE state IN ('done', 'cancelled') AND changed_at < :before
    AND NOT EXISTS (SELECT 1 FROM deliveries WHERE broadcast_id = broadcasts.id)
"""


def tidy_slice(c: sqlite3.Connection, before: int) -> int:
    """Delete one slice of what is older; how many rows went, 0 when nothing is left."""
    values = {"before": before, "slice": SLICE}
    sentences = (TIDY_SEEN, TIDY_DELIVERIES, TIDY_CHOICES, TIDY_BROADCASTS)
    return sum(c.execute(sentence, values).rowcount for sentence in sentences)


def backup(c: sqlite3.Connection, database: Path, target: Path) -> None:
    """Copy the database as it is at this instant; `target` is whole or not there."""
    if target.absolute() == database:
        raise StoreUnusable(f"{target} is the database itself: name another file for the copy.")
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with translated(target):
            copy = sqlite3.connect(part)
            try:
                c.backup(copy)
                copy.execute("DELETE FROM instance")  # nobody is the bot over a copy
                copy.commit()
                copy.execute("PRAGMA journal_mode = DELETE")  # one file, readable anywhere
            finally:
                copy.close()
        os.replace(part, target)
    except OSError as error:
        raise StoreUnusable(
            f"The copy {target} cannot be written ({error.strerror}): choose another place for it."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()


def faults(c: sqlite3.Connection) -> list[str]:
    """What is wrong, one sentence each."""
    found = [
        f"The file is damaged: {row[0]}; restore a backup."
        for row in c.execute("PRAGMA integrity_check(20)")
        if row[0] != "ok"
    ]
    found += [
        f"A row of {row['table']} points to a row of {row['parent']} that is not there."
        for row in c.execute("PRAGMA foreign_key_check")
    ]
    sentences = {
        UNINDEXED: "{n} articles are missing from the search index.",
        STRAYS: "{n} entries of the search index belong to no article.",
        WORDLESS: "{n} rows of indexed words belong to no article.",
    }
    for count, sentence in sentences.items():
        n = c.execute(count).fetchone()[0]
        if n:
            found.append(sentence.format(n=n))
    found += [
        f"{n} deliveries are {what}: edited by hand? The bot mends what can be at its next start."
        for what, n in wrong(c).items()
    ]
    return found
