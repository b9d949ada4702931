-- What readers choose beside topics and times: what to follow and to mute, how it looks and sounds.

ALTER TABLE chats ADD COLUMN tastes TEXT NOT NULL DEFAULT '[]';  -- [[kind, value, label, verdict], …]
ALTER TABLE chats ADD COLUMN quiet_from INTEGER;  -- minutes after local midnight
ALTER TABLE chats ADD COLUMN quiet_to INTEGER;

ALTER TABLE subscriptions ADD COLUMN follows TEXT NOT NULL DEFAULT '[]';  -- [[kind, value, label], …]
ALTER TABLE subscriptions ADD COLUMN reading_s INTEGER;
ALTER TABLE subscriptions ADD COLUMN layout TEXT NOT NULL DEFAULT 'standard'
    CHECK (layout IN ('brief', 'standard', 'rich'));
ALTER TABLE subscriptions ADD COLUMN silent INTEGER NOT NULL DEFAULT 0 CHECK (silent IN (0, 1));
ALTER TABLE subscriptions ADD COLUMN instant INTEGER NOT NULL DEFAULT 0 CHECK (instant IN (0, 1));
ALTER TABLE subscriptions ADD COLUMN paused_until INTEGER;
