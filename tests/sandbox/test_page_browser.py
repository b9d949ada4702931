"""The chat page in a real Chromium, over a real sandbox; the test plays the bot, over HTTP.

Skipped where there is no Chromium or no playwright; with CI set, that is a failure instead.
"""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.sandbox.sandbox import CHANNEL_ID, READER_ID, Sandbox
from bot.sandbox.server import start_sandbox

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
REQUIRED = os.environ.get("CI", "").lower() in ("1", "true")
try:
    from playwright.async_api import Browser, Locator, Page, async_playwright, expect
except ImportError:
    if REQUIRED:
        raise
    pytest.skip("playwright is not installed: pip install playwright", allow_module_level=True)
if CHROMIUM is None and not REQUIRED:
    pytest.skip("there is no chromium: apt install chromium", allow_module_level=True)

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)  # 08:00 in Novokuznetsk, where the viewer sits
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


@dataclass
class Stage:
    """A sandbox, its page in a browser, and the bot's side of it."""

    desk: Page  # one for all tests that need no other: to open one takes half a second
    box: Sandbox
    url: str
    session: aiohttp.ClientSession
    stack: AsyncExitStack
    complaints: list[str] = field(default_factory=list)  # of the page's console

    async def open(self, size: Any = DESKTOP, **options: Any) -> Page:
        """The page as a person opens it, complaining of nothing on its console."""
        page = self.desk
        if size != DESKTOP or options:
            page = await self.stack.enter_async_context(visit(self.desk, size, **options))
        page.on("pageerror", self._failed)
        page.on("console", self._heard)
        self.stack.push_async_callback(self._leave, page)
        await page.goto(self.url)
        await expect(page.locator("body.ready")).to_be_attached()
        return page

    async def begun(self, size: Any = DESKTOP, **options: Any) -> Page:
        """The page of a reader who has pressed start, which the bot has heard of."""
        self.box.acts.send("/start")
        await self.heard("message")
        return await self.open(size, **options)

    async def bot(self, method: str, **params: Any) -> Any:
        address = f"{self.url}/bot{self.box.token}/{method}"
        async with self.session.post(address, json=params) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def say(self, text: str, **params: Any) -> Any:
        """The bot writes to the reader, in HTML."""
        params = {"chat_id": READER_ID, "parse_mode": "HTML", **params}
        return await self.bot("sendMessage", text=text, **params)

    async def heard(self, kind: str) -> Any:
        """The next update, which must be of this kind."""
        updates = await self.bot("getUpdates", timeout=5, limit=1)
        await self.bot("getUpdates", offset=updates[0]["update_id"] + 1, limit=1, timeout=0)
        assert kind in updates[0], updates
        return updates[0][kind]

    async def _leave(self, page: Page) -> None:
        page.remove_listener("pageerror", self._failed)
        page.remove_listener("console", self._heard)
        await page.goto("about:blank")

    def _failed(self, error: Any) -> None:
        self.complaints.append(str(error))

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


@asynccontextmanager
async def visit(of: Browser | Page, size: Any, **options: Any) -> AsyncIterator[Page]:
    """A page in a context of its own, in the viewer's zone, at a fixed instant."""
    browser = of if isinstance(of, Browser) else of.context.browser
    assert browser is not None
    zone = {"locale": "ru-RU", "timezone_id": "Asia/Novokuznetsk"}
    context = await browser.new_context(viewport=size, **zone, **options)
    page = await context.new_page()
    page.set_default_timeout(5000)
    await page.clock.set_fixed_time(NOW)
    yield page
    await context.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk() -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        async with visit(browser, DESKTOP) as page:
            yield page
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def stage(desk: Page) -> AsyncIterator[Stage]:
    box = Sandbox(lambda: NOW, limits=False)
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(start_sandbox(box))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        stage = Stage(desk, box, url, session, stack)
        yield stage
        assert stage.complaints == []


def chat(page: Page, name: str = "Сводка") -> Locator:
    return page.get_by_role("region", name=name)


def bubble(page: Page, words: str) -> Locator:
    return page.locator(".message").filter(has_text=words).last


def field_of(page: Page) -> Locator:
    return chat(page).get_by_role("textbox", name="Сообщение")


