-- Everything Svodka remembers. Times are microseconds of UTC since 1970; lists are JSON text.
-- Ids are never used again (AUTOINCREMENT): they stand in keys and cursors that outlive rows.

CREATE TABLE sources (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    url             TEXT    NOT NULL UNIQUE,
    title           TEXT    NOT NULL,
    kind            TEXT    NOT NULL CHECK (kind IN ('feed', 'import', 'sample')),
    site_url        TEXT,
    region          TEXT,
    language        TEXT,
    zone            TEXT,
    enabled         INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    etag            TEXT,
    last_modified   TEXT,
    interval_s      INTEGER NOT NULL DEFAULT 1800,
    next_poll_at    INTEGER,
    last_success_at INTEGER,
    failures        INTEGER NOT NULL DEFAULT 0,
    last_error      TEXT,
    wait_until      INTEGER,
    removed         INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))  -- articles keep its title
) STRICT;

CREATE INDEX sources_due ON sources (next_poll_at)
    WHERE kind = 'feed' AND enabled = 1 AND removed = 0;

CREATE TABLE stories (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    lead_id  INTEGER NOT NULL REFERENCES articles (id) DEFERRABLE INITIALLY DEFERRED,
    articles INTEGER NOT NULL,
    first_at INTEGER NOT NULL,  -- by publication, as is last_at
    last_at  INTEGER NOT NULL,
    came_at  INTEGER NOT NULL,  -- when it became news to us: what digests go by
    backfill INTEGER NOT NULL CHECK (backfill IN (0, 1))  -- 1: every article was old when seen
) STRICT;

CREATE INDEX stories_newest ON stories (last_at DESC, id DESC);
CREATE INDEX stories_came ON stories (came_at DESC, id DESC);
CREATE INDEX stories_lead ON stories (lead_id);

CREATE TABLE story_topics (
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    slug     TEXT    NOT NULL,
    score    REAL    NOT NULL,
    last_at  INTEGER NOT NULL,  -- the story's, so that one index gives a topic's newest
    PRIMARY KEY (story_id, slug)
) STRICT, WITHOUT ROWID;

CREATE INDEX story_topics_newest ON story_topics (slug, last_at DESC, story_id DESC);

CREATE TABLE articles (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    search_id    INTEGER NOT NULL
        REFERENCES article_words (search_id) DEFERRABLE INITIALLY DEFERRED,
    source_id    INTEGER NOT NULL REFERENCES sources (id),
    story_id     INTEGER NOT NULL REFERENCES stories (id),
    published_at INTEGER NOT NULL,
    seen_at      INTEGER NOT NULL,
    dated        INTEGER NOT NULL CHECK (dated IN (0, 1)),
    reprint      INTEGER NOT NULL CHECK (reprint IN (0, 1)),
    key          TEXT    NOT NULL,
    url          TEXT,
    language     TEXT,
    title        TEXT    NOT NULL,
    author       TEXT,
    photo_credit TEXT,
    dateline     TEXT,
    image_url    TEXT,
    topics       TEXT    NOT NULL,  -- [[slug, score], …], best first
    entities     TEXT    NOT NULL,  -- [[kind, name], …]
    summary      TEXT    NOT NULL,  -- [sentence, …]
    headings     TEXT    NOT NULL,  -- [paragraph, …]
    text         TEXT    NOT NULL,
    UNIQUE (source_id, key)
) STRICT;

CREATE UNIQUE INDEX articles_url ON articles (url) WHERE url IS NOT NULL;
CREATE INDEX articles_newest ON articles (published_at DESC, id DESC);
CREATE INDEX articles_of_source ON articles (source_id, published_at DESC, id DESC);
CREATE INDEX articles_of_story ON articles (story_id, source_id);
CREATE INDEX articles_by_search ON articles (search_id, published_at);  -- no article is read

