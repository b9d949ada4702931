"""Sources as they are drawn: the list of them, one that is offered, how one is doing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from aiogram.utils import formatting as f

from bot.sources.addresses import host_of
from bot.sources.newest import headline, newest
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.keyboards import button
from bot.telegram.rendering.stories import Reader
from bot.telegram.writing import dates
from bot.telegram.writing.posts import linked, post, shorten, stack, visible
from bot.telegram.writing.texts import Text
from storage.models import POLLED, Entry, Post, Source, SourceKind, SourceStats

SOURCES_SHOWN = 30  # three entities each, and Telegram keeps a hundred
TITLE = 60
LINK = 200  # characters of an address, or the name stands without it
ENTRY = 120


def source_list(reader: Reader, sources: Sequence[Source], *, now: datetime) -> Post:
    """Where the news come from, for whoever reads them."""
    text = reader.text
    if not sources:
        return post(f.Text(text("sources-none")))
    blocks = []
    for source in sources[:SOURCES_SHOWN]:
        state = state_of(reader, source, now=now)
        name = _name(text, source)
        blocks.append(f.Text(name, " — ", f.Italic(state)) if state else name)
    body = f.as_list(*blocks, *_left(text, sources))
    return post(f.Text(f.Bold(text("sources-title")), "\n\n", body))


def admins_list(
    reader: Reader,
    sources: Sequence[Source],
    stats: Mapping[int, SourceStats],
    *,
    now: datetime,
) -> Post:
    """The same for admins: kinds and figures, and what needs looking after first.

    `stats` are of the last month.
    """
    text = reader.text
    hint = text("sources-admin-hint")
    if not sources:
        return post(f.Text(text("sources-none"), "\n", hint))
    ill = [source for source in sources if _is_ill(source)]
    well = [source for source in sources if not _is_ill(source)]

    def lines(group: Sequence[Source]) -> list[f.Text]:
        return [_told(reader, source, stats.get(source.id), now=now) for source in group]

    first, rest = lines(ill[:SOURCES_SHOWN]), lines(well[: max(0, SOURCES_SHOWN - len(ill))])
    body = stack(
        f.Bold(text("sources-title")),
        f.as_list(f.Bold(text("sources-trouble-title")), *first) if first else None,
        f.as_list(*([f.Bold(text("sources-rest-title"))] if first else []), *rest)
        if rest
        else None,
        f.as_list(*_left(text, sources), f.Italic(hint)),
    )
    return post(body)


def state_of(reader: Reader, source: Source, *, now: datetime) -> str:
    """In a few words; '' where there is nothing to say."""
    text = reader.text
    if source.kind is SourceKind.SAMPLE:
        return text("sample")
    if source.kind is SourceKind.IMPORT:
        return ""
    if not source.enabled:
        return text("sources-off")
    if source.failures:
        return text("sources-trouble")
    if source.kind is SourceKind.POSTS:
        return text("kind-posts")
    if source.last_success_at is None:
        return text("sources-waiting")
    when = dates.age(text, source.last_success_at, now=now, zone=reader.zone)
    return text("sources-fresh", when=when)


def offer(
    reader: Reader,
    *,
    url: str,
    title: str,
    kind: SourceKind,
    entries: Sequence[Entry],
    wordless: int = 0,
    interval_s: int,
    foreign: bool,
    now: datetime,
) -> Post:
    """What is at an address, before it is added. The button reads the address from the last line.

    So a restart between the offer and the press costs nothing.
    """
    text = reader.text
    often = how_often(text, interval_s)
    fresh = [_entry(reader, entry, now=now) for entry in newest(entries)]
    empty = text("wordless-all", n=wordless) if wordless else text("offer-empty")
    body = f.as_list(
        f.Bold(_title(title, url)),
        text("offer-kind", kind=text(f"kind-{kind.value}"), often=often),
        "",
        *((text("offer-fresh"), *fresh) if fresh else (empty,)),
        *(("", text("offer-foreign")) if foreign else ()),
        "",
        url,
    )
    yes = button(text("button-follow"), cb.AddSource())
    return post(body, ((yes, button(text("button-cancel"), cb.Close())),))


def added(text: Text, title: str, articles: int, *, wordless: int) -> str:
    """That it is among the sources now; `wordless`: how many of its items had no text."""
    said = text("admin-added", title=title, n=articles)
    return f"{said}\n{text('wordless-left-out', n=wordless)}" if wordless else said


def known(reader: Reader, source: Source, *, now: datetime) -> Post:
    """An address that is a source already; one that is off can be switched on."""
    text, title = reader.text, _title(source.title, source.url)
    if not source.enabled:
        on = button(text("button-switch-on"), cb.SwitchOn(source=source.id))
        close = button(text("button-close"), cb.Close())
        return post(f.Text(text("offer-known-off", title=title)), ((on,), (close,)))
    state = state_of(reader, source, now=now) or text(f"kind-{source.kind.value}")
    return post(f.Text(text("offer-known", title=title, state=state)))


def how_often(text: Text, interval_s: int) -> str:
    """Roughly, as people say it."""
    minutes, hours = 5 * max(1, round(interval_s / 300)), round(interval_s / 3600)
    if minutes < 60:
        return text("every-minutes", n=minutes)
    return text("every-hours", n=hours) if hours < 24 else text("every-day")


def _is_ill(source: Source) -> bool:
    return source.kind in POLLED and bool(source.failures or source.off_at)


def _told(reader: Reader, source: Source, stats: SourceStats | None, *, now: datetime) -> f.Text:
    """«Томский вестник — лента, 142 за месяц, последняя — 5 минут назад»; what is wrong with it."""
    text = reader.text
    said = [text(f"kind-{source.kind.value}")]
    if stats is not None and stats.newest_at is not None:
        when = dates.age(text, stats.newest_at, now=now, zone=reader.zone)
        said.append(text("sources-month", n=stats.entries, when=when))
    elif source.wordless:
        said.append(text("wordless-source", n=source.wordless))
    if source.off_at is not None and not source.enabled:
        said.append(text("sources-off-itself"))
    elif source.enabled and source.failures > 1:
        said.append(text("sources-trouble-times", n=source.failures))
    elif len(said) == 1 or not source.enabled or source.failures:
        said.append(state_of(reader, source, now=now))
    said = list(filter(None, dict.fromkeys(said)))
    return f.Text(_name(text, source), " — ", f.Italic(", ".join(said)))


def _left(text: Text, sources: Sequence[Source]) -> list[str]:
    left = len(sources) - SOURCES_SHOWN
    return [text("sources-more", n=left)] if left > 0 else []


def _entry(reader: Reader, entry: Entry, *, now: datetime) -> f.Text:
    title = shorten(headline(entry), ENTRY)
    at = entry.published_at
    when = dates.age(reader.text, at, now=now, zone=reader.zone) if at else ""
    words = title if visible(title) else reader.text("no-title")
    return f.Text("• ", words, *((" — ", f.Italic(when)) if when else ()))


def _title(title: str, url: str) -> str:
    short = shorten(title, TITLE)
    return short if visible(short) else host_of(url)


def _name(text: Text, source: Source) -> f.Text:
    site = source.site_url if source.site_url and len(source.site_url) <= LINK else None
    return linked(shorten(source.title, TITLE) or text("no-title"), site)
