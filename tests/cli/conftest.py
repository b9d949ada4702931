"""The command line as a person uses it: a folder of its own, what it says, its exit status."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from bot import clock
from bot.cli import main
from bot.config import Settings


@dataclass(frozen=True, slots=True)
class Said:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, after it succeeded."""
        assert self.status == 0, self.err
        return json.loads(self.out)


class Shell:
    """Runs commands in one folder, with the settings given and no others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        sources = folder / "no-sources.toml"
        sources.write_text("", encoding="utf-8")
        self.settings = {
            "DATABASE_URL": f"sqlite:///{folder}/svodka.db",  # where the fixture `store` is
            "SOURCES_FILE": str(sources),
            "TIMEZONE": "Europe/Minsk",
            "ALLOW_PRIVATE_HOSTS": "true",
            "HTTP_PORT": "0",
        }

    def write(self, name: str, text: str) -> str:
        """A file in the folder; its path."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return str(file)

    def __call__(self, *words: str, **settings: str) -> Said:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for field in fields(Settings):
                patch.delenv(field.name.upper(), raising=False)
            for name, value in (self.settings | settings).items():
                patch.setenv(name, value)
            patch.chdir(self.folder)
            try:
                status = main(words)
            except SystemExit as leaving:  # argparse, and --help
                status = int(leaving.code or 0)
        return Said(status, _written(out), _written(err))

    def json(self, *words: str) -> Any:
        """What the command prints with --json."""
        return self(*words, "--json").json


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode("utf-8")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Commands on an empty database."""
    return Shell(tmp_path)


@pytest.fixture
def quiet() -> Iterator[None]:
    """`svodka run` sets the log up for a process of its own; afterwards it is as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """Commands that read a database of five articles, imported from a folder."""
    shell = Shell(tmp_path_factory.mktemp("library"))
    write_news(shell)
    imported = shell("import", "news")
    assert (imported.status, imported.err) == (0, "")
    return shell


FLIGHT = """Из Юрги в Гродно полетит прямой рейс

Текст: Алла Берёзкина

Авиакомпания «Томские крылья» открывает прямой рейс из Юрги в Гродно. Первый самолёт вылетит \
12 декабря, билеты поступят в продажу через неделю.

Летать будут дважды в неделю, дорога займёт пять часов. До сих пор пассажирам приходилось \
пересаживаться в Москве.
"""
MARKET = """<!doctype html><html lang="ru"><head><title>На ярмарку в Топках привезли творог</title>
<meta property="og:site_name" content="Топкинский листок">
<meta property="article:published_time" content="{at}">
<link rel="canonical" href="https://listok.example/market"></head><body><article>
<h1>На ярмарку в Топках привезли творог</h1>
<p>Торговые ряды на площади заняли сорок продавцов, в магазинах района таких цен не было с весны.
За первые два часа покупатели разобрали весь творог и половину сметаны.</p>
<p>Следующая ярмарка пройдёт в субботу, на неё ждут покупателей из соседних районов и ещё двадцать
продавцов с мёдом и картофелем.</p></article></body></html>
"""
PAPER = """<rss version="2.0"><channel><title>Юргинская волна</title>
<item><guid>1</guid><title>Самолёты из Юрги полетят в Гродно</title>
<link>https://volna.example/1</link><pubDate>{at}</pubDate><description>Прямой рейс из Юрги в Гродно
открывает авиакомпания «Томские крылья». Первый самолёт вылетит 12 декабря. Летать будут дважды в
неделю, дорога займёт пять часов.</description></item>
<item><guid>2</guid><title>Хоккеисты «Льда» победили в серии буллитов</title>
<link>https://volna.example/2</link><pubDate>{at}</pubDate><description>Хоккейный клуб «Лёд» обыграл
гостей со счётом 3:2. Решающий буллит в ворота соперников забросил капитан команды, нападающий
играл с травмой.</description></item></channel></rss>
"""
BUDGET = {
    "title": "Депутаты приняли бюджет Юрги",
    "url": "https://duma.example/budget",
    "source": "Вестник думы",
    "author": "Пётр Лузин",
    "text": "Депутаты городского совета приняли бюджет на будущий год. Доходы вырастут на десятую "
    "часть, дефицит сократится. Больше всего денег получат школы и дороги.",
}


def write_news(shell: Shell) -> None:
    """One file of each kind, in a folder; the newest first: flight, budget, market, paper."""
    now = clock.now()
    budget = BUDGET | {"published_at": _ago(1, now).isoformat()}
    shell.write("news/flight.txt", FLIGHT)
    shell.write("news/inner/budget.json", json.dumps([budget], ensure_ascii=False))
    shell.write("news/market.html", MARKET.format(at=_ago(2, now).isoformat()))
    shell.write("news/paper.xml", PAPER.format(at=format_datetime(_ago(3, now))))


def _ago(hours: int, now: datetime) -> datetime:
    return (now - timedelta(hours=hours)).astimezone(UTC).replace(microsecond=0)


Fits = Callable[[object, object], bool]


def fits(value: object, shape: object) -> bool:
    """Whether JSON has this shape: types, tuples of types, [shape of each], {key: shape}."""
    if isinstance(shape, dict):
        return (
            isinstance(value, dict)
            and value.keys() == shape.keys()
            and all(fits(value[key], shape[key]) for key in shape)
        )
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(one, shape[0]) for one in value)
    if shape is datetime:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    if isinstance(shape, tuple):
        return any(fits(value, one) for one in shape)
    if shape is None:
        return value is None
    assert isinstance(shape, type)
    return isinstance(value, shape) and not (shape is int and isinstance(value, bool))


@pytest.fixture(name="fits")
def fits_() -> Fits:
    return fits
