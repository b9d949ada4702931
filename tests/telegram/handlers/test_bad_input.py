"""Every command of the menus, with arguments nobody would expect, is answered with a way on."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from aiogram.methods import TelegramMethod

from bot.telegram.conversation.menu import ADMINS, GROUP, PRIVATE
from bot.telegram.writing.posts import MAX_UNITS, UNWELCOME, units
from bot.telegram.writing.texts import LANGUAGES, Texts
from tests.telegram.conftest import ME, Talk

COMMANDS = sorted({*PRIVATE, *ADMINS, *GROUP, "flights"})
BAD = (
    "абракадабра",
    "abracadabra 99:99 ъ",
    "25:00",
    "лишнее " * 60,
    "x" * 4000,
    "-1",
    "0 0 0 0",
    "99999999999999999999",
    "<b>жирно</b> & </i>",
    "\u202eтолько наоборот\u2066",
    "'; DROP TABLE chats; --",
    "@no_such_channel_anywhere",
    "%s {0} ${x} \\n",
    "🦄🦄🦄",
    "Атлантида",
    "/help",
    "\u0000",
)
TAKES_ANYTHING = {"search"}  # whatever is typed is what to look for
TAKES_WORDS = {"follow", "mute", "subscribe"}  # any word is one to follow
TAKES_LINKS = {"start"}  # what stands behind it no person has typed
EMOJI = "🦄" * 3
STRANGE = {  # and what must be understood of it, to name it
    "a wrong word": ("абракадабра", "абракадабра"),
    "too many": ("лишнее " * 60, "лишнее"),
    "markup": ("<b>жирно</b> & </i> *_`[", "<b>жирно</b>"),
    "marks of direction": ("\u202eабракадабра\u2066", "абракадабра"),
    "4,096 characters": ("щ" * MAX_UNITS, "щщщщщ"),
    "emoji only": (EMOJI, EMOJI),
}
MEANS_NOTHING = {"too many", "4,096 characters", "emoji only"}


def said_in(calls: list[TelegramMethod[Any]]) -> list[str]:
    """The words of all that was sent or redrawn, of whatever kind it was."""
    return [
        call.text if hasattr(call, "text") else getattr(call, "caption", None) or "…"
        for call in calls
        if call.__api_method__.startswith(("send", "edit")) and "Action" not in call.__api_method__
    ]


async def ask(talk: Talk, words: str) -> list[str]:
    """What the bot says to these words; a digest, which leaves through the outbox, is words too."""
    before, planned = len(talk.session.calls), len(await talk.store.outbox.list(limit=1000))
    await talk.says(words)
    deliveries = await talk.store.outbox.list(limit=1000)
    digests = ["digest"] * (len(deliveries) - planned)
    return said_in(talk.session.calls[before:]) + digests


def examples(command: str, said: str) -> list[str]:
    """What the answer shows to type: «/latest flights 5», the longest first."""
    found = re.findall(rf"/{command}(?: (?!или|або|or\b)[\w:@«»\"-]+)+", said)
    return sorted(found, key=len, reverse=True)


@pytest.fixture
async def met(talk: Talk, print_news: Callable[..., Any], language: str) -> Talk:
    """Somebody who reads in that language and is subscribed twice."""
    await print_news(["Открыт рейс в Минск", "БелАЗ показал новый самосвал"])
    talk.language = language
    for words in ("/start", "/subscribe flights 9:00", "/subscribe trade"):
        await talk.says(words)
    return talk


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
async def test_every_command_answers_whatever_stands_behind_it(
    met: Talk, command: str, language: str, texts: Texts, caplog: pytest.LogCaptureFixture
) -> None:
    ours = texts.get(language)("error-ours")
    some = BAD if language == LANGUAGES[0] else BAD[::3]  # they are read alike in all
    for words in ("", *some):
        said = await ask(met, f"/{command} {words}"[:MAX_UNITS].strip())
        assert said, words
        for one in said:
            assert one.strip(), words
            assert ours not in one, words
            assert units(one) <= MAX_UNITS, words
            assert not UNWELCOME.search(one.replace("\n", "")), words
    assert "an update failed" not in caplog.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", sorted({*COMMANDS} - TAKES_ANYTHING))
async def test_wrong_arguments_are_named_beside_an_example_that_works(
    met: Talk, command: str, language: str
) -> None:
    plain = await ask(met, f"/{command}")
    said = await ask(met, f"/{command} абракадабра")
    if said == plain or said == ["digest"]:
        return  # it takes no arguments, and needs none
    assert len(said) == 1
    assert "абракадабра" in said[0]
    shown = [*examples(command, said[0]), f"/{command}"]
    works = await ask(met, shown[0])
    assert works
    assert "абракадабра" not in works[0]
    assert works[0].split("\n")[0] != said[0].split("\n")[0]


@pytest.mark.parametrize("language", LANGUAGES[:1])
@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize("command", sorted({*COMMANDS} - TAKES_ANYTHING - TAKES_LINKS))
async def test_what_is_not_understood_is_named_and_an_example_works(
    met: Talk, command: str, kind: str
) -> None:
    await met.says("/mute футбол")
    words, named = STRANGE[kind]
    [said, *more] = await ask(met, f"/{command} {words}"[:MAX_UNITS])
    assert all(one.strip() for one in (said, *more))
    assert not UNWELCOME.search(said.replace("\n", ""))
    assert named in said
    assert "&lt;" not in said
    if command not in TAKES_WORDS or kind in MEANS_NOTHING:
        assert units(said) < 400
        shown = "latest" if command == "flights" else command  # a topic's command is short for it
        example = [*examples(shown, said), *re.findall(rf"/{shown}\b", said)][0]
        works = await ask(met, example)
        assert works
        assert all(named not in one for one in works)


async def test_extra_words_for_admins_are_named_too(desk: Talk) -> None:
    [said] = await desk.says("/deliveries вчера")
    assert said.startswith("«вчера» здесь лишнее: команду пишут просто /deliveries")


async def test_a_misspelt_topic_is_suggested_and_taken_with_a_press(talk: Talk) -> None:
    [said] = await talk.says("/subscribe авиарейссы 9:00")
    assert "«авиарейссы» похоже на тему «Авиарейсы»" in said
    [mine] = await talk.store.subscriptions.of_chat(ME)
    assert [one.label for one in mine.follows] == ["авиарейссы"]
    [done] = await talk.presses("Авиарейсы вместо «авиарейссы»")
    assert done.startswith("Готово! Буду присылать: Авиарейсы · 09:00")
    [mine] = await talk.store.subscriptions.of_chat(ME)
    assert (mine.topics, mine.follows, mine.schedule.minutes) == (("flights",), (), (540,))


@pytest.mark.parametrize("command", ["latest", "digest", "week"])
async def test_a_misspelt_topic_gives_the_example(talk: Talk, command: str) -> None:
    [said] = await talk.says(f"/{command} торговлля")
    assert f"/{command} trade" in said


@pytest.mark.parametrize("words", ["БелАЗ", "торг", "Минск"])
async def test_a_word_that_means_itself_is_no_slip(talk: Talk, words: str) -> None:
    [said] = await talk.says(f"/subscribe {words}")
    assert "похоже на тему" not in said


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_message_as_long_as_telegram_lets_it_be_is_answered_shortly(met: Talk) -> None:
    for words in ("я" * MAX_UNITS, "а в Минск? " * 372, "?" * MAX_UNITS, "🦄" * 2000):
        [said] = await ask(met, words)
        assert units(said) < 300
        assert "«" in said or "“" in said  # an example


@pytest.mark.parametrize("name", ["<b>Анна</b>", "\u202eаннА", "&amp; *_`[", "𝕬𝖓𝖓𝖆" * 16])
async def test_a_name_with_markup_or_marks_of_direction_is_only_a_name(
    talk: Talk, name: str
) -> None:
    person = {"id": ME, "is_bot": False, "first_name": name, "last_name": name}
    for words in ("/start", "/settings", "/help", "/about"):
        chat = {"id": ME, "type": "private", "first_name": name, "last_name": name}
        message = {"message_id": 1, "date": 1, "chat": chat, "from": person, "text": words}
        [said] = await talk.feed({"message": message})
        assert not UNWELCOME.search(said.replace("\n", ""))
        assert "&lt;" not in said
