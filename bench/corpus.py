"""Every feed of a folder, also the hostile ones: what is refused, how long it takes, what is right.

    python -m bench.corpus FOLDER… [--json] [--errors]

Each file goes through the bot's own workers. Right is what a strict reader (bench.strictly) makes
of those that are well-formed and call themselves valid. A JSON file that is a list of strings is
taken for a list of hostile titles.
"""

import argparse
import asyncio
import gzip
import json
import os
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from itertools import zip_longest
from pathlib import Path

from bench.processes import peak_mb, tree
from bench.reads import URL, Done, Told, read, read_bare
from bench.strictly import Expected, expected, says_valid
from bot.sources.dates import EARLIEST
from bot.sources.links import canonical
from bot.workers import WorkerFailed, Workers

LONGEST_S = 5.0
WHOLE_S = 300  # for all parts of one document
BARE_S = 30  # for feedparser
MOST_BYTES = 10 << 20  # of a body, as the fetcher allows
Plain = str | datetime | None
FIELDS = ("title", "url", "published_at")


@dataclass(slots=True)
class Tally:
    """What came of all documents."""

    documents: int = 0
    feeds: int = 0
    entries: int = 0
    failed: list[str] = field(default_factory=list)  # raised, crashed or took too long
    slowest: tuple[float, str] = (0.0, "")
    largest: tuple[float, str] = (0.0, "")
    stated: int = 0  # feeds with an expectation
    expected: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    bare: Counter[str] = field(default_factory=Counter)  # right by feedparser alone
    wrong: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.corpus", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--errors", action="store_true", help="name what is not as expected")
    asked = parser.parse_args(arguments)
    tally = asyncio.run(measure(asked.folders))
    for line in tally.wrong if asked.errors else ():
        print(line, file=sys.stderr)
    figures = report(tally)
    if asked.json:
        print(json.dumps(figures, ensure_ascii=False))
    else:
        for name, value in figures.items():
            print(f"{name:>24}  {value}")
    return 1 if tally.failed else 0


async def measure(folders: Sequence[Path]) -> Tally:
    tally = Tally()
    workers = Workers(count=1)
    try:
        for name, body in documents(folders):
            await _one(tally, workers, name, body)
    finally:
        await workers.close()
    return tally


def report(tally: Tally) -> dict[str, object]:
    return {
        "documents": tally.documents,
        "feeds": tally.feeds,
        "entries": tally.entries,
        "failed": tally.failed,
        "slowest_s": round(tally.slowest[0], 2),
        "slowest": tally.slowest[1],
        "worker_peak_mb": round(tally.largest[0]),
        "largest": tally.largest[1],
        "feeds_with_expectation": tally.stated,
        **{f"{name}_expected": tally.expected[name] for name in FIELDS},
        **{f"{name}_right": _share(tally.right, tally.expected, name) for name in FIELDS},
        **{f"{name}_right_feedparser": _share(tally.bare, tally.expected, name) for name in FIELDS},
    }


def documents(folders: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each: files, what packed files hold, feeds of hostile strings."""
    for folder in folders:
        files = [folder] if folder.is_file() else sorted(folder.rglob("*"))
        for file in files:
            if not file.is_file() or file.suffix == ".py":
                continue
            name = str(file.relative_to(folder)) if file != folder else file.name
            body = file.read_bytes()[:MOST_BYTES]
            yield name, body
            if file.suffix in (".gz", ".zz"):
                yield f"{name}, unpacked", _unpacked(body)
            if file.suffix == ".json":
                yield from _strings(name, body)


def _unpacked(body: bytes) -> bytes:
    """As much as a body may be."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(body, MOST_BYTES)
    except (zlib.error, gzip.BadGzipFile):
        return b""


def _strings(name: str, body: bytes) -> Iterator[tuple[str, bytes]]:
    strings = json.loads(body)
    if not isinstance(strings, list) or not all(isinstance(one, str) for one in strings):
        return
    item = "<item><title>{}</title><guid>{}</guid></item>".format
    kinds = {"escaped": [escape(one) for one in strings], "raw": strings}
    for kind, titles in kinds.items():
        items = "".join(item(title, number) for number, title in enumerate(titles))
        yield f"{name}, {kind}", _feed(items)
    for number, title in enumerate(strings):
        yield f"{name}, number {number}", _feed(item(title, number))


def _feed(items: str) -> bytes:
    feed = f"<rss><channel><title>x</title>{items}</channel></rss>"
    return feed.encode("utf-8", "surrogatepass")


async def _one(tally: Tally, workers: Workers, name: str, body: bytes) -> None:
    tally.documents += 1
    try:
        done = await workers.run(read, body, timeout_s=WHOLE_S)
    except Exception as e:  # whatever it is, it is what we look for
        tally.failed.append(f"{name}: {type(e).__name__}: {e}")
        return
    tally.feeds += done.refused is None
    tally.entries += len(done.told)
    tally.slowest = max(tally.slowest, (done.longest_s, name))
    held = max(map(peak_mb, tree(os.getpid())[1:]), default=0.0)
    if held > tally.largest[0]:  # of the process so far: this one raised it
        tally.largest = (held, name)
    if done.longest_s > LONGEST_S:
        tally.failed.append(f"{name}: {done.longest_s:.1f} s")
    made = "," in name  # by us, of strings or out of a package
    wanted = expected(body, URL) if says_valid(body) and not made else None
    if wanted:
        await _compare(tally, workers, name, body, done, wanted)


async def _compare(
    tally: Tally, workers: Workers, name: str, body: bytes, done: Done, wanted: list[Expected]
) -> None:
    """Count a feed as right in a field when all of its entries are."""
    try:
        bare = await workers.run(read_bare, body, timeout_s=BARE_S)
    except WorkerFailed:
        bare = ()
    tally.stated += 1
    for which in FIELDS:
        want = [_plain(getattr(one, which)) for one in wanted]
        if not any(want):
            continue
        got = _values(done.told, which, want)
        tally.expected[which] += 1
        tally.right[which] += got == want
        tally.bare[which] += _values(bare, which, want) == want
        if got != want:
            pairs = zip_longest(want, got)
            told = "; ".join(f"{a!r}, not {b!r}" for a, b in pairs if a != b)
            tally.wrong.append(f"{name}: {which}: {told}")


def _values(told: Sequence[Told], which: str, want: Sequence[Plain]) -> list[Plain]:
    """What was told of the entries, where something is expected of them."""
    values = [_plain(getattr(one, which)) for one in told]
    if len(values) != len(want):
        return values
    return [got if wanted else None for got, wanted in zip(values, want, strict=True)]


def _plain(value: Plain) -> Plain:
    """A value for comparison; dates that we rightly do not believe are none."""
    if isinstance(value, datetime):
        return value.replace(microsecond=0) if EARLIEST <= value.year < 2100 else None
    if value and value.startswith("http"):
        return canonical(value)
    return value or None


def _share(right: Counter[str], expected: Counter[str], name: str) -> float:
    return round(right[name] / max(1, expected[name]), 4)


if __name__ == "__main__":
    sys.exit(main())
