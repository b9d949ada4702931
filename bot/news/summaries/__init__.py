"""Summaries: the sentences and the headline that tell an article or a story best."""
