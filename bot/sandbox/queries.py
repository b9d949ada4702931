"""Presses and inline queries that wait for the bot's answer."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.world import Json

KEPT = 1000
ANSWERABLE = timedelta(seconds=60)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True, kw_only=True)
class Query:
    """A press (`callback`) or an inline query, and what became of it."""

    id: str
    kind: str
    user_id: int
    asked_at: datetime
    chat_id: int | None = None
    message_id: int | None = None
    text: str = ""  # the inline query's own
    answer: Json | None = None


class Queries:
    """Open queries by id. One is answered once, and not after a minute."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 700_000_000_000
        self._queries: dict[str, Query] = {}
        self._waiting: dict[str, asyncio.Future[Json]] = {}

    def ask(self, kind: str, user_id: int, *, text: str = "") -> Query:
        """A new query of kind `callback` or `inline`."""
        self._last += 1
        query = Query(
            id=str(self._last), kind=kind, user_id=user_id, asked_at=self._clock(), text=text
        )
        self._queries[query.id] = query
        if len(self._queries) > KEPT:
            del self._queries[next(iter(self._queries))]
        return query

    def get(self, query_id: str) -> Query | None:
        """The query, answered or not."""
        return self._queries.get(query_id)

    def answer(self, kind: str, query_id: str, answer: Json) -> Query:
        """Keep the bot's answer and tell whoever waits; raises ApiError 400 when it is too late."""
        query = self._queries.get(query_id)
        late = query is None or query.answer is not None or query.kind != kind
        if query is None or late or self._clock() - query.asked_at > ANSWERABLE:
            raise bad_request(TOO_OLD)
        query.answer = answer
        waiting = self._waiting.pop(query_id, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)
        return query

    async def answered(self, query_id: str, *, timeout_s: float) -> Json:
        """Wait for the bot's answer; raises ApiError 502 when it does not come."""
        query = self._queries[query_id]
        if query.answer is not None:
            return query.answer
        waiting = self._waiting.setdefault(query_id, asyncio.get_running_loop().create_future())
        try:
            return await asyncio.wait_for(asyncio.shield(waiting), timeout_s)
        except TimeoutError:
            raise ApiError(502, "The bot is not responding") from None
