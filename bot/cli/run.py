"""`svodka run`: the bot itself."""

import argparse

from bot import app


async def run(args: argparse.Namespace) -> int:
    await app.run(app.settings(), drop_samples=args.drop_samples, standby=args.standby)
    return 0
