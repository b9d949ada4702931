"""Archive: articles with their words, facts and reasons, and what finds them again."""
