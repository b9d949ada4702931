"""`svodka sources`: what is at an address, how each source is doing, lists of them."""

import asyncio
import json
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from aiohttp import web

from bot import clock
from bot.cli.output import span
from storage.models import NewArticle, NewSource, OffReason, PollOutcome, TextFrom, Understanding
from storage.ports import Store

TEXT = "Пригородный поезд между Тайгой и Анжеро-Судженском пойдёт пять раз в день. " * 12


def feed(*items: str, title: str = "Тайгинский гудок") -> web.Response:
    body = f'<rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'
    return web.Response(text=body, content_type="text/xml")


def item(number: int, title: str = "Электричка", text: str = TEXT) -> str:
    """An entry as many hours old as its number says; its page is on a host that is not there."""
    at = clock.now() - timedelta(hours=number)
    return (
        f"<item><guid>{number}</guid><title>{title} {number}</title>"
        f"<link>http://127.0.1.{number}:9/{number}</link><pubDate>{format_datetime(at)}</pubDate>"
        f"<description>{text}{number}</description></item>"
    )


@pytest.fixture
def run(shell: Any) -> Any:
    """A command, beside the site that answers in this loop."""

    async def run_(*words: str, **settings: str) -> Any:
        return await asyncio.to_thread(shell, *words, **settings)

    return run_


async def test_what_is_added_is_shown_first(run: Any, site: Any) -> None:
    site.answers["/rss"] = feed(*map(item, range(1, 9)))
    said = await run("sources", "add", f"{site.url}/rss")
    assert (said.status, said.err) == (0, "")
    title, kind, *entries, done = said.out.splitlines()
    assert title == "Тайгинский гудок"
    assert kind.startswith("feed, asked every ")
    assert kind.endswith(f": {site.url}/rss")
    assert [line[18:] for line in entries] == [f"  Электричка {n}" for n in range(1, 6)]
    assert all(datetime.strptime(line[2:18], "%d.%m.%Y %H:%M") for line in entries)  # noqa: DTZ007
    assert done.endswith("Тайгинский гудок: 8 new articles.")
    assert site.paths() == ["/rss"]


async def test_what_one_knows_of_a_source_can_be_said(run: Any, site: Any) -> None:
    dated = f"<pubDate>03.11.2026 10:00</pubDate><description>{TEXT}</description>"
    site.answers["/rss"] = feed(f"<item><title>Электричка 3</title>{dated}</item>")
    options = (
        "--title",
        "Гудок",
        "--region",
        "Кузбасс",
        "--zone",
        "Asia/Tomsk",
        "--language",
        "ru",
    )
    added = (await run("sources", "add", f"{site.url}/rss", *options, "--json")).json
    told = "source kind entries interval_s new without_text warning error"
    assert added.keys() == {*told.split()}
    source = added["source"]
    assert (source["title"], source["region"], source["zone"]) == ("Гудок", "Кузбасс", "Asia/Tomsk")
    assert source["last_success_at"] is not None
    assert (added["kind"], added["new"], added["error"]) == ("feed", 1, None)
    assert [entry["title"] for entry in added["entries"]] == ["Электричка 3"]
    [article] = (await run("latest", "--json")).json
    assert article["published_at"] == "2026-11-03T06:00:00+03:00"
    assert added["entries"][0]["published_at"] == article["published_at"]
    assert site.paths() == ["/rss"]


async def test_the_preview_shows_the_dates_that_are_stored(run: Any, site: Any) -> None:
    day = clock.now().replace(microsecond=0) + timedelta(hours=2)
    says = format_datetime(day, usegmt=True)  # the hour on the site's wall, called UTC
    dated = f"<pubDate>{says}</pubDate><description>{TEXT}</description>"
    site.answers["/rss"] = feed(f"<item><title>Электричка 3</title>{dated}</item>")
    added = (await run("sources", "add", f"{site.url}/rss", "--zone", "Asia/Tomsk", "--json")).json
    [article] = (await run("latest", "--json")).json
    [entry] = added["entries"]
    assert entry["published_at"] == article["published_at"]
    assert datetime.fromisoformat(entry["published_at"]) == day - timedelta(hours=7)


