-- Posts to channels are claimed in turn with those to people: neither are passed over to find the
-- others. By broadcast, so that a paused one's are not looked at.

DROP INDEX deliveries_planned;

CREATE INDEX deliveries_to_people
    ON deliveries (ifnull(broadcast_id, 0), (kind = 'asked') DESC, id)
    WHERE state = 'planned' AND kind <> 'channel';
CREATE INDEX deliveries_to_channels ON deliveries (ifnull(broadcast_id, 0), id)
    WHERE state = 'planned' AND kind = 'channel';
