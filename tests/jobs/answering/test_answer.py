"""Answers over a real store: one result for each story, relaxed in a stated order."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs.answering.answer import Answer, Relaxed, answer
from bot.news.words.morphology import lemmas
from storage.models import (
    Entity,
    EntityKind,
    NewArticle,
    NewSource,
    Query,
    TopicScore,
    Understanding,
)
from storage.ports import Store

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)


class Newsroom:
    """Stores articles as ingestion would, with as little said as a test needs."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.written = 0

    async def write(
        self,
        title: str,
        text: str,
        *,
        hours: float = 1,
        story: int | None = None,
        place: str = "",
        language: str = "ru",
    ) -> int:
        """The id of the article's story."""
        self.written += 1
        source = await self.store.sources.add(
            NewSource(url=f"import:{self.written}", title=f"Газета {self.written}"), now=NOW
        )
        new = NewArticle(
            source_id=source.id,
            key=str(self.written),
            url=f"https://news.example/{self.written}",
            published_at=NOW - timedelta(hours=hours),
            seen_at=NOW,
            dated=True,
            story_id=story,
            understanding=Understanding(
                title=title,
                text=text,
                language=language,
                topics=(TopicScore(slug="other", score=1.0),),
                entities=(Entity(kind=EntityKind.PLACE, name=place),) if place else (),
                index_title=" ".join(lemmas(title)),
                index_text=" ".join(lemmas(text)),
            ),
        )
        [article] = await self.store.articles.add([new])
        assert article is not None
        return article.story_id


@pytest.fixture
def newsroom(store: Store) -> Newsroom:
    return Newsroom(store)


async def test_a_question_gets_its_stories_with_the_best_sentence(store, newsroom):
    await newsroom.write("Рейс в Минск", "Прошёл дождь. Рейс в Минск откроют весной.")
    await newsroom.write("Погода", "В Юрге снег.")
    found = await answer(
        store, Query(raw="что с рейсом в Минск?", terms=("рейс", "минск"), question=True)
    )
    assert [one.sentence for one in found.found] == ["Рейс в Минск откроют весной."]
    assert not found.relaxed
    assert found.suggestions == ()


async def test_of_a_storys_accounts_the_one_in_the_askers_language_is_quoted(store, newsroom):
    story = await newsroom.write("Рейс в Минск", "Рейс в Минск откроют 19 декабря.")
    await newsroom.write(
        "Прамы рейс у Минск", "Рейс, Минск: з 19 снежня.", story=story, language="be", hours=0.5
    )
    query = Query(raw="рейс в Минск", terms=("рейс", "минск"), language="ru")
    [found] = (await answer(store, query)).found
    assert found.sentence == "Рейс в Минск откроют 19 декабря."


async def test_who_wants_no_sentence_gets_none(store, newsroom):
    await newsroom.write("Рейс в Минск", "Рейс в Минск откроют весной.")
    found = await answer(store, Query(raw="рейс", terms=("рейс",)), quote=False)
    assert [one.sentence for one in found.found] == [None]


async def test_a_story_is_found_once_however_many_tell_it(store, newsroom):
    story = await newsroom.write("Рейс в Минск", "Рейс откроют весной.")
    for number in range(4):
        await newsroom.write(f"Рейс, заметка {number}", "Рейс откроют.", story=story)
    other = await newsroom.write("Рейс автобуса", "Автобусный рейс отменили.", hours=40)
    found = await answer(store, Query(raw="рейс", terms=("рейс",)))
    assert sorted(one.article.story_id for one in found.found) == sorted([story, other])
    assert {one.story.id for one in found.found if one.story} == {story, other}


async def test_pages_go_by_stories_and_do_not_overlap(store, newsroom):
    for number in range(7):
        await newsroom.write(f"Рейс номер {number}", "Рейс.", hours=number)
    query = Query(raw="рейс", terms=("рейс",))
    pages = [await answer(store, query, limit=3, offset=offset) for offset in (0, 3, 6)]
    ids = [[one.article.id for one in page.found] for page in pages]
    assert [len(page) for page in ids] == [3, 3, 1]
    assert len({id for page in ids for id in page}) == 7


async def test_when_nothing_has_all_the_words_some_are_enough_and_it_is_said(store, newsroom):
    await newsroom.write("Мост в Юрге", "Мост закрыли.")
    query = Query(raw="мост в Юрге достроят", terms=("мост", "юрга", "достроить"))
    found = await answer(store, query)
    assert [one.article.title for one in found.found] == ["Мост в Юрге"]
    assert found.how is Relaxed.WORDS


