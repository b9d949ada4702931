"""Rendering: stories, digests and lists of news as posts."""
