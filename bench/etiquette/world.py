"""The time of the week: it goes on only when somebody sleeps, is answered, or nothing is due."""

import asyncio
from datetime import datetime, timedelta

from bench.etiquette.sites import START


class World:
    """Seconds since the week began."""

    def __init__(self) -> None:
        self.at_s = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.at_s)

    def monotonic(self) -> float:
        return self.at_s

    async def sleep(self, seconds: float) -> None:
        """Who sleeps beside others sleeps at the same time as they do."""
        wakes_s = self.at_s + seconds
        await asyncio.sleep(0)
        self.at_s = max(self.at_s, wakes_s)
