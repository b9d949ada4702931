"""`svodka verify-telegram`: is the real service as reconciliation assumes it to be?"""

import argparse

from bot import app
from bot.cli.output import fail, print_json

TRUSTED = "All is as assumed: RECONCILE=on can be trusted in chats of this kind."
DOUBTED = (
    "Telegram is not as assumed: set RECONCILE=off, so that what is in doubt falls by policy, and "
    "please report what is printed here."
)


async def verify(args: argparse.Namespace) -> int:
    """Exit status 1 when something is otherwise, or nothing could be learned."""
    seen = []
    async with app.open_house() as house:
        async for one in app.verify_telegram(house, args.chat):
            seen.append(one)
            if not args.json:
                print(f"{_mark(one.ok, one.assumed)}  {one.tried}: {one.got}", flush=True)
    ok = all(one.ok for one in seen)
    if args.json:
        lines = [
            {"tried": one.tried, "got": one.got, "assumed": one.assumed, "ok": one.ok}
            for one in seen
        ]
        print_json({"ok": ok, "seen": lines})
    elif ok:
        print(TRUSTED)
    return 0 if ok else fail(DOUBTED)


def _mark(ok: bool, assumed: str | None) -> str:
    if assumed is None:
        return "--"
    return "ok" if ok else "NO"
