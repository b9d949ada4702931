"""From a fresh process to its first answer: /latest is typed as soon as the page is there.

On an empty database the sandbox first understands and stores its samples; on a filled one (the same
again) it has them.
"""

import tempfile
from pathlib import Path

from bench.figures import Figure, Size
from bench.svodka import first_answer_s


async def measure(size: Size) -> list[Figure]:
    empty, filled = [], []
    for _ in range(size.runs):
        with tempfile.TemporaryDirectory(dir=size.folder) as folder:
            empty.append(await first_answer_s(Path(folder)))
            filled.append(await first_answer_s(Path(folder)))
    return [
        Figure(name="first answer, on an empty database", unit="s", runs=tuple(empty)),
        Figure(name="first answer, on a filled one", unit="s", runs=tuple(filled)),
    ]
