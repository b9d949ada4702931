"""What the tests of the Telegram side share."""

import bot.telegram  # noqa: F401  -- first, so that aiogram is imported the quick way
