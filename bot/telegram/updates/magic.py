"""Magic filters (`F.text`) looked at in the event loop.

aiogram takes them for functions that may block, and runs each in a thread: for every update and
every such filter half a millisecond, to look at an attribute.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Router
from magic_filter import MagicFilter


def in_the_loop(router: Router) -> None:
    """Make it so in this router and all that it includes, once their handlers are registered."""
    for one in router.chain_tail:
        for observer in one.observers.values():
            for handler in observer.handlers:
                for each in handler.filters or ():
                    if each.magic is not None:
                        each.callback = _looking(each.magic)
                        each.awaitable = True


def _looking(magic: MagicFilter) -> Callable[[Any], Awaitable[Any]]:
    async def look(value: Any) -> Any:
        return magic.resolve(value)

    return look
