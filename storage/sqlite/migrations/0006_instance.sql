-- Who is the bot over this database: one row, a lease that heartbeats renew. On one machine the OS
-- lock decides; this row is for machines that share the file. `until` is NULL once it was let go.

CREATE TABLE instance (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    name   TEXT    NOT NULL,  -- of one life of one process
    place  TEXT    NOT NULL,  -- its machine, since that was started, and the file as it knows it
    host   TEXT    NOT NULL,
    pid    INTEGER NOT NULL,
    beats  INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    until  INTEGER
) STRICT;
