-- What is planned was in three indexes by its broadcast: to be counted, to be claimed for people and
-- to be claimed for channels. One does it all, so that planning and marking write less.

DROP INDEX deliveries_to_people;
DROP INDEX deliveries_to_channels;
DROP INDEX deliveries_of_broadcast;

ALTER TABLE deliveries ADD COLUMN lane INTEGER
    AS (CASE kind WHEN 'asked' THEN 0 WHEN 'channel' THEN 2 ELSE 1 END) VIRTUAL;

CREATE INDEX deliveries_in_turn ON deliveries (broadcast_id, state, lane);