CREATE TABLE article_topics (
    article_id   INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    slug         TEXT    NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (article_id, slug)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_topics_newest ON article_topics (slug, published_at DESC, article_id DESC);

-- What the story index is fed from at a start.
CREATE TABLE article_points (
    article_id  INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    terms       TEXT NOT NULL,  -- {lemma: weight}
    marks       TEXT NOT NULL,  -- [mark, …]
    fingerprint BLOB NOT NULL   -- 32-bit numbers, little-endian
) STRICT;

-- The exact words in the index: FTS5 must be told them again to forget a row, or it is corrupted.
-- A search_id is the hour of publication and a count within it, so that the newest rows of the
-- index are, to the hour, the newest published.
CREATE TABLE article_words (
    search_id INTEGER PRIMARY KEY,
    title     TEXT NOT NULL,
    text      TEXT NOT NULL,
    labels    TEXT NOT NULL  -- source and topics as words that no text has, to filter by
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (
    title, text, labels,
    content = 'article_words', content_rowid = 'search_id',
    tokenize = 'unicode61 remove_diacritics 0'
);

CREATE TRIGGER words_in AFTER INSERT ON article_words BEGIN
    INSERT INTO search (rowid, title, text, labels)
    VALUES (new.search_id, new.title, new.text, new.labels);
END;

CREATE TRIGGER words_out AFTER DELETE ON article_words BEGIN
    INSERT INTO search (search, rowid, title, text, labels)
    VALUES ('delete', old.search_id, old.title, old.text, old.labels);
END;

CREATE TABLE chats (
    id         INTEGER PRIMARY KEY,  -- Telegram's
    kind       TEXT    NOT NULL CHECK (kind IN ('private', 'group', 'supergroup', 'channel')),
    title      TEXT    NOT NULL,
    username   TEXT    COLLATE NOCASE,
    language   TEXT,
    zone       TEXT,
    asleep     TEXT,
    owner_id   INTEGER,
    header     TEXT,
    say_empty  INTEGER CHECK (say_empty IN (0, 1)),
    changed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX chats_username ON chats (username) WHERE username IS NOT NULL;
CREATE INDEX chats_owner ON chats (owner_id) WHERE owner_id IS NOT NULL;

CREATE TABLE questions (
    chat_id  INTEGER PRIMARY KEY,
    question TEXT    NOT NULL,
    asked_at INTEGER NOT NULL
) STRICT;

CREATE TABLE subscriptions (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id     INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    thread_id   INTEGER,
    topics      TEXT    NOT NULL,  -- [slug, …] as chosen
    topics_key  TEXT    NOT NULL,  -- the same, sorted: what makes two subscriptions one
    minutes     TEXT    NOT NULL,  -- [minute, …]
    days        TEXT    NOT NULL,  -- [ISO weekday, …]
    max_stories INTEGER NOT NULL,
    active      INTEGER NOT NULL CHECK (active IN (0, 1)),
    asleep      INTEGER NOT NULL CHECK (asleep IN (0, 1)),  -- its chat is, kept here for the index
    created_at  INTEGER NOT NULL,
    next_run_at INTEGER,
    slot        INTEGER
) STRICT;

CREATE UNIQUE INDEX subscriptions_once
    ON subscriptions (chat_id, ifnull(thread_id, 0), topics_key);
CREATE INDEX subscriptions_due ON subscriptions (next_run_at, id)
    WHERE active = 1 AND asleep = 0 AND next_run_at IS NOT NULL;

CREATE TABLE digests (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    key             TEXT    NOT NULL UNIQUE,
    chat_id         INTEGER NOT NULL,
    subscription_id INTEGER,
    slot            INTEGER,
    stories         TEXT    NOT NULL,  -- [story id, …] in order
    at              INTEGER NOT NULL
) STRICT;

CREATE INDEX digests_of_chat ON digests (chat_id);
CREATE INDEX digests_age ON digests (at);

-- What a chat has had.
CREATE TABLE given (
    chat_id  INTEGER NOT NULL,
    story_id INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (chat_id, story_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX given_age ON given (at);

CREATE TABLE deliveries (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    key         TEXT    NOT NULL UNIQUE,
    chat_id     INTEGER NOT NULL,
    thread_id   INTEGER,
    kind        TEXT    NOT NULL CHECK (kind IN ('digest', 'asked', 'channel', 'notice')),
    state       TEXT    NOT NULL CHECK (state IN (
        'planned', 'claimed', 'sending', 'sent', 'retry', 'dead', 'unknown')),
    attempts    INTEGER NOT NULL DEFAULT 0,
    not_before  INTEGER,
    expires_at  INTEGER,
    owner       TEXT,
    lease_until INTEGER,
    floor       INTEGER,
    message_id  INTEGER,
    error       TEXT,
    created_at  INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL,
    post        TEXT    NOT NULL,
    CHECK ((state IN ('claimed', 'sending')) = (owner IS NOT NULL))
) STRICT;

CREATE INDEX deliveries_state ON deliveries (state, id);
CREATE INDEX deliveries_of_chat ON deliveries (chat_id);
CREATE INDEX deliveries_planned ON deliveries ((kind = 'asked') DESC, id)
    WHERE state = 'planned';
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

-- Message ids known to be in use. Counter 0 is the bot's own, of private chats and basic groups.
CREATE TABLE seen_ids (
    counter    INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    PRIMARY KEY (counter, message_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
