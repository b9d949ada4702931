-- Why Svodka switched sources off, and pages that are not asked for again.

ALTER TABLE sources ADD COLUMN off_because TEXT
    CHECK (off_because IN ('gone', 'failing', 'same'));
ALTER TABLE sources ADD COLUMN same_as INTEGER;  -- the source that it turned out to be

UPDATE sources SET off_because = CASE
    WHEN last_error LIKE 'it is the same feed as %' THEN 'same'
    WHEN last_error LIKE '%, for % days now' THEN 'failing'
    ELSE 'gone' END
WHERE off_at IS NOT NULL;

CREATE TABLE refused_pages (
    source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    page      TEXT    NOT NULL,  -- a hash of the entry's key and version
    until     INTEGER NOT NULL,
    PRIMARY KEY (source_id, page)
) STRICT, WITHOUT ROWID;

CREATE INDEX refused_pages_over ON refused_pages (until);
