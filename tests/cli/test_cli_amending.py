"""The commands of editors about what was told: reworded, withdrawn, told as before."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.models import DeliveryKind, NewDelivery, Post, Span
from tests.cli.conftest import Shell, write_news
from tests.conftest import opened

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)


@pytest.fixture
def own(shell: Shell) -> Shell:
    """A database of its own: corrections change it."""
    write_news(shell)
    assert shell("import", "news").status == 0
    return shell


def story(shell: Shell, word: str) -> dict:
    [found] = (one for one in shell.json("stories") if word in one["headline"])
    return found


def test_a_reworded_story_keeps_its_words_when_the_news_are_read_again(own):
    id_ = str(story(own, "ярмарку")["id"])
    said = own(
        "correct", "reword", id_, "--headline", "Ярмарки не было", "--summary", "Слух.", "Да."
    )
    assert (said.status, said.out) == (0, f"Story {id_} says: Ярмарки не было\n")
    assert own("import", "news").status == 0
    told = own.json("story", id_, "--why")
    assert (told["headline"], told["summary"]) == ("Ярмарки не было", ["Слух.", "Да."])
    assert [one["kind"] for one in told["corrections"]] == ["reword"]
    assert f"reword {id_}\n" in own("story", id_, "--why").out


def test_a_withdrawn_story_is_shown_nowhere_until_it_is_restored(own):
    id_ = str(story(own, "ярмарку")["id"])

    def shown() -> list[bool]:
        commands = (["latest"], ["search", "творог"], ["stories"], ["ask", "что с ярмаркой"])
        return ["ярмарку" in own(*command).out for command in commands]

    assert shown() == [True] * 4
    assert own("correct", "withdraw", id_, "--reason", "Выдумка").status == 0
    assert shown() == [False] * 4
    assert own("digest").out.count("ярмарку") == 0
    assert own("correct", "restore", id_).status == 0
    assert shown() == [True] * 4
    again = own("correct", "restore", id_)
    assert (again.status, again.err) == (
        1,
        f"svodka: Story {id_} is neither reworded nor withdrawn.\n",
    )


def test_who_corrects_is_told_how_many_messages_are_edited(own, tmp_path: Path):
    id_ = story(own, "ярмарку")["id"]
    asyncio.run(send(tmp_path, id_))
    said = own("correct", "withdraw", str(id_))
    assert "Messages that tell it: 1." in said.out
    edits = own.json("edits")
    assert edits == {"counts": {"planned": 0, "done": 0, "dead": 0}, "to_plan": True, "reasons": []}
    assert own("edits").out.startswith("planned 0, done 0, dead 0\nA correction is new")


async def send(folder: Path, story_id: int) -> None:
    """One message that tells the story."""
    async with opened(f"sqlite:///{folder}/svodka.db") as store:
        post = Post(text="ярмарка", spans=(Span(story_id=story_id, offset=0, length=7),))
        await store.outbox.add(
            NewDelivery(key="d:1", chat_id=1, kind=DeliveryKind.DIGEST, post=post), now=NOW
        )
        [delivery] = await store.outbox.claim(owner="o", now=NOW, limit=1, lease_s=9)
        await store.outbox.mark(sending=[delivery.id], sent={}, now=NOW)
        await store.outbox.mark(sending=[], sent={delivery.id: 5}, now=NOW)


@pytest.mark.parametrize(
    "words",
    [
        ["correct", "reword", "999", "--headline", "Да"],
        ["correct", "withdraw", "999"],
        ["correct", "restore", "999"],
    ],
)
def test_a_story_that_is_not_there_is_said(library, words: list[str]):
    said = library(*words)
    assert said.status == 1
    assert said.err.startswith("svodka: ")


def test_a_headline_without_a_word_is_refused(library):
    said = library("correct", "reword", "1", "--headline", " … ")
    assert said.status == 2
    assert "write some words" in said.err
