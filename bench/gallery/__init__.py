"""Pictures of every message of the bot, in each language, as the chat page draws them."""
