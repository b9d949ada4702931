"""The benches, at sizes that prove nothing but that they still work; and the table they fill."""

from importlib import import_module

import pytest

from bench.figures import Figure, Size, p99
from bench.table import number, record, rows

TEXT = """# Results
<!-- figures -->
old
| bench | figure | aim | median of the runs | lowest – highest | aim met |
|---|---|---|---|---|---|
| pages | a page |  | 9.00 ms | 9.00 – 9.00 |  |
| sends | rate | ≥ 0.800 × | 0.700 × | 0.600 – 0.800 | **not met** |
<!-- /figures -->
More.
"""


@pytest.fixture(scope="module")
def size(tmp_path_factory: pytest.TempPathFactory) -> Size:
    """One folder, so that the database that two benches share is built once."""
    return Size(folder=tmp_path_factory.mktemp("bench"), runs=1, quick=True)


@pytest.mark.parametrize(
    "name",
    [
        "pages",
        "feeds",
        "sources",
        "understanding",
        "lookup",
        "search",
        "handlers",
        "sends",
        "broadcast",
        "planning",
    ],
)
async def test_a_bench_measures_what_is_there(name: str, size: Size) -> None:
    figures = await import_module(f"bench.{name}").measure(size)
    assert all(run > 0 for figure in figures for run in figure.runs if figure.at_most != 0)


def test_an_aim_is_met_by_the_median() -> None:
    slow = Figure(name="p99", unit="ms", runs=(9, 11, 30), at_most=10)
    fast = Figure(name="rate", unit="×", runs=(0.7, 0.8, 0.9), at_least=0.8)
    assert (slow.met, fast.met) == (False, True)
    assert rows("x", [slow]) == ["| x | p99 | ≤ 10.0 ms | 11.0 ms | 9.00 – 30.0 | **not met** |"]


def test_new_figures_take_the_place_of_their_bench_s_old_ones() -> None:
    pages = rows("pages", [Figure(name="a page", unit="ms", runs=(5.0,))])
    feeds = rows("feeds", [Figure(name="stored", unit="/s", runs=(120.0,))])
    text = record(TEXT, {"pages": pages, "feeds": feeds}, where="today")
    lines = text.splitlines()
    assert [line.split("|")[1].strip() for line in lines if line.startswith("| ")] == [
        "bench",
        "pages",
        "sends",
        "feeds",
    ]
    assert "old" not in lines
    assert lines[-1] == "More."
    assert record(text, {}, where="today") == text


def test_p99_is_the_value_that_one_in_a_hundred_passes() -> None:
    assert p99([float(n) for n in range(1, 101)]) == 99
    assert p99([3.0]) == 3


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (0.01234, "0.0123"), (9.876, "9.88"), (1234.5, "1 234")]
)
def test_numbers_have_three_digits(value: float, shown: str) -> None:
    assert number(value) == shown
