"""The chat page's files: what is served, under which policy, and that its languages agree."""

import re
from importlib.resources import files

import pytest

PAGE = {item.name: item for item in files("bot.sandbox.page").iterdir()}
SHIPPED = sorted(name for name in PAGE if name.endswith((".html", ".css", ".js", ".svg")))
SCRIPTS = [name for name in SHIPPED if name.endswith(".js")]


def text_of(name: str) -> str:
    return PAGE[name].read_text(encoding="utf-8")


def words_of(language: str) -> dict[str, str]:
    return dict(re.findall(r'^  (\w+): "(.*)",$', text_of(f"words-{language}.js"), re.M))


@pytest.mark.parametrize("address", ["/", *(f"/page/{name}" for name in SHIPPED)])
async def test_every_file_is_served_under_a_policy_that_runs_nothing_foreign(api, address):
    async with api.session.get(api.url + address) as response:
        assert response.status == 200
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["__init__.py", "nothing.js", "..%2fserver.py", ""])
async def test_nothing_else_is_served(api, name):
    async with api.session.get(f"{api.url}/page/{name}") as response:
        assert response.status == 404


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_makes_markup_of_words(name):
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", text_of(name))


def test_the_page_loads_every_script_and_nothing_from_elsewhere():
    page = text_of("index.html")
    assert sorted(re.findall(r'"/page/([\w-]+\.js)"', page)) == SCRIPTS
    assert re.findall(r'(?:src|href)="(?!/page/)([^"]+)"', page) == ["https://t.me/BotFather"]
    assert not re.search(r"\son\w+=|style=", page)


@pytest.mark.parametrize("language", ["be", "en"])
def test_every_language_has_the_same_words_with_the_same_blanks(language):
    def blanks(words: dict[str, str]) -> dict[str, list[str]]:
        return {key: re.findall(r"\{\w+\}", text) for key, text in words.items()}

    assert len(words_of("ru")) > 50
    assert blanks(words_of(language)) == blanks(words_of("ru"))


def test_every_word_the_page_asks_for_is_there():
    asked = set(re.findall(r'data-(?:word|label)="(\w+)"', text_of("index.html")))
    for name in SCRIPTS:
        asked |= set(re.findall(r'\bword\("(\w+)"', text_of(name)))
    assert asked <= words_of("ru").keys()
