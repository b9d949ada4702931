-- What was sent to a group before it became a supergroup stays under the old id, out of reach: under
-- the new one its message id is another message's.

ALTER TABLE deliveries ADD COLUMN left_behind INTEGER NOT NULL DEFAULT 0 CHECK (left_behind IN (0, 1));