async def test_a_page_is_followed_by_the_links_one_names(run: Any, site: Any) -> None:
    links = "".join(
        f'<p class="x"><a href="/{n}.html">Мост номер {n} открыт</a></p>' for n in (1, 2)
    )
    site.answers["/news"] = f"<html><body><a href='/about'>О нас</a>{links}</body></html>"
    added = await run("sources", "add", f"{site.url}/news", "--selector", ".x a", "--json")
    told = json.loads(added.out)
    assert (told["kind"], told["source"]["selector"]) == ("page", ".x a")
    assert [e["title"] for e in told["entries"]] == ["Мост номер 1 открыт", "Мост номер 2 открыт"]


LOGIN = (
    '<html><head><title>Вход</title></head><body><form action="/login" method="post">'
    '<input name="login"><input type="password" name="password"></form></body></html>'
)
PDF = web.Response(body=b"%PDF-1.7\n" + b"\0" * 99, content_type="application/pdf")


@pytest.mark.parametrize(
    ("path", "answer", "says"),
    [
        ("/rss", None, "404"),
        ("/report.pdf", PDF, "a PDF"),
        ("/in", LOGIN, "login"),
        ("/a b", None, "a space"),
    ],
)
async def test_what_cannot_be_followed_has_its_own_sentence(
    run: Any, site: Any, path: str, answer: Any, says: str
) -> None:
    if answer is not None:
        site.answers[path] = answer
    said = await run("sources", "add", f"{site.url}{path}")
    assert (said.status, said.out) == (1, "")
    [sentence] = said.err.splitlines()
    assert sentence.startswith("svodka: ")
    assert says in sentence
    assert (await run("sources", "list")).out == ""


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://192.168.1.1/rss", "private network"),
        ("https://t.me/+abcdef", "invitation"),
        ("nowhere", "not an address"),
        ("./nowhere", "nowhere"),
    ],
)
def test_what_no_site_is_asked_for(shell: Any, address: str, says: str) -> None:
    said = shell("sources", "add", address, ALLOW_PRIVATE_HOSTS="false")
    assert (said.status, said.out) == (1, "")
    assert says in said.err


async def test_a_foreign_script_is_added_with_a_warning(run: Any, site: Any) -> None:
    site.answers["/rss"] = feed(item(1, "新しい橋が開通した", "市長が式典に出席した。"), title="橋")
    said = await run("sources", "add", f"{site.url}/rss")
    assert said.status == 0
    assert "Japanese" in said.err
    assert (await run("sources", "list")).out != ""


async def test_the_same_feed_is_not_added_twice(run: Any, site: Any) -> None:
    site.answers["/rss"] = site.answers["/feed"] = feed(*map(item, range(1, 9)))
    added = (await run("sources", "add", f"{site.url}/rss", "--json")).json
    number = added["source"]["id"]
    for path in ("/rss", "/feed"):
        said = await run("sources", "add", f"{site.url}{path}")
        assert (said.status, said.out) == (1, "")
        assert "«Тайгинский гудок»" in said.err
        assert f"(source {number})" in said.err


async def test_a_folder_is_a_source_too(shell: Any, run: Any) -> None:
    shell.write("news/one.txt", f"Электричка пойдёт чаще\n\n{TEXT}")
    added = json.loads((await run("sources", "add", "./news", "--json")).out)
    assert added["kind"] == "folder"
    assert added["source"]["url"] == f"folder:{shell.folder}/news"


