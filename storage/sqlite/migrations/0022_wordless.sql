-- Items without text (pictures, videos), of those that a source listed when it was last read.

ALTER TABLE sources ADD COLUMN wordless INTEGER NOT NULL DEFAULT 0;
