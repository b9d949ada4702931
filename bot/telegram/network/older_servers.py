"""Lets the bot read what a Bot API server says that is older than aiogram.

Each new right of admins and members is a field that newer servers always send and older ones do
not know. aiogram requires them all, so an older server's word that the bot was made an admin
could not be read. A right that the server does not speak of is one that was not given.
"""

from aiogram.types import ChatMemberAdministrator, ChatMemberRestricted
from pydantic import BaseModel


def allow_unknown_rights(model: type[BaseModel]) -> None:
    """Make the model's required flags optional; to be called before the model is first used."""
    for field in model.model_fields.values():
        if field.annotation is bool and field.is_required():
            field.default = False


allow_unknown_rights(ChatMemberAdministrator)
allow_unknown_rights(ChatMemberRestricted)