def test_sources_are_switched_off_and_on(shell: Any) -> None:
    file = shell.write("list.opml", opml("https://a.example/rss"))
    shell("sources", "import", file, "--no-check")
    [source] = shell.json("sources", "list")
    number = str(source["id"])
    assert shell("sources", "off", number).out == f"{number}  А: off.\n"
    assert shell.json("sources", "check")[0]["state"] == "off"
    assert shell.json("sources", "on", number)["enabled"] is True
    assert "  on   feed " in shell("sources", "list").out
    for verb in ("on", "off", "check"):
        said = shell("sources", verb, "77")
        assert (said.status, said.err.count("no source 77")) == (1, 1)


def opml(*urls: str) -> str:
    return (
        "<opml><body>"
        + "".join(f'<outline text="А" xmlUrl="{u}"/>' for u in urls)
        + "</body></opml>"
    )


async def test_a_list_is_imported_and_its_dead_are_told(shell: Any, run: Any, site: Any) -> None:
    site.answers["/rss"] = feed(item(1))
    dead = [f"http://127.0.0.{n}:9/rss" for n in range(2, 5)]
    file = shell.write("list.opml", opml(f"{site.url}/rss", *dead))
    said = await run("sources", "import", file)
    assert said.status == 1
    first, second, *rows = said.out.splitlines()
    assert first == "4 new sources, 0 known already."
    assert second == "1 work, 3 do not answer:"
    assert len(rows) == 3
    assert all("А: " in row and row.endswith(".") for row in rows)
    assert said.err == "svodka: 3 of 4 new sources do not answer.\n"
    assert len(json.loads((await run("sources", "list", "--json")).out)) == 4  # they may come back
    again = await run("sources", "import", file, "--json")
    told = again.json
    assert (told["listed"], told["new"], told["work"], told["dead"]) == (4, 0, None, [])
    assert len(told["known"]) == 4


def test_a_list_can_be_imported_without_asking_anybody(shell: Any) -> None:
    file = shell.write("list.opml", opml("http://127.0.0.2:9/rss", "https://127.0.0.2:9/rss/"))
    told = shell.json("sources", "import", file, "--no-check")
    assert (told["new"], told["work"]) == (1, None)


def test_what_is_exported_is_imported_as_it_was(shell: Any) -> None:
    lines = (
        '<opml><body><outline type="page" text="Стр" selector=".x a" zone="Asia/Tomsk"'
        ' xmlUrl="https://a.example/news"/><outline text="К" xmlUrl="https://t.me/tomsk"/>'
        "</body></opml>"
    )
    shell("sources", "import", shell.write("a.opml", lines), "--no-check")
    exported = shell("sources", "export").out
    file = shell.write("b.opml", exported)
    other = {"DATABASE_URL": f"sqlite:///{shell.folder}/other.db"}
    assert shell("sources", "import", file, "--no-check", **other).status == 0
    kept = [
        [(s["url"], s["kind"], s["selector"], s["zone"]) for s in said.json]
        for said in (
            shell("sources", "list", "--json"),
            shell("sources", "list", "--json", **other),
        )
    ]
    assert kept[0] == kept[1]
    assert kept[0][0][1:] == ("page", ".x a", "Asia/Tomsk")


async def fill(store: Store, now: datetime) -> None:
    """One source that is well, one that fails, one that was switched off."""
    sources = [
        await store.sources.add(NewSource(url=f"https://{n}.example/rss", title=title), now=now)
        for n, title in enumerate(
            ("Вестник с очень длинным названием, какие бывают", "Больной", "Ушёл")
        )
    ]
    batch = [
        NewArticle(
            source_id=sources[0].id,
            key=str(n),
            url=None,
            published_at=now - timedelta(minutes=12),
            seen_at=now if n else now - timedelta(hours=2),  # the first was there before us
            dated=True,
            whole=n < 2,
            understanding=Understanding(title=f"Новость {n}", text=f"Текст {n}."),
        )
        for n in range(3)
    ]
    later = now + timedelta(minutes=30)
    well = PollOutcome(source_id=sources[0].id, at=now, next_poll_at=later, text_from=TextFrom.PAGE)
    await store.articles.add(batch, outcome=well)
    ill = ((sources[1], "no answer", None), (sources[2], "410 Gone", OffReason.GONE))
    for source, error, off in ill:
        await store.sources.failed(
            PollOutcome(
                source_id=source.id, at=now, next_poll_at=later, error=error, switch_off=off
            )
        )


