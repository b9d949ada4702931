"""An entry is an article once: what looks like news and is none, and what is new whatever it looks.

The traps are those in which readers of feeds before us lost or doubled entries.
"""

import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.jobs.gathering.ingest import Ingest
from storage.models import Article
from storage.ports import Store
from tests.jobs.newsroom import LONG, Time, again, conditional, feed, item

OTHER = "Школу на проспекте закрыли на ремонт, детей будут возить в соседний район. " * 10


async def polled(ingest: Ingest, store: Store, site: Any, source: Any, *items: str) -> Any:
    site.answers["/rss"] = feed(*items)
    report = await ingest.poll(await again(store, source))
    assert report.error is None
    return report


async def stored(store: Store) -> list[Article]:
    return await store.articles.latest(limit=1000)


async def test_a_guid_made_anew_at_each_look_is_no_news(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    source = await add()
    await polled(ingest, store, site, source, item(1, guid="a{}"))
    report = await polled(ingest, store, site, source, item(1, guid="b{}"), item(2, guid="b{}"))
    assert (report.added, report.edited) == (1, 0)


async def test_a_text_posted_again_under_a_new_guid_and_address_is_no_news(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    source = await add()
    await polled(ingest, store, site, source, item(1))
    reposted = item(1, guid="again-{}", link="/again/{}")
    assert (await polled(ingest, store, site, source, reposted)).added == 0
    time.pass_(days=31)
    a_month_later = item(1, guid="later-{}", link="/later/{}")
    assert (await polled(ingest, store, site, source, a_month_later)).added == 1


async def test_a_link_with_other_parameters_at_each_look_is_no_news(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    source = await add()
    for look in range(3):
        links = [
            item(n, guid="", link=f"/news/{{}}?r={look}", text="Мост через реку открыли вчера.")
            for n in range(4)
        ]
        report = await polled(ingest, store, site, source, *links)
        assert report.added == (0 if look else 4)


@pytest.mark.parametrize(
    "link",
    [
        "/news.php?id={}",
        "/news-show-page?id={}",
        "/novosti-nashego-rajona/?ELEMENT_ID={}&lang=ru",
    ],
)
async def test_what_only_its_parameters_name_is_told_apart(
    ingest: Ingest, store: Store, site: Any, add: Any, link: str
) -> None:
    alike = [
        item(
            0,
            guid="",
            title="Погода",
            link=link.format(n),
            text="Завтра в городе будет дождь.",
        )
        for n in range(3)
    ]
    assert (await polled(ingest, store, site, await add(), *alike)).added == 3


async def test_short_texts_that_are_alike_are_not_one(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    source = await add()
    alike = [
        item(i, text="Температура воздуха минус пять градусов.", title="Погода", link="").replace(
            f"Новость {i}", "Новость"
        )
        for i in range(3)
    ]
    assert (await polled(ingest, store, site, source, *alike)).added == 3


async def test_entries_without_guid_and_address_are_told_apart_by_what_they_say(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    source = await add()
    first = [item(i, guid="", link="") for i in range(3)]
    assert (await polled(ingest, store, site, source, *first)).added == 3
    more = [item(i, guid="", link="") for i in range(5)]
    assert (await polled(ingest, store, site, source, *more)).added == 2


async def test_entries_that_share_one_guid_do_not_fall_silent(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    source = await add()
    first = [item(i, guid="same") for i in range(3)]
    assert (await polled(ingest, store, site, source, *first)).added == 3
    more = [item(i, guid="same") for i in range(4)]
    assert (await polled(ingest, store, site, source, *more)).added == 1


ANNOUNCED = (
    ("Отключат воду", "Завтра на улице Ленина не будет холодной воды: меняют задвижку. "),
    ("Медведь у посёлка", "Охотники видели зверя возле дач, детей просят не отпускать одних. "),
    ("Приняли бюджет", "Депутаты распределили деньги между школами, больницами и дорогами. "),
)


@pytest.mark.parametrize("link", ["/", "/announcements", "https://vestnik.example/anons/"])
async def test_a_feed_that_lists_its_latest_item_only_at_one_address_loses_none(
    ingest: Ingest, store: Store, site: Any, add: Any, link: str
) -> None:
    source = await add()
    for n, (title, text) in enumerate(ANNOUNCED):
        latest = item(n, title=title, text=text * 5, link=link)
        report = await polled(ingest, store, site, source, latest)
        assert (report.added, report.edited) == (1, 0)
        again_listed = await polled(ingest, store, site, source, latest)
        assert (again_listed.added, again_listed.edited) == (0, 0)
    assert {article.title for article in await stored(store)} == {title for title, _ in ANNOUNCED}


async def test_a_forecast_of_each_day_at_one_address_is_news(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    source = await add()
    for day in range(1, 4):
        title = f"Погода на {day} мая"
        report = await polled(
            ingest, store, site, source, item(day, title=title, link="/pogoda", date=time.now)
        )
        assert (report.added, report.edited) == (1, 0)
        time.pass_(days=1)


async def test_guids_made_anew_at_one_address_double_nothing(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    source = await add()
    for look in range(3):
        listed = [
            item(n, title=title, text=text, link="/announcements", guid=f"{look}-{{}}")
            for n, (title, text) in enumerate(ANNOUNCED)
        ]
        report = await polled(ingest, store, site, source, *listed)
        assert report.added == (0 if look else 3)


async def test_a_correction_under_a_new_guid_at_one_address_is_an_edit(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    source = await add()
    (title, text), *_ = ANNOUNCED
    first = item(1, title=title, text=text * 5, link="/announcements", guid="a")
    await polled(ingest, store, site, source, first)
    text = text.replace("не будет", "всё-таки не будет")
    mended = item(1, title="Воду отключат", text=text * 5, link="/announcements", guid="b")
    report = await polled(ingest, store, site, source, mended)
    assert (report.added, report.edited) == (0, 1)


async def test_edited_dates_and_another_order_are_no_news(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    source = await add()
    await polled(
        ingest,
        store,
        site,
        source,
        *(item(i, date=time.now - timedelta(hours=i)) for i in range(4)),
    )
    before = await stored(store)
    time.pass_(hours=1)
    moved = [item(i, date=time.now) for i in (3, 1, 0, 2)]
    report = await polled(ingest, store, site, source, *moved)
    assert (report.added, report.edited) == (0, 0)
    assert await stored(store) == before


async def test_after_a_downtime_nothing_is_skipped(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    source = await add()
    await polled(ingest, store, site, source, item(0))
    time.pass_(days=3)
    meanwhile = [item(i, date=time.now - timedelta(minutes=i)) for i in range(1, 61)]
    report = await polled(ingest, store, site, source, *reversed(meanwhile), item(0))
    assert report.added == 60
    chat = await store.stories.fresh(
        chat_id=1, since=time.now - timedelta(minutes=1), until=time.now, limit=500
    )
    assert sum(story.articles for story in chat) == 60


def paged(
    total: list[str], count: int = 10
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A feed as WordPress gives it: the newest ten, and those before at ?paged=2."""

    async def answered(request: web.Request) -> web.StreamResponse:
        first = (int(request.query.get("paged", "1")) - 1) * count
        if first >= len(total):
            return web.Response(status=404)
        about = "<generator>https://wordpress.org/?v=6.4</generator>"
        return feed(*total[first : first + count], about=about)

    return answered


async def test_after_a_downtime_a_feed_of_ten_is_read_back(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    old = [item(n, date=time.now - timedelta(hours=n)) for n in range(25)]
    site.answers["/rss"] = paged(old)
    source = await add()
    assert (await ingest.poll(source)).added == 10
    time.pass_(hours=2)
    assert (await ingest.poll(await again(store, source))).added == 0
    assert site.paths().count("/rss") == 2  # what was there before we came is not asked for
    time.pass_(days=3)
    new = [item(100 + n, date=time.now - timedelta(hours=n)) for n in range(33)]
    site.answers["/rss"] = paged(new + old)
    report = await ingest.poll(await again(store, source))
    assert (report.error, report.added) == (None, 33)


async def test_a_feed_that_has_but_one_page_is_not_asked_for_others_again(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    about = "<generator>https://wordpress.org/?v=6.4</generator>"
    source = await add()
    site.answers["/rss"] = feed(item(0, date=time.now), about=about)
    await ingest.poll(source)
    time.pass_(days=1)
    site.answers["/rss"] = feed(item(1, date=time.now), about=about)
    site.requests.clear()
    assert (await ingest.poll(await again(store, source))).added == 1
    assert site.paths().count("/rss") == 2


SYLLABLES = ["ба", "гро", "ди", "жо", "зу", "кра", "лем", "мис", "но", "пру", "рас", "тво", "хи"]


def event(i: int, *, date: datetime) -> str:
    """An event of which no other speaks in any of its words."""
    chance = random.Random(i)
    words = ["".join(chance.choices(SYLLABLES, k=4)) for _ in range(60)]
    return item(i, title=" ".join(words[:6]), text=f"{' '.join(words)}.", date=date)


async def announced(store: Store, time: Time) -> list[Article]:
    """What leads the stories that a digest may give now."""
    fresh = await store.stories.fresh(
        chat_id=1, since=time.now - timedelta(hours=2), until=time.now, limit=500
    )
    return [(await store.stories.articles(story.id))[0] for story in fresh]


async def test_of_a_new_sources_backfill_the_newest_twenty_may_be_announced(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    source = await add()
    items = [event(i, date=time.now - timedelta(minutes=i)) for i in range(50)]
    assert (await polled(ingest, store, site, source, *items)).added == 50
    leads = await announced(store, time)
    assert all(a.published_at > time.now - timedelta(minutes=20) for a in leads)
    assert len(leads) == 20


@pytest.fixture
def short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Feeds are read ten items at a time."""
    monkeypatch.setattr("bot.sources.xml.parts.PART", 10)


async def test_all_of_a_feed_longer_than_one_part_is_taken(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time, short_parts: None
) -> None:
    source = await add(title="Долгий")
    items = [event(i, date=time.now - timedelta(minutes=100 - i)) for i in range(45)]
    site.answers["/rss"] = conditional(feed(*items))
    report = await ingest.poll(source)
    assert (report.error, report.added) == (None, 45)
    assert (await again(store, source)).etag == '"1"'
    stats = await store.sources.stats(since=time.now)
    assert stats[source.id].entries == 45
    leads = await announced(store, time)  # of the last twenty of the list, though read last
    assert all(a.published_at > time.now - timedelta(minutes=76) for a in leads)
    assert len(leads) == 20


async def test_a_crash_between_two_parts_costs_no_entry(
    ingest: Ingest,
    store: Store,
    site: Any,
    add: Any,
    monkeypatch: pytest.MonkeyPatch,
    short_parts: None,
) -> None:
    source = await add()
    site.answers["/rss"] = conditional(feed(*(item(i, text=f"{i} " + OTHER) for i in range(30))))
    add_articles = store.articles.add

    async def crash(batch: Any, **kwargs: Any) -> Any:
        if await store.articles.count() == 20:
            raise MemoryError
        return await add_articles(batch, **kwargs)

    monkeypatch.setattr(store.articles, "add", crash)
    assert (await ingest.poll(source)).error
    assert await store.articles.count() == 20
    assert (await again(store, source)).etag is None
    monkeypatch.setattr(store.articles, "add", add_articles)
    assert (await ingest.poll(await again(store, source))).added == 10
    assert (await again(store, source)).etag == '"1"'
    assert site.requests[-1].headers.get("If-None-Match") is None


async def test_of_a_long_backfill_few_pages_are_read(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time, short_parts: None
) -> None:
    lead = (
        "Мост через Томь открыли вчера в полдень, движение по нему уже началось, сказали в мэрии…"
    )
    entries = [item(i, text=f"{i} {lead}", date=time.now - timedelta(minutes=i)) for i in range(60)]
    for i in range(60):
        page = f"<p>{LONG * 2} {i}</p><p>{OTHER}</p>"
        site.answers[f"/news/{i}"] = f"<html><body><article>{page}</article></body>"
    site.answers["/rss"] = feed(*entries)
    report = await ingest.poll(await add())
    assert report.added == 60
    pages = {path for path in site.paths() if path.startswith("/news/")}
    assert pages == {f"/news/{i}" for i in range(20)}
    assert sum(article.whole for article in report.new) == 20


NEWS = [
    ("Мост через Томь открыли", "Мост через реку строили три года, проезд по нему бесплатный."),
    ("Поликлинику приняли", "Новую поликлинику на улице Ленина приняли с третьей попытки."),
    ("Металлург обыграл Сибирь", "Хоккеисты выиграли со счётом четыре два и стали третьими."),
    ("Уголь подорожал", "Цены на уголь за неделю выросли на семь процентов, пишет биржа."),
    ("Грибника нашли", "Пропавшего пенсионера встретили в лесу волонтёры, он провёл там ночь."),
]


def told(n: int, *, guid: str, link: str = "/news/{}", **about: Any) -> str:
    title, text = NEWS[n]
    return item(n, title=title, text=text, guid=guid, link=link, **about)


async def test_guids_that_are_places_in_the_list_cost_no_entry(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    source = await add()
    for listed, new in (([1, 0], 2), ([3, 2, 1], 2), ([4, 3, 2], 1), ([4, 3, 2], 0)):
        items = [told(n, guid=str(place)) for place, n in enumerate(listed)]
        report = await polled(ingest, store, site, source, *items)
        assert (report.added, report.edited) == (new, 0)
    assert {article.title for article in await stored(store)} == {title for title, _ in NEWS}


async def test_reports_on_one_template_whose_guids_are_places_are_told_apart(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    """The whole list is others at the next look, so that no guid is seen to have moved."""
    source = await add()
    for look in range(3):
        listed = [
            item(1000 + 10 * look + place, guid=str(place), title="Сводка ГАИ номер {}")
            for place in range(3)
        ]
        report = await polled(ingest, store, site, source, *listed)
        assert (report.added, report.edited) == (3, 0)


async def test_a_number_in_a_slug_that_changes_with_the_title_makes_no_other_article(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    source = await add()
    for hurt, added in ((5, 1), (7, 0)):
        title, link = f"Пострадали {hurt} человек", f"/news/postradali-{hurt}-chelovek"
        report = await polled(ingest, store, site, source, item(1, title=title, link=link))
        assert (report.added, report.edited) == (added, 1 - added)


async def test_guids_that_begin_anew_each_year_cost_no_entry(
    ingest: Ingest, store: Store, site: Any, add: Any, time: Time
) -> None:
    source = await add()
    old = [told(n, guid=str(n), date=time.now - timedelta(days=300)) for n in (0, 1)]
    await polled(ingest, store, site, source, *old)
    new = [told(n + 2, guid=str(n), date=time.now, link="/2026/{}") for n in (0, 1)]
    for added in (2, 0):
        report = await polled(ingest, store, site, source, *new)
        assert (report.added, report.edited) == (added, 0)
    edited = new[0].replace("четыре два", "пять два")
    report = await polled(ingest, store, site, source, edited, new[1])
    assert (report.added, report.edited) == (0, 1)


async def test_another_title_and_with_it_another_address_is_an_edit(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    source = await add()
    _, text = NEWS[0]
    before = item(1, title="Мост открыли", text=text, link="/{}-most-otkryli")
    after = item(1, title="По мосту поехали", text=f"{text} Дополнено.", link="/{}-po-mostu")
    await polled(ingest, store, site, source, before, told(3, guid="3"))
    report = await polled(ingest, store, site, source, after, told(3, guid="3"))
    assert (report.added, report.edited) == (0, 1)


async def test_short_texts_without_an_address_whose_guids_are_made_anew_are_no_news(
    ingest: Ingest, store: Store, site: Any, add: Any
) -> None:
    source = await add()
    for look, listed, added in (("a", [0, 1], 2), ("b", [0, 1], 0), ("c", [2, 0, 1], 1)):
        items = [told(n, guid=f"{look}{n}", link="") for n in listed]
        assert (await polled(ingest, store, site, source, *items)).added == added
