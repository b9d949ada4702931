"""Whether any source can be reached: said once when none can, once when one can again."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

log = logging.getLogger("svodka.ingest")

LATELY = timedelta(minutes=15)  # the longest wait, too, while no connection can be made


class Told(Protocol):
    """What is heard of a poll."""

    @property
    def error(self) -> str | None: ...
    @property
    def no_network(self) -> bool: ...
    @property
    def wait_until(self) -> datetime | None: ...


class Reach:
    """Hears of every round of polls."""

    def __init__(self) -> None:
        self.lost = False
        self._reached_at: datetime | None = None

    def note(self, reports: Sequence[Told], now: datetime) -> None:
        """A round is over."""
        asked = [report for report in reports if report.wait_until is None]
        if any(not report.no_network for report in asked):
            if self.lost:
                log.info("The network is back; sources are polled again.")
            self.lost = False
            self._reached_at = now
        elif asked and not self.lost and not self.lately(now):
            self.lost = True
            log.warning(
                "No source can be reached (%s); trying again until one can.", asked[0].error
            )

    def lately(self, now: datetime) -> bool:
        """Whether another source answered of late: then it is that one host which does not."""
        return self._reached_at is not None and now - self._reached_at < LATELY
