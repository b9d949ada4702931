-- Of subscriptions that are due at one time, those that had no digest for longest come first: where
-- not all can be served, nobody is always the last.

DROP INDEX subscriptions_due;
CREATE INDEX subscriptions_due ON subscriptions (next_run_at, slot, id)
    WHERE active = 1 AND asleep = 0 AND next_run_at IS NOT NULL;
