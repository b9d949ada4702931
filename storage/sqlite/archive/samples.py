"""Dropping the samples: their articles, sources and stories, and nothing that was live."""

import sqlite3

from storage.sqlite.archive.editing import DROP_WORDS, mend_topics

WORDS = """
SELECT search_id FROM articles WHERE source_id IN (SELECT id FROM sources WHERE kind = 'sample')
"""

STORIES = """
SELECT DISTINCT story_id FROM articles
WHERE source_id IN (SELECT id FROM sources WHERE kind = 'sample')
"""

DROP_ARTICLES = """
DELETE FROM articles WHERE source_id IN (SELECT id FROM sources WHERE kind = 'sample')
"""

DROP_SOURCES = "DELETE FROM sources WHERE kind = 'sample'"

DROP_STORY = """
DELETE FROM stories
WHERE id = :id AND NOT EXISTS (SELECT 1 FROM articles WHERE story_id = :id)
"""

DROP_CHOSEN = "DELETE FROM choice_stories WHERE story_id = :id"

# What a live article shared with samples goes on with what is left of it.
MEND_STORY = """
UPDATE stories SET
    lead_id = (SELECT min(id) FROM articles WHERE story_id = :id),
    summary = NULL,
    articles = (SELECT count(*) FROM articles WHERE story_id = :id),
    first_at = (SELECT min(published_at) FROM articles WHERE story_id = :id),
    last_at = (SELECT max(published_at) FROM articles WHERE story_id = :id)
WHERE id = :id
"""


def drop_samples(c: sqlite3.Connection) -> int:
    """Delete every sample; how many articles went."""
    words = [{"search_id": row["search_id"]} for row in c.execute(WORDS)]
    stories = [{"id": row["story_id"]} for row in c.execute(STORIES)]
    # A lead may go before its story: that is set right below, before the commit looks.
    c.execute(DROP_ARTICLES)
    c.executemany(DROP_WORDS, words)
    for story in stories:
        if c.execute(DROP_STORY, story).rowcount:
            c.execute(DROP_CHOSEN, story)
            continue
        c.execute(MEND_STORY, story)
        mend_topics(c, story["id"])
    c.execute(DROP_SOURCES)
    return len(words)
