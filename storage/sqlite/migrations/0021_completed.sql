-- Articles whose whole text came after their lead was stored: alerts have yet to look at them again.

CREATE TABLE completed_articles (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE
) STRICT;
