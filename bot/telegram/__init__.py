"""The edge where Svodka speaks Telegram; only this package and bot.app import aiogram."""
