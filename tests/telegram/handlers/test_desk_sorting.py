"""On the desk an editor says what belongs together: articles leave, stories become one or part."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.telegram.buttons.callbacks_desk import Desk, Do, Marked, Pair, Pairing
from storage.models import (
    Article,
    CorrectionKind,
    Decision,
    Likeness,
    NewArticle,
    NewSource,
    Understanding,
)
from tests.telegram.conftest import Talk

HOURS = {"Рейс отменили": 9, "Рейс отложили": 8, "Самолёт не полетит": 7, "Другой рейс": 6}


async def write(talk: Talk, title: str, hours: int, **more: Any) -> Article:
    source = await talk.store.sources.add(
        NewSource(url=f"https://{len(title)}.test/rss", title=f"Газета {len(title)}"), now=talk.now
    )
    at = talk.now - timedelta(hours=hours)
    understanding = Understanding(
        title=title, text=f"{title}.", language="ru", index_title=title.lower()
    )
    article = NewArticle(
        source_id=source.id,
        key=title,
        url=f"https://example.org/{hours}",
        published_at=at,
        seen_at=at,
        dated=True,
        understanding=understanding,
    )
    [added] = await talk.store.articles.add([replace(article, **more)])
    assert added is not None
    return added


@pytest.fixture
async def editor(desk: Talk) -> Talk:
    """An admin at the desk of a story of three articles; number 2 is another story, like it."""
    first = await write(desk, "Рейс отменили", 9)
    for title in ("Рейс отложили", "Самолёт не полетит"):
        await write(desk, title, HOURS[title], story_id=first.story_id)
    unlike = Decision(why="—", nearest=Likeness(article_id=first.id, score=-1.0))
    await write(desk, "Другой рейс", 6, decision=unlike)
    await desk.says("/latest")
    await desk.press_data(Desk(do=Do.OPEN, story=1, back="l1..0.5").pack(), desk.session.last_id)
    return desk


def shown(talk: Talk) -> str:
    return str(talk.session.drawn[talk.session.last_id].text)


async def titles(talk: Talk, story: int) -> list[str]:
    return [one.title for one in await talk.store.stories.articles(story)]


async def test_marked_articles_become_a_story_of_their_own(editor: Talk) -> None:
    await editor.presses("Не об этом")
    assert "1. Рейс отменили\nГазета 13 · вчера в 23:00" in shown(editor)
    assert editor.buttons() == ["1", "2", "3", "← Назад"]
    await editor.presses("2")
    await editor.presses("3")
    assert editor.buttons() == ["1", "✅ 2", "✅ 3", "Отделить 2 статьи", "← Назад"]
    await editor.presses("Отделить")
    assert shown(editor).startswith("Статьи стали отдельной новостью № 3.")
    assert await titles(editor, 1) == ["Рейс отменили"]
    assert await titles(editor, 3) == ["Рейс отложили", "Самолёт не полетит"]
    await editor.presses("Новость № 3")
    assert shown(editor).startswith("Новость № 3\n\nРейс отложили")


async def test_a_split_is_undone_where_it_was_made(editor: Talk) -> None:
    await editor.presses("Не об этом")
    await editor.presses("1")
    await editor.presses("Отделить 1 статью")
    assert len(await titles(editor, 1)) == 2
    await editor.presses("Отменить разделение")
    assert shown(editor).startswith("Вернул статьи на место.")
    assert len(await titles(editor, 1)) == 3


async def test_undoing_twice_does_not_redo(editor: Talk) -> None:
    await editor.store.corrections.split([1], now=editor.now)
    await editor.press_data(Desk(do=Do.OPEN, story=1, back="").pack(), editor.session.last_id)
    undo = Desk(do=Do.UNDO, story=1, back="", pick=1).pack()
    await editor.press_data(undo, editor.session.last_id)
    await editor.press_data(undo, editor.session.last_id)
    assert len(await titles(editor, 1)) == 3


async def test_not_all_articles_can_leave(editor: Talk) -> None:
    await editor.presses("Не об этом")
    for number in "123":
        await editor.presses(number)
    await editor.presses("Отделить 3 статьи")
    assert editor.alerts()[-1].startswith("Отделить всё нельзя")
    assert len(await titles(editor, 1)) == 3


async def test_marks_never_move_to_other_articles(editor: Talk) -> None:
    await editor.presses("Не об этом")
    await editor.presses("2")
    await editor.store.corrections.split([1], now=editor.now)  # a colleague
    await editor.presses("Отделить 1 статью")
    assert editor.alerts()[-1].startswith("Новость тем временем изменилась")
    assert await titles(editor, 1) == ["Рейс отложили", "Самолёт не полетит"]
    assert editor.buttons() == ["1", "2", "← Назад"]


async def test_a_story_is_merged_with_one_that_is_like_it(editor: Talk) -> None:
    await editor.presses("Объединить с")
    assert "1. Другой рейс\nГазета 11 · 02:00" in shown(editor)
    await editor.presses("1")
    assert "Новость № 1\nРейс отменили" in shown(editor)
    assert "Новость № 2\nДругой рейс" in shown(editor)
    assert editor.buttons() == [
        "Оставить как есть",
        "Это одно событие",
        "Это главы одной истории",
    ]
    assert len(await titles(editor, 1)) == 3
    await editor.presses("одно событие")
    assert shown(editor).startswith("Объединил.")
    assert "Другой рейс" in await titles(editor, 1)
    assert await editor.store.stories.get(2) is None


async def test_a_merge_is_undone_under_a_new_number(editor: Talk) -> None:
    await editor.store.corrections.merge(1, 2, now=editor.now)
    await editor.press_data(Desk(do=Do.OPEN, story=2, back="").pack(), editor.session.last_id)
    await editor.presses("Отменить объединение")
    assert shown(editor).startswith("Разъединил")
    assert len(await titles(editor, 1)) == 3
    assert await titles(editor, 3) == ["Другой рейс"]


async def test_a_merge_whose_articles_moved_on_is_not_undone(editor: Talk) -> None:
    await editor.store.corrections.merge(1, 2, now=editor.now)
    await editor.press_data(Desk(do=Do.OPEN, story=1, back="").pack(), editor.session.last_id)
    await editor.store.corrections.split([4], now=editor.now)
    await editor.store.corrections.link(1, 3, now=editor.now)
    await editor.presses("Отменить объединение")
    assert editor.alerts()[-1].startswith("Новость тем временем изменилась")
    assert await titles(editor, 3) == ["Другой рейс"]


@pytest.mark.parametrize(
    "said",
    [
        "2",
        "№ 2",
        "#2",
        "https://t.me/svodka?start=s_2",
        "t.me/svodka?start=s_2",
        "https://example.org/6",
    ],
)
async def test_the_other_story_is_named_by_number_or_link(editor: Talk, said: str) -> None:
    await editor.presses("Объединить с")
    [answer] = await editor.says(said)
    assert "Новость № 2\nДругой рейс" in answer
    assert await editor.store.chats.asked(1001, now=editor.now) is None


async def test_the_other_story_is_found_by_words(editor: Talk) -> None:
    await editor.presses("Объединить с")
    *_, answer = await editor.says("другой рейс")  # it is the likest, too: shown once more
    assert "1. Другой рейс" in answer
    [answer] = await editor.presses("1")
    assert "Новость № 2" in answer


@pytest.mark.parametrize("said", ["404", "1", "дирижабль", "https://example.org/none", "—"])
async def test_what_names_no_other_story_is_asked_for_again(editor: Talk, said: str) -> None:
    await editor.presses("Объединить с")
    [answer] = await editor.says(said)
    assert "Другой такой новости у меня нет." in answer
    [answer] = await editor.says("2")
    assert "Новость № 2" in answer


async def test_two_stories_become_chapters_and_part_again(editor: Talk) -> None:
    await editor.presses("Объединить с")
    await editor.presses("1")
    await editor.presses("главы одной истории")
    assert [one.id for one in await editor.store.corrections.chapters(1)] == [1, 2]
    await editor.presses("Не об этом")
    assert "Другие главы той же истории\n4. Другой рейс" in shown(editor)
    await editor.presses("4")
    assert "Сейчас это главы одной истории" in shown(editor)
    await editor.presses("разные истории")
    assert shown(editor).startswith("Теперь это разные истории.")
    assert [one.id for one in await editor.store.corrections.chapters(1)] == [1]


async def test_leaving_it_as_it_is_leads_back_to_the_desk_and_the_list(editor: Talk) -> None:
    await editor.presses("Объединить с")
    await editor.presses("1")
    await editor.presses("Оставить как есть")
    await editor.presses("К новости")
    await editor.presses("Назад")
    assert "Другой рейс" in shown(editor)
    assert await editor.store.corrections.since(limit=9) == []


async def test_a_story_that_became_another_meanwhile_is_not_merged(editor: Talk) -> None:
    third = await write(editor, "Третий рейс", 5)
    await editor.presses("Объединить с")
    await editor.says("2")
    await editor.store.corrections.merge(third.story_id, 2, now=editor.now)
    await editor.presses("одно событие")
    assert editor.alerts()[-1].startswith("Новость тем временем изменилась")
    assert len(await titles(editor, 1)) == 3
    [made] = await editor.store.corrections.since(limit=9)
    assert made.kind is CorrectionKind.MERGE


async def test_buttons_of_a_story_that_is_gone_say_so(editor: Talk) -> None:
    number = editor.session.last_id
    for data in (
        Marked(split=True, marks=1, seen=0, story=404, back=""),
        Pair(do=Pairing.ASK, story=404, other=405, back=""),
        Pair(do=Pairing.ONE, story=404, other=2, back=""),
    ):
        await editor.press_data(data.pack(), number)
        assert shown(editor).startswith("Этой новости у меня больше нет")
