"""How many stories came in spans of time, by topic."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from storage.sqlite.file.values import dump, micros

# The spans stand in a table of their own, so that their ends are not read anew for every story.
COUNTED = """
WITH spans (number, since, until) AS MATERIALIZED (
    SELECT key, value ->> 0, value ->> 1 FROM json_each(:spans)),
came (number, id) AS MATERIALIZED (
    SELECT spans.number, s.id
    FROM spans CROSS JOIN stories AS s INDEXED BY stories_came
        ON s.came_at >= spans.since AND s.came_at < spans.until
    WHERE s.id NOT IN (SELECT story_id FROM withdrawn)
      AND NOT EXISTS (
          SELECT 1 FROM story_topics AS n WHERE n.story_id = s.id AND n.slug = 'not_news'))
SELECT number, '' AS slug, count(*) AS n FROM came GROUP BY number
UNION ALL
SELECT came.number, t.slug, count(*) FROM came CROSS JOIN story_topics AS t ON t.story_id = came.id
GROUP BY came.number, t.slug
"""


def counted(
    c: sqlite3.Connection, spans: Sequence[tuple[datetime, datetime]]
) -> list[dict[str, int]]:
    bounds = [(micros(since), micros(until)) for since, until in spans]
    found: list[dict[str, int]] = [{} for _ in spans]
    for row in c.execute(COUNTED, {"spans": dump(bounds)}):
        found[row["number"]][row["slug"]] = row["n"]
    return found
