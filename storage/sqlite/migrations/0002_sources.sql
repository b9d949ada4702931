-- Sources of every kind, what is learned of them, edits of articles, and pushes by hubs (WebSub).

-- A CHECK cannot be altered: the table is built anew. Its ids, also those used up, stay.
CREATE TABLE sources_anew (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    url             TEXT    NOT NULL UNIQUE,
    title           TEXT    NOT NULL,
    kind            TEXT    NOT NULL CHECK (kind IN (
        'feed', 'page', 'sitemap', 'channel', 'folder', 'posts', 'import', 'sample')),
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
    removed         INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),  -- articles keep its title
    selector        TEXT,
    ttl_s           INTEGER,
    skip_hours      TEXT    NOT NULL DEFAULT '[]',  -- [hour of UTC, …]
    skip_days       TEXT    NOT NULL DEFAULT '[]',  -- [ISO weekday of UTC, …]
    moved_to        TEXT,
    moved_times     INTEGER NOT NULL DEFAULT 0,
    text_from       TEXT    CHECK (text_from IN ('feed', 'page')),
    text_judged_at  INTEGER,
    failing_since   INTEGER,
    off_at          INTEGER  -- when Svodka itself switched it off
) STRICT;

INSERT INTO sources_anew (
    id, url, title, kind, site_url, region, language, zone, enabled, etag, last_modified,
    interval_s, next_poll_at, last_success_at, failures, last_error, wait_until, removed)
SELECT
    id, url, title, kind, site_url, region, language, zone, enabled, etag, last_modified,
    interval_s, next_poll_at, last_success_at, failures, last_error, wait_until, removed
FROM sources;

DELETE FROM sqlite_sequence WHERE name = 'sources_anew';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'sources_anew', seq FROM sqlite_sequence WHERE name = 'sources';

DROP TABLE sources;
ALTER TABLE sources_anew RENAME TO sources;

CREATE INDEX sources_due ON sources (next_poll_at)
    WHERE kind NOT IN ('posts', 'import', 'sample') AND enabled = 1 AND removed = 0;

-- Lines that recur in a source's texts.
CREATE TABLE learned (
    source_id INTEGER PRIMARY KEY REFERENCES sources (id) ON DELETE CASCADE,
    texts     INTEGER NOT NULL,
    lines     TEXT    NOT NULL  -- {line: texts that hold it}
) STRICT;

CREATE TABLE hubs (
    source_id   INTEGER PRIMARY KEY REFERENCES sources (id) ON DELETE CASCADE,
    hub         TEXT    NOT NULL,
    topic       TEXT    NOT NULL,
    token       TEXT    NOT NULL UNIQUE,
    secret      TEXT    NOT NULL,
    state       TEXT    NOT NULL CHECK (state IN ('asked', 'active', 'refused')),
    act_at      INTEGER NOT NULL,
    lease_until INTEGER,
    attempts    INTEGER NOT NULL
) STRICT;

CREATE INDEX hubs_due ON hubs (act_at);

ALTER TABLE articles ADD COLUMN version TEXT;
ALTER TABLE articles ADD COLUMN whole INTEGER NOT NULL DEFAULT 1 CHECK (whole IN (0, 1));
ALTER TABLE articles ADD COLUMN edited_at INTEGER;
ALTER TABLE articles ADD COLUMN backfill INTEGER NOT NULL DEFAULT 0 CHECK (backfill IN (0, 1));

-- Until now its age alone made an article a backfill: 48 hours, in microseconds.
UPDATE articles SET backfill = 1 WHERE seen_at - published_at > 172800000000;

CREATE INDEX articles_versions ON articles (source_id, version, seen_at)
    WHERE version IS NOT NULL;
-- All that the figures of sources are made of, so that no article is read for them.
CREATE INDEX articles_seen
    ON articles (seen_at, source_id, published_at, dated, backfill, whole, edited_at);

-- What articles said before their edits.
CREATE TABLE article_past (
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    until      INTEGER NOT NULL,  -- when we saw the edit
    title      TEXT    NOT NULL,
    text       TEXT    NOT NULL
) STRICT;

CREATE INDEX article_past_of ON article_past (article_id, id);