async def width_of(page: Page) -> tuple[int, int]:
    shown: int = await page.evaluate("document.documentElement.clientWidth")
    needed: int = await page.evaluate("document.documentElement.scrollWidth")
    return shown, needed


async def test_a_new_reader_is_told_what_the_bot_does_and_starts_it(stage: Stage):
    page = await stage.open()
    await expect(chat(page)).to_contain_text("Что умеет этот бот?")
    await expect(page.get_by_role("banner")).to_contain_text("Это не Telegram")
    await page.get_by_role("button", name="Запустить").press("Enter")
    await expect(field_of(page)).to_be_focused()
    await expect(bubble(page, "/start")).to_have_class("message out last fresh")
    assert (await stage.heard("message"))["text"] == "/start"


async def test_what_is_typed_is_sent_by_enter_with_its_lines(stage: Stage):
    page = await stage.begun()
    await field_of(page).press_sequentially("что с рейсом")
    await field_of(page).press("Shift+Enter")
    await field_of(page).press_sequentially("в Минск?")
    await field_of(page).press("Enter")
    await expect(bubble(page, "что с рейсом")).to_be_in_viewport()
    await expect(field_of(page)).to_have_value("")
    assert (await stage.heard("message"))["text"] == "что с рейсом\nв Минск?"


ALL_ENTITIES = """🧾 <b>жирный <i>курсив <u>подчёркнутый</u></i></b> <s>зачёркнутый</s>
<code>код &lt;b&gt;</code>
<pre><code class="language-python">print("да")</code></pre>
<blockquote>цитата</blockquote>
<a href="https://example.com/a">ссылка</a> @my_channel_sandbox #новости https://example.com/b
почта mail@example.com, <tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>
<tg-time unix="1795000000" format="wDT">когда-то</tg-time>,
<tg-time unix="1794963600">в срок</tg-time>"""


async def test_every_entity_is_drawn(stage: Stage):
    page = await stage.begun()
    await stage.say(ALL_ENTITIES)
    words = bubble(page, "жирный").locator(".words")
    for tag, text in {
        "strong": "жирный курсив подчёркнутый",
        "em": "курсив подчёркнутый",
        "u": "подчёркнутый",
        "s": "зачёркнутый",
        ":scope > code": "код <b>",
        "pre": 'print("да")',
        ".code-head > span": "python",
        "blockquote": "цитата",
        ".emoji": "👍",
        ".marked": "#новости",
    }.items():
        assert "".join(await words.locator(tag).all_text_contents()) == text
    for text, address in {
        "ссылка": "https://example.com/a",
        "https://example.com/b": "https://example.com/b",
        "@my_channel_sandbox": "https://t.me/my_channel_sandbox",
        "mail@example.com": "mailto:mail@example.com",
    }.items():
        await expect(words.get_by_role("link", name=text, exact=True)).to_have_attribute(
            "href", address
        )
    times = await words.locator("time.moment").all_inner_texts()
    assert times == ["среда, 18 ноября 2026 г. в 18:06:40", "в срок"]


async def test_a_spoiler_hides_until_it_is_asked_for(stage: Stage):
    page = await stage.begun()
    await stage.say('<tg-spoiler>счёт <a href="https://example.com/">3:1</a> в нашу</tg-spoiler>')
    await expect(page.locator(".preview")).not_to_contain_text("3:1")
    cover = page.get_by_role("button", name="Скрытый текст, показать")
    await expect(page.get_by_role("link", name="3:1")).to_have_count(0)
    await cover.press("Enter")
    await expect(page.get_by_role("link", name="3:1")).to_be_visible()
    await expect(cover).to_have_count(0)


async def test_a_long_quote_shows_three_lines_until_it_is_unfolded(stage: Stage):
    page = await stage.begun()
    await stage.say(f"<blockquote expandable>{'слово ' * 120}</blockquote>")
    await stage.say("<blockquote expandable>короткая</blockquote>")
    quote = bubble(page, "слово").locator("blockquote")
    low = (await quote.bounding_box() or {})["height"]
    await quote.get_by_role("button", name="Развернуть цитату").press("Enter")
    await expect(quote.get_by_role("button", name="Свернуть цитату")).to_be_focused()
    assert (await quote.bounding_box() or {})["height"] > low * 2
    await expect(bubble(page, "короткая").get_by_role("button")).to_have_count(0)


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def key(text: str, data: str) -> dict[str, Any]:
    return {"text": text, "callback_data": data}


