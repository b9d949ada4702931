-- A delivery is in six indexes when it is planned, and moves in most of them each time it is marked.
-- How many are in each state is counted by broadcast; the few that are under way have their own.

DROP INDEX deliveries_state;
DROP INDEX deliveries_of_broadcast;
CREATE INDEX deliveries_of_broadcast ON deliveries (broadcast_id, state);

-- Those in doubt, or being sent: their floors keep message ids from being forgotten.
DROP INDEX deliveries_doubtful;
CREATE INDEX deliveries_doubtful ON deliveries (changed_at) WHERE state IN ('sending', 'unknown');