async def test_news_of_another_town_is_near_and_no_answer(store, newsroom):
    await newsroom.write("Мост в Юрге", "Мост закрыли.")
    found = await answer(store, Query(raw="мост в Гродно", terms=("мост", "гродно")))
    assert found.how is Relaxed.NEAR


async def test_of_what_is_merely_near_no_sentence_is_quoted_that_says_nothing_of_it(
    store, newsroom
):
    text = "Мост в Юрге открыт. Ремонт стоил 20 рублей."
    await newsroom.write("Юрга", text)
    query = Query(raw="сколько стоит мост в Гродно", terms=("стоить", "мост", "гродно"))
    [found] = (await answer(store, query)).found
    assert found.sentence != "Ремонт стоил 20 рублей."


async def test_what_has_little_of_it_is_not_even_near(store, newsroom):
    await newsroom.write("Мост в Юрге", "Мост закрыли.")
    query = Query(
        raw="мост Гродно Лида Слоним слон", terms=("мост", "гродно", "лида", "слоним", "слон")
    )
    found = await answer(store, query)
    assert found.found == ()
    assert found.suggestions[0] == "мост"


async def test_beside_what_is_nearest_nothing_is_shown_that_is_far(store, newsroom):
    await newsroom.write("Мост в Юрге достраивают", "Мост достроят, перила покрасят.")
    await newsroom.write("Лида", "Мост открыт, его достроили.")
    query = Query(
        raw="мост Гродно достроят перила", terms=("мост", "гродно", "достроить", "перила")
    )
    found = await answer(store, query)
    assert found.how is Relaxed.NEAR
    assert [one.article.title for one in found.found] == ["Мост в Юрге достраивают"]


async def test_the_town_alone_does_not_answer(store, newsroom):
    await newsroom.write("Кемерово", "В Кемерове открыли парк.")
    query = Query(raw="когда в Кемерове откроют метро", terms=("кемерово", "открыть", "метро"))
    assert (await answer(store, query)).how is Relaxed.NEAR


async def test_the_nearest_is_first_whatever_its_age(store, newsroom):
    await newsroom.write("Мост в Юрге", "Мост через Томь в Юрге строят.", hours=90)
    for hours in range(1, 9):
        await newsroom.write("Юрга", "Через Юргу прошёл мотопробег.", hours=hours)
    query = Query(raw="мост через томь юрга срок", terms=("мост", "томь", "юрга", "срок"))
    found = await answer(store, query)
    assert found.found[0].article.title == "Мост в Юрге"
    assert found.how is Relaxed.WORDS


async def test_a_word_made_of_the_one_asked_for_is_nearly_as_good(store, newsroom):
    await newsroom.write("Школа", "Отравление в кемеровской школе расследуют.")
    query = Query(raw="отравились школа Кемерово", terms=("отравиться", "школа", "кемерово"))
    found = await answer(store, query)
    assert [one.article.title for one in found.found] == ["Школа"]
    assert found.how is Relaxed.WORDS


async def test_much_more_from_another_time_goes_before_little_from_the_one_asked_for(
    store, newsroom
):
    await newsroom.write("Мост в Юрге закрыли", "На мосту в Юрге нашли трещину.", hours=100)
    await newsroom.write("Мост", "Мост в Томске красят.", hours=2)
    query = Query(
        raw="трещина мост Юрга", terms=("трещина", "мост", "юрга"), since=NOW - timedelta(hours=9)
    )
    found = await answer(store, query)
    assert [one.article.title for one in found.found] == ["Мост в Юрге закрыли"]
    assert found.how is Relaxed.TIME


async def test_a_slip_is_mended_by_the_words_of_the_news(store, newsroom):
    await newsroom.write("Шерегеш", "В Шерегеше выпал снег.")
    query = Query(raw="снег в шергеше", terms=("снег", "шергеш"))
    found = await answer(store, query)
    assert [one.sentence for one in found.found] == ["В Шерегеше выпал снег."]
    assert found.how is Relaxed.SPELLING


async def test_a_word_of_the_dictionary_is_no_slip(store, newsroom):
    await newsroom.write("Мост", "Мост закрыли.")
    found = await answer(store, Query(raw="пост", terms=("пост",)))
    assert found.found == ()


async def test_other_words_for_the_same_are_as_good(store, newsroom):
    await newsroom.write("Картофель", "Картофель подешевел.")
    query = Query(raw="бульба", terms=("бульб",), also={"бульб": ("картофель",)})
    found = await answer(store, query)
    assert [one.sentence for one in found.found] == ["Картофель подешевел."]
    assert not found.relaxed


