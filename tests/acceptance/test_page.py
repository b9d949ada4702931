"""The sandbox as a newcomer meets it: the bot's process with no token, and nothing but its chat
page, in a real Chromium as wide as a phone; its clock is moved, nobody waits for the morning."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.process import Bot, next_eight, until
from tests.chromium import PATIENCE_MS, PHONE, Locator, Page, chromium, expect

pytestmark = pytest.mark.browser

ADDRESS = re.compile(r"open (http://\S+)")


class Phone:
    """The page in a reader's hand, by what they see and touch."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    @property
    def chat(self) -> Locator:
        """The one chat that is seen."""
        return self.page.locator("section.chat.turned")

    def tab(self, name: str) -> Locator:
        return self.page.get_by_role("navigation").get_by_role("button", name=name)

    def messages(self, words: str) -> Locator:
        return self.chat.locator(".message").filter(has_text=words)

    async def reads(self, words: str) -> Locator:
        """The newest message that says so, as soon as there is one."""
        message = self.messages(words).last
        await expect(message).to_be_visible()
        return message

    async def says(self, text: str) -> None:
        await self.chat.get_by_role("textbox").fill(text)
        await self.chat.locator("button.send").tap()

    async def presses(self, label: str, *, under: str) -> None:
        """Press a button under the newest message that says so."""
        await (await self.reads(under)).get_by_role("button", name=label).tap()

    async def sees_command(self, name: str, words: str) -> None:
        """In the menu, as one begins to type."""
        await self.chat.get_by_role("textbox").fill(f"/{name}")
        command = self.chat.get_by_role("option").filter(has_text=f"/{name}")
        await expect(command).to_contain_text(words)
        await self.chat.get_by_role("textbox").fill("")


