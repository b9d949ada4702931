"""`svodka pulse`: the week in numbers, or as the picture that /pulse sends."""

import argparse
from pathlib import Path

from bot import app, clock
from bot.cli.output import fail, print_json
from bot.news.digests.pulse import Count, Pulse, spans
from bot.news.digests.pulse import pulse as weigh


async def pulse(args: argparse.Namespace) -> int:
    async with app.open_house() as house:
        now = clock.now()
        counted = await house.store.stories.counted(spans(now, house.zone))
        week = weigh(counted, now=now, zone=house.zone)
        picture = app.draw_week(house, week, dark=args.dark) if args.out else b""
    try:
        if picture:
            _write(args.out, picture)
    except OSError as e:
        return fail(f"{args.out} cannot be written: {e.strerror}.")
    if args.json:
        print_json(_json(week))
    else:
        _print(week)
    return 0


def _write(path: str, body: bytes) -> None:
    Path(path).write_bytes(body)


def _print(week: Pulse) -> None:
    for day, stories in zip(week.days, week.whole.days, strict=True):
        print(f"{day}  {stories:6}")
    print()
    for count in (week.whole, *week.topics):
        before = "" if count.before is None else f"  {count.before} the week before"
        print(f"{count.slug or 'all':<14}{count.total:6}{before}")


def _json(week: Pulse) -> dict[str, object]:
    return {
        "days": [day.isoformat() for day in week.days],
        **_count(week.whole),
        "topics": [{"slug": count.slug, **_count(count)} for count in week.topics],
        "risen": [count.slug for count in week.risen],
        "fallen": [count.slug for count in week.fallen],
    }


def _count(count: Count) -> dict[str, object]:
    return {"stories": list(count.days), "total": count.total, "before": count.before}
