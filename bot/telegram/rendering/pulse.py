"""The pulse of a week in a reader's words: what the chart says, and the same for those who read."""

from collections.abc import Sequence
from datetime import date

from aiogram.utils import formatting as f
from babel.dates import format_date
from babel.numbers import format_decimal

from bot.news.digests.pulse import Count, Pulse
from bot.news.topics.scores import Topics
from bot.pictures.chart import Chart, Line
from bot.telegram.writing import dates
from bot.telegram.writing.posts import shorten
from bot.telegram.writing.texts import Text

NAMED = 3  # topics in words
TITLE = 60  # UTF-16 units of a topic's name


def chart(text: Text, topics: Topics, pulse: Pulse) -> Chart:
    columns = [dates.weekday(text, day.isoweekday()) for day in pulse.days[:-1]]
    whole, foot = pulse.whole, text("pulse-foot")
    if whole.before is None:
        foot = text("pulse-foot-new")
    if pulse.more:
        foot += " " + text("pulse-others", n=pulse.more)
    return Chart(
        title=text("pulse-title"),
        dates=between(text, pulse.days[0], pulse.days[-1]),
        columns=(*columns, text("pulse-today")),
        whole=_line(text, whole, text("pulse-stories", n=whole.total), _than_before(text, whole)),
        lines=tuple(
            _line(text, one, _title(text, topics, one.slug), _number(text, abs(one.change)))
            for one in pulse.topics
        ),
        foot=foot,
    )


def caption(text: Text, topics: Topics, pulse: Pulse) -> f.Text:
    """At most a third of the 1024 characters that Telegram takes."""
    whole, busiest = pulse.whole, pulse.days[pulse.busiest]
    period = between(text, pulse.days[0], pulse.days[-1])
    told = text("pulse-count", total=_number(text, whole.total), n=whole.total)
    if whole.before is not None:
        told += ", " + _compared(text, whole)
    named = [
        text("pulse-topic", topic=_title(text, topics, one.slug), n=_number(text, one.total))
        for one in pulse.topics[:NAMED]
        if one.total
    ]
    day = str(format_date(busiest, "EEEE, d MMMM", locale=text.language))
    lines: list[f.Text | str] = [f.Bold("📊 ", text("pulse-title"), ": ", period), "\n"]
    lines += [told, ".\n", text("pulse-busiest", date=day, n=_number(text, max(whole.days)))]
    if named:
        lines += ["\n", text("pulse-topics", list=", ".join(named))]
    for key, moved in (("pulse-risen", pulse.risen), ("pulse-fallen", pulse.fallen)):
        if moved:
            lines += ["\n", text(key, list=", ".join(_moved(text, topics, moved)))]
    return f.Text(*lines)


def between(text: Text, first: date, last: date) -> str:
    """«12–18 ноября», «27 ноября – 3 декабря»."""
    end = format_date(last, "d MMMM", locale=text.language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{format_date(first, 'd MMMM', locale=text.language)} – {end}"


def _line(text: Text, count: Count, name: str, change: str) -> Line:
    return Line(
        name=name,
        bars=count.days,
        total=_number(text, count.total),
        change=change if count.change else "",
        trend=count.change,
        moved=count.moved,
    )


def _than_before(text: Text, count: Count) -> str:
    """«на 45 больше»."""
    key = "pulse-more" if count.change > 0 else "pulse-less"
    return text(key, n=_number(text, abs(count.change)))


def _compared(text: Text, count: Count) -> str:
    if not count.change:
        return text("pulse-than-before-same")
    return text("pulse-than-before", change=_than_before(text, count))


def _moved(text: Text, topics: Topics, moved: Sequence[Count]) -> list[str]:
    return [
        text(
            "pulse-moved",
            topic=_title(text, topics, one.slug),
            before=_number(text, one.before or 0),
            n=_number(text, one.total),
        )
        for one in moved
    ]


def _title(text: Text, topics: Topics, slug: str) -> str:
    """A slug that is no topic any more stands for itself."""
    topic = topics.get(slug)
    return shorten(topic.titles[text.language] if topic else slug, TITLE)


def _number(text: Text, number: int) -> str:
    return str(format_decimal(number, locale=text.language))
