"""The commands of editors: a story explained, and set right for good."""

import pytest

from tests.cli.conftest import Shell, write_news


@pytest.fixture
def own(shell: Shell) -> Shell:
    """A database of its own: corrections change it."""
    write_news(shell)
    assert shell("import", "news").status == 0
    return shell


def flight(shell: Shell) -> dict:
    [found] = (one for one in shell.json("stories") if one["articles"] == 2)
    return found


def test_a_story_tells_why_each_article_is_in_it(library):
    story = library.json("story", str(flight(library)["id"]), "--why")
    began, joined = sorted(story["why"], key=lambda one: one["through"] is not None)
    assert began["through"] is None
    assert joined["through"]["article"] == began["article"]
    assert joined["through"]["score"] > 0
    kinds = {one["kind"] for one in joined["through"]["in_common"]}
    assert {"name", "day", "word"} <= kinds
    assert {article["id"] for article in story["contents"]} == {
        one["article"] for one in story["why"]
    }
    assert (story["chapters"], story["corrections"]) == ([], [])


def test_it_tells_a_person_too(library):
    said = library("story", str(flight(library)["id"]), "--why")
    assert said.status == 0
    for word in ("why: one event with article", "joined by: article", "in common: name"):
        assert word in said.out, said.out


def test_what_an_editor_splits_and_merges_stays_when_read_again(own):
    story = flight(own)["id"]
    article = own.json("story", str(story))["contents"][1]["id"]
    assert own("correct", "split", str(article)).status == 0
    assert [one["articles"] for one in own.json("stories")] == [1] * 5
    assert own("import", "news").status == 0
    assert [one["articles"] for one in own.json("stories")] == [1] * 5
    [split] = own.json("story", str(story), "--why")["corrections"]
    assert (split["kind"], split["articles"]) == ("split", [article])
    assert own("correct", "merge", str(story), str(split["story"])).status == 0
    assert flight(own)["id"] == story
    assert own.json("story", str(split["story"]))["id"] == story  # by its old number


def test_chapters_are_linked_and_held_apart(own):
    one, other, *_ = sorted(story["id"] for story in own.json("stories"))
    assert own("correct", "link", str(one), str(other)).status == 0
    assert set(own.json("story", str(one))["chapters"]) == {one, other}
    assert f"chapter {other}" in own("story", str(one)).out
    assert own("correct", "apart", str(one), str(other)).status == 0
    assert own.json("story", str(other))["chapters"] == []


@pytest.mark.parametrize(
    "words", ["story 999", "correct merge 1 999", "correct split 999", "correct apart 1 1"]
)
def test_what_is_not_there_is_said(library, words: str):
    said = library(*words.split())
    assert said.status == 1
    assert said.err.startswith("svodka: ")
