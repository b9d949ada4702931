-- What alerts wait for, so that news find their alerts, and no alert has to look through the news.

CREATE TABLE awaited (
    kind            TEXT    NOT NULL CHECK (kind IN ('topic', 'source', 'name', 'word', 'all')),
    value           TEXT    NOT NULL,  -- as in storage.models.Interest; '' of 'all'
    label           TEXT    NOT NULL,
    subscription_id INTEGER NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, value, subscription_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX awaited_by ON awaited (subscription_id);

INSERT INTO awaited (kind, value, label, subscription_id)
SELECT 'topic', t.value, t.value, s.id FROM subscriptions AS s, json_each(s.topics) AS t
WHERE s.instant = 1;

INSERT OR IGNORE INTO awaited (kind, value, label, subscription_id)
SELECT f.value ->> 0, f.value ->> 1, f.value ->> 2, s.id
FROM subscriptions AS s, json_each(s.follows) AS f
WHERE s.instant = 1;

INSERT INTO awaited (kind, value, label, subscription_id)
SELECT 'all', '', '', id FROM subscriptions
WHERE instant = 1 AND topics = '[]' AND follows = '[]';
