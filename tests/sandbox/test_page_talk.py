"""What a person does to the bot on the chat page, in a real Chromium: words, buttons, menus."""

import pytest

from bot.sandbox.sandbox import READER_ID
from tests.chromium import expect
from tests.sandbox.stage import Stage, bubble, chat, field_of, key, keyboard

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_new_reader_is_told_what_the_bot_does_and_starts_it(stage: Stage):
    page = await stage.open()
    await expect(chat(page)).to_contain_text("Что умеет этот бот?")
    await expect(page.get_by_role("banner")).to_contain_text("Это не Telegram")
    await page.get_by_role("button", name="Запустить").press("Enter")
    await expect(field_of(page)).to_be_focused()
    await expect(bubble(page, "/start")).to_have_class("message out last fresh")
    assert (await stage.heard("message"))["text"] == "/start"


async def test_what_the_bot_says_of_itself_is_shown_as_soon_as_it_says_it(stage: Stage):
    page = await stage.open()
    await expect(chat(page).locator(".card")).to_contain_text("Нажмите «Запустить»")
    await stage.bot("setMyDescription", description="I gather the news")
    await stage.bot("setMyDescription", description="Собираю новости", language_code="ru")
    await expect(chat(page).locator(".card")).to_contain_text("Собираю новости")


async def test_what_is_typed_is_sent_by_enter_with_its_lines(stage: Stage):
    page = await stage.begun()
    await field_of(page).press_sequentially("что с рейсом")
    await field_of(page).press("Shift+Enter")
    await field_of(page).press_sequentially("в Минск?")
    await field_of(page).press("Enter")
    await expect(bubble(page, "что с рейсом")).to_be_in_viewport()
    await expect(field_of(page)).to_have_value("")
    assert (await stage.heard("message"))["text"] == "что с рейсом\nв Минск?"


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


async def test_an_open_menu_takes_new_words_as_they_come(stage: Stage):
    page = await stage.begun()
    menu = page.get_by_role("listbox", name="Команды бота")
    for words in ("свежие новости", "the latest news"):
        commands = [{"command": "latest", "description": words}]
        await stage.bot("setMyCommands", commands=commands)
        if not await menu.is_visible():
            await page.get_by_role("button", name="Команды бота").click()
        await expect(menu.get_by_role("option")).to_have_text(f"/latest{words}")
    await page.keyboard.press("Enter")
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


async def test_a_story_is_shared_with_a_chat_that_is_chosen(stage: Stage):
    page = await stage.begun()
    share = {"text": "Поделиться", "switch_inline_query": "s:12"}
    await stage.say("Новость", reply_markup=keyboard([share]))
    await page.get_by_role("button", name="Поделиться").click()
    asked = page.get_by_role("dialog", name="Куда отправить?")
    await expect(asked.get_by_role("button")).to_have_text(["Сводка", "Мой канал"])
    await asked.get_by_role("button", name="Мой канал").click()
    await expect(asked).to_have_count(0)
    field = chat(page, "Мой канал").get_by_role("textbox")
    await expect(field).to_be_focused()
    await expect(field).to_have_value("@svodka_sandbox_bot s:12")
    query = await stage.heard("inline_query")
    assert (query["query"], query["chat_type"]) == ("s:12", "channel")


async def test_a_button_copies_its_words(stage: Stage):
    page = await stage.begun()
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy = {"text": "Скопировать ссылку", "copy_text": {"text": "https://example.org/12"}}
    await stage.say("Новость", reply_markup=keyboard([copy]))
    await page.get_by_role("button", name="Скопировать ссылку").click()
    await expect(page.get_by_role("status").filter(has_text="Скопировано")).to_be_visible()
    assert await page.evaluate("navigator.clipboard.readText()") == "https://example.org/12"


async def test_a_link_to_the_bot_starts_it_here(stage: Stage):
    page = await stage.begun()
    await stage.say('<a href="https://t.me/svodka_sandbox_bot?start=abc">начать</a>')
    await page.get_by_role("link", name="начать", exact=True).click()
    assert (await stage.heard("message"))["text"] == "/start abc"


async def test_a_blocked_bot_is_let_in_again_by_the_button_in_the_fields_place(stage: Stage):
    page = await stage.begun()
    await chat(page).locator("summary").click()
    await chat(page).get_by_role("button", name="Заблокировать бота").click()
    assert (await stage.heard("my_chat_member"))["new_chat_member"]["status"] == "kicked"
    await expect(field_of(page)).to_have_count(0)
    await chat(page).locator(".below").get_by_role("button", name="Разблокировать бота").click()
    await expect(field_of(page)).to_be_focused()


async def test_the_bot_is_seen_typing_until_it_writes(stage: Stage):
    page = await stage.begun()
    await stage.bot("sendChatAction", chat_id=READER_ID, action="typing")
    await expect(chat(page).locator(".status")).to_have_text("печатает…")
    await stage.say("готово")
    await expect(chat(page).locator(".status")).to_have_text("бот")


async def test_a_file_is_sent_with_what_was_written_as_its_caption(stage: Stage):
    page = await stage.begun()
    await field_of(page).fill("Список лент")
    async with page.expect_file_chooser() as chosen:
        await chat(page).get_by_role("button", name="Прикрепить файл").press("Enter")
    body = bytes(range(256)) * 300
    file = {"name": "ленты.opml", "mimeType": "text/x-opml", "buffer": body}
    await (await chosen.value).set_files(file)
    await expect(bubble(page, "Список лент")).to_contain_text("ленты.opml · 75 KB")
    await expect(field_of(page)).to_have_value("")
    heard = await stage.heard("message")
    assert heard["caption"] == "Список лент"
    assert heard["document"]["mime_type"] == "text/x-opml"
    path = (await stage.bot("getFile", file_id=heard["document"]["file_id"]))["file_path"]
    async with stage.session.get(f"{stage.url}/file/bot{stage.box.token}/{path}") as response:
        assert await response.read() == body
