"""Every command of the menu and every kind of button, pressed on the chat page at phone width.

What there is to press is read from the bot's own menu and from what it draws, so that a new command
or button is walked as soon as it is there. axe-core looks at what each command, and the first press
on each kind of button, has drawn.
"""

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from bot.news.topics.scores import parse_topics
from tests.acceptance.process import Bot, happens
from tests.acceptance.test_page import Phone, in_hand
from tests.chromium import expect, offences

pytestmark = pytest.mark.browser

Message = dict[str, Any]

CHAT = """() => fetch('/sandbox/state').then((answer) => answer.json())
  .then(({ chats, me }) => chats.find((chat) => chat.id === me.id))"""
HEAR = """() => {
  window.answers = [];
  window.events = 0;
  const events = new EventSource('/sandbox/events');
  events.addEventListener('callback_answer', (event) => window.answers.push(event.data));
  for (const kind of ['message', 'edited', 'deleted', 'commands', 'reset'])
    events.addEventListener(kind, () => window.events++);
  return new Promise((heard) => events.addEventListener('open', () => heard()));
}"""
NEXT = """(heard) => new Promise((done) => {
  const look = () => {
    if (window.answers.length > heard) done(window.answers.at(-1));
    else setTimeout(look, 20);
  };
  look();
})"""
ENOUGH = 30  # kinds of buttons
MOST_PRESSES = 60  # after one command
SPOKEN = {"ru": ("ru-RU", "Запустить", "не получилось"), "en": ("en-GB", "Start", "went wrong")}
NEVER = {"x1:1", "g2"}  # forgets everything; changes the language: test_page does both
BACK, CHOSEN = "←", "✅"
OPENS = "r1"  # a story
SLOW_S = 120  # a digest leaves through the outbox, some time after its button was answered


@dataclass(frozen=True)
class Key:
    """A button that asks the bot: under which message, and of which kind."""

    message_id: int
    label: str
    kind: str  # its prefix, and what is to be done
    screen: frozenset[str]  # the kinds that it stands among


