-- Stories that people keep.

CREATE TABLE saved (
    chat_id  INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    at       INTEGER NOT NULL,
    PRIMARY KEY (chat_id, story_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX saved_newest ON saved (chat_id, at DESC, story_id DESC);
CREATE INDEX saved_of_story ON saved (story_id);
