"""Writing: what the bot says in three languages, as text within Telegram's limits."""
