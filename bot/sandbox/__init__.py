"""A strict Bot API on loopback and a chat page, to try the bot with no token."""
