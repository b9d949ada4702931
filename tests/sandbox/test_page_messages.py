"""Messages on the chat page, in a real Chromium: all that a text can hold, edits, previews."""

from typing import Any

import pytest

from bot.sandbox.sandbox import READER_ID
from tests.chromium import DESKTOP, PHONE, expect
from tests.sandbox.stage import Stage, bubble, key, keyboard, width_of
from tests.sandbox.test_media import png

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

SIDES = ((40, 50), (60, 50))
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
    await expect(words.locator("time.moment")).to_have_count(2)  # all of it is drawn
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


async def test_a_photo_is_drawn_and_another_one_takes_its_place(stage: Stage):
    page = await stage.begun()
    made = [stage.box.files.add("x.png", "image/png", png(*of), folder="photos") for of in SIDES]
    ids = [file.file_id for file in made]
    sent = await stage.bot("sendPhoto", chat_id=READER_ID, photo=ids[0], caption="Пульс")
    picture = bubble(page, "Пульс").get_by_role("img", name="Фото")
    await expect(picture).to_have_js_property("naturalWidth", 40)
    media = {"type": "photo", "media": ids[1], "caption": "Пульс, тёмный"}
    place = {"chat_id": READER_ID, "message_id": sent["message_id"]}
    await stage.bot("editMessageMedia", **place, media=media)
    await expect(bubble(page, "тёмный").get_by_role("img")).to_have_js_property("naturalWidth", 60)


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
    await expect(page.locator(".message").nth(1)).to_contain_text("Страница 2")
    await expect(page.get_by_role("button", name="Назад")).to_be_focused()
    await expect(page.get_by_text("Страница 1")).to_have_count(0)
    await stage.bot("deleteMessage", chat_id=READER_ID, message_id=first["message_id"])
    await expect(page.locator(".message")).to_have_count(3 - 1)


async def test_a_persons_edit_is_marked_and_a_bots_is_not(stage: Stage):
    page = await stage.begun()
    own, bots = stage.box.acts.send("чтонового?"), await stage.say("Сейчас посмотрю")
    stage.box.acts.edit(own["message_id"], "что нового?")
    where = {"chat_id": READER_ID, "message_id": bots["message_id"]}
    await stage.bot("editMessageText", text="Вот что", **where)
    await expect(bubble(page, "Вот что").locator(".meta")).to_have_text("08:00")
    await expect(bubble(page, "что нового?").locator(".meta")).to_have_text("изменено 08:00")


async def test_a_link_shows_a_preview_unless_the_bot_switched_it_off(stage: Stage):
    page = await stage.begun()
    await stage.say("раз https://example.com/a")
    await stage.say("два https://example.com/b", link_preview_options={"is_disabled": True})
    await expect(bubble(page, "раз").locator(".preview")).to_contain_text("example.com")
    await expect(bubble(page, "два").locator(".preview")).to_have_count(0)


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
