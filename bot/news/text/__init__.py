"""Texts: cleaned of what belongs to a page, split into sentences, read once for all who ask."""
