"""Pages that list news: their links to articles, found by structure."""
