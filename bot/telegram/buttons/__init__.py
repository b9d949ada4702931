"""Buttons: what they say when they are pressed, how they stand under posts; links to the bot."""
