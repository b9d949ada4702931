"""A Bot API in a process of its own: the sandbox without limits, with people who wrote to the bot.

python -m bench.server PEOPLE    prints its address, and serves until it is ended
"""

import asyncio
import sys
from contextlib import suppress

from bot.clock import now
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import start_sandbox
from bot.sandbox.world import Person

FIRST_PERSON = 1_000


async def serve(people: int) -> None:
    sandbox = Sandbox(now, limits=False)
    for number in range(FIRST_PERSON, FIRST_PERSON + people):
        sandbox.world.add_person(Person(id=number, first_name="Читатель", met=True, started=True))
    async with start_sandbox(sandbox) as url:
        print(url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(int(sys.argv[1])))
