-- What a story of several articles is told by: their best sentences; NULL for its lead's own.
ALTER TABLE stories ADD COLUMN summary TEXT;
