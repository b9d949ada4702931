-- Pages that did not answer when their articles were filed: asked for again, so often and no more.

CREATE TABLE awaited_pages (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    ask_at     INTEGER NOT NULL,
    tries      INTEGER NOT NULL
) STRICT;

CREATE INDEX awaited_pages_due ON awaited_pages (ask_at);
