-- A million at once: posts and choices of stories are stored once and shared, and all that is due
-- at one instant is a broadcast, which can be paused, resumed and cancelled as one.

CREATE TABLE posts (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB    UNIQUE,  -- of the post; NULL: stored before posts were shared
    post TEXT    NOT NULL
) STRICT;

-- The stories that a digest gives. What a chat has had is what the choices of its deliveries say.
CREATE TABLE choices (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    stories   TEXT    NOT NULL,  -- [story id, …] in order
    corrected INTEGER NOT NULL CHECK (corrected IN (0, 1)),  -- 1: merged or split since, not shared
    at        INTEGER NOT NULL  -- when it was last made
) STRICT;

CREATE UNIQUE INDEX choices_once ON choices (stories) WHERE corrected = 0;

CREATE TABLE choice_stories (
    choice_id INTEGER NOT NULL REFERENCES choices (id) ON DELETE CASCADE,
    story_id  INTEGER NOT NULL,
    PRIMARY KEY (choice_id, story_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX choice_stories_of_story ON choice_stories (story_id, choice_id);

CREATE TABLE broadcasts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    slot       INTEGER NOT NULL UNIQUE,
    state      TEXT    NOT NULL CHECK (state IN ('running', 'paused', 'cancelled', 'done')),
    began_at   INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX broadcasts_state ON broadcasts (state, id);

CREATE TABLE deliveries_anew (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    key          TEXT    NOT NULL UNIQUE,
    chat_id      INTEGER NOT NULL,
    thread_id    INTEGER,
    kind         TEXT    NOT NULL CHECK (kind IN ('digest', 'asked', 'channel', 'notice')),
    state        TEXT    NOT NULL CHECK (state IN (
        'planned', 'claimed', 'sending', 'sent', 'retry', 'dead', 'unknown')),
    attempts     INTEGER NOT NULL DEFAULT 0,
    not_before   INTEGER,
    expires_at   INTEGER,
    owner        TEXT,
    lease_until  INTEGER,
    floor        INTEGER,
    message_id   INTEGER,
    error        TEXT,
    created_at   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    post_id      INTEGER NOT NULL REFERENCES posts (id),
    broadcast_id INTEGER REFERENCES broadcasts (id),  -- NULL: on its own
    choice_id    INTEGER,  -- of a digest's first part, until nobody asks what the chat had then
    CHECK ((state IN ('claimed', 'sending')) = (owner IS NOT NULL))
) STRICT;

INSERT INTO choices (stories, corrected, at)
SELECT stories, 1, max(at) FROM digests WHERE stories <> '[]' GROUP BY stories;

INSERT INTO posts (id, post) SELECT min(id), post FROM deliveries GROUP BY post;

INSERT INTO deliveries_anew (
    id, key, chat_id, thread_id, kind, state, attempts, not_before, expires_at, owner, lease_until,
    floor, message_id, error, created_at, changed_at, post_id, choice_id)
SELECT
    id, key, chat_id, thread_id, kind, state, attempts, not_before, expires_at, owner, lease_until,
    floor, message_id, error, created_at, changed_at, min(id) OVER (PARTITION BY post),
    (SELECT c.id FROM digests AS g JOIN choices AS c ON c.stories = g.stories
     WHERE d.key LIKE '%:1' AND g.key = substr(d.key, 1, length(d.key) - 2))
FROM deliveries AS d
ORDER BY id;

DELETE FROM sqlite_sequence WHERE name = 'deliveries_anew';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'deliveries_anew', seq FROM sqlite_sequence WHERE name = 'deliveries';

DROP TABLE deliveries;
ALTER TABLE deliveries_anew RENAME TO deliveries;

CREATE INDEX deliveries_state ON deliveries (state, id);
CREATE INDEX deliveries_of_chat ON deliveries (chat_id, created_at, choice_id);
CREATE INDEX deliveries_of_post ON deliveries (post_id);
CREATE INDEX deliveries_of_broadcast ON deliveries (broadcast_id, state)
    WHERE broadcast_id IS NOT NULL;
-- By broadcast, so that a paused one's are not looked at.
CREATE INDEX deliveries_planned
    ON deliveries (ifnull(broadcast_id, 0), (kind = 'asked') DESC, id) WHERE state = 'planned';
CREATE INDEX deliveries_waiting ON deliveries (not_before) WHERE state = 'retry';
CREATE INDEX deliveries_later ON deliveries (not_before)
    WHERE state = 'planned' AND not_before IS NOT NULL;
CREATE INDEX deliveries_leased ON deliveries (lease_until) WHERE state = 'claimed';
CREATE INDEX deliveries_doubtful ON deliveries (changed_at) WHERE state = 'unknown';
-- What keeps later ones of the same chat waiting.
CREATE INDEX deliveries_held ON deliveries (chat_id, id)
    WHERE state IN ('claimed', 'sending', 'unknown', 'retry');
CREATE INDEX deliveries_perishable ON deliveries (expires_at)
    WHERE expires_at IS NOT NULL AND state IN ('planned', 'retry');
CREATE INDEX deliveries_settled ON deliveries (changed_at) WHERE state IN ('sent', 'dead');

-- Whatever deletes the last that used it.
CREATE TRIGGER post_unused AFTER DELETE ON deliveries
WHEN NOT EXISTS (SELECT 1 FROM deliveries WHERE post_id = old.post_id)
BEGIN
    DELETE FROM posts WHERE id = old.post_id;
END;

-- By digest, and by merges and splits since.
INSERT INTO choice_stories (choice_id, story_id)
SELECT DISTINCT d.choice_id, g.story_id
FROM given AS g JOIN deliveries AS d ON d.chat_id = g.chat_id AND d.created_at = g.at
WHERE d.choice_id IS NOT NULL;

DROP TABLE given;
DROP TABLE digests;
