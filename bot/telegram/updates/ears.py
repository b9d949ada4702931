"""The ids of incoming messages are noted as they come, before anything is done about them."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from aiogram import BaseMiddleware
from aiogram.types import Message, TelegramObject, Update
from aiogram.types.update import UpdateTypeLookupError

from bot.jobs.delivery.hearing import Hearing
from storage.errors import StorageError
from storage.ports import Outbox


class Heard(Protocol):
    """Told of updates that have come; `all_of_them`: Telegram has no more."""

    async def __call__(self, updates: Sequence[Update], *, all_of_them: bool) -> None: ...


log = logging.getLogger("svodka.telegram")

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

MOST_KEPT = 1_000  # ids for a store that fails; the newest are what doubts are about


class Ears(BaseMiddleware):
    """Notes what comes: whether it is then handled, dropped or fails makes no difference.

    A middleware where updates are pushed; who asks for them tells `heard`.
    """

    def __init__(self, outbox: Outbox, hearing: Hearing | None = None) -> None:
        self._outbox = outbox
        self._hearing = hearing
        self._unnoted: list[tuple[int, int]] = []

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        await self.heard([event], all_of_them=False)
        return await handler(event, data)

    async def heard(self, updates: Sequence[Update], *, all_of_them: bool) -> None:
        """These have come; `all_of_them`: Telegram has no more. A store that fails is asked again
        next time."""
        self._unnoted += [id_ for update in updates if (id_ := _message_id(update)) is not None]
        del self._unnoted[:-MOST_KEPT]
        try:
            if self._unnoted:
                await self._outbox.saw_messages(self._unnoted)
        except StorageError as e:
            log.warning("message ids could not be noted: %s", e)
            return
        self._unnoted.clear()
        if all_of_them and self._hearing is not None:
            self._hearing.all_noted()


async def deaf(updates: Sequence[Update], *, all_of_them: bool) -> None:
    """Notes nothing."""


def _message_id(update: Update) -> tuple[int, int] | None:
    """Chat and message, of an update that is a message."""
    try:
        event = update.event
    except UpdateTypeLookupError:
        return None
    return (event.chat.id, event.message_id) if isinstance(event, Message) else None
