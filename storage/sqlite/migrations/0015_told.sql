-- How far a story had come when it was told: what joined it since is told as news of it. And weekly
-- digests stand beside daily ones of the same.

ALTER TABLE choices ADD COLUMN upto INTEGER NOT NULL DEFAULT 0;  -- the highest article id of its stories

-- What came before this is nothing new to anybody.
UPDATE choices SET upto = (SELECT ifnull(max(id), 0) FROM articles);

DROP INDEX choices_once;
CREATE UNIQUE INDEX choices_once ON choices (stories, upto) WHERE corrected = 0;

UPDATE subscriptions SET topics_key = json_insert(topics_key, '$[#]', '1/7')
WHERE json_array_length(days) = 1;
