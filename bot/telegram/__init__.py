"""The edge where Svodka speaks Telegram; only this package and bot.app import aiogram."""

from bot.telegram.network import quick_import as quick_import  # isort: skip  -- first of all
from bot.telegram.network import older_servers as older_servers
