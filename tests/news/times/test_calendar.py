"""A calendar file is what RFC 5545 says: a library that knows it all reads it as it was meant."""

from datetime import UTC, date, datetime, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from bot.news.times.calendar import Entry, calendar

NOW = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=200)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def entry(**changes: object) -> Entry:
    values: dict[str, object] = {
        "uid": "story-1@svodka.t.me",
        "since": date(2026, 12, 19),
        "until": date(2026, 12, 20),
        "title": "Рейс в Минск",
        "text": "Первый рейс.",
        "url": "https://example.org/1",
        "stamp": NOW,
    }
    return Entry(**values | changes)  # type: ignore[arg-type]


def test_an_event_is_whole_days_without_a_zone() -> None:
    assert calendar([entry()], name="Что впереди", maker="Svodka").split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Svodka//Что впереди//",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Что впереди",
        "BEGIN:VEVENT",
        "UID:story-1@svodka.t.me",
        "DTSTAMP:20261118T013000Z",
        "DTSTART;VALUE=DATE:20261219",
        "DTEND;VALUE=DATE:20261220",
        "SUMMARY:Рейс в Минск",
        "DESCRIPTION:Первый рейс.",
        "URL:https://example.org/1",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_what_ends_nobody_knows_when_has_no_end() -> None:
    made = calendar([entry(until=None, url=None)], name="x", maker="x")
    assert "DTEND" not in made
    assert "URL" not in made


@given(title=WORDS, text=WORDS, since=DAYS, days=st.integers(1, 400))
def test_a_library_reads_what_was_written(title: str, text: str, since: date, days: int) -> None:
    until = since + timedelta(days=days)
    made = calendar([entry(title=title, text=text, since=since, until=until)], name="x", maker="x")
    assert all(len(line.encode()) <= 75 for line in made.split("\r\n"))
    [event] = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert (event["SUMMARY"], event["DESCRIPTION"]) == (title, text)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (since, until)
    assert event["DTSTAMP"].dt == NOW


@given(st.text(max_size=300))
def test_no_sign_breaks_out_of_its_line(text: str) -> None:
    made = calendar([entry(title=text, url=f"https://example.org/{text}")], name=text, maker=text)
    unfolded = made.replace("\r\n ", "").split("\r\n")
    begun = [line for line in unfolded if line.startswith(("BEGIN:", "END:"))]
    assert begun == ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR"]
    assert len(unfolded) == 17