async def test_check_tells_how_every_source_is_doing(run: Any, store: Store) -> None:
    await fill(store, clock.now())
    said = await run("sources", "check")
    assert said.status == 1
    head, well, ill, gone, why = said.out.splitlines()
    assert head.split() == ["ID", "STATE", "KIND", "NEWS", "TEXT", "DELAY", "READ", "NEXT", "TITLE"]
    assert well.split()[1:6] == ["on", "feed", "3", "67%", "(page)"]
    assert "  12 min  " in well
    assert "  30 min  " in well
    assert ill.split()[1] == "failing"
    assert (gone.split()[1], why.strip()[:13]) == ("off", "switched off ")
    assert max(map(len, said.out.splitlines())) <= 100
    assert said.err.startswith("svodka: Больной: no answer (once, since ")
    assert said.err.count("\n") == 1


async def test_check_tells_it_as_json_and_of_some_only(run: Any, store: Store) -> None:
    await fill(store, clock.now())
    said = await run("sources", "check", "1", "--json")
    [told] = said.json
    assert (told["state"], told["entries_30d"], told["whole_share"]) == ("on", 3, 0.667)
    assert (told["median_delay_s"], told["edited_30d"], told["text_from"]) == (720, 0, "page")
    assert told.keys() >= {"last_error", "failing_since", "off_at", "next_poll_at", "wait_until"}


def test_spans_are_said_as_people_say_them() -> None:
    said = [span(s) for s in (45, 720, 5400, 7200, 86400, 3 * 86400)]
    assert said == ["45 s", "12 min", "2 h", "2 h", "24 h", "3 days"]


@pytest.mark.parametrize(
    "command",
    [
        "sources add",
        "sources add x --zone Mars",
        "sources add x --language kk",
        "sources on",
        "sources check x",
    ],
)
def test_wrong_usage_is_told(shell: Any, command: str) -> None:
    assert shell(*command.split()).status == 2


async def test_what_an_article_said_before_its_source_edited_it_is_told(
    run: Any, site: Any
) -> None:
    said = "В Кемерове на улице Весенней посадили {} лип, сообщила мэрия города."
    site.answers["/rss"] = feed(item(1, "Липы на Весенней", said.format("двенадцать")))
    await run("sources", "add", f"{site.url}/rss")
    site.answers["/rss"] = feed(item(1, "Липы на Весенней", said.format("четырнадцать")))
    assert (await run("poll")).status == 0
    [story] = (await run("stories", "--json")).json
    told = (await run("story", str(story["id"]), "--past", "--json")).json
    [version] = told["past"][0]["versions"]
    assert "двенадцать лип" in version["text"]
    assert "четырнадцать лип" in told["contents"][0]["text"]
    assert "двенадцать лип" in (await run("story", str(story["id"]), "--past")).out


async def test_items_without_text_are_told_of(run: Any, site: Any) -> None:
    pictures = [
        f"<item><guid>{n}</guid><enclosure url='/{n}.jpg' type='image/jpeg'/></item>"
        for n in range(3)
    ]
    site.answers["/rss"] = feed(*pictures, title="Фото дня")
    said = await run("sources", "add", f"{site.url}/rss")
    assert said.out.splitlines()[-1].endswith("Фото дня: 0 new articles; 3 items have no text.")
    polled = await run("poll")
    assert polled.out.splitlines()[-1].endswith("Фото дня: 0 new, 3 without text")
    *_, why = (await run("sources", "check")).out.splitlines()
    assert why.strip() == "the 3 items that it lists have no text"
    [told] = (await run("sources", "check", "--json")).json
    assert told["without_text"] == 3