@asynccontextmanager
async def in_hand(bot: Bot, locale: str = "ru-RU") -> AsyncIterator[Phone]:
    """The page as the log says to open it; at the end it must have complained of nothing."""
    async with chromium() as browser:
        address = (await until(lambda: ADDRESS.search(bot.log), bot))[1]
        context = await browser.new_context(
            viewport=PHONE,
            has_touch=True,
            locale=locale,
            timezone_id="Europe/Minsk",
            reduced_motion="reduce",
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        phone = Phone(page)
        await page.goto(address)
        await expect(page.locator("body.ready")).to_be_attached()
        yield phone
        assert phone.complaints == []


async def test_the_page_alone_leads_from_start_to_digests_on_time(tmp_path: Path) -> None:
    due = next_eight()
    bot = Bot(tmp_path, BOT_TOKEN="")
    bot.move_to(due - timedelta(hours=10))
    async with bot.running(), in_hand(bot) as phone:
        await begin(phone)
        await read(phone)
        await look_at_the_week(phone)
        await change_language(phone)
        await subscribe_channel(phone)
        bot.move_to(due)
        await be_told_in_the_morning(phone)
        await send_inline(phone)
        await share(phone)
        await once_each(phone)
        await be_forgotten(phone)


async def begin(phone: Phone) -> None:
    """From the description of the bot to the first digest."""
    await expect(phone.chat.locator(".card")).to_contain_text("Читаю местные новости")
    await phone.chat.get_by_role("button", name="Запустить").tap()
    await phone.presses("Русский", under="На каком языке говорить?")
    await phone.presses("Минск", under="Где вы живёте?")
    await phone.presses("Авиарейсы", under="О чём рассказывать?")
    await expect(phone.chat.get_by_role("button", name="✅ ✈️ Авиарейсы")).to_be_visible()
    await phone.presses("Все темы", under="О чём рассказывать?")
    await expect(phone.chat.get_by_role("button", name="✅ Все темы")).to_be_visible()
    await phone.presses("Пропустить", under="О чём рассказывать?")
    await phone.presses("08:00 и 19:00", under="Время вашего города: Минск")
    await phone.reads("завтра в 08:00")
    digest = await phone.reads("Вечерняя сводка")
    await expect(digest).to_be_in_viewport()
    await expect(digest.get_by_role("link").first).to_be_visible()
    await expect(digest).to_contain_text("🧪 пример")
    await expect(digest.get_by_role("button", name="⚙️ Настройки")).to_be_visible()


async def read(phone: Phone) -> None:
    """Lists, pages that turn in place, topics, and a question."""
    await phone.says("/latest")
    page = await phone.reads("Свежие новости")
    headline = await page.get_by_role("link").first.inner_text()
    count = await phone.messages("").count()
    await phone.presses("Дальше ▶", under="Свежие новости")
    await expect(page.get_by_role("button", name="◀ Назад")).to_be_visible()
    await expect(page).not_to_contain_text(headline)
    await phone.presses("◀ Назад", under="Свежие новости")
    await expect(page.get_by_role("link").first).to_have_text(headline)
    assert await phone.messages("").count() == count
    for command, title in (("/flights", "✈️ Авиарейсы"), ("/trade", "🛒 Торговля")):
        await phone.says(command)
        await expect(await phone.reads(f"{title}\n\n")).to_contain_text("🧪 пример")
    await phone.says("что с рейсом в Минск?")
    answer = await phone.reads("🔎 что с рейсом в Минск?")
    await expect(answer.locator("blockquote").first).to_contain_text("Минск")
    await expect(answer).to_contain_text("🧪 пример")


async def look_at_the_week(phone: Phone) -> None:
    """A picture with the same in words, which turns dark in place."""
    await phone.says("/pulse")
    week = await phone.reads("Пульс недели")
    picture = week.get_by_role("img", name="Фото")
    await expect(picture).to_have_js_property("naturalWidth", 1080)
    await expect(week).to_contain_text("Самый насыщенный день")
    light = await picture.get_attribute("src")
    await phone.presses("Тёмная", under="Пульс недели")
    await expect(week.get_by_role("button", name="Светлая")).to_be_visible()
    await expect(picture).not_to_have_attribute("src", light or "")


async def change_language(phone: Phone) -> None:
    """There and back; texts and the menu change at once."""
    await phone.says("/settings")
    await phone.presses("🌐 Русский", under="⚙️ Настройки")
    await phone.presses("English", under="На каком языке говорить?")
    await phone.reads("Language: English")
    await phone.sees_command("latest", "The latest news")
    await phone.presses("🌐 English", under="Language: English")
    await phone.presses("Русский", under="Which language")
    await phone.reads("Язык: Русский")
    await phone.sees_command("latest", "Свежие новости")


async def subscribe_channel(phone: Phone) -> None:
    """The bot is made an admin, asks in private what to publish there, and is told."""
    await phone.tab("Канал").tap()
    await phone.chat.get_by_role("button", name="Сделать бота администратором").first.tap()
    await expect(phone.chat.locator(".status")).to_have_text("канал · бот публикует")
    await expect(phone.tab("Бот")).to_have_text("Бот1")
    await phone.tab("Бот").tap()
    await phone.presses("Добавить сводку", under="Теперь могу публиковать в вашем канале.")
    await phone.presses("Готово", under="О чём рассказывать?")
    await phone.presses("Мой канал", under="Следующая сводка — завтра в 08:00.")
    await expect(await phone.reads("📢 Мой канал")).to_contain_text("Все темы · 08:00")


async def be_told_in_the_morning(phone: Phone) -> None:
    """A digest in private, which ends with buttons, and a post in the channel, which does not."""
    digest = await phone.reads("Утренняя сводка")
    await expect(digest.get_by_role("link").first).to_be_visible()
    await expect(phone.tab("Канал")).to_have_text(re.compile(r"Канал[12]"))
    await phone.tab("Канал").tap()
    published = await phone.reads("Утренняя сводка")
    await expect(published).to_be_in_viewport()
    await expect(published.get_by_role("link").first).to_be_visible()
    await expect(phone.chat.locator(".key")).to_have_count(0)
    await phone.tab("Бот").tap()


async def send_inline(phone: Phone) -> None:
    """Results to choose from as one types; the chosen one is sent, and the bot leaves it alone."""
    await phone.chat.get_by_role("textbox").fill("@svodka_sandbox_bot рейсы")
    found = phone.chat.get_by_role("listbox", name="Результаты бота").get_by_role("option")
    await expect(found.nth(1)).to_contain_text("🧪 пример")
    headline = await found.first.locator("b").inner_text()
    await found.first.tap()
    await expect(await phone.reads("через @svodka_sandbox_bot")).to_contain_text(headline)
    await phone.says("/about")
    await phone.reads("свободная лицензия MIT")
    await expect(phone.messages("✅ Принято")).to_have_count(0)


async def share(phone: Phone) -> None:
    """An answer is sent to the channel, and leads back to the bot from there."""
    await phone.says("что с рейсом в Минск?")
    await phone.presses("Поделиться", under="🔎 что с рейсом в Минск?")
    asked = phone.page.get_by_role("dialog", name="Куда отправить?")
    await asked.get_by_role("button", name="Мой канал").tap()
    found = phone.chat.get_by_role("listbox", name="Результаты бота").get_by_role("option")
    headline = await found.first.locator("b").inner_text()
    await found.first.tap()
    shared = await phone.reads("через @svodka_sandbox_bot")
    await expect(shared).to_contain_text(headline)
    await shared.get_by_role("link", name="Подробнее").tap()
    await expect(await phone.reads("Что ещё известно")).to_contain_text(headline)


async def once_each(phone: Phone) -> None:
    """Whatever was to be sent twice would be there by now."""
    for tab in ("Канал", "Бот"):
        await phone.tab(tab).tap()
        await expect(phone.tab(tab)).to_have_attribute("aria-current", "true")
        await expect(phone.messages("Утренняя сводка")).to_have_count(1)


async def be_forgotten(phone: Phone) -> None:
    """One question, and then the bot knows nobody here."""
    await phone.says("/forgetme")
    await phone.presses("Да, забыть", under="нельзя")
    await phone.reads("Забыл всё.")
    await expect(phone.messages("нельзя")).to_have_count(0)
    await phone.says("/start")
    again = await phone.reads("На каком языке говорить?")
    await expect(again.get_by_role("button", name="Русский")).to_be_visible()