async def test_a_topic_whose_news_lack_the_words_is_told_by_itself(store, newsroom):
    await newsroom.write("Юрга", "Снег.")
    query = Query(raw="новости прочего: слон", terms=("слон",), topics=("other",))
    found = await answer(store, query)
    assert [one.article.title for one in found.found] == ["Юрга"]
    assert found.how is Relaxed.TOPIC


async def test_of_a_storys_articles_the_one_that_answers_is_quoted(store, newsroom):
    story = await newsroom.write("Рейс в Сочи", "Рейс в Сочи откроют.", hours=3)
    await newsroom.write("Сочи: рейс", "Билет на рейс в Сочи стоит 900 рублей.", story=story)
    query = Query(raw="почём рейс в Сочи", terms=("рейс", "сочи"))
    found = await answer(store, query)
    assert [one.sentence for one in found.found] == ["Билет на рейс в Сочи стоит 900 рублей."]


async def test_past_the_last_page_nothing_is_found_and_nothing_suggested(store, newsroom):
    await newsroom.write("Мост в Юрге", "Мост закрыли.")
    found = await answer(store, Query(raw="мост", terms=("мост",)), offset=5)
    assert found.found == ()
    assert found.suggestions == ()


async def test_what_the_time_has_not_is_shown_from_another_time(store, newsroom):
    await newsroom.write("Мост в Юрге", "Мост закрыли.", hours=100)
    query = Query(raw="мосты сегодня", terms=("мост",), since=NOW - timedelta(hours=1))
    found = await answer(store, query)
    assert [one.article.title for one in found.found] == ["Мост в Юрге"]
    assert found.how is Relaxed.TIME


async def test_every_suggestion_finds_something(store, newsroom):
    await newsroom.write("Мост в Юрге", "Мост закрыли.", hours=100, place="Юрга")
    await newsroom.write("Снег в Юрге", "Снег идёт.", place="Юрга")
    query = Query(
        raw="мосты, тракторы, слоны, жирафы",
        terms=("мост", "трактор", "слон", "жираф"),
        since=NOW,
    )
    found = await answer(store, query)
    assert found.suggestions == ("мосты", "Юрга")
    for words in found.suggestions:
        again = Query(raw=words, terms=tuple(lemmas(words)))
        assert (await answer(store, again)).found


async def test_an_empty_store_has_no_answer_and_nothing_to_suggest(store):
    found = await answer(store, Query(raw="мост", terms=("мост",)))
    assert found.found == ()
    assert found.suggestions == ()


async def test_nothing_asked_is_nothing_answered(store, newsroom):
    await newsroom.write("Мост в Юрге", "Мост закрыли.")
    assert (await answer(store, Query(raw="как дела"))) == Answer(
        found=(), query=Query(raw="как дела")
    )


async def test_of_a_number_that_has_grown_since_the_last_is_quoted(store, newsroom):
    first = "При землетрясении в Турции погибли 12 человек."
    story = await newsroom.write("Землетрясение в Турции", first, hours=9)
    grown = "До 31 человека увеличилось число жертв землетрясения в Турции."
    await newsroom.write("Число погибших возросло до 31", grown, hours=2, story=story)
    asked = "сколько человек погибло при землетрясении в Турции"
    terms = ("погибнуть", "землетрясение", "турция")
    found = await answer(store, Query(raw=asked, terms=terms, also={"погибнуть": ("погибший",)}))
    assert found.found[0].sentence == grown


async def test_what_was_told_before_a_correction_is_not_quoted(store, newsroom):
    story = await newsroom.write("Рейс", "На рейс в Сочи сели 90 человек.", hours=5)
    await newsroom.write("Уточнение", "На борту было 87 человек.", hours=2, story=story)
    query = Query(raw="сколько человек на рейсе в Сочи", terms=("человек", "рейс", "сочи"))
    found = await answer(store, query)
    assert [one.sentence for one in found.found] == ["На борту было 87 человек."]


async def test_of_equals_the_one_that_counts_what_was_asked_for_is_first(store, newsroom):
    await newsroom.write("Аэропорт Юрги: туман", "Пассажиры ждут с 7:25.", hours=1)
    await newsroom.write("Аэропорт Юрги: итоги", "Принято 940 тысяч пассажиров.", hours=2)
    query = Query(raw="сколько пассажиров аэропорт Юрга", terms=("пассажир", "аэропорт", "юрга"))
    found = await answer(store, query)
    assert found.found[0].sentence == "Принято 940 тысяч пассажиров."
