"""What is planned stands once, under the days that its article meant, exact days first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.news.digests.planned import Planned, planned
from storage.models import Event, Fact, FactKind

NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)
TODAY = date(2026, 11, 18)


def told(
    since: date,
    until: date | None = None,
    *,
    story: int = 1,
    id: int | None = None,
    zone: str = "Asia/Novokuznetsk",
    language: str = "ru",
) -> Event:
    def midnight(day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)

    until = until or since + timedelta(days=1)
    return Event(
        fact=Fact(
            kind=FactKind.EVENT, since=midnight(since), until=midnight(until), sentence="Будет."
        ),
        article_id=id or story,
        story_id=story,
        source="Газета",
        sample=False,
        url=None,
        title="Событие",
        language=language,
        told_at=NOW,
    )


def days(found: list[Planned]) -> list[tuple[date, date | None]]:
    return [(one.since, one.until) for one in found]


@pytest.mark.parametrize(
    "zone", ["Asia/Novokuznetsk", "Europe/Minsk", "America/New_York", "Asia/Kamchatka", "UTC"]
)
def test_a_day_is_the_one_that_the_article_named_wherever_that_was(zone: str) -> None:
    day = date(2026, 12, 19)
    assert days(planned([told(day, zone=zone)], today=TODAY, language="ru")) == [
        (day, date(2026, 12, 20))
    ]


def test_what_two_articles_of_a_story_say_of_a_day_is_one_in_the_readers_language() -> None:
    day = date(2026, 12, 19)
    events = [
        told(day, id=1, zone="Europe/Minsk", language="be"),
        told(day, id=2),
        told(day, id=3),
        told(day, id=4, story=2),
    ]
    found = planned(events, today=TODAY, language="ru")
    assert [one.event.article_id for one in found] == [2, 4]


def test_what_begins_on_a_day_is_one_whether_or_not_its_end_is_told() -> None:
    day = date(2026, 12, 19)
    one = told(day, id=1)
    opens = replace(one, fact=replace(one.fact, until=None))
    found = planned([opens, told(day, id=2)], today=TODAY, language="ru")
    assert [one.event.article_id for one in found] == [2]
    assert days(found) == [(day, date(2026, 12, 20))]


def test_exact_days_come_first_and_then_seasons_and_years() -> None:
    spring, winter_fair = (date(2027, 3, 1), date(2027, 6, 1)), (date(2026, 12, 25),) * 2
    rest = (date(2026, 11, 10), date(2027, 1, 1))
    festival = (date(2026, 11, 15), date(2026, 11, 21))
    events = [
        told(*spring, story=1),
        told(*rest, story=2),
        told(winter_fair[0], story=3),
        told(*festival, story=4),
    ]
    found = planned(events, today=TODAY, language="ru")
    assert [one.event.story_id for one in found] == [4, 3, 2, 1]
    assert [one.exact for one in found] == [True, True, False, False]


def test_what_has_the_same_days_stands_together() -> None:
    till = date(2026, 12, 1)
    month, autumn = (date(2026, 11, 17), till), (date(2026, 9, 1), till)
    events = [told(*month, story=1), told(*autumn, story=2), told(*month, story=3)]
    found = planned(events, today=TODAY, language="ru")
    assert [one.event.story_id for one in found] == [2, 1, 3]


def test_a_sentence_stands_alone_that_has_words_of_its_headline() -> None:
    [one] = planned([told(TODAY)], today=TODAY, language="ru")
    headline = "Аэропорты Сибири просят новые самолёты"

    def alone(sentence: str) -> bool:
        return replace(one, sentence=sentence, event=replace(one.event, title=headline)).alone

    assert alone("Новый самолёт сядет в аэропорту 1 декабря.")
    assert not alone("Две компании ответят до конца месяца.")


def test_what_is_over_is_not_ahead() -> None:
    over, today = told(date(2026, 11, 17), story=2), told(TODAY, story=3)
    found = planned([over, today], today=TODAY, language="ru")
    assert [one.event.story_id for one in found] == [3]