async def test_a_pressed_button_waits_and_the_answer_is_shown(stage: Stage):
    page = await stage.begun()
    site = {"text": "На сайт", "url": "https://example.com/"}
    await stage.say(
        "Где вы?", reply_markup=keyboard([key("Кузбасс", "a"), key("Минск", "b")], [site])
    )
    await expect(page.get_by_role("link", name="На сайт")).to_have_attribute("target", "_blank")
    minsk = page.get_by_role("button", name="Минск")
    await minsk.click()
    await expect(minsk).to_have_attribute("aria-busy", "true")
    query = await stage.heard("callback_query")
    assert query["data"] == "b"
    await stage.bot("answerCallbackQuery", callback_query_id=query["id"], text="Запомнил")
    await expect(page.get_by_role("status").filter(has_text="Запомнил")).to_be_visible()
    await expect(minsk).not_to_have_attribute("aria-busy", "true")

    await minsk.press("Enter")
    query = await stage.heard("callback_query")
    answer = {"callback_query_id": query["id"], "text": "Важно!", "show_alert": True}
    await stage.bot("answerCallbackQuery", **answer)
    await expect(page.get_by_role("dialog")).to_contain_text("Важно!")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(minsk).to_be_focused()


async def test_an_edit_is_drawn_in_place_and_what_is_deleted_goes(stage: Stage):
    page = await stage.begun()
    first = await stage.say("Страница 1", reply_markup=keyboard([key("Дальше", "2")]))
    await stage.say("Другое")
    await page.get_by_role("button", name="Дальше").focus()
    await stage.bot(
        "editMessageText",
        chat_id=READER_ID,
        message_id=first["message_id"],
        text="Страница 2",
        reply_markup=keyboard([key("Назад", "1")]),
    )
    await expect(page.locator(".message").nth(1)).to_contain_text("Страница 2изменено")
    await expect(page.get_by_role("button", name="Назад")).to_be_focused()
    await expect(page.get_by_text("Страница 1")).to_have_count(0)
    await stage.bot("deleteMessage", chat_id=READER_ID, message_id=first["message_id"])
    await expect(page.locator(".message")).to_have_count(3 - 1)


async def test_the_command_menu_works_from_the_keyboard_in_the_readers_language(stage: Stage):
    page = await stage.begun()
    for language, words in (("", "latest news"), ("ru", "свежие новости")):
        commands = [("latest", words), ("language", words), ("topics", words)]
        shown = [{"command": name, "description": text} for name, text in commands]
        await stage.bot("setMyCommands", commands=shown, language_code=language)
    menu = page.get_by_role("listbox", name="Команды бота")
    await page.get_by_role("button", name="Команды бота").press("Enter")
    await expect(menu.get_by_role("option").first).to_contain_text("/latestсвежие новости")
    await page.keyboard.press("Escape")
    await expect(field_of(page)).to_be_focused()
    await page.keyboard.type("/la")
    await expect(menu.get_by_role("option")).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    await expect(menu.get_by_role("option", selected=True)).to_contain_text("/language")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    assert (await stage.heard("message"))["text"] == "/latest"
    await bubble(page, "/latest").get_by_role("button", name="/latest").click()
    assert (await stage.heard("message"))["text"] == "/latest"


async def test_inline_results_are_offered_and_the_chosen_one_is_sent(stage: Stage):
    page = await stage.begun()
    await field_of(page).fill("@svodka_sandbox_bot рейс")
    query = await stage.heard("inline_query")
    assert query["query"] == "рейс"
    results = [
        {
            "type": "article",
            "id": str(n),
            "title": f"Новость {n}",
            "description": "Вестник",
            "input_message_content": {"message_text": f"<b>Текст {n}</b>", "parse_mode": "HTML"},
        }
        for n in (1, 2)
    ]
    await stage.bot("answerInlineQuery", inline_query_id=query["id"], results=results)
    found = page.get_by_role("listbox", name="Результаты бота")
    await expect(found.get_by_role("option")).to_have_text(["Новость 1Вестник", "Новость 2Вестник"])
    await field_of(page).press("ArrowDown")
    await field_of(page).press("Enter")
    await expect(bubble(page, "Текст 2")).to_contain_text("через @svodka_sandbox_bot")
    await expect(field_of(page)).to_have_value("")


