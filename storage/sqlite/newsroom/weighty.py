"""What was written about most: stories of some days, by how many articles tell them."""

import sqlite3
from collections.abc import Sequence

from storage.models import Story
from storage.sqlite.archive.rows import stories_by_id
from storage.sqlite.file.values import dump

WEIGHTY = """
SELECT id FROM stories AS s INDEXED BY stories_newest
WHERE last_at > :since AND last_at <= :until
  AND id NOT IN (SELECT story_id FROM withdrawn)
  AND NOT EXISTS (
      SELECT 1 FROM story_topics AS n WHERE n.story_id = s.id AND n.slug = 'not_news')
ORDER BY articles DESC, last_at DESC, id DESC LIMIT :limit
"""

WEIGHTY_OF_TOPICS = """
SELECT DISTINCT s.id, s.articles, s.last_at
FROM json_each(:topics) AS asked
    CROSS JOIN story_topics AS t INDEXED BY story_topics_newest ON t.slug = asked.value
    CROSS JOIN stories AS s ON s.id = t.story_id
WHERE t.last_at > :since AND t.last_at <= :until
  AND s.id NOT IN (SELECT story_id FROM withdrawn)
ORDER BY s.articles DESC, s.last_at DESC, s.id DESC LIMIT :limit
"""

CHAPTERS = """
SELECT s.id, count(*) AS chapters
FROM json_each(:ids) AS asked
    CROSS JOIN stories AS s ON s.id = asked.value
    CROSS JOIN stories AS o INDEXED BY stories_of_thread ON o.thread_id = s.thread_id
WHERE o.thread_id IS NOT NULL
GROUP BY s.id
"""


def weighty(
    c: sqlite3.Connection, *, topics: Sequence[str], since: int, until: int, limit: int
) -> list[tuple[Story, int]]:
    """Each with how many chapters its thread has; 1 without a thread."""
    values = {"topics": dump(list(topics)), "since": since, "until": until, "limit": limit}
    found = c.execute(WEIGHTY_OF_TOPICS if topics else WEIGHTY, values)
    ids = [row["id"] for row in found]
    chapters = {row["id"]: row["chapters"] for row in c.execute(CHAPTERS, {"ids": dump(ids)})}
    return [(story, chapters.get(story.id, 1)) for story in stories_by_id(c, ids)]
