"""Less and more like this is asked and told in place; why a story is here is told plainly."""

from datetime import datetime, timedelta

import pytest

from bot.telegram.buttons import callbacks as cb
from storage.models import (
    Chat,
    ChatKind,
    Entity,
    EntityKind,
    Interest,
    InterestKind,
    NewArticle,
    NewSource,
    Schedule,
    Taste,
    TopicScore,
    Understanding,
    Verdict,
)
from storage.ports import Store
from tests.telegram.conftest import GROUP, ME, Talk

MINSK = Interest(kind=InterestKind.NAME, value="минск", label="Минск")
FLIGHTS = Interest(kind=InterestKind.TOPIC, value="flights")
TITLE = "Рейс в Минск открыла авиакомпания"


@pytest.fixture
async def story(store: Store, now: datetime) -> int:
    source = await store.sources.add(
        NewSource(url="https://example.org/rss", title="Томский вестник"), now=now
    )
    entity = Entity(kind=EntityKind.PLACE, name="Минск")
    article = NewArticle(
        source_id=source.id,
        key="1",
        url="https://example.org/1",
        published_at=now - timedelta(hours=1),
        seen_at=now,
        dated=True,
        understanding=Understanding(
            title=TITLE,
            text="Первые рейсы уже весной.",
            language="ru",
            topics=(TopicScore(slug="flights", score=0.9),),
            entities=(entity,),
            entity_keys=("минск",),
            index_title="рейс в минск открыть авиакомпания",
        ),
    )
    [stored] = await store.articles.add([article])
    assert stored is not None
    return stored.story_id


async def opened(talk: Talk, *, chat: int = ME) -> None:
    await talk.says("/latest", chat=chat)
    await talk.presses("1", chat=chat)


async def tastes(talk: Talk, chat: int = ME) -> tuple[Taste, ...]:
    known = await talk.store.chats.get(chat)
    assert known is not None
    return known.tastes


@pytest.mark.usefixtures("story")
async def test_it_is_asked_what_of_the_story_is_meant(talk: Talk) -> None:
    await opened(talk)
    [asked] = await talk.presses("Меньше такого")
    assert asked == f"Чего показывать меньше?\n\n{TITLE}"
    assert talk.buttons() == [
        "✈️ Авиарейсы",
        "Минск",
        "«рейс»",
        "«авиакомпания»",
        "📰 Томский вестник",
        "← К новости",
    ]
    assert (await talk.presses("К новости"))[0].startswith(TITLE)


@pytest.mark.usefixtures("story")
async def test_what_was_understood_is_told_remembered_and_can_be_undone(talk: Talk) -> None:
    await opened(talk)
    await talk.presses("Меньше такого")
    [told] = await talk.presses("Минск")
    assert told.startswith("Понял. Буду показывать меньше: Минск.")
    assert "/settings" in told
    assert await tastes(talk) == (Taste(interest=MINSK, verdict=Verdict.LESS),)
    await talk.presses("Не показывать совсем")
    assert await tastes(talk) == (Taste(interest=MINSK, verdict=Verdict.MUTE),)
    [story] = await talk.presses("Отменить")
    assert story.startswith(TITLE)
    assert talk.alerts() == ["Отменил: показываю как раньше."]
    assert await tastes(talk) == ()


@pytest.mark.usefixtures("story")
async def test_more_of_a_topic_is_kept_as_that_topic(talk: Talk) -> None:
    await opened(talk)
    await talk.presses("Больше такого")
    [told] = await talk.presses("Авиарейсы")
    assert told.startswith("Понял. Буду показывать больше: ✈️ Авиарейсы.")
    assert talk.buttons() == ["↩️ Отменить", "← К новости"]
    assert await tastes(talk) == (Taste(interest=FLIGHTS, verdict=Verdict.MORE),)


async def test_what_a_story_no_longer_has_is_told_kindly(talk: Talk, story: int) -> None:
    await opened(talk)
    press = cb.StoryTaste(say=cb.Say.LESS, pick=1000, story=story, back="l1..0.5")
    await talk.press_data(press.pack(), talk.session.last_id)
    assert talk.alerts() == ["Этого в новости уже нет. Выберите ещё раз."]
    assert await tastes(talk) == ()


@pytest.mark.usefixtures("story")
async def test_only_admins_say_what_a_group_reads(talk: Talk) -> None:
    talk.session.members[GROUP, ME] = {"status": "member"}
    await opened(talk, chat=GROUP)
    assert await talk.presses("Меньше такого", chat=GROUP) == []
    assert talk.alerts()[-1].startswith("Это решают админы группы")
    [why] = await talk.presses("Почему это здесь?", chat=GROUP)
    assert why.startswith("Почему это здесь\n")


@pytest.mark.usefixtures("story")
async def test_a_search_is_found_again_after_all_of_it(talk: Talk) -> None:
    [page] = await talk.says("/search минск")
    await talk.presses("1")
    await talk.presses("Почему это здесь?")
    await talk.presses("Меньше такого")
    await talk.presses("Авиарейсы")
    await talk.presses("К новости")
    assert await talk.presses("← Назад") == [page]


@pytest.mark.usefixtures("story")
async def test_why_it_is_here_names_what_was_asked_for_and_the_words_of_it(
    talk: Talk, store: Store, now: datetime
) -> None:
    me = Chat(id=ME, kind=ChatKind.PRIVATE, title="Анна")
    await store.chats.see(me, now=now)
    await store.chats.taste(ME, Taste(interest=MINSK, verdict=Verdict.MORE))
    await store.subscriptions.add(
        chat_id=ME,
        topics=("flights", "trade"),
        follows=(MINSK,),
        schedule=Schedule(),
        next_run_at=now,
        now=now,
    )
    await opened(talk)
    [why] = await talk.presses("Почему это здесь?")
    assert why == (
        f"Почему это здесь\n\n{TITLE}\n\n"
        "• вы следите за этим: Минск\n"
        "• вы подписаны на тему ✈️ Авиарейсы — по словам «Рейс»\n"
        "• вы просили больше такого: Минск\n"
        "• обновлялась: час назад"
    )


@pytest.mark.usefixtures("story")
async def test_who_reads_everything_is_told_so(talk: Talk) -> None:
    await opened(talk)
    [why] = await talk.presses("Почему это здесь?")
    assert "• это из темы ✈️ Авиарейсы — по словам «Рейс»\n" in why
    assert "• вы читаете все темы подряд\n" in why
