"""Bringing: texts, links, files and channels that people give the bot to read."""
