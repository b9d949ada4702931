-- A million at once: posts and choices of stories are stored once and shared, and all that is due
-- at one instant is a broadcast, which can be paused, resumed and cancelled as one.

CREATE TABLE posts (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB    UNIQUE,  -- of the post; NULL: stored before posts were shared
    post TEXT    NOT NULL
) STRICT;

-- The stories that a digest gives. What a chat has had is what the choices of its digests say.
CREATE TABLE choices (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    stories   TEXT    NOT NULL,  -- [story id, …] in order
    corrected INTEGER NOT NULL DEFAULT 0 CHECK (corrected IN (0, 1))  -- 1: said anew since, not shared
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

CREATE TABLE digests_anew (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    key             TEXT    NOT NULL UNIQUE,
    chat_id         INTEGER NOT NULL,
    subscription_id INTEGER,
    slot            INTEGER,
    choice_id       INTEGER REFERENCES choices (id),  -- NULL: no story, or taken back
    at              INTEGER NOT NULL
) STRICT;

INSERT INTO choices (stories) SELECT DISTINCT stories FROM digests WHERE stories <> '[]';

INSERT INTO choice_stories (choice_id, story_id)
SELECT DISTINCT c.id, s.value FROM choices AS c JOIN json_each(c.stories) AS s;

INSERT INTO digests_anew (id, key, chat_id, subscription_id, slot, choice_id, at)
SELECT d.id, d.key, d.chat_id, d.subscription_id, d.slot, c.id, d.at
FROM digests AS d LEFT JOIN choices AS c ON c.stories = d.stories AND c.corrected = 0;

DELETE FROM sqlite_sequence WHERE name = 'digests_anew';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'digests_anew', seq FROM sqlite_sequence WHERE name = 'digests';

CREATE INDEX digests_of_chat_anew ON digests_anew (chat_id, at, choice_id);

-- What chats had otherwise: by a merge or a split, or by a digest that is gone.
CREATE TABLE had_besides (chat_id INTEGER, stories TEXT, at INTEGER) STRICT;

INSERT INTO had_besides (chat_id, stories, at)
SELECT chat_id, json_group_array(story_id), max(at) FROM (
    SELECT g.chat_id, g.story_id, g.at FROM given AS g
    WHERE NOT EXISTS (
        SELECT 1 FROM digests_anew AS d
            JOIN choice_stories AS s ON s.choice_id = d.choice_id AND s.story_id = g.story_id
        WHERE d.chat_id = g.chat_id)
    ORDER BY g.chat_id, g.story_id)
GROUP BY chat_id;

INSERT INTO choices (stories, corrected) SELECT DISTINCT stories, 1 FROM had_besides;

INSERT INTO choice_stories (choice_id, story_id)
SELECT c.id, s.value FROM choices AS c JOIN json_each(c.stories) AS s WHERE c.corrected = 1;

INSERT INTO digests_anew (key, chat_id, choice_id, at)
SELECT 'had:' || h.chat_id, h.chat_id, c.id, h.at
FROM had_besides AS h JOIN choices AS c ON c.stories = h.stories AND c.corrected = 1;

DROP TABLE had_besides;
DROP TABLE given;
DROP TABLE digests;
ALTER TABLE digests_anew RENAME TO digests;
DROP INDEX digests_of_chat_anew;

CREATE INDEX digests_of_chat ON digests (chat_id, at, choice_id);
CREATE INDEX digests_of_choice ON digests (choice_id);

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
    CHECK ((state IN ('claimed', 'sending')) = (owner IS NOT NULL))
) STRICT;

INSERT INTO posts (id, post) SELECT min(id), post FROM deliveries GROUP BY post;

INSERT INTO deliveries_anew (
    id, key, chat_id, thread_id, kind, state, attempts, not_before, expires_at, owner, lease_until,
    floor, message_id, error, created_at, changed_at, post_id)
SELECT
    id, key, chat_id, thread_id, kind, state, attempts, not_before, expires_at, owner, lease_until,
    floor, message_id, error, created_at, changed_at, min(id) OVER (PARTITION BY post)
FROM deliveries
ORDER BY id;

DELETE FROM sqlite_sequence WHERE name = 'deliveries_anew';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'deliveries_anew', seq FROM sqlite_sequence WHERE name = 'deliveries';

DROP TABLE deliveries;
ALTER TABLE deliveries_anew RENAME TO deliveries;

CREATE INDEX deliveries_state ON deliveries (state, id);
CREATE INDEX deliveries_of_chat ON deliveries (chat_id);
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

CREATE TRIGGER choice_unused AFTER DELETE ON digests
WHEN old.choice_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM digests WHERE choice_id = old.choice_id)
BEGIN
    DELETE FROM choices WHERE id = old.choice_id;
END;
