-- What an editor says of a story after it was told, and the messages that are edited to say it too.

CREATE TABLE corrections_anew (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT    NOT NULL CHECK (kind IN (
        'merge', 'split', 'apart', 'chapter', 'reword', 'withdraw', 'restore')),
    at       INTEGER NOT NULL,
    story_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    articles TEXT    NOT NULL,  -- [article id, …]
    headline TEXT,              -- of 'reword'
    summary  TEXT,              -- [sentence, …]; NULL: the story's own
    reason   TEXT               -- of 'withdraw'
) STRICT;

INSERT INTO corrections_anew (id, kind, at, story_id, other_id, articles)
SELECT id, kind, at, story_id, other_id, articles FROM corrections ORDER BY id;

DELETE FROM sqlite_sequence WHERE name = 'corrections_anew';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'corrections_anew', seq FROM sqlite_sequence WHERE name = 'corrections';

DROP TABLE corrections;
ALTER TABLE corrections_anew RENAME TO corrections;

CREATE INDEX corrections_merged ON corrections (other_id) WHERE kind = 'merge';

-- The newest correction that says what the story says; NULL: none ever did.
ALTER TABLE stories ADD COLUMN amendment_id INTEGER;

CREATE INDEX stories_amended ON stories (amendment_id) WHERE amendment_id IS NOT NULL;

CREATE VIEW withdrawn AS
SELECT s.id AS story_id FROM stories AS s JOIN corrections AS e ON e.id = s.amendment_id
WHERE s.amendment_id IS NOT NULL AND e.kind = 'withdraw';

CREATE VIEW withdrawn_articles AS
SELECT a.id, a.search_id FROM withdrawn AS w JOIN articles AS a ON a.story_id = w.story_id;

-- Where posts tell stories, and by which amendment; what is older than the story's is out of date.
CREATE TABLE post_stories (
    post_id      INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL,  -- of the post's spans
    story_id     INTEGER NOT NULL,
    amendment_id INTEGER NOT NULL,  -- 0: none
    PRIMARY KEY (post_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX post_stories_of_story ON post_stories (story_id, post_id);

-- Messages to edit, each into the post that its delivery has now.
CREATE TABLE edits (
    delivery_id INTEGER PRIMARY KEY REFERENCES deliveries (id) ON DELETE CASCADE,
    state       TEXT    NOT NULL CHECK (state IN ('planned', 'done', 'dead')),
    attempts    INTEGER NOT NULL,
    not_before  INTEGER NOT NULL,
    error       TEXT,
    changed_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX edits_planned ON edits (not_before, delivery_id) WHERE state = 'planned';
CREATE INDEX edits_state ON edits (state, error);
