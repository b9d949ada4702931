-- Figures, routes and times that articles say; see storage.models.Fact.
ALTER TABLE articles ADD COLUMN facts TEXT NOT NULL DEFAULT '[]';
-- [[kind, value, unit, since, until, sentence], …], the times as microseconds

-- What is still to come when an article tells of it, for lists of what is ahead.
CREATE TABLE article_events (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,  -- its place in the article's facts
    since      INTEGER NOT NULL,
    until      INTEGER NOT NULL,
    PRIMARY KEY (article_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_events_ahead ON article_events (since, until, article_id, number);
