"""Newsroom: stories, what a chat may be given of them, and what editors set right."""
