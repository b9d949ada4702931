"""What articles say beside a summary: new figures and plans, names once; what there is to like."""

from datetime import UTC, datetime
from typing import Any

from bot.news.digests.besides import besides, names
from bot.news.digests.likes import of_words, telling
from bot.news.topics.scores import parse_topics, words_for
from storage.models import Article, Entity, EntityKind, Fact, FactKind

NOW = datetime(2026, 11, 18, 1, tzinfo=UTC)
MINSK = Entity(kind=EntityKind.PLACE, name="Минск")
TOPICS = """
[[topic]]
slug = "flights"
emoji = "✈️"
title = { ru = "Авиарейсы", be = "Авіярэйсы", en = "Flights" }
description = { ru = "р", be = "р", en = "f" }
[[topic.rule]]
words = ["рейс", "аэропорт"]
weight = 2
[[topic.rule]]
words = ["самолёт"]
weight = 3
"""


def article(number: int = 1, **changes: Any) -> Article:
    values: dict[str, Any] = {
        "id": number,
        "source_id": number,
        "source": f"Газета {number}",
        "sample": False,
        "url": None,
        "title": "Рейс открыт",
        "text": "",
        "headings": (),
        "author": None,
        "photo_credit": None,
        "dateline": None,
        "image_url": None,
        "language": "ru",
        "published_at": NOW,
        "seen_at": NOW,
        "dated": True,
        "topics": (),
        "entities": (),
        "story_id": 1,
        "summary": (),
    }
    return Article(**values | changes)


def people(value: str, sentence: str) -> Fact:
    return Fact(kind=FactKind.QUANTITY, value=value, unit="people", sentence=sentence)


def test_what_the_summary_says_is_not_said_again_in_other_words() -> None:
    told = people("27", "В автобусе ехали 27 человек.")
    again = people("27", "Всего в автобусе было 27 человек.")
    alike = people("28", "В автобусе ехали 28 человек.")
    new = people("5", "Пятеро — 5 человек — попали в больницу.")
    one = article(facts=(told, new)), article(2, facts=(again, alike))
    assert besides([told.sentence], one) == [new.sentence]


def test_plans_come_before_quantities_when_there_is_much_and_all_in_the_order_of_the_text() -> None:
    facts = [people(str(n), f"Слово{n} другое{n} число{n} — {n}.") for n in range(5)]
    plan = Fact(kind=FactKind.EVENT, since=NOW, sentence="Откроют весной.")
    assert besides([], [article(facts=(*facts, plan))]) == [
        facts[0].sentence,
        facts[1].sentence,
        plan.sentence,
    ]


def test_a_day_that_the_summary_tells_is_one_in_whatever_zone_an_article_is() -> None:
    minsk, kuzbass = datetime(2026, 12, 18, 21, tzinfo=UTC), datetime(2026, 12, 18, 17, tzinfo=UTC)
    told = Fact(kind=FactKind.EVENT, since=minsk, sentence="Полетят 19 декабря.")
    again = Fact(kind=FactKind.EVENT, since=kuzbass, sentence="Рейс откроют девятнадцатого.")
    assert besides([told.sentence], [article(facts=(told,)), article(2, facts=(again,))]) == []


def test_what_is_said_in_another_language_is_left_to_it() -> None:
    fact = people("5", "Пяцёра чалавек.")
    assert besides([], [article(), article(2, language="be", facts=(fact,))]) == []


def test_a_name_is_shown_once_however_it_is_spelled_and_no_source_is_one() -> None:
    again = Entity(kind=EntityKind.PLACE, name="Мінск")
    paper = Entity(kind=EntityKind.ORG, name="Газета 1")
    anna = Entity(kind=EntityKind.PERSON, name="Анна Кац")
    there = article(3, language="be", entities=(Entity(kind=EntityKind.PLACE, name="Брэст"),))
    told = [article(entities=(anna, MINSK, paper)), article(2, entities=(again,)), there]
    assert names(told, most=5) == [MINSK, anna]


def test_words_to_like_are_nouns_of_the_headline_and_the_rarest_of_them() -> None:
    lead = article(title="Минск открыл во вторник новый рейс из области", entities=(MINSK,))
    candidates = telling(lead)
    assert candidates == ["рейс", "область"]
    likes = of_words(["область", "рейс", "год"], {"область": 900, "год": 5000, "рейс": 7})
    assert [one.value for one in likes] == ["рейс", "область"]


def test_a_topic_is_told_by_the_words_of_the_text_that_say_most_first() -> None:
    topics = parse_topics(TOPICS, name="test.toml")
    said = words_for(topics, "flights", "Рейсы вернутся", "Самолёты ждут в аэропорту.")
    assert said == ("Рейсы", "Самолёты", "аэропорту")  # a headline counts more
    assert words_for(topics, "other", "Рейсы вернутся", "Самолёты ждут.") == ()
