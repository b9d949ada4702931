"""Text out of a page, against trafilatura alone on the same pages."""

import random
import time
from collections.abc import Callable, Sequence

import trafilatura

from bench.figures import Figure, Size, ratios
from bench.processes import own_peak
from bench.texts import page
from bot.sources.pages import extract_page

PAGES, QUICK_PAGES = 60, 4


async def measure(size: Size) -> list[Figure]:
    chance = random.Random(3)
    pages = [
        page(chance, words=chance.randint(120, 500)) for _ in range(size.of(PAGES, QUICK_PAGES))
    ]
    for work in (_ours, _bare):
        work(pages[0])  # imports
    ours: list[float] = []
    bare: list[float] = []
    for run in range(size.runs):
        pair = [(ours, _ours), (bare, _bare)]
        for times, work in pair if run % 2 else reversed(pair):
            times.append(_ms(work, pages))
    kilobytes = sum(map(len, pages)) / len(pages) / 1000
    return [
        Figure(name=f"a page of {kilobytes:.0f} KB", unit="ms", runs=tuple(ours)),
        Figure(name="trafilatura alone (fast=True)", unit="ms", runs=tuple(bare)),
        Figure(name="time against trafilatura's", unit="×", runs=ratios(ours, bare)),
        own_peak(),
    ]


def _ms(work: Callable[[bytes], object], pages: Sequence[bytes]) -> float:
    """For one page, on average; of CPU, as no more is asked of anything else."""
    began = time.process_time()
    for body in pages:
        work(body)
    return 1000 * (time.process_time() - began) / len(pages)


def _ours(body: bytes) -> object:
    return extract_page(body, "text/html; charset=utf-8", "https://outlet.example/news/1")


def _bare(body: bytes) -> object:
    return trafilatura.bare_extraction(
        body.decode(), fast=True, include_comments=False, include_tables=False
    )
