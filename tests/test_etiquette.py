"""The grader of manners: it finds each fault, and finds none with us."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from bench.etiquette.__main__ import as_json, table
from bench.etiquette.judge import Answer, Asked, Judge
from bench.etiquette.sites import Site, sites
from bench.etiquette.week import live

POLITE = {
    "user-agent": b"Svodka/1 (+https://a.example)",
    "accept-encoding": b"gzip",
    "accept": b"x",
}
SITE = Site(number=0, host="a.example", every_s=86_400, tag='"{}"', dated=True, leads=True)
DATE = b"Mon, 16 Nov 2026 00:00:00 GMT"
FULL = Answer(status=200, etag=b'"1"', modified=DATE, fresh_s=7_200, ttl_s=10_800)
VALID = {"if-none-match": b'"1"', "if-modified-since": DATE}
HOUR = 3_600.0


async def test_a_day_of_ours_has_no_fault_and_loses_nothing(tmp_path: Path) -> None:
    few = sites(6, days=1)[1:]  # without the one that publishes all the time
    week = await live(few, tmp_path, days=1, restarts=2)
    assert week.judge.requests > 25
    assert week.judge.faults == {}
    assert week.judge.score == 100
    assert week.stored > 15
    assert week.lost == ()


class Client:
    """Asks as it is told, against a judge."""

    def __init__(self) -> None:
        self.judge = Judge()
        self.at_s = 0.0

    def ask(
        self,
        after_s: float,
        answer: Answer = FULL,
        headers: Mapping[str, bytes | None] = MappingProxyType({}),
        *,
        target: str = "/feed.xml",
        entry: int | None = None,
        site: Site | None = SITE,
    ) -> None:
        self.at_s += after_s
        given = {name: value for name, value in {**POLITE, **headers}.items() if value}
        asked = Asked(at_s=self.at_s, host="a.example", target=target, headers=given)
        self.judge.hear(asked, site, entry)
        self.judge.answered(asked, site if entry is None else None, answer, self.at_s)

    def poll(
        self,
        after_s: float,
        answer: Answer = FULL,
        headers: Mapping[str, bytes | None] = MappingProxyType({}),
    ) -> None:
        """With the validators, unless `headers` says otherwise; None leaves one out."""
        self.ask(after_s, answer, {**VALID, **headers})


@pytest.fixture
def client() -> Client:
    """One that has asked once, and was answered."""
    made = Client()
    made.ask(0)
    return made


def test_a_client_that_does_all_well_gets_full_marks(client: Client) -> None:
    for _ in range(5):
        client.poll(4 * HOUR, Answer(status=304))
    assert (client.judge.score, client.judge.faults) == (100, {})


@pytest.mark.parametrize(
    ("headers", "fault"),
    [
        ({"if-none-match": None, "if-modified-since": None}, "unconditional"),
        ({"if-none-match": b'W/"1"'}, "an If-None-Match that was not given"),
        ({"if-none-match": None}, "the ETag left out"),
        ({"if-modified-since": None}, "the Last-Modified left out"),
        ({"if-modified-since": b"Mon, 16 Nov 2026 00:00:01 GMT"}, "an If-Modified-Since that was"),
        ({"cookie": b"id=1"}, "a useless cookie"),
        ({"referer": b"http://b.example/"}, "a useless referer"),
        ({"user-agent": None}, "no User-Agent"),
        ({"user-agent": b"python-requests/2"}, "a User-Agent without version or contact"),
        ({"accept-encoding": None}, "no packing offered"),
    ],
)
def test_what_is_wrong_in_a_request_is_found(
    client: Client, headers: dict[str, bytes | None], fault: str
) -> None:
    client.poll(4 * HOUR, Answer(status=304), headers)
    assert [name for name in client.judge.faults if name.startswith(fault)]
    assert client.judge.score == 50


@pytest.mark.parametrize(
    ("after_s", "faults"),
    [
        (0.5, {"less than a second after the one before"}),
        (600, {"sooner than in 15 minutes"}),
        (1_800, {"a slow feed more often than hourly"}),
        (1.5 * HOUR, {"before the end of max-age"}),
        (2.5 * HOUR, {"before the end of ttl"}),
        (3 * HOUR, set()),
    ],
)
def test_asking_too_soon_is_found(client: Client, after_s: float, faults: set[str]) -> None:
    client.poll(after_s, Answer(status=304))
    assert faults <= set(client.judge.faults)
    assert bool(faults) == bool(client.judge.faults)


def test_a_host_that_said_to_wait_is_not_asked_for_anything(client: Client) -> None:
    client.poll(4 * HOUR, Answer(status=429, wait_s=6 * HOUR))
    client.ask(5 * HOUR, Answer(status=200), target="/robots.txt")
    assert set(client.judge.faults) == {"before the end of Retry-After"}


def test_what_has_moved_or_gone_is_not_asked_for_ever(client: Client) -> None:
    for _ in range(4):
        client.poll(4 * HOUR, Answer(status=301))
    assert not client.judge.faults
    client.poll(4 * HOUR, Answer(status=410))
    assert set(client.judge.faults) == {"an old address again after many 301s"}
    client.poll(4 * HOUR, Answer(status=410))
    assert "again after 410" in client.judge.faults


def test_pages_are_asked_for_once_and_by_robots_txt(client: Client) -> None:
    closed = Site(number=0, host="a.example", closed=True, delay_s=5)
    client.ask(HOUR, target="/news/0-1.html", entry=1, site=closed)
    client.ask(HOUR, target="/robots.txt", site=None)
    client.ask(2, target="/news/0-2.html", entry=2, site=closed)
    client.ask(HOUR, target="/closed/0-3.html", entry=3, site=closed)
    client.ask(HOUR, target="/news/0-2.html", entry=2, site=closed)
    client.ask(HOUR, target="/robots.txt", site=None)
    client.ask(HOUR, target="/favicon.ico", site=None)
    assert set(client.judge.faults) == {
        "a page without asking robots.txt",
        "sooner than Crawl-delay",
        "a page that robots.txt closes",
        "a page a second time",
        "robots.txt twice a day",
        "asks for what nobody named",
    }


def test_two_at_once_are_found() -> None:
    judge = Judge()
    asked = Asked(at_s=0, host="a.example", target="/feed.xml", headers=POLITE)
    judge.connected("a.example")
    judge.hear(asked, SITE, None)
    judge.connected("a.example")
    judge.hear(asked, SITE, None)
    assert {
        "a second request to a host while one is under way",
        "a second connection to a host",
    } <= set(judge.faults)


def test_an_hour_to_skip_is_skipped() -> None:
    night = Site(number=0, host="a.example", skip_hours=frozenset({4}))
    client = Client()
    client.ask(0, Answer(status=200), site=night)
    client.ask(4.5 * HOUR, Answer(status=200), site=night)
    assert set(client.judge.faults) == {"in an hour to skip"}


async def test_the_result_is_told_as_a_table_and_as_json(tmp_path: Path) -> None:
    week = await live(sites(1, days=0.1), tmp_path, days=0.1, restarts=0)
    week.judge.faults["no Accept"] = 3
    week.judge.examples["no Accept"] = "Mon 00:00:00 a.example/feed.xml"
    assert "| no Accept | 3 | Mon 00:00:00 a.example/feed.xml |" in table(week, 1)
    assert as_json(week)["faults"] == [
        {"fault": "no Accept", "count": 3, "example": "Mon 00:00:00 a.example/feed.xml"}
    ]
