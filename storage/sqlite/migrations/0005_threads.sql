-- Chapters of one longer thread, why each article is where it is, and what editors set right.

ALTER TABLE stories ADD COLUMN thread_id INTEGER;  -- the thread's first story; NULL: no thread

CREATE INDEX stories_of_thread ON stories (thread_id) WHERE thread_id IS NOT NULL;

CREATE TABLE article_decisions (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    decision   TEXT NOT NULL  -- JSON, as storage.models.Decision
) STRICT;

CREATE TABLE corrections (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT    NOT NULL CHECK (kind IN ('merge', 'split', 'apart', 'chapter')),
    at       INTEGER NOT NULL,
    story_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    articles TEXT    NOT NULL  -- [article id, …]
) STRICT;

CREATE INDEX corrections_merged ON corrections (other_id) WHERE kind = 'merge';