async def test_the_bot_becomes_an_admin_of_the_channel_and_loses_it_again(stage: Stage):
    page = await stage.begun()
    channel = chat(page, "Мой канал")
    await channel.get_by_role("button", name="Сделать бота администратором").first.click()
    assert (await stage.heard("my_chat_member"))["new_chat_member"]["can_post_messages"] is True
    await expect(channel).to_contain_text("бот публикует")
    await stage.bot("sendMessage", chat_id=CHANNEL_ID, text="Утренняя сводка")
    await expect(channel.get_by_text("Утренняя сводка")).to_be_in_viewport()
    await channel.get_by_role("textbox", name="Публикация").fill("Всем доброе утро")
    await channel.get_by_role("button", name="Отправить").click()
    assert (await stage.heard("channel_post"))["text"] == "Всем доброе утро"
    for deed, standing in (
        ("Забрать право публиковать", "бот без права публиковать"),
        ("Удалить бота из канала", "бота здесь нет"),
    ):
        await channel.locator("summary").click()
        await channel.get_by_role("button", name=deed).click()
        await expect(channel.locator(".status")).to_contain_text(standing)
    await expect(channel.locator("summary")).to_be_focused()


async def test_a_blocked_bot_is_let_in_again_by_the_button_in_the_fields_place(stage: Stage):
    page = await stage.begun()
    await chat(page).locator("summary").click()
    await chat(page).get_by_role("button", name="Заблокировать бота").click()
    assert (await stage.heard("my_chat_member"))["new_chat_member"]["status"] == "kicked"
    await expect(field_of(page)).to_have_count(0)
    await chat(page).locator(".below").get_by_role("button", name="Разблокировать бота").click()
    await expect(field_of(page)).to_be_focused()


async def test_the_language_of_the_app_is_the_pages_too(stage: Stage):
    page = await stage.begun()
    await stage.say("Привет")
    await page.get_by_label("Язык Telegram").select_option("be")
    await expect(page.get_by_role("textbox", name="Паведамленне")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "be")
    await expect(page.locator(".day").first).to_have_text("Сёння")
    assert stage.box.reader.language_code == "be"


async def test_a_link_shows_a_preview_unless_the_bot_switched_it_off(stage: Stage):
    page = await stage.begun()
    await stage.say("раз https://example.com/a")
    await stage.say("два https://example.com/b", link_preview_options={"is_disabled": True})
    await expect(bubble(page, "раз").locator(".preview")).to_contain_text("example.com")
    await expect(bubble(page, "два").locator(".preview")).to_have_count(0)


async def test_a_link_to_the_bot_starts_it_here(stage: Stage):
    page = await stage.begun()
    await stage.say('<a href="https://t.me/svodka_sandbox_bot?start=abc">начать</a>')
    await page.get_by_role("link", name="начать", exact=True).click()
    assert (await stage.heard("message"))["text"] == "/start abc"


async def test_the_bot_is_seen_typing_until_it_writes(stage: Stage):
    page = await stage.begun()
    await stage.bot("sendChatAction", chat_id=READER_ID, action="typing")
    await expect(chat(page).locator(".status")).to_have_text("печатает…")
    await stage.say("готово")
    await expect(chat(page).locator(".status")).to_have_text("бот")


async def test_who_reads_above_is_not_torn_away_but_told_of_new_messages(stage: Stage):
    page = await stage.begun()
    for n in range(30):
        stage.box.acts.send(f"строка {n}")
    await expect(bubble(page, "строка 29")).to_be_in_viewport()
    await page.get_by_role("log").first.evaluate("log => { log.scrollTop = 0; }")
    await expect(page.get_by_role("button", name="К последнему сообщению")).to_be_visible()
    await stage.say("новое")
    down = page.get_by_role("button", name="Новые сообщения: 1")
    await expect(bubble(page, "новое")).not_to_be_in_viewport()
    await down.click()
    await expect(bubble(page, "новое")).to_be_in_viewport()
    await expect(down).to_be_hidden()


