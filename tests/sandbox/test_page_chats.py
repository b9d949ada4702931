"""The chats of the page, in a real Chromium: which is seen, what is new there, who runs them."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.sandbox import CHANNEL_ID, Sandbox
from bot.sandbox.server import start_sandbox
from tests.acceptance.process import free_port
from tests.chromium import PHONE, Page, expect
from tests.sandbox.stage import NOW, Stage, bubble, chat, width_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


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


async def test_what_begins_in_sight_is_seen_and_what_begins_below_is_not(stage: Stage):
    page = await stage.begun(PHONE, has_touch=True)
    stage.box.acts.promote()
    for part in (1, 2):
        text = f"Сводка, часть {part}\n" + "новость\n" * 60
        await stage.bot("sendMessage", chat_id=CHANNEL_ID, text=text)
    tab = page.get_by_role("navigation", name="Чаты").get_by_role("button", name="Канал")
    await expect(tab).to_have_text("Канал2")
    await tab.tap()
    await expect(tab).to_have_text("Канал1")
    await chat(page, "Мой канал").get_by_role("button", name="Новые сообщения: 1").tap()
    await expect(tab).to_have_text("Канал")


async def test_a_message_that_comes_while_the_state_is_read_stays(stage: Stage):
    page = await stage.begun()
    asked, may_come = asyncio.Event(), asyncio.Event()

    async def read_slowly(route: Any) -> None:
        read = await route.fetch()
        asked.set()
        await may_come.wait()
        await route.fulfill(response=read)

    await page.route("**/sandbox/state", read_slowly)
    await stage.bot("setMyCommands", commands=[{"command": "latest", "description": "свежее"}])
    await asked.wait()
    await stage.say("пока вы читали")
    await expect(bubble(page, "пока вы читали")).to_be_visible()
    may_come.set()
    await expect(chat(page).get_by_role("button", name="Команды бота")).to_be_visible()
    await expect(bubble(page, "пока вы читали")).to_be_visible()
    await page.unroute("**/sandbox/state")


async def test_the_language_of_the_app_is_the_pages_too(stage: Stage):
    page = await stage.begun()
    await stage.say("Привет")
    await page.get_by_label("Язык Telegram").select_option("be")
    await expect(page.get_by_role("textbox", name="Паведамленне")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "be")
    await expect(page.locator(".day").first).to_have_text("Сёння")
    assert stage.box.reader.language_code == "be"


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
    port = free_port()
    async with start_sandbox(first, port=port) as url:
        await desk.goto(url)
        first.acts.send("было до")
        await expect(bubble(desk, "было до")).to_be_visible()
    await expect(desk.get_by_role("status")).to_contain_text("Связь с ботом потеряна")
    second.acts.send("пока никто не слушал")
    async with start_sandbox(second, port=port):
        await expect(bubble(desk, "пока никто не слушал")).to_be_visible()
        await expect(desk.get_by_text("было до")).to_have_count(0)
        second.acts.send("и дальше")
        await expect(bubble(desk, "и дальше")).to_be_visible()
        await desk.goto("about:blank")