class Walk:
    """The page in the hand of somebody who tries everything once."""

    def __init__(self, phone: Phone, bot: Bot, regret: str) -> None:
        self.phone, self.page, self.bot = phone, phone.page, bot
        self.regret = regret  # what the bot says when it failed
        self.topics: set[str] = set()
        self.walked: set[str] = set()
        self.backs: set[frozenset[str]] = set()  # screens that were left by their way back
        self.looked: set[str] = set()  # kinds of buttons, at what they drew
        self.offences: list[str] = []
        self.idle: list[str] = []  # buttons that did nothing
        self._events = -1  # that the page had heard of when it read the chat
        self._chat: dict[str, Any] = {}

    async def chat(self) -> dict[str, Any]:
        """The private chat, as the page itself reads it; read again when something happened."""
        events = await self.page.evaluate("window.events")
        if events != self._events:
            self._events, self._chat = events, await self.page.evaluate(CHAT)
        return self._chat

    async def commands(self) -> list[str]:
        """Of the menu; none while the bot has not set it yet."""
        return [one["command"] for one in (await self.chat())["commands"]]

    async def messages(self) -> dict[int, Message]:
        return {message["message_id"]: message for message in (await self.chat())["messages"]}

    async def told(self) -> bool:
        """Whether a digest has come: stories can be opened from it."""
        messages = (await self.messages()).values()
        return any(key.kind == OPENS for one in messages for key in self._keys(one))

    async def types(self, words: str) -> None:
        before = max(await self.messages())
        await self.phone.says(words)
        await self.walks_on(words, before + 1)

    async def walks_on(self, words: str, mine: int) -> None:
        """Wait for what comes after a message of mine, look at it, and press all that is new."""

        async def answered() -> bool:
            return max(await self.messages(), default=0) > mine

        await happens(answered, self.bot)
        newest = f'[data-id="{max(await self.messages())}"]'
        await expect(self.phone.chat.locator(newest)).to_be_attached()
        if words[1:] not in self.topics:  # they are drawn as /latest is
            self.offences += await offences(self.page, f"section.chat.turned {newest}")
        for _ in range(MOST_PRESSES):
            key = self._next(await self.messages(), after=mine)
            if key is None:
                return
            await self._press(key, f"{words} → {key.label} ({key.kind})")

    def _next(self, messages: dict[int, Message], *, after: int) -> Key | None:
        """A kind of button never pressed, else the way back from a screen, to what is behind it."""
        keys = [
            key
            for number in sorted(messages, reverse=True)
            if number > after
            for key in self._keys(messages[number])
        ]
        for key in keys:
            if key.kind not in self.walked and not {key.kind, key.kind.split(":")[0]} & NEVER:
                return key
        backs = (k for k in keys if k.label.startswith(BACK) and k.screen not in self.backs)
        return next(backs, None)

    def _keys(self, message: Message) -> list[Key]:
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [one for row in rows for one in row if "callback_data" in one]
        kinds = [self._kind(one["callback_data"]) for one in buttons]
        return [
            Key(message["message_id"], one["text"], kind, frozenset(kinds))
            for one, kind in zip(buttons, kinds, strict=True)
        ]

    def _kind(self, data: str) -> str:
        prefix, _, rest = data.partition(":")
        first = rest.partition(":")[0]
        named = first.replace("_", "").isalpha() and first not in self.topics
        return f"{prefix}:{first}" if named or prefix == "x1" else prefix

    async def _press(self, key: Key, told: str) -> None:
        self.walked.add(key.kind)
        if key.label.startswith(BACK):
            self.backs.add(key.screen)
        was = await self.messages()
        heard = await self.page.evaluate("window.answers.length")
        item = self.phone.chat.locator(f'[data-id="{key.message_id}"]')
        await item.get_by_role("button", name=key.label, exact=True).first.tap()
        answer = json.loads(await self.page.evaluate(NEXT, heard))
        if answer.get("show_alert"):
            alert = self.page.locator("dialog.alert")
            self.offences += await offences(self.page, "dialog.alert")
            await alert.get_by_role("button").first.tap()

        async def changed() -> bool:
            return bool(answer.get("text")) or await self.messages() != was

        if not key.label.startswith(CHOSEN):  # that may stay as it is
            try:
                await happens(changed, self.bot, seconds=SLOW_S)
            except AssertionError:
                self.idle.append(told)
        now = await self.messages()
        if drawn := [one for number, one in now.items() if was.get(number) != one]:
            await self._look_at(drawn[-1])
            self.looked.add(key.kind)
        said = [one.get("text", "") for one in now.values()]
        assert self.regret not in " ".join([*said, answer.get("text") or ""]), told + self.bot.log

    async def _look_at(self, message: Message) -> None:
        """With axe, once the page shows it."""
        item = f'[data-id="{message["message_id"]}"]'
        words = (message.get("text") or message.get("caption") or "").strip()
        await expect(self.phone.chat.locator(item)).to_contain_text(words.split("\n")[0][:30])
        self.offences += await offences(self.page, f"section.chat.turned {item}")


@pytest.mark.parametrize("language", SPOKEN)
async def test_every_command_and_every_kind_of_button_is_walked(
    tmp_path: Path, language: str
) -> None:
    locale, begin, regret = SPOKEN[language]
    bot = Bot(tmp_path, BOT_TOKEN="")
    async with bot.running(), in_hand(bot, locale) as phone:
        walk = Walk(phone, bot, regret)
        await phone.page.evaluate(HEAR)
        await phone.page.locator("#language").select_option(language)
        begins = phone.chat.get_by_role("button", name=begin)
        await expect(begins).to_be_visible()
        walk.offences += await offences(phone.page)
        toml = files("bot.news.topics").joinpath("topics.toml").read_text("utf-8")
        walk.topics = {topic.slug for topic in parse_topics(toml, name="topics.toml").all}
        await begins.tap()
        await walk.walks_on("/start", 1)
        await happens(walk.told, bot)  # through the outbox, some time after the last answer
        await walk.walks_on("/start", 1)
        commands = await happens(walk.commands, bot)
        for command in commands:
            if command != "start":
                await walk.types(f"/{command}")
        walk.offences += await offences(phone.page)
        assert {"start", "settings", "help", *walk.topics} <= {*commands}
        assert walk.offences == []
        assert walk.idle == []
        assert len(walk.walked) > ENOUGH, sorted(walk.walked)
        assert len(walk.looked) > ENOUGH, sorted(walk.looked)
