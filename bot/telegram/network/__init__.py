"""Network: the way to Telegram, and posts that leave by it."""