HOSTILE = (
    "<img src=x onerror=alert(1)><script>alert(2)</script>",
    "\u202eтекст наоборот\u202c и дальше \u05e9\u05dc\u05d5\u05dd " + "\u0335\u0336" * 200,
    "😀" * 4096,
    "н" * 4000,
    "https://example.com/" + "a" * 2000,
)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_hostile_text_is_only_text_and_stays_within_the_screen(stage: Stage, size: Any):
    page = await stage.begun(size)
    page.on("dialog", lambda dialog: stage.complaints.append(dialog.message))
    for text in HOSTILE:
        await stage.say(text, parse_mode=None, reply_markup=keyboard([key(text[:200], "x")]))
    await expect(page.locator(".message")).to_have_count(len(HOSTILE) + 1)
    await expect(bubble(page, "<img src=x onerror=alert(1)>")).to_have_count(1)
    await expect(page.locator(".message img, .message script")).to_have_count(0)
    shown, needed = await width_of(page)
    assert needed <= shown
    for one in await page.locator(".bubble, .keyboard, .key").all():
        box = await one.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= shown


async def test_on_a_phone_one_chat_is_seen_and_the_other_counts(stage: Stage):
    page = await stage.begun(PHONE, has_touch=True)
    stage.box.acts.promote()
    await expect(chat(page, "Мой канал")).to_be_hidden()
    await stage.bot("sendMessage", chat_id=CHANNEL_ID, text="Сводка вышла")
    tab = page.get_by_role("navigation", name="Чаты").get_by_role("button", name="Канал")
    await expect(tab).to_have_text("Канал1")
    await tab.tap()
    await expect(tab).to_have_text("Канал")
    await expect(tab).to_have_attribute("aria-current", "true")
    await expect(chat(page)).to_be_hidden()
    await expect(page.get_by_text("Сводка вышла")).to_be_in_viewport()


async def test_a_group_is_founded_and_talked_in_on_a_phone(stage: Stage):
    page = await stage.begun(PHONE, has_touch=True)
    tabs = page.get_by_role("navigation", name="Чаты")
    await tabs.get_by_role("button", name="Канал").tap()
    await chat(page, "Мой канал").locator("summary").tap()
    await page.get_by_role("button", name="Создать группу с ботом").last.tap()
    assert (await stage.heard("my_chat_member"))["chat"]["type"] == "group"
    group = chat(page, "Наша группа")
    assert "new_chat_members" in await stage.heard("message")
    await group.get_by_role("textbox", name="Сообщение").fill("/latest")
    await group.get_by_role("button", name="Отправить").tap()
    assert (await stage.heard("message"))["chat"]["title"] == "Наша группа"
    shown, needed = await width_of(page)
    assert needed <= shown
    await group.get_by_role("combobox", name="Чаты").select_option("Мой канал")
    await expect(chat(page, "Мой канал")).to_be_visible()


async def test_the_page_is_dark_where_the_reader_likes_it_dark(stage: Stage):
    page = await stage.begun(color_scheme="light", reduced_motion="reduce")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert await page.evaluate(ground) == "rgb(255, 255, 255)"
    await page.emulate_media(color_scheme="dark")
    assert await page.evaluate(ground) == "rgb(23, 33, 43)"
    await stage.say("без движения")
    name = await bubble(page, "без движения").evaluate("one => getComputedStyle(one).animationName")
    assert name == "none"


async def test_the_page_comes_back_by_itself_when_the_bot_is_started_again(desk: Page):
    first, second = (Sandbox(lambda: NOW, limits=False) for _ in "12")
    async with start_sandbox(first) as url:
        await desk.goto(url)
        first.acts.send("было до")
        await expect(bubble(desk, "было до")).to_be_visible()
    await expect(desk.get_by_role("status")).to_contain_text("Связь с ботом потеряна")
    second.acts.send("пока никто не слушал")
    async with start_sandbox(second, port=int(url.rpartition(":")[2])):
        await expect(bubble(desk, "пока никто не слушал")).to_be_visible(timeout=8000)
        await expect(desk.get_by_text("было до")).to_have_count(0)
        second.acts.send("и дальше")
        await expect(bubble(desk, "и дальше")).to_be_visible()
        await desk.goto("about:blank")
