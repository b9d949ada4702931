"""Full text: pages are read where the feed says less, and no more of them than needed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar, TypeVarTuple

import pytest
from aiohttp import web

from bot.jobs.articles.filing import Piece
from bot.jobs.gathering.fulltext import IN_VAIN, Completed, FullText
from bot.jobs.gathering.leads import is_cut, says_more, says_something
from bot.jobs.gathering.pages import PASSING_TRIES, REFUSED_FOR, RESTS_FOR, TRIES
from bot.sources import errors
from bot.sources.http import Fetcher
from bot.workers import WorkerFailed, Workers
from storage.models import Entry, NewSource, Source, SourceKind, TextFrom
from storage.ports import Store

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

LEAD = "Мост через реку открыли в полдень, первой проехала колонна автобусов."
WORDS = ("берег", "опора", "пролёт", "съезд", "дорожка", "фонарь", "перила", "сваи", "дамба")


class Inline(Workers):
    """Does the work here and now; fails, as a hang would, on a page with the word КРАХ."""

    async def run(self, work: Callable[[*Ts], T], *args: *Ts, timeout_s: float = 60) -> T:
        body: Any = next(iter(args), b"")
        if "КРАХ".encode() in body:
            raise WorkerFailed("extract_page took longer than 20 s")
        return work(*args)


class Time:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time(now: datetime) -> Time:
    return Time(now)


@pytest.fixture
def fulltext(store: Store, fetcher: Fetcher, time: Time) -> FullText:
    return FullText(sources=store.sources, fetcher=fetcher, workers=Inline(), clock=time)


@pytest.fixture
async def source(store: Store, now: datetime) -> Source:
    new = NewSource(url="https://gorod.example/rss", title="Город")
    return await store.sources.add(new, now=now)


def story(number: int) -> str:
    """A long text that no other number has."""
    word = WORDS[number % len(WORDS)]
    return " ".join(
        f"Строители показали, как устроен {word} номер {number} на участке {part} из девяти."
        for part in ("первом", "втором", "третьем", "новом", "старом", "дальнем", "ближнем")
        for _ in range(2)
    )


def html(number: int, *, head: str = "", lead: str = LEAD) -> str:
    return (
        f"<html><head><title>Мост {number}</title>{head}</head><body><article>"
        f"<h1>Мост {number}</h1><p>{lead}</p><p>{story(number)}</p></article></body></html>"
    )


def piece(site: Any, number: int, text: str = LEAD, **more: Any) -> Piece:
    entry = Entry(key=str(number), title=f"Мост {number}", url=f"{site.url}/{number}", html=text)
    return Piece(entry=replace(entry, **more), text=text)


def pages(site: Any) -> list[str]:
    return [path for path in site.paths() if path != "/robots.txt"]


def publish(site: Any, count: int) -> None:
    site.answers |= {f"/{number}": html(number) for number in range(count)}


def decided(source: Source, text_from: TextFrom, at: datetime) -> Source:
    return replace(source, text_from=text_from, text_judged_at=at)


async def test_leads_are_completed_and_the_source_is_decided(
    fulltext: FullText, source: Source, site: Any
) -> None:
    publish(site, 4)
    done = await fulltext.complete(source, [piece(site, n) for n in range(4)])
    assert done.text_from is TextFrom.PAGE
    assert [p.text for p in done.pieces] == [f"{LEAD}\n\n{story(n)}" for n in range(4)]
    assert all(p.whole for p in done.pieces)


async def test_a_feed_that_says_it_all_has_three_pages_asked_of_it_and_no_more(
    fulltext: FullText, source: Source, site: Any, now: datetime
) -> None:
    publish(site, 8)
    whole = [piece(site, n, f"{LEAD}\n\n{story(n)}") for n in range(8)]
    done = await fulltext.complete(source, whole[:5])
    assert done.text_from is TextFrom.FEED
    assert len(pages(site)) == 3
    assert [p.text for p in done.pieces] == [p.text for p in whole[:5]]
    source = decided(source, TextFrom.FEED, now)
    done = await fulltext.complete(source, whole[5:])
    assert len(pages(site)) == 3
    assert all(p.whole for p in done.pieces)


async def test_short_news_that_their_pages_do_not_add_to_are_whole(
    fulltext: FullText, source: Source, site: Any
) -> None:
    more = "Второй съезд с него обещают построить к весне следующего года."
    page = f"<html><body><article><h1>Мост</h1><p>{LEAD}</p><p>{more}</p></article></body></html>"
    site.answers |= {f"/{n}": page for n in range(3)}
    done = await fulltext.complete(source, [piece(site, n, f"{LEAD}\n\n{more}") for n in range(3)])
    assert done.text_from is TextFrom.FEED
    assert all(p.whole for p in done.pieces)


async def test_pages_are_counted_over_polls_until_they_decide(
    fulltext: FullText, source: Source, site: Any
) -> None:
    publish(site, 3)
    found = [await fulltext.complete(source, [piece(site, n)]) for n in range(3)]
    assert [done.text_from for done in found] == [None, None, TextFrom.PAGE]


async def test_it_is_decided_anew_after_a_week(
    fulltext: FullText, source: Source, site: Any, now: datetime, time: Time
) -> None:
    publish(site, 6)
    source = decided(source, TextFrom.FEED, now)
    pieces = [piece(site, n) for n in range(6)]
    done = await fulltext.complete(source, pieces[:3])
    assert (done.text_from, pages(site)) == (None, [])
    time.now += timedelta(days=8)
    done = await fulltext.complete(source, pieces[3:])
    assert done.text_from is TextFrom.PAGE


async def test_entries_that_break_off_are_evidence_before_the_week_is_over(
    fulltext: FullText, source: Source, site: Any, now: datetime
) -> None:
    publish(site, 3)
    source = decided(source, TextFrom.FEED, now)
    done = await fulltext.complete(source, [piece(site, n, LEAD[:-1] + "…") for n in range(3)])
    assert done.text_from is TextFrom.PAGE
    assert story(0) in done.pieces[0].text


async def test_of_a_backfill_the_newest_twenty_are_completed(
    fulltext: FullText, source: Source, site: Any, now: datetime
) -> None:
    publish(site, 30)
    pieces = [piece(site, n, published_at=now - timedelta(hours=30 - n)) for n in range(30)]
    done = await fulltext.complete(source, pieces, first_time=True)
    assert len(pages(site)) == 20
    assert [p.whole for p in done.pieces] == [False] * 10 + [True] * 20


async def test_a_page_that_is_no_article_leaves_the_lead(
    fulltext: FullText, source: Source, site: Any
) -> None:
    site.answers["/0"] = "<html><title>Вход на сайт</title><p>Введите пароль.</p></html>"
    done = await fulltext.complete(source, [piece(site, 0), piece(site, 1)])
    assert [(p.text, p.whole) for p in done.pieces] == [(LEAD, False)] * 2


async def test_an_entry_with_neither_lead_nor_page_is_left_out_and_asked_no_more(
    fulltext: FullText, source: Source, site: Any
) -> None:
    site.answers["/0"] = "<html><title>Вход на сайт</title><p>Введите пароль.</p></html>"
    for _ in range(3):
        done = await fulltext.complete(source, [piece(site, 0, "Видео")])
        assert done == Completed(pieces=())
    assert pages(site) == ["/0"]


async def test_a_page_that_is_no_article_is_refused_for_a_month_over_restarts_too(
    store: Store, fetcher: Fetcher, time: Time, source: Source, site: Any
) -> None:
    site.answers["/0"] = "<html><title>Вход на сайт</title><p>Введите пароль.</p></html>"
    for asked in (1, 1, 2):
        restarted = FullText(sources=store.sources, fetcher=fetcher, workers=Inline(), clock=time)
        await restarted.complete(source, [piece(site, 0, "Видео")])
        assert pages(site) == ["/0"] * asked
        time.now += REFUSED_FOR / 2
    await restarted.complete(source, [piece(site, 0, "Видео обновили")])  # another page, maybe
    assert pages(site) == ["/0"] * 3


async def test_what_is_imported_by_hand_is_asked_for_each_time(
    fulltext: FullText, source: Source, site: Any
) -> None:
    site.answers["/0"] = "<html><title>Вход на сайт</title><p>Введите пароль.</p></html>"
    heading = replace(source, kind=SourceKind.IMPORT)
    for _ in range(TRIES + 1):
        await fulltext.complete(heading, [piece(site, 0, "Видео")])
    assert pages(site) == ["/0"] * (TRIES + 1)


async def test_entries_of_a_new_feed_without_a_lead_are_all_read(
    fulltext: FullText, source: Source, site: Any
) -> None:
    publish(site, 25)
    titles = [piece(site, n, "") for n in range(25)]
    done = await fulltext.complete(source, titles, first_time=True)
    assert (len(done.pieces), done.again) == (25, False)


async def test_entries_without_a_lead_that_are_too_many_are_listed_again(
    fulltext: FullText, source: Source, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.gathering.fulltext.MOST_PAGES", 22)
    publish(site, 25)
    titles = [piece(site, n, "") for n in range(25)]
    done = await fulltext.complete(source, titles, first_time=True)
    assert (len(done.pieces), done.again) == (22, True)
    left = [one for one in titles if one.entry.key not in {p.entry.key for p in done.pieces}]
    done = await fulltext.complete(source, left)
    assert (len(done.pieces), done.again) == (3, False)


async def test_a_page_that_is_missing_is_asked_for_three_times(
    fulltext: FullText, source: Source, site: Any
) -> None:
    for _ in range(TRIES + 2):
        await fulltext.complete(source, [piece(site, 0, "")])
    assert pages(site) == ["/0"] * TRIES


async def test_a_page_that_fails_for_now_is_asked_for_again(
    fulltext: FullText, source: Source, site: Any
) -> None:
    site.answers["/0"] = web.Response(status=500)
    done = await fulltext.complete(source, [piece(site, 0, "")])
    assert done == Completed(pieces=(), again=True)
    publish(site, 1)
    done = await fulltext.complete(source, [piece(site, 0, "")])
    assert [p.entry.key for p in done.pieces] == ["0"]


async def test_a_page_that_fails_on_and_on_rests_for_a_day(
    fulltext: FullText, source: Source, site: Any, time: Time
) -> None:
    site.answers["/0"] = web.Response(status=500)
    for _ in range(PASSING_TRIES + 3):
        await fulltext.complete(source, [piece(site, 0, "")])
    assert pages(site) == ["/0"] * PASSING_TRIES
    time.now += RESTS_FOR
    await fulltext.complete(source, [piece(site, 0, "")])
    assert len(pages(site)) == PASSING_TRIES + 1


async def test_leads_too_many_for_one_poll_wait_for_their_pages(
    fulltext: FullText, source: Source, site: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.gathering.fulltext.MOST_PAGES", 2)
    publish(site, 4)
    listed = [piece(site, number) for number in range(4)]
    done = await fulltext.complete(decided(source, TextFrom.PAGE, now), listed)
    assert [p.awaited for p in done.pieces] == [False, False, True, True]
    backfill = await fulltext.complete(decided(source, TextFrom.PAGE, now), listed, first_time=True)
    assert not any(p.awaited for p in backfill.pieces)


async def test_a_host_that_shuts_is_asked_for_two_pages_a_poll(
    fulltext: FullText, source: Source, site: Any
) -> None:
    async def breaks_off(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    site.answers["/robots.txt"] = breaks_off
    listed = [piece(site, number) for number in range(6)]
    done = await fulltext.complete(source, listed)
    assert [(p.whole, p.awaited) for p in done.pieces] == [(False, True)] * 6
    assert pages(site) == []


async def test_a_page_that_hangs_its_parser_costs_only_its_own_text(
    fulltext: FullText, source: Source, site: Any
) -> None:
    publish(site, 2)
    site.answers["/0"] = html(0) + "КРАХ"
    done = await fulltext.complete(source, [piece(site, 0), piece(site, 1)])
    assert [p.whole for p in done.pieces] == [False, True]


async def test_robots_txt_is_obeyed_and_the_lead_kept(
    fulltext: FullText, source: Source, site: Any
) -> None:
    publish(site, 2)
    site.answers["/robots.txt"] = web.Response(text="User-agent: *\nDisallow: /")
    done = await fulltext.complete(source, [piece(site, 0), piece(site, 1, "")])
    assert pages(site) == []
    assert [(p.text, p.whole) for p in done.pieces] == [(LEAD, False)]


async def test_a_robots_txt_that_cannot_be_read_costs_no_entry(
    fulltext: FullText, source: Source, site: Any
) -> None:
    publish(site, 1)
    site.answers["/robots.txt"] = web.Response(status=500)
    for _ in range(TRIES + 1):
        done = await fulltext.complete(source, [piece(site, 0, "")])
        assert done == Completed(pieces=(), again=True)
    assert pages(site) == []


async def test_a_site_whose_pages_say_nothing_is_asked_for_one_a_poll(
    fulltext: FullText, source: Source, site: Any, now: datetime
) -> None:
    login = "<html><title>Вход на сайт</title><p>Введите пароль.</p></html>"
    site.answers |= {f"/{n}": login for n in range(20)}
    source = decided(source, TextFrom.PAGE, now)
    await fulltext.complete(source, [piece(site, n) for n in range(IN_VAIN)])
    await fulltext.complete(source, [piece(site, n) for n in range(IN_VAIN, 20)])
    assert len(pages(site)) == IN_VAIN + 1


async def test_a_lists_entries_are_their_pages(
    fulltext: FullText, source: Source, site: Any
) -> None:
    publish(site, 2)
    site.answers["/2"] = "<html><title>Видео</title><video></video></html>"
    source = replace(source, kind=SourceKind.PAGE)
    done = await fulltext.complete(source, [piece(site, n, "", title="10:00") for n in range(3)])
    assert [p.entry.title for p in done.pieces] == ["Мост 0", "Мост 1"]
    assert all(p.whole for p in done.pieces)
    assert done.text_from is None


async def test_a_list_none_of_whose_pages_may_be_read_is_a_failure(
    fulltext: FullText, source: Source, site: Any
) -> None:
    publish(site, 2)
    site.answers["/robots.txt"] = web.Response(text="User-agent: *\nDisallow: /")
    with pytest.raises(errors.Disallowed):
        await fulltext.complete(
            replace(source, kind=SourceKind.SITEMAP), [piece(site, n, "") for n in range(2)]
        )


async def test_a_channels_posts_are_their_own_text(
    fulltext: FullText, source: Source, site: Any
) -> None:
    done = await fulltext.complete(replace(source, kind=SourceKind.CHANNEL), [piece(site, 0)])
    assert site.requests == []
    assert done.pieces[0].whole


async def test_a_page_moved_to_the_front_page_is_no_article(
    fulltext: FullText, source: Source, site: Any
) -> None:
    site.answers |= {"/0": web.Response(status=302, headers={"Location": "/"}), "/": html(0)}
    done = await fulltext.complete(source, [piece(site, 0)])
    assert done.pieces[0].text == LEAD


async def test_the_canonical_address_is_the_articles(
    fulltext: FullText, source: Source, site: Any
) -> None:
    site.answers["/0"] = html(0, head='<link rel="canonical" href="/news/0.html">')
    done = await fulltext.complete(source, [piece(site, 0)])
    assert done.pieces[0].entry.url == f"{site.url}/news/0.html"


async def test_one_canonical_address_for_all_is_none(
    fulltext: FullText, source: Source, site: Any
) -> None:
    head = '<link rel="canonical" href="/story.html">'
    site.answers |= {f"/{n}": html(n, head=head) for n in range(3)}
    done = await fulltext.complete(source, [piece(site, n) for n in range(3)])
    assert [p.entry.url for p in done.pieces] == [f"{site.url}/{n}" for n in range(3)]


async def test_the_feeds_picture_goes_before_the_pages(
    fulltext: FullText, source: Source, site: Any
) -> None:
    head = '<meta property="og:image" content="https://i.example/bridge.jpg">'
    site.answers |= {f"/{n}": html(n, head=head) for n in range(2)}
    own = "https://i.example/own.jpg"
    pieces = [piece(site, 0, image_url=own), piece(site, 1)]
    done = await fulltext.complete(source, pieces)
    assert [p.entry.image_url for p in done.pieces] == [own, "https://i.example/bridge.jpg"]


async def test_a_first_poll_teaches_itself_what_is_furniture(
    fulltext: FullText, source: Source, site: Any, store: Store, now: datetime
) -> None:
    bar = "Шахтёрская столица в кармане"
    source = decided(source, TextFrom.FEED, now)
    pieces = [piece(site, n, f"{bar}\n\n{LEAD[:20]} {story(n)}") for n in range(6)]
    done = await fulltext.complete(source, pieces)
    assert all(bar not in p.text for p in done.pieces)
    assert (await store.sources.learned(source.id)).texts == 6


async def test_a_text_polled_again_and_again_teaches_once(
    fulltext: FullText, source: Source, site: Any, store: Store, now: datetime
) -> None:
    source = decided(source, TextFrom.FEED, now)
    one = piece(site, 0, f"Короткая строка\n\n{story(0)}")
    for _ in range(9):
        done = await fulltext.complete(source, [one])
    assert done.pieces[0].text == one.text
    assert (await store.sources.learned(source.id)).texts == 1


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Мост откроют в…", True),
        ("Мост откроют в [...]", True),
        ("Мост открыли. Читать далее »", True),
        ("Мост открыли. Continue reading Мост", True),
        ("Мост открыли… и закрыли.", False),
        ("Подробнее об этом рассказали в мэрии.", False),
        ("", False),
    ],
)
def test_a_text_that_breaks_off_is_seen(text: str, cut: bool) -> None:
    assert is_cut(text) is cut


def test_what_the_feed_says_in_other_paragraphs_is_no_more() -> None:
    text = f"{LEAD}\n\n{story(1)}"
    assert not says_more(text.replace(". ", ".\n\n"), text)
    assert not says_more(f"{text}\n\nПоделиться\n\n12+", text)
    assert says_more(text, LEAD)


def test_a_caption_is_no_sentence() -> None:
    assert not says_something("Видео дня")
    assert says_something(LEAD)
