"""The commands that take news in: import, poll, sources; and those about the house."""

import asyncio
import json
import subprocess
import sys

import pytest
from aiohttp import web

FEED = """<rss version="2.0"><channel><title>Тайгинский гудок</title>
<link>https://gudok.example/</link><item><guid>7</guid>
<title>Электричка до Анжерки пойдёт чаще</title>
<link>https://gudok.example/7</link><description>{text}</description></item></channel></rss>"""
TEXT = "Пригородный поезд между Тайгой и Анжеро-Судженском пойдёт пять раз в день. " * 8
TITLES = {
    "Из Юрги в Гродно полетит прямой рейс",
    "Депутаты приняли бюджет Юрги",
    "На ярмарку в Топках привезли творог",
    "Самолёты из Юрги полетят в Гродно",
    "Хоккеисты «Льда» победили в серии буллитов",
}


def test_importing_twice_gives_the_same_articles(library):
    """The library was imported once already."""
    again = library("import", "news", "--json").json
    assert {article["title"] for article in again} == TITLES
    assert {article["source"] for article in again} == {
        "Импорт",
        "Вестник думы",
        "Топкинский листок",
        "Юргинская волна",
    }
    assert sorted(a["id"] for a in again) == sorted(a["id"] for a in library.json("latest"))


def test_what_was_lifted_out_of_the_text_is_in_fields(library):
    articles = {article["title"]: article for article in library.json("latest")}
    flight = articles["Из Юрги в Гродно полетит прямой рейс"]
    assert flight["author"] == "Алла Берёзкина"
    assert flight["text"].startswith("Авиакомпания")
    assert (flight["url"], flight["dated"]) == (None, False)
    budget = articles["Депутаты приняли бюджет Юрги"]
    assert budget["author"] == "Пётр Лузин"
    assert budget["url"] == "https://duma.example/budget"


def test_a_bad_file_is_told_and_the_rest_goes_on(shell):
    shell.write("in/broken.json", "{")
    shell.write("in/empty.txt", " \n")
    good = shell.write("in/good.txt", f"Электричка пойдёт чаще\n\n{TEXT}")
    said = shell("import", "in", "nowhere.txt", "--json", "--source", "Гудок")
    assert said.status == 1
    (article,) = json.loads(said.out)
    assert article["source"] == "Гудок"
    told = said.err.splitlines()
    assert len(told) == 3
    assert all(line.startswith("svodka: ") and line.endswith(".") for line in told)
    assert all(
        name in line for name, line in zip(("broken", "empty", "nowhere"), told, strict=True)
    )
    assert shell("import", good).out.endswith("1 new, 0 known already.\n")  # another heading


async def test_a_source_is_added_polled_checked_and_removed(shell, site):
    site.answers["/rss"] = web.Response(text=FEED.format(text=TEXT), content_type="text/xml")

    async def run(*words: str):
        return await asyncio.to_thread(shell, *words)

    added = (await run("sources", "add", f"{site.url}/rss", "--json")).json
    assert (added["new"], added["error"]) == (1, None)
    assert added["source"]["title"] == "Тайгинский гудок"
    number = str(added["source"]["id"])
    assert "Электричка" in (await run("latest")).out

    exported = (await run("sources", "export")).out
    assert f'xmlUrl="{site.url}/rss"' in exported

    site.answers["/rss"] = web.Response(status=500)
    polled = await run("poll", number, "--json")
    assert polled.status == 1
    assert "500" in json.loads(polled.out)[0]["error"]
    assert polled.err.startswith("svodka: Тайгинский гудок: ")
    checked = await run("sources", "check")
    assert checked.status == 1
    assert "(once, since " in checked.err

    assert (await run("sources", "remove", number, "--json")).json == {"removed": int(number)}
    assert (await run("sources", "list", "--json")).json == []
    assert "Электричка" in (await run("latest")).out  # its articles stay

    file = shell.write("list.opml", exported)
    imported = (await run("sources", "import", file, "--no-check", "--json")).json
    assert (imported["listed"], imported["new"]) == (1, 1)
    assert (await run("sources", "import", file)).out == "0 new sources, 1 known already.\n"


def test_what_leads_to_no_feed_is_not_added(shell):
    said = shell("sources", "add", "ftp://gudok.example/rss")
    assert (said.status, said.out) == (1, "")
    assert "'ftp://gudok.example/rss' is not an http or https address." in said.err
    assert shell("sources", "list").out == ""


@pytest.mark.parametrize(("name", "text"), [("nowhere.opml", None), ("list.opml", "no list")])
def test_a_list_that_cannot_be_read_is_named(shell, name: str, text: str | None):
    if text:
        shell.write(name, text)
    said = shell("sources", "import", name)
    assert said.status == 1
    assert said.err.startswith(f"svodka: {name} cannot be ")
    assert "Errno" not in said.err


def test_a_backup_is_a_whole_database(library):
    copy = library.folder / "copies" / "monday.db"
    assert library("backup", str(copy), "--json").json == {"path": str(copy)}
    restored = library("latest", "--json", DATABASE_URL=f"sqlite:///{copy}")
    assert {article["title"] for article in restored.json} == TITLES
    onto_itself = library("backup", str(library.folder / "svodka.db"))
    assert onto_itself.status == 1


def test_commands_never_pay_for_the_telegram_library(shell):
    """In a fresh process: aiogram takes seconds to import."""
    code = (
        "import sys; from bot.cli import main; assert main(['latest']) == 0;"
        "print(sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    environment = shell.settings | {"PYTHONPATH": ":".join(path for path in sys.path if path)}
    said = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=shell.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    imported = said.stdout
    assert "'bot'" in imported
    for heavy in ("aiogram", "trafilatura", "feedparser"):
        assert f"'{heavy}'" not in imported
