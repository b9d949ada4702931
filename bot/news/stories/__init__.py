"""Stories: articles that tell of one event, found as they arrive, and why they are together."""
