-- Dead letters: what died by itself, not by a hand or a newer digest. A cancelled broadcast may leave
-- a million others, among which nobody would find them.

CREATE INDEX deliveries_letters ON deliveries (id)
    WHERE state = 'dead'
      AND error NOT IN ('its broadcast was cancelled', 'merged into the next digest');
