"""The methods of the Bot API that the sandbox does, by name."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from bot.sandbox.methods import chats, media, messages, profile, queries, updates
from bot.sandbox.world import Json

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

Method = Callable[["Sandbox", Json], Awaitable[Any]]

METHODS: Mapping[str, Method] = {
    **updates.METHODS,
    **messages.METHODS,
    **media.METHODS,
    **queries.METHODS,
    **profile.METHODS,
    **chats.METHODS,
}
