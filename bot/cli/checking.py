"""`svodka sources check`: how every source is really doing."""

import argparse
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import app, clock
from bot.cli.output import fail, iso, print_json, source_json, span, when
from bot.cli.sources import unknown
from storage.models import POLLED, Source, SourceKind, SourceStats

LOOK_BACK = timedelta(days=30)
FULL, LEAD = 0.9, 0.1  # shares of whole texts from which, and up to which, a word says enough
NARROW, WIDE = 80, 120  # columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A source and what it gave of late."""

    source: Source
    stats: SourceStats

    @property
    def state(self) -> str:
        if not self.source.enabled:
            return "off"
        return "failing" if self.source.failures else "on"

    @property
    def whole_share(self) -> float | None:
        return self.stats.whole / self.stats.entries if self.stats.entries else None

    @property
    def delay_s(self) -> float | None:
        """Of what comes to us by itself; what is brought by hand may be of any age."""
        comes = self.source.kind in POLLED or self.source.kind is SourceKind.POSTS
        return self.stats.median_delay_s if comes else None


async def check(args: argparse.Namespace) -> int:
    """Exit status 1 when a source that is on cannot be read."""
    now = clock.now()
    async with app.open_house() as house:
        await app.list_sources(house)
        sources = await house.store.sources.all()
        stats = await house.store.sources.stats(since=now - LOOK_BACK)
    for source_id in args.ids:
        if all(source.id != source_id for source in sources):
            return fail(unknown(source_id))
    checked = [
        Checked(source=source, stats=stats.get(source.id, SourceStats()))
        for source in sources
        if not args.ids or source.id in args.ids
    ]
    if args.json:
        print_json([_json(one, house.zone) for one in checked])
    else:
        for line in table(checked, house.zone, now=now):
            print(line)
    failing = [one.source for one in checked if one.state == "failing"]
    for source in failing:
        fail(f"{source.title}: {source.last_error} ({often(source, house.zone)}).")
    return 1 if failing else 0


def often(source: Source, zone: str) -> str:
    times = "once" if source.failures == 1 else f"{source.failures} times in a row"
    since = source.failing_since
    return f"{times}, since {when(since, zone)}" if since else times


def table(checked: Sequence[Checked], zone: str, *, now: datetime) -> Iterator[str]:
    """One line a source, and one more where something must be said of it."""
    columns = max(NARROW, min(WIDE, shutil.get_terminal_size((100, 24)).columns))
    if checked:
        yield _row(columns, "ID", "STATE", "KIND", "NEWS", "TEXT", "DELAY", "READ", "NEXT", "TITLE")
    for one in checked:
        source = one.source
        yield _row(
            columns,
            str(source.id),
            one.state,
            source.kind.value,
            str(one.stats.entries),
            _text(one),
            _delay(one),
            _ago(source.last_success_at, now),
            _next(source, now),
            source.title,
        )
        if remark := _remark(one, zone):
            yield f"{'':>7}{remark}"


def _row(columns: int, *cells: str) -> str:
    id_, state, kind, news, text, delay, read, next_, title = cells
    row = (
        f"{id_:>5}  {state:<7}  {kind:<7}  {news:>5}  {text:<11}  "
        f"{delay:>7}  {read:>7}  {next_:>7}  "
    )
    room = columns - len(row)
    return row + (title if len(title) <= room else f"{title[: room - 1]}…")


def _text(one: Checked) -> str:
    """Whole texts or leads, and where they are from."""
    share = one.whole_share
    if share is None:
        return "-"
    much = "full" if share >= FULL else "lead" if share <= LEAD else f"{share:.0%}"
    text_from = one.source.text_from
    return f"{much} ({text_from.value})" if text_from else much


def _delay(one: Checked) -> str:
    delay = one.delay_s
    return "-" if delay is None else span(delay)


def _ago(at: datetime | None, now: datetime) -> str:
    return span((now - at).total_seconds()) if at else "never"


def _next(source: Source, now: datetime) -> str:
    if not source.enabled or source.kind not in POLLED or source.next_poll_at is None:
        return "-"
    wait = (max(source.next_poll_at, source.wait_until or now) - now).total_seconds()
    return span(wait) if wait > 0 else "now"


def _remark(one: Checked, zone: str) -> str:
    """Why it is off, or gives no news, or what else is odd; a failing one is told of on stderr."""
    source = one.source
    if one.state == "off" and source.off_at is not None:
        return f"switched off {when(source.off_at, zone)}: {source.last_error}"
    if source.wordless and not one.stats.entries:
        return f"the {source.wordless} items that it lists have no text"
    if one.stats.edited:
        return f"{one.stats.edited} of its articles were edited"
    return ""


def _json(one: Checked, zone: str) -> dict[str, object]:
    stats, share = one.stats, one.whole_share
    return source_json(one.source, zone) | {
        "state": one.state,
        "entries_30d": stats.entries,
        "whole_30d": stats.whole,
        "whole_share": None if share is None else round(share, 3),
        "edited_30d": stats.edited,
        "newest_at": iso(stats.newest_at, zone),
        "median_delay_s": None if one.delay_s is None else round(one.delay_s),
    }
