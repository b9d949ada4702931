"""An editor sets a story right in the chat: reworded, withdrawn, brought back; readers cannot."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from aiogram.methods import EditMessageText, SendMessage

from bot.jobs.delivery.editing import Editing
from bot.jobs.delivery.network import Network
from bot.jobs.delivery.pacing import Pacer
from bot.telegram.buttons import callbacks as cb
from bot.telegram.buttons.callbacks_desk import Desk, Do
from bot.telegram.network.sender import TelegramSender
from bot.telegram.rendering.amending import Amend
from bot.telegram.updates.dispatcher import build_dispatcher
from bot.telegram.writing.posts import send_kwargs
from storage.models import EditState, Story
from tests.telegram.conftest import GROUP, ME, Talk

Print = Callable[..., Any]
TITLES = ["Рейс в Минск отменили", "Открыта школа", "Большой урожай"]


@pytest.fixture
async def editor(desk: Talk, print_news: Print) -> Talk:
    """An admin, to whom the news have been listed."""
    await print_news(TITLES)
    await desk.says("/latest")
    return desk


async def story_of(talk: Talk, headline: str) -> Story:
    return next(s for s in await talk.store.stories.latest(limit=9) if s.headline == headline)


async def get(talk: Talk, story_id: int) -> Story:
    found = await talk.store.stories.get(story_id)
    assert found is not None
    return found


async def at_desk(talk: Talk, number: str = "1") -> Story:
    """Opens that story of the list, and its desk."""
    await talk.presses(number)
    await talk.presses("Исправить")
    return await story_of(talk, TITLES[int(number) - 1])


def shown(talk: Talk) -> str:
    return str(talk.session.drawn[talk.session.last_id].text)


async def test_the_message_of_the_story_turns_into_the_desk_and_back(editor: Talk) -> None:
    await editor.presses("1")
    card = shown(editor)
    await editor.presses("Исправить")
    story = await story_of(editor, TITLES[0])
    assert shown(editor) == (
        f"Новость № {story.id}\n\n"
        "Рейс в Минск отменили\n"
        "Так сообщили в пресс-службе. Подробности уточняются.\n"
        "Томский вестник · 08:00\n\n"
        "В отправленных сводках её нет."
    )
    assert editor.buttons() == [
        "Другой заголовок",
        "Другое изложение",
        "Объединить с…",
        "🚫 Отозвать",
        "← К новости",
    ]
    await editor.presses("К новости")
    assert shown(editor) == card
    await editor.presses("Назад")
    assert "Открыта школа" in shown(editor)
    assert len(editor.calls(SendMessage)) == 1  # the list: all the rest was drawn in it


async def test_a_headline_is_typed_seen_and_confirmed(editor: Talk) -> None:
    story = await at_desk(editor)
    await editor.presses("Другой заголовок")
    assert "Сейчас\nРейс в Минск отменили" in shown(editor)
    [sure] = await editor.says("  Рейс <b>не</b>   отменили ")
    assert "Сейчас\nРейс в Минск отменили" in sure
    assert "Станет\nРейс <b>не</b> отменили" in sure
    assert editor.buttons() == ["Оставить как есть", "Да, исправить"]  # the safe one first
    assert (await get(editor, story.id)).headline == TITLES[0]
    await editor.presses("Да, исправить")
    changed = await get(editor, story.id)
    assert (changed.headline, changed.summary) == ("Рейс <b>не</b> отменили", story.summary)
    assert shown(editor).startswith("Заголовок исправлен.")
    assert "✏️ исправлено редакцией · 08:00" in shown(editor)
    assert len(editor.calls(SendMessage)) == 1  # the list: all the rest was drawn in it


async def test_another_headline_leaves_the_summary_that_the_sources_grow(editor: Talk) -> None:
    story = await at_desk(editor)
    for said in ("Раз", "Два"):
        await editor.presses("Другой заголовок")
        await editor.says(said)
        await editor.presses("Да, исправить")
    await editor.store.stories.tell(
        story.id, lead_id=await lead(editor, story), summary=("Новое.",)
    )
    assert (await get(editor, story.id)).summary == ("Новое.",)


async def lead(talk: Talk, story: Story) -> int:
    return (await talk.store.stories.articles(story.id))[0].id


async def test_a_summary_is_sentences_whatever_the_lines_and_outlives_a_headline(
    editor: Talk,
) -> None:
    story = await at_desk(editor)
    await editor.presses("Другое изложение")
    [sure] = await editor.says("Рейс перенесли. Он будет в пятницу.\nБилеты действуют.")
    assert "Станет\nРейс перенесли.\nОн будет в пятницу.\nБилеты действуют." in sure
    await editor.presses("Да, исправить")
    wanted = ("Рейс перенесли.", "Он будет в пятницу.", "Билеты действуют.")
    assert (await get(editor, story.id)).summary == wanted
    await editor.presses("Другой заголовок")
    await editor.says("Рейс перенесли")
    await editor.presses("Да, исправить")
    changed = await get(editor, story.id)
    assert (changed.headline, changed.summary) == ("Рейс перенесли", wanted)


@pytest.mark.parametrize(
    ("button", "said", "refusal"),
    [
        ("Другой заголовок", "…", "Здесь нет ни одного слова"),
        ("Другой заголовок", "я" * 201, "Получилось 201 знак, а читатель увидит только 200"),
        ("Другое изложение", "Да. " + "Я" * 321, "Это предложение длиннее 320 знаков: «ЯЯЯ"),
        ("Другое изложение", "Слово за слово. " * 60, "Получилось 959 знаков"),
    ],
)
async def test_what_readers_would_not_see_is_asked_for_again(
    editor: Talk, button: str, said: str, refusal: str
) -> None:
    await at_desk(editor)
    await editor.presses(button)
    [answer] = await editor.says(said)
    assert refusal in answer
    [answer] = await editor.says("Рейс не отменили")  # the question is open still
    assert "Станет\nРейс не отменили" in answer


async def test_a_long_text_typed_on_the_desk_is_no_news_and_a_forwarded_one_is(
    editor: Talk,
) -> None:
    before = await editor.store.articles.count()
    await at_desk(editor)
    await editor.presses("Другое изложение")
    news = "В Кемерове открыли новую школу. " * 9
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Кто-то"}
    await editor.says(news, forward_origin=origin)
    assert await editor.store.articles.count() == before + 1
    await editor.says(news)
    assert await editor.store.articles.count() == before + 1
    edited = editor.calls(EditMessageText)[-1]
    assert edited.text.startswith("Исправить изложение?")


async def test_a_withdrawal_asks_why_and_whether(editor: Talk) -> None:
    story = await at_desk(editor)
    await editor.presses("Отозвать")
    assert editor.buttons() == [
        "Сведения не подтвердились.",
        "В новости была ошибка.",
        "Источник отозвал своё сообщение.",
        "Другая причина…",
        "← Назад",
    ]
    await editor.presses("не подтвердились")
    assert editor.buttons() == ["Не отзывать", "Да, отозвать"]
    assert not (await get(editor, story.id)).withdrawn
    await editor.presses("Да, отозвать")
    withdrawn = await get(editor, story.id)
    assert withdrawn.withdrawn
    assert withdrawn.amendment is not None
    assert withdrawn.amendment.reason == "Сведения не подтвердились."
    assert "🚫 Новость отозвана редакцией.\nСведения не подтвердились." in shown(editor)
    assert editor.buttons() == ["↩️ Вернуть", "← К новости"]


async def test_a_reason_of_ones_own_is_typed(editor: Talk) -> None:
    story = await at_desk(editor)
    await editor.presses("Отозвать")
    await editor.presses("Другая причина")
    [sure] = await editor.says("Рейс\nникто не отменял.")
    assert "Отозвать новость?" in sure
    await editor.presses("Да, отозвать")
    amendment = (await get(editor, story.id)).amendment
    assert amendment is not None
    assert amendment.reason == "Рейс никто не отменял."


async def test_what_was_withdrawn_is_brought_back_from_where_it_was_read(editor: Talk) -> None:
    story = await story_of(editor, TITLES[0])
    await editor.store.corrections.withdraw(story.id, reason="Выдумка.", now=editor.now)
    await editor.presses("1")
    await editor.presses("Исправить")
    await editor.presses("Вернуть")
    assert (await get(editor, story.id)).withdrawn
    await editor.presses("Да, вернуть")
    assert not (await get(editor, story.id)).withdrawn
    assert shown(editor).startswith("Новость вернулась.")


async def test_a_confirmation_survives_a_restart(editor: Talk) -> None:
    story = await at_desk(editor)
    await editor.presses("Другой заголовок")
    restart(editor)
    await editor.says("Рейс не отменили")
    restart(editor)
    editor.now += timedelta(hours=5)
    await editor.presses("Да, исправить")
    assert (await get(editor, story.id)).headline == "Рейс не отменили"


def restart(talk: Talk) -> None:
    known = talk.dispatcher
    names = ("store", "texts", "topics", "render", "settings", "clock", "ring", "ingest")
    talk.dispatcher = build_dispatcher(**{name: known[name] for name in names})


async def test_a_story_that_changed_meanwhile_is_shown_anew_before_anything_is_done(
    editor: Talk,
) -> None:
    story = await at_desk(editor)
    await editor.presses("Другой заголовок")
    await editor.says("Рейс не отменили")
    await editor.store.corrections.reword(
        story.id, headline="Коллега", summary=None, now=editor.now
    )
    await editor.presses("Да, исправить")
    assert editor.alerts()[-1].startswith("Новость тем временем изменилась")
    assert "Сейчас\nКоллега" in shown(editor)
    assert (await get(editor, story.id)).headline == "Коллега"
    await editor.presses("Да, исправить")
    assert (await get(editor, story.id)).headline == "Рейс не отменили"


async def test_a_story_that_was_merged_meanwhile_is_meant_by_its_old_number(editor: Talk) -> None:
    story = await at_desk(editor)
    other = await story_of(editor, TITLES[1])
    await editor.store.corrections.merge(other.id, story.id, now=editor.now)
    await editor.presses("Другой заголовок")
    assert "Сейчас\nОткрыта школа" in shown(editor)


async def test_a_story_that_is_gone_is_said_to_be(editor: Talk) -> None:
    for do in Do:
        await editor.press_data(Desk(do=do, story=404, back="").pack(), editor.session.last_id)
        assert shown(editor).startswith("Этой новости у меня больше нет")
        editor.session.drawn[editor.session.last_id] = SendMessage(chat_id=ME, text="—")


async def test_a_confirmation_that_is_too_old_to_be_read_does_nothing(editor: Talk) -> None:
    story = await at_desk(editor)
    await editor.presses("Другой заголовок")
    await editor.says("Рейс не отменили")
    markup: Any = editor.session.drawn[editor.session.last_id].reply_markup
    query = {
        "id": "1",
        "from": {"id": ME, "is_bot": False, "first_name": "Анна"},
        "chat_instance": "1",
        "message": {"message_id": 1, "date": 0, "chat": {"id": ME, "type": "private"}},
        "data": markup.inline_keyboard[1][0].callback_data,
    }
    await editor.feed({"callback_query": query})
    assert (await get(editor, story.id)).headline == TITLES[0]
    assert editor.alerts()[-1].startswith("Не получилось")


async def test_two_presses_on_yes_are_one_correction(editor: Talk) -> None:
    await at_desk(editor)
    await editor.presses("Другой заголовок")
    await editor.says("Рейс не отменили")
    sure: Any = editor.session.drawn[editor.session.last_id]
    yes = sure.reply_markup.inline_keyboard[1][0].callback_data
    await editor.press_data(yes, editor.session.last_id)
    await editor.press_data(yes, editor.session.last_id)  # Telegram knows the new message already
    assert "Рейс не отменили" in shown(editor)
    editor.session.drawn[editor.session.last_id] = sure  # or not yet
    await editor.press_data(yes, editor.session.last_id)
    assert shown(editor).startswith("Заголовок исправлен.")
    assert editor.alerts() == []
    assert len(await editor.store.corrections.since(limit=9)) == 1


async def deliver(talk: Talk) -> None:
    for delivery in await talk.store.outbox.claim(owner="o", now=talk.now, limit=9, lease_s=60):
        await talk.store.outbox.sending(delivery.id, floor=None, now=talk.now)
        await talk.bot.send_message(delivery.chat_id, **send_kwargs(delivery.post))
        number = talk.session.last_id
        await talk.store.outbox.sent(delivery.id, message_id=number, now=talk.now)


def editing(talk: Talk) -> Editing:
    """What the bot runs beside its answers."""
    pacer = Pacer(1e6, monotonic=count(step=10.0).__next__)
    amend = Amend(talk.dispatcher["texts"], default_zone="Asia/Novokuznetsk")
    return Editing(
        talk.store,
        TelegramSender(talk.bot),
        amend,
        pacer,
        clock=lambda: talk.now,
        network=Network(),
    )


async def test_from_a_digest_the_desk_opens_below_it_for_the_digest_itself_is_edited(
    editor: Talk,
) -> None:
    await editor.says("/digest")
    await deliver(editor)
    digest = editor.session.last_id
    story = await story_of(editor, TITLES[0])
    await editor.press_data(cb.StoryOpen(story=story.id).pack(), digest)
    await editor.presses("Исправить")
    assert editor.session.last_id == digest + 1
    assert "Есть в 1 отправленном сообщении." in shown(editor)
    await editor.presses("Другой заголовок")
    await editor.says("Рейс не отменили")
    await editor.presses("Да, исправить")
    assert "Исправляю в отправленном: готово 0 из 1." in shown(editor)
    at_work = editing(editor)
    await at_work.amend()
    await at_work.drain()
    assert "Рейс не отменили" in editor.session.drawn[digest].text
    assert "✏️ исправлено редакцией · 08:00" in editor.session.drawn[digest].text
    assert shown(editor).startswith("Заголовок исправлен.")  # the desk stays
    await editor.presses("Обновить")
    assert "Исправлено 1 сообщение." in shown(editor)
    await editor.presses("Обновить")
    assert editor.alerts()[-1] == "Обновил."


async def test_why_messages_stay_as_they_are_is_told_in_peoples_words(editor: Talk) -> None:
    await editor.says("/digest")
    await deliver(editor)
    story = await story_of(editor, TITLES[0])
    await editor.store.corrections.withdraw(story.id, reason=None, now=editor.now)
    editor.session.refusals.append((EditMessageText, "Bad Request: message to edit not found"))
    at_work = editing(editor)
    await at_work.amend()
    await at_work.drain()
    await editor.press_data(
        Desk(do=Do.OPEN, story=story.id, back="").pack(), editor.session.last_id
    )
    said = "Осталось как было 1 сообщение:\n• сообщение удалено, или править его уже нельзя: 1"
    assert said in shown(editor)
    [screen] = await editor.says("/edits")
    assert screen == (
        "Правки в отправленном\n\n"
        "ждут 0, исправлено 0, осталось как было 1\n\n"
        "Почему осталось как было\n"
        "• сообщение удалено, или править его уже нельзя: 1\n\n"
        "Последние правки\n\n"
        "1. Рейс в Минск отменили\nотозвана · 08:00"
    )
    await editor.presses("Обновить")
    assert editor.alerts()[-1] == "Обновил."
    assert (await editor.store.edits.counts())[EditState.DEAD] == 1


async def test_a_correction_that_is_new_is_told_by_edits(editor: Talk) -> None:
    await editor.says("/digest")
    await deliver(editor)
    story = await story_of(editor, TITLES[0])
    await editor.store.corrections.withdraw(story.id, reason=None, now=editor.now)
    [screen] = await editor.says("/edits")
    assert "Есть новая правка, начну через несколько секунд." in screen
    [refused] = await editor.says("/edits сейчас")
    assert "/edits" in refused


async def test_what_was_withdrawn_is_found_again_with_edits(editor: Talk) -> None:
    first, other = await story_of(editor, TITLES[0]), await story_of(editor, TITLES[1])
    await editor.store.corrections.reword(first.id, headline="Раз", summary=None, now=editor.now)
    await editor.store.corrections.withdraw(other.id, reason=None, now=editor.now)
    await editor.store.corrections.reword(first.id, headline="Два", summary=None, now=editor.now)
    [screen] = await editor.says("/edits")
    assert "1. Два\nпереписана · 08:00\n\n2. Открыта школа\nотозвана · 08:00" in screen
    await editor.presses("2")
    await editor.presses("Вернуть")
    await editor.presses("Да, вернуть")
    assert not (await get(editor, other.id)).withdrawn
    await editor.presses("К новости")
    await editor.presses("Назад")
    assert "1. Открыта школа\nвозвращена · 08:00" in shown(editor)


async def test_from_a_search_the_desk_opens_below_its_words(editor: Talk) -> None:
    await editor.says("/search школа")
    found = editor.session.last_id
    await editor.presses("1" if "1" in editor.buttons() else "Подробнее")
    await editor.presses("Исправить")
    assert editor.session.last_id == found + 1
    await editor.presses("К новости")
    assert editor.buttons()[-1] == "Закрыть"


async def test_readers_are_shown_no_desk_and_an_old_button_is_answered_kindly(
    talk: Talk, print_news: Print
) -> None:
    await print_news(TITLES)
    await talk.says("/latest")
    await talk.presses("1")
    assert "✏️ Исправить" not in talk.buttons()
    story = await story_of(talk, TITLES[0])
    for do in Do:
        await talk.press_data(Desk(do=do, story=story.id, back="", pick=1).pack())
        assert talk.alerts()[-1].startswith("Эта кнопка")
    assert await talk.store.corrections.since(limit=9) == []
    assert "Правки" not in "".join(await talk.says("/edits"))


async def test_in_a_group_nobody_has_the_desk(editor: Talk) -> None:
    await editor.says("/latest", chat=GROUP)
    await editor.presses("1", chat=GROUP)
    assert "✏️ Исправить" not in editor.buttons()
    story = await story_of(editor, TITLES[0])
    for do in (Do.OPEN, Do.HEADLINE, Do.RETURN):
        await editor.press_data(Desk(do=do, story=story.id, back="").pack(), chat=GROUP)
        assert editor.alerts()[-1].startswith("Эта кнопка")
    assert await editor.store.chats.asked(GROUP, now=editor.now) is None


async def test_going_back_from_a_question_waits_for_no_answer(editor: Talk) -> None:
    await at_desk(editor)
    await editor.presses("Другой заголовок")
    await editor.presses("Назад")
    assert await editor.store.chats.asked(ME, now=editor.now) is None
    assert editor.buttons()[0] == "Другой заголовок"


@pytest.mark.parametrize(("language", "yes"), [("be", "Так, выправіць"), ("en", "Yes, change it")])
async def test_the_desk_speaks_the_editors_language(editor: Talk, language: str, yes: str) -> None:
    await editor.store.chats.choose(ME, language=language)
    asking = Desk(do=Do.HEADLINE, story=1, back="").pack()
    await editor.press_data(asking, editor.session.last_id)
    await editor.says("Рейс не отменили")
    await editor.presses(yes)
    assert (await get(editor, 1)).headline == "Рейс не отменили"
    assert len(editor.calls(EditMessageText)) == 3
